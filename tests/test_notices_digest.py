# SPDX-License-Identifier: EUPL-1.2
"""One letter each morning instead of many, for whoever wants it; and the command for where there is no Celery."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from platssamverkan.accounts.models import User
from platssamverkan.notices.actions import post_notices
from platssamverkan.notices.digests import send_digests
from platssamverkan.notices.models import Notice
from platssamverkan.notices.outbox import drain
from platssamverkan.notices.providers import Due

EVENING = datetime(2026, 11, 22, 18, tzinfo=UTC)
MORNING = datetime(2026, 11, 23, 6, tzinfo=UTC)  # 7.00 here


@pytest.fixture(autouse=True)
def _monday():
    """A Monday at eight."""
    with time_machine.travel("2026-11-23T08:00:00+01:00", tick=False):
        yield


@pytest.fixture
def gatherer(cast):
    """Somebody who wants one letter a morning."""
    user = cast["personal"]
    User.objects.filter(pk=user.pk).update(gets_digest=True)
    user.refresh_from_db()
    return user


def tell(user, *subjects, now=EVENING, **values):
    """Post notices to somebody."""
    day = timezone.localdate(now)
    dues = [Due(what="prov", occasion=f"{subject} {day}", subject=subject, text="Gör det.", due_on=day, user=user,
                url="/mer/", **values) for subject in subjects]  # fmt: skip
    post_notices(dues=dues, by=None, now=now)


def test_what_gathers_goes_as_one_letter_in_the_morning(cast, gatherer):
    tell(gatherer, "Ring Lena", "Se över planen")
    tell(cast["enhetschef"], "Läs")
    assert drain() == 1  # the enhetschef's own
    assert send_digests(datetime(2026, 11, 23, 4, tzinfo=UTC)) == 0  # 5.00: too early
    assert send_digests(MORNING) == 1
    assert send_digests(MORNING) == 0
    mail.outbox.clear()
    assert drain() == 1
    letter = mail.outbox[0]
    assert letter.subject == "2 påminnelser i dag"
    assert "Ring Lena" in letter.body
    assert "/mer/" in letter.body
    assert not Notice.objects.filter(status=Notice.Status.DIGEST).exists()


def test_what_comes_later_waits_for_the_next_morning(gatherer):
    tell(gatherer, "Ring Lena")
    send_digests(MORNING)
    tell(gatherer, "Se över planen", now=datetime(2026, 11, 23, 9, tzinfo=UTC))
    assert send_digests(datetime(2026, 11, 23, 20, tzinfo=UTC)) == 0
    assert send_digests(datetime(2026, 11, 24, 6, tzinfo=UTC)) == 1
    assert Notice.objects.filter(what=Notice.DIGEST).count() == 2


def test_after_a_stop_there_is_one_letter(gatherer):
    tell(gatherer, "Ring Lena")
    tell(gatherer, "Se över planen", now=datetime(2026, 11, 25, 9, tzinfo=UTC))
    assert send_digests(datetime(2026, 12, 3, 9, tzinfo=UTC)) == 1
    assert "2 påminnelser" in Notice.objects.get(what=Notice.DIGEST).subject


def test_calls_and_what_is_urgent_go_at_once(gatherer):
    tell(gatherer, "Kallelse", calendar="BEGIN:VCALENDAR")
    tell(gatherer, "Bråttom", at_once=True)
    assert Notice.objects.filter(status=Notice.Status.WAITING).count() == 2


def test_in_the_app_each_stands_by_itself_and_the_letter_does_not(gatherer, as_user):
    tell(gatherer, "Ring Lena")
    send_digests(MORNING)
    page = as_user("personal").get("/konto/meddelanden/").content.decode()
    assert "Ring Lena" in page
    assert "En påminnelse i dag" not in page


def test_one_chooses_it_under_mitt_konto(as_user, cast):
    client = as_user("personal")
    url = reverse("people:profile")
    assert "samla mina påminnelser" in client.get(url).content.decode().lower()
    client.post(url, {"name": "Personal Ek", "gets_digest": "on"})
    cast["personal"].refresh_from_db()
    assert cast["personal"].gets_digest
    client.post(url, {"name": "Personal Ek"})
    cast["personal"].refresh_from_db()
    assert not cast["personal"].gets_digest


def test_idle_it_is_one_question(gatherer, django_assert_num_queries):
    with django_assert_num_queries(1):
        send_digests(MORNING)


def test_the_command_sweeps_and_sends(cast, monkeypatch, capsys):
    due = Due(what="prov", occasion="1", subject="Ring", text="Nu.", due_on=timezone.localdate(), user=cast["personal"])
    monkeypatch.setattr("platssamverkan.notices.sweeping.providers", {"prov": lambda now: [due]})
    for name in ("senders", "batches"):
        monkeypatch.setattr(f"platssamverkan.notices.sweeping.{name}", {})
    call_command("notices")
    assert "1 sent" in capsys.readouterr().out
    assert any(letter.subject == "Ring" for letter in mail.outbox)
