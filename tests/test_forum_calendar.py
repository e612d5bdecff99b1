# SPDX-License-Identifier: EUPL-1.2
"""Meetings as iCalendar, read back by two parsers; and the days that a rhythm proposes."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from forum.actions import meetings as actions
from forum.actions.forums import end_member, let_go_ended
from forum.cadence import in_words, proposed_days, rule_of
from forum.calendar import calendar_of, event_of
from forum.forms.moments import one_moment
from forum.models import Forum, Meeting
from platssamverkan.notices.models import Notice
from platssamverkan.notices.outbox import drain
from tests import factories

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def local(year, month, day, hour, minute=0):
    return datetime(year, month, day, hour, minute, tzinfo=STOCKHOLM)


def meeting_from(starts_at, ends_at, **fields):
    forum = Forum(name="Rådet", kind="rad")
    return Meeting(forum=forum, starts_at=starts_at.astimezone(UTC), ends_at=ends_at.astimezone(UTC), **fields)


def read(meeting):
    """The start and end as (icalendar, vobject) read them."""
    text = calendar_of([event_of(meeting, url="https://example.org/forum/")])
    event = icalendar.Calendar.from_ical(text).walk("VEVENT")[0]
    other = vobject.readOne(text).vevent
    return text, (event["DTSTART"].dt, event["DTEND"].dt), (other.dtstart.value, other.dtend.value)


@pytest.mark.parametrize(
    ("start", "end", "offset"),
    [
        (local(2026, 10, 23, 14), local(2026, 10, 23, 15, 30), 2),  # the Friday before the clocks go back
        (local(2026, 10, 26, 14), local(2026, 10, 26, 15, 30), 1),  # the Monday after
        (local(2027, 3, 29, 14), local(2027, 3, 29, 15, 30), 2),
        (local(2026, 12, 1, 22), local(2026, 12, 2, 0, 30), 1),  # over midnight
        (local(2026, 10, 24, 23), local(2026, 10, 25, 4), 2),  # over the night when an hour comes twice
    ],
)
def test_both_parsers_read_the_time_on_the_clock_here(start, end, offset):
    text, first, second = read(meeting_from(start, end))
    assert "BEGIN:VTIMEZONE" in text
    assert "TZID:Europe/Stockholm" in text
    for read_start, read_end in (first, second):
        assert read_start.replace(tzinfo=None) == start.replace(tzinfo=None)
        assert read_start.utcoffset().total_seconds() == offset * 3600
        assert read_end.astimezone(UTC) == end.astimezone(UTC)


def test_an_event_has_alarm_address_and_one_uid():
    meeting = meeting_from(local(2026, 12, 1, 14), local(2026, 12, 1, 15), place="Biblioteket", sequence=2)
    event = icalendar.Calendar.from_ical(read(meeting)[0]).walk("VEVENT")[0]
    assert event["UID"].startswith(str(meeting.pk))
    assert (event["SEQUENCE"], event["LOCATION"], event["URL"]) == (2, "Biblioteket", "https://example.org/forum/")
    assert [alarm["ACTION"] for alarm in event.walk("VALARM")] == ["DISPLAY"]


@pytest.mark.parametrize(("day", "word"), [(date(2027, 3, 28), "finns inte"), (date(2026, 10, 25), "två gånger")])
def test_half_past_two_on_a_night_when_the_clocks_change_is_refused(day, word):
    with pytest.raises(ValidationError, match=word):
        one_moment(day, time(2, 30))
    assert one_moment(day, time(14)).astimezone(STOCKHOLM).hour == 14


class TestLetters:
    @pytest.fixture
    def meeting(self, cast):
        starts_at = timezone.localtime().replace(hour=14, minute=0, second=0, microsecond=0) + timedelta(days=9)
        meeting = Meeting(
            forum=cast.forum, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), place="Biblioteket"
        )
        return actions.plan_meeting(meeting=meeting, by=cast["sammankallande"])

    def calendars(self, email):
        """Each letter's (method, uid, sequence, start) to one person, as they went."""
        drain()
        found = []
        for letter in mail.outbox:
            if letter.to != [email]:
                continue
            parts = [part for part in letter.message().walk() if part.get_content_type() == "text/calendar"]
            assert len(parts) == 2
            assert (
                parts[0].get_param("method")
                == parts[0].get_payload(decode=True).decode().split("METHOD:")[1].split()[0]
            )
            calendar = icalendar.Calendar.from_ical(parts[0].get_payload(decode=True).decode())
            event = calendar.walk("VEVENT")[0]
            found.append((str(calendar["METHOD"]), str(event["UID"]), int(event["SEQUENCE"]), event["DTSTART"].dt))
        return found

    def test_a_call_a_move_and_a_cancellation_are_one_event(self, cast, meeting):
        by = cast["sammankallande"]
        actions.call_meeting(meeting=meeting, by=by)
        meeting.refresh_from_db()
        meeting.starts_at += timedelta(days=1)
        meeting.ends_at += timedelta(days=1)
        actions.save_meeting(meeting=meeting, by=by)
        meeting.cancel_reason = "Vi återkommer."
        actions.cancel_meeting(meeting=meeting, by=by)
        letters = self.calendars("medlem@example.org")
        assert [(method, sequence) for method, _uid, sequence, _start in letters] == [
            ("REQUEST", 0), ("REQUEST", 1), ("CANCEL", 2)
        ]  # fmt: skip
        assert len({uid for _method, uid, _sequence, _start in letters}) == 1
        assert letters[1][3].hour == 14
        assert letters[1][3] - letters[0][3] == timedelta(days=1)
        assert not Notice.objects.exclude(calendar="").exists()  # gone with the letter

    def test_a_letter_says_time_place_agenda_and_link_in_text_and_html(self, cast, meeting):
        actions.call_meeting(meeting=meeting, by=cast["sammankallande"])
        drain()
        letter = next(letter for letter in mail.outbox if letter.to == ["medlem@example.org"])
        html = next(content for content, kind in letter.alternatives if kind == "text/html")
        for body in (letter.body, html):
            for words in ("14.00–15.00", "Biblioteket", "1. Lägesavstämning", "/forum/kallelse/"):
                assert words in body
        assert "<script" not in html
        shown = [words for words in re.findall(r">([^<>]+)</a>", html) if words.startswith("http")]
        assert shown
        assert max(map(len, shown)) <= 36  # on a phone nothing is wider than the page

    def test_calling_twice_mails_once_and_a_new_member_gets_hers(self, cast, meeting):
        by = cast["sammankallande"]
        actions.call_meeting(meeting=meeting, by=by)
        actions.call_meeting(meeting=meeting, by=by)
        assert len(self.calendars("medlem@example.org")) == 1
        person = factories.ContactPersonFactory(email="ny@example.org")
        cast.forum.members.create(person=person)
        actions.call_meeting(meeting=meeting, by=by)
        assert [len(self.calendars(email)) for email in ("medlem@example.org", "ny@example.org")] == [1, 1]

    def test_a_calling_off_reaches_one_who_gets_the_papers_only_since(self, cast, meeting):
        by = cast["sammankallande"]
        actions.call_meeting(meeting=meeting, by=by)
        member = cast.forum.members.get(person__user=cast["medlem"])
        member.kind = "korresponderande"
        member.save()
        actions.cancel_meeting(meeting=meeting, by=by)
        assert [method for method, *_more in self.calendars("medlem@example.org")] == ["REQUEST", "CANCEL"]

    @pytest.mark.parametrize("how", ["let go", "last day"])
    def test_the_event_leaves_the_calendar_of_one_who_leaves(self, cast, meeting, how):
        actions.call_meeting(meeting=meeting, by=cast["sammankallande"])
        drain()
        member = cast.forum.members.get(person__user=cast["medlem"])
        if how == "let go":
            end_member(member=member, by=cast["sammankallande"])
        else:
            member.starts_on, member.ends_on = (timezone.localdate() - timedelta(days=n) for n in (9, 1))
            member.save()
            assert [let_go_ended(timezone.now()) for _time in range(2)] == [1, 0]
            member.refresh_from_db()
            assert member.ends_on == timezone.localdate() - timedelta(days=1)
        assert [method for method, *_more in self.calendars("medlem@example.org")] == ["REQUEST", "CANCEL"]
        assert not Notice.objects.filter(what="meeting_call", user=cast["medlem"]).active().exists()

    def test_who_only_gets_the_papers_gets_no_event(self, cast, meeting):
        person = factories.ContactPersonFactory(email="brev@example.org")
        cast.forum.members.create(person=person, kind="korresponderande")
        actions.call_meeting(meeting=meeting, by=cast["sammankallande"])
        drain()
        letter = next(letter for letter in mail.outbox if letter.to == ["brev@example.org"])
        assert "Du behöver inte svara" in letter.body
        assert not letter.attachments


