# SPDX-License-Identifier: EUPL-1.2
"""Calendar links: valid in two strict readers, secret, and silent at once when their user has left."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import vobject
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from boenden.models import Assignment
from forum.calendar_feeds import feed_calendar
from forum.models import CalendarFeed, Member
from platssamverkan.ground.logs import without_secrets
from tests import factories

pytestmark = pytest.mark.django_db
RENEW = reverse("forum:calendarfeed_renew")


def make_link(client, forum=None) -> str:
    """A new link, as the page shows it this once."""
    answer = client.post(RENEW, {"forum": forum.pk if forum else ""})
    assert answer.status_code == 200
    return answer.context["link"].partition("://")[2].partition("/")[2]


def read(link: str):
    return Client().get(f"/{link}")


@pytest.fixture
def meetings(cast):
    """One across the night when the clock is set back, one that crosses midnight, one cancelled; one elsewhere."""
    night = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)
    make = factories.MeetingFactory
    other = factories.ForumFactory(boenden=[cast.alma], name="Almas råd")
    return [
        make(forum=cast.forum, starts_at=night, ends_at=night + timedelta(hours=6), status="called", called_at=night),
        make(forum=cast.forum, starts_at=night + timedelta(days=40), ends_at=night + timedelta(days=40, hours=4)),
        make(forum=cast.forum, status="cancelled", sequence=2),
        make(forum=other, place="Almas sal"),
    ]


def test_two_readers_agree(as_user, cast, meetings):
    body = read(make_link(as_user("medlem"))).content.decode()
    events = {str(event["uid"]): event for event in icalendar.Calendar.from_ical(body).walk("VEVENT")}
    others = {event.uid.value: event for event in vobject.readOne(body).contents["vevent"]}
    assert len(events) == 3
    assert events.keys() == others.keys()
    assert "Almas" not in body
    for meeting in meetings[:3]:
        (uid,) = [uid for uid in events if uid.startswith(str(meeting.pk))]
        starts = meeting.starts_at.replace(microsecond=0)
        assert events[uid]["dtstart"].dt == starts
        assert others[uid].dtstart.value == starts
        assert events[uid]["dtend"].dt == meeting.ends_at.replace(microsecond=0)
        assert int(events[uid]["sequence"]) == meeting.sequence
    assert [event["status"] for event in events.values()].count("CANCELLED") == 1


def test_a_forum_without_meetings_is_a_calendar_too(as_user, cast):
    body = read(make_link(as_user("medlem"), cast.forum)).content.decode()
    assert vobject.readOne(body).name == "VCALENDAR"
    assert not icalendar.Calendar.from_ical(body).walk("VEVENT")


def test_the_secret_is_shown_once_and_kept_nowhere(as_user, cast):
    client = as_user("medlem")
    link = make_link(client)
    token = link.rpartition("/")[2].removesuffix(".ics")
    assert token not in client.get(reverse("forum:calendarfeed_list")).content.decode()
    feed = CalendarFeed.objects.get()
    assert token not in str(vars(feed))
    logged = without_secrets(None, "info", {"request": f"GET /{link}"})
    assert token not in logged["request"]


def test_renewed_and_revoked_stops_the_old(as_user, cast):
    client = as_user("medlem")
    first, second = make_link(client), make_link(client)
    assert (read(first).status_code, read(second).status_code) == (404, 200)
    feed = CalendarFeed.objects.get()
    assert as_user("sammankallande").post(reverse("forum:calendarfeed_revoke", args=[feed.pk])).status_code == 404
    assert client.post(reverse("forum:calendarfeed_revoke", args=[feed.pk])).status_code == 302
    assert read(second).status_code == 404
    assert Client().get("/kalender/hittepa.ics").status_code == 404


def test_a_former_member_gets_nothing_at_once(as_user, cast, meetings):
    client = as_user("medlem")
    links = [make_link(client), make_link(client, cast.forum)]
    member = Member.objects.get(person__user=cast["medlem"])
    member.archived_at = timezone.now()
    member.save()
    assert [read(link).status_code for link in links] == [404, 404]
    assert client.post(RENEW, {"forum": cast.forum.pk}).status_code == 404


def test_nor_does_one_whose_assignment_has_ended_or_whose_account_is_closed(as_user, cast, meetings):
    link = make_link(as_user("personal"))
    assert "VEVENT" in read(link).content.decode()
    cast["personal"].is_active = False
    cast["personal"].save()
    assert read(link).status_code == 404
    other = make_link(as_user("enhetschef"), cast.forum)
    Assignment.objects.filter(user=cast["enhetschef"]).first().delete()
    assert read(other).status_code == 404


def test_an_internal_forum_is_not_in_a_members_calendar(as_user, cast, meetings):
    link = make_link(as_user("medlem"))
    cast.forum.kind = "husmote"
    cast.forum.save()
    assert read(link).status_code == 404


def test_bad_forum_in_the_form(as_user, cast):
    client = as_user("medlem")
    assert client.post(RENEW, {"forum": "x"}).status_code == 404
    assert client.get(RENEW).status_code == 405


def test_as_many_queries_for_many_meetings(as_user, cast, django_assert_max_num_queries):
    make_link(as_user("medlem"), cast.forum)
    feed = CalendarFeed.objects.select_related("user", "forum").get()
    for days in range(1, 30):
        factories.MeetingFactory(forum=cast.forum, days=days)
    with django_assert_max_num_queries(3):
        feed_calendar(feed)
