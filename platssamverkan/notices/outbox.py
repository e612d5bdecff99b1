# SPDX-License-Identifier: EUPL-1.2
"""Emptying the outbox: claim a row under a lease, send its letter, mark it. Any number of workers may do it at once.

A mail can't be sent exactly once: if we die between the server's yes and our mark, the lease runs out and the letter
goes again, with the same Message-ID. It is never lost (faults.md, cases 1 and 3).
"""

import random
import time
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.core.mail import get_connection
from django.utils import timezone

from platssamverkan.ground.actions import action
from platssamverkan.notices.letters import is_about_letter, is_permanent, send_notice
from platssamverkan.notices.models import Notice

logger = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60)  # longer than a letter takes with EMAIL_TIMEOUT, short enough to be sent in two minutes
LONGEST_WAIT = timedelta(hours=1)
MAX_ATTEMPTS = 24  # about twenty hours with the waits between them
DRAIN_SECONDS = 300  # well within the task's time limit; the beat goes on with what is left


def spread(wait: timedelta) -> timedelta:
    """The wait, up to a quarter shorter by chance: letters that failed together do not all come back together."""
    return wait * random.uniform(0.75, 1)  # noqa: S311 - nothing secret


def wait_after(attempts: int) -> timedelta:
    """1, 2, 4 … minutes, an hour at most."""
    return min(timedelta(minutes=2 ** min(attempts - 1, 10)), LONGEST_WAIT)


@action
def claim(*, now: datetime, by: Any = None) -> Notice | None:
    """Take the next letter; nobody else gets it until the lease runs out. None when there is none."""
    notice = (
        Notice.objects.claimable(now).select_related("user").select_for_update(skip_locked=True, of=("self",)).first()
    )
    if notice is None:
        return None
    notice.status, notice.lease_until, notice.attempts = Notice.Status.CLAIMED, now + LEASE, notice.attempts + 1
    Notice.objects.filter(pk=notice.pk).update(
        status=notice.status, lease_until=notice.lease_until, attempts=notice.attempts
    )
    return notice


@action
def settle(*, notice: Notice, by: Any = None, **values: Any) -> None:
    """End a claim, unless the lease ran out and someone else has taken over."""
    Notice.objects.filter(pk=notice.pk, status=Notice.Status.CLAIMED, lease_until=notice.lease_until).update(
        lease_until=None, **values
    )


def settle_sent(notice: Notice) -> None:
    """It went. The text of a letter to someone without an account is not kept: it may hold a secret link.

    Nor is its calendar part, of anyone: what it says stands in the thing it is about.
    """
    forget = {"calendar": ""} | ({"text": ""} if notice.user is None else {})
    settle(notice=notice, by=None, status=Notice.Status.SENT, sent_at=timezone.now(), last_error="", **forget)


def settle_failed(notice: Notice, error: Exception) -> None:
    """It did not go: try later, or give it up and show it."""
    name = type(error).__name__
    logger.warning("notice not sent", notice=str(notice.pk), error=name, attempts=notice.attempts)
    if is_permanent(error) or notice.attempts >= MAX_ATTEMPTS:
        settle(notice=notice, by=None, status=Notice.Status.FAILED, last_error=name)
    else:
        later = timezone.now() + spread(wait_after(notice.attempts))
        settle(notice=notice, by=None, status=Notice.Status.WAITING, last_error=name, next_attempt_at=later)


class WorkerLost(Exception):
    """Every attempt ended with the worker's death."""


def deliver(notice: Notice, connection: Any) -> Exception | None:
    """Send one claimed letter and settle it; returns what went wrong, if anything."""
    if notice.user and not notice.user.is_active:
        settle(notice=notice, by=None, status=Notice.Status.APP_ONLY)  # no letters to an account that is closed
        return None
    try:
        if notice.attempts > MAX_ATTEMPTS:
            raise WorkerLost
        connection.open()
        send_notice(notice, connection)
    except Exception as error:
        settle_failed(notice, error)
        return error
    settle_sent(notice)
    return None


def drain() -> int:
    """Send everything that is to be sent now; returns how many letters went. Stops when the mail server is away."""
    enough_at = time.monotonic() + DRAIN_SECONDS
    connection = get_connection()
    delivered = 0
    try:
        while time.monotonic() < enough_at and (notice := claim(now=timezone.now(), by=None)):
            error = deliver(notice, connection)
            if error is None:
                delivered += 1
            elif not is_about_letter(error):
                break
    finally:
        connection.close()
    return delivered
