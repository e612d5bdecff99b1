# SPDX-License-Identifier: EUPL-1.2
"""Sending: every letter once, whatever the mail server does (faults.md, cases 1, 7 and 8)."""

import socket
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from platssamverkan.notices import outbox
from platssamverkan.notices.actions import post_notices, retry_notice
from platssamverkan.notices.letters import is_about_letter, is_permanent
from platssamverkan.notices.models import Notice
from platssamverkan.notices.outbox import claim, drain, wait_after
from platssamverkan.notices.providers import Due
from platssamverkan.notices.tasks import drain_outbox
from tests.mail_server import mail_server


def tell_many(count):
    """Post a notice to each of so many addresses."""
    today = timezone.localdate()
    dues = [Due("w", str(n), f"Rubrik {n}", "Text", today, email=f"person{n}@example.org") for n in range(count)]
    post_notices(dues=dues, by=None)


@pytest.fixture
def server(settings):
    """A mail server that the outbox sends to."""
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


def later(minutes):
    """The clock, so many minutes on."""
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=True)


class TestClaiming:
    def test_nobody_else_gets_a_claimed_one_until_the_lease_runs_out(self, db):
        tell_many(1)
        now = timezone.now()
        first = claim(now=now, by=None)
        assert claim(now=now + outbox.LEASE - timedelta(seconds=1), by=None) is None
        again = claim(now=now + outbox.LEASE, by=None)
        assert again == first
        assert again.attempts == 2

    def test_who_lost_the_lease_does_not_settle_it(self, db):
        tell_many(1)
        now = timezone.now()
        slow = claim(now=now, by=None)
        quick = claim(now=now + outbox.LEASE, by=None)
        outbox.settle_failed(slow, TimeoutError())
        assert Notice.objects.get().status == Notice.Status.CLAIMED
        outbox.settle_sent(quick)
        outbox.settle_failed(slow, TimeoutError())
        assert Notice.objects.get().status == Notice.Status.SENT

    def test_the_one_that_waited_longest_goes_first(self, db):
        tell_many(1)
        with later(-5):
            post_notices(dues=[Due("w", "old", "Äldre", "t", timezone.localdate(), email="old@example.org")], by=None)
        drain()
        assert [letter.to[0] for letter in mail.outbox] == ["old@example.org", "person0@example.org"]

    def test_a_letter_that_kills_every_worker_is_given_up(self, db):
        tell_many(2)
        bad = claim(now=timezone.now(), by=None)
        bad.attempts = outbox.MAX_ATTEMPTS
        bad.lease_until = timezone.now()
        bad.save()
        assert drain_outbox() == 1
        bad.refresh_from_db()
        assert (bad.status, bad.last_error) == (Notice.Status.FAILED, "WorkerLost")


class TestMailServer:
    def test_one_of_500_is_rejected_and_499_are_sent_once(self, db, server):
        server.rejects["person250@example.org"] = "550 no such user"
        tell_many(500)
        assert drain() == 499
        assert len(set(server.message_ids)) == len(server.letters) == 499
        [failed] = Notice.objects.undelivered()
        assert failed.email == "person250@example.org"
        assert failed.last_error == "SMTPRecipientsRefused"
        assert failed.text  # still needed
        assert drain() == 0

        server.rejects.clear()
        assert retry_notice(notice=failed, by=None)
        assert drain() == 1
        assert server.recipients[-1] == "person250@example.org"
        assert not Notice.objects.exclude(status=Notice.Status.SENT).exists()

    def test_a_text_that_it_will_not_have_is_given_up_and_the_next_goes(self, db, server):
        server.answer_to_text = "554 looks like spam"
        tell_many(1)
        assert drain() == 0
        assert Notice.objects.get().last_error == "SMTPDataError"

    def test_not_now_is_tried_again_later_and_the_next_goes(self, db, server):
        server.rejects["person0@example.org"] = "451 try again later"
        tell_many(2)
        assert drain() == 1
        waiting = Notice.objects.get(email="person0@example.org")
        assert waiting.status == Notice.Status.WAITING
        assert waiting.next_attempt_at > timezone.now()
        assert drain() == 0
        server.rejects.clear()
        with later(2):
            assert drain() == 1

    def test_one_that_is_away_is_asked_once_a_round_and_everything_goes_when_it_is_back(self, db, server):
        server.stop()
        tell_many(3)
        assert drain() == 0
        assert Notice.objects.filter(attempts=1, last_error="ConnectionRefusedError").count() == 1
        assert Notice.objects.filter(attempts=0).count() == 2
        server.start()
        with later(2):
            assert drain() == 3
        assert len(set(server.message_ids)) == 3

    def test_one_that_hangs_is_given_the_time_limit_and_no_more(self, db, settings):
        with socket.create_server(("127.0.0.1", 0)) as deaf:
            settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
            settings.EMAIL_HOST, settings.EMAIL_PORT = deaf.getsockname()
            settings.EMAIL_TIMEOUT = 0.2
            tell_many(2)
            assert drain() == 0
        assert Notice.objects.filter(status=Notice.Status.WAITING, attempts=1).count() == 1
        assert Notice.objects.filter(attempts=0).count() == 1

    def test_one_that_is_away_for_days_is_shown_as_failed(self, db, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        tell_many(1)
        for hours in range(outbox.MAX_ATTEMPTS):
            assert Notice.objects.get().status == Notice.Status.WAITING
            with later(hours * 61):
                drain()
        assert Notice.objects.get().is_failed

    def test_a_letter_that_cannot_be_made_is_given_up_and_the_next_goes(self, db, monkeypatch):
        tell_many(2)
        send = outbox.send_notice

        def fail_first(notice, connection):
            if notice.email == "person0@example.org":
                raise ValueError("HEMLIG")
            send(notice, connection)

        monkeypatch.setattr(outbox, "send_notice", fail_first)
        assert drain() == 1
        assert Notice.objects.get(email="person0@example.org").last_error == "ValueError"

    def test_a_round_ends_in_time_and_the_next_goes_on(self, db, monkeypatch):
        tell_many(3)
        monkeypatch.setattr(outbox, "DRAIN_SECONDS", 0)
        assert drain() == 0
        monkeypatch.undo()
        assert drain() == 3


@pytest.mark.parametrize(
    ("error", "about_letter", "permanent"),
    [
        (SMTPRecipientsRefused({"x@example.org": (550, b"")}), True, True),
        (SMTPRecipientsRefused({"x@example.org": (451, b"")}), True, False),
        (SMTPDataError(554, b""), True, True),
        (SMTPDataError(451, b""), True, False),
        (SMTPServerDisconnected(), False, False),
        (TimeoutError(), False, False),
        (ValueError(), True, True),
    ],
)
def test_what_a_failure_means(error, about_letter, permanent):
    assert is_about_letter(error) == about_letter
    assert is_permanent(error) == permanent


def test_the_waits_grow_to_an_hour():
    minutes = [wait_after(n).total_seconds() / 60 for n in range(1, 9)]
    assert minutes == [1, 2, 4, 8, 16, 32, 60, 60]
    assert wait_after(1000) == timedelta(hours=1)
