# SPDX-License-Identifier: EUPL-1.2
"""What pages and letters of forums say so that nobody is misled: why not yet, until when, from which day, where."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from forum.actions.protokoll import send_for_comments
from forum.models import Meeting
from platssamverkan.notices.models import Notice
from tests.agreements import in_force, make_agreement
from tests.worlds.forum_protokoll import held_meeting, protokoll_of, sealed_protokoll

pytestmark = pytest.mark.django_db


def page(client, name, thing) -> str:
    return client.get(reverse(f"forum:{name}", args=[thing.pk])).content.decode()


def test_attendance_after_the_justering_leads_to_the_protokoll(cast, as_user):
    meeting = held_meeting(cast.forum, 5)
    protokoll = sealed_protokoll(meeting, cast["medlem"])
    answer = as_user("sammankallande").get(reverse("forum:meeting_attendance", args=[meeting.pk]))
    assert answer.status_code == 403
    assert "Mötets protokoll är justerat" in answer.content.decode()
    assert protokoll.get_absolute_url() in answer.content.decode()
    assert "Din roll räcker inte hit" not in answer.content.decode()


def test_the_letter_names_forum_day_and_place_and_the_page_asks_before_the_time_is_cut(cast, as_user, monkeypatch):
    monkeypatch.setattr("forum.actions.protokoll.missing_for_comments", lambda *args: [])
    meeting = held_meeting(cast.forum, 5)
    meeting.place = "Biblioteket"
    meeting.save()
    protokoll = protokoll_of(meeting)
    until = timezone.localdate() + timedelta(days=14)
    send_for_comments(protokoll=protokoll, comments_until=until, by=cast["sammankallande"])
    text = Notice.objects.filter(what="protokoll_comments").first().text
    for words in (f"Forum: {cast.forum}", str(meeting.day.year), "Plats: Biblioteket"):
        assert words in text
    client = as_user("sammankallande")
    assert "Ja, öppna nu" in page(client, "protokoll_detail", protokoll)
    protokoll.refresh_from_db()
    protokoll.comments_until = timezone.localdate() - timedelta(days=1)
    protokoll.save()
    assert "Ja, öppna nu" not in page(client, "protokoll_detail", protokoll)


def test_a_meeting_that_is_called_off_is_not_prepared(cast, as_user):
    starts = timezone.now() + timedelta(days=5)
    meeting = Meeting.objects.create(
        forum=cast.forum, starts_at=starts, ends_at=starts + timedelta(hours=1), status="cancelled"
    )
    assert "Lägg till punkt" not in page(as_user("sammankallande"), "meeting_detail", meeting)


def test_attendance_comes_before_the_protokoll(cast, as_user):
    shown = page(as_user("sammankallande"), "meeting_detail", held_meeting(cast.forum, 1))
    button = shown[: shown.index("Gör protokoll")].rpartition("<button")[2]
    assert "btn-primary" not in button


def test_an_agreement_of_next_year_does_not_hold_yet(cast, as_user, monkeypatch):
    monkeypatch.setattr("forum.actions.agreements.archive_pdf", lambda *args: b"%PDF-1.7 avtal")
    year = timezone.localdate().year + 1
    days = {"starts_on": date(year, 1, 1), "ends_on": date(year + 1, 12, 31), "review_on": date(year + 1, 1, 15)}
    monkeypatch.setattr("tests.agreements.DAYS", days)
    agreement = make_agreement(cast, forum=cast.forum)
    in_force(cast, agreement, {"forvaltning": cast.sydvast}, {"forvaltning": cast.nordost})
    client = as_user("sammankallande")
    listed = client.get(reverse("forum:agreement_list")).content.decode()
    assert f"gäller från 1 jan. {year}" in listed
    shown = page(client, "agreement_detail", agreement)
    assert "Fastställt" in shown
    assert f"Gäller från 1 januari {year}" in shown