class TestRhythm:
    def forum(self, rule, **fields):
        return Forum(name="Rådet", kind="rad", rrule=rule, **fields)

    def test_every_other_month_rests_in_summer(self):
        forum = self.forum(rule_of("FREQ=MONTHLY;INTERVAL=2", "TU", "1"), gap_from_month=6, gap_to_month=8)
        days = proposed_days(forum, date(2026, 2, 3), 3)
        assert days == [date(2026, 4, 7), date(2026, 10, 6), date(2026, 12, 1)]
        assert in_words(forum.rrule) == "första tisdagen varannan månad"

    def test_a_rare_meeting_moves_off_a_red_day_and_a_weekly_one_is_left_out(self):
        monthly = self.forum(rule_of("FREQ=MONTHLY", "FR", "1"))
        assert proposed_days(monthly, date(2026, 4, 1), 1) == [date(2026, 4, 7)]  # Good Friday → Tuesday
        weekly = self.forum(rule_of("FREQ=WEEKLY", "MO", "1"))
        assert proposed_days(weekly, date(2026, 3, 30), 1) == [date(2026, 4, 13)]  # not on Easter Monday

    def test_a_gap_goes_over_new_year(self):
        forum = self.forum(rule_of("FREQ=MONTHLY", "TU", "2"), gap_from_month=12, gap_to_month=1)
        assert proposed_days(forum, date(2026, 11, 10), 1) == [date(2027, 2, 9)]

    def test_no_rhythm_proposes_nothing(self):
        assert proposed_days(self.forum(""), date(2026, 1, 1)) == []
        assert in_words("") == ""
