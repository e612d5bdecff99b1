# SPDX-License-Identifier: EUPL-1.2
"""Verbs: put a notice in the outbox, read it, send it again."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import structlog
from django.db import connection, transaction
from django.utils import timezone

from platssamverkan.audit.actions import log_event
from platssamverkan.ground.actions import action
from platssamverkan.ground.middleware import without_unstorable
from platssamverkan.notices.models import Notice
from platssamverkan.notices.providers import Due

logger = structlog.get_logger(__name__)

BATCH = 4000  # rows an INSERT
WAKE_SECONDS = 0.5  # how long a page waits for the broker: the beat wakes the outbox each minute anyway
SUBJECT_LENGTH = Notice._meta.get_field("subject").max_length or 0


def wake(task: str = "notices.drain") -> None:
    """Ask a worker to do what waits in the database, the outbox or another's. Never raises, never retries: the row is
    the truth."""
    from platssamverkan.celery import app

    patience = {"socket_timeout": WAKE_SECONDS, "socket_connect_timeout": WAKE_SECONDS, "max_retries": 0}
    try:
        with app.connection_for_write(transport_options=patience) as broker:
            app.send_task(task, connection=broker, retry=False, expires=60)
    except Exception as error:
        logger.warning("worker not woken", task=task, error=type(error).__name__)


def wake_after_commit() -> None:
    """Wake the outbox once when the transaction is through, however many notices it holds."""
    if not any(waiting[1] is wake for waiting in connection.run_on_commit):
        transaction.on_commit(wake, robust=True)


def status_for(due: Due) -> Notice.Status:
    """How it goes: as a letter at once, in the morning's letter, or in the app only."""
    if not due.mail:
        return Notice.Status.APP_ONLY
    gathers = due.user is not None and due.user.gets_digest and not (due.calendar or due.at_once)
    return Notice.Status.DIGEST if gathers else Notice.Status.WAITING


def notice_for(due: Due, *, by: Any, now: datetime, today: date) -> Notice:
    """The row for something due, not saved."""
    subject = " ".join(without_unstorable(due.subject).split())
    return Notice(
        what=due.what,
        occasion=due.occasion,
        user_id=due.user.pk if due.user is not None else None,
        email=due.recipient if due.user is None else None,
        subject=subject if len(subject) <= SUBJECT_LENGTH else subject[: SUBJECT_LENGTH - 1] + "…",
        text=without_unstorable(due.text),
        url=due.url,
        calendar=without_unstorable(due.calendar),
        due_on=due.due_on,
        is_late=due.due_on < today,
        status=status_for(due),
        next_attempt_at=now,
        created_at=now,
        created_by_id=by.pk if by is not None else None,
        changed_at=now,
    )


@action
def post_notices(*, dues: Iterable[Due], by: Any, now: datetime | None = None) -> None:
    """Put notices in the outbox, in the caller's transaction. Those that are there already are left as they are.

    Raises ValueError for one without exactly one recipient, and ValidationError for one with a personnummer in it.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    # In one order, so that two sweepers wait for each other instead of locking each other out.
    in_order = sorted(dues, key=lambda due: tuple(map(str, due.key)))
    notices = [notice_for(due, by=by, now=now, today=today) for due in in_order]
    if notices:
        Notice.objects.bulk_create(notices, batch_size=BATCH, ignore_conflicts=True)
        wake_after_commit()


@action
def post_notice(
    *,
    what: str,
    occasion: str,
    subject: str,
    text: str,
    by: Any,
    recipient: Any = None,
    email: str = "",
    url: str = "",
    mail: bool = True,
    at_once: bool = False,
) -> None:
    """Tell a user (`recipient`) or an e-mail address something, once for each (what, occasion, recipient).

    `url` is a page of ours, from "/" on. With `mail=False` it is told in the app only,
    with `at_once` by a letter of its own whatever she has chosen. The text of a letter to someone
    without an account is kept until it is sent, no longer: it may hold a link that only she should have.
    """
    due = Due(
        what=what,
        occasion=occasion,
        user=recipient,
        email=email,
        subject=subject,
        text=text,
        url=url,
        due_on=timezone.localdate(),
        mail=mail,
        at_once=at_once,
    )
    post_notices(dues=[due], by=by)


@action
def take_back(*, about: Iterable[Any], by: Any, recipient: Any = None, email: str = "") -> int:
    """Take back what one person, a user or an address, was told of things that she no longer reaches; tells how many.

    `about` holds the things' ids: an occasion begins with the id of what it is about. A letter that waits is not sent,
    and what stands in the app is put away. What has been sent is sent.
    """
    ids = {str(pk) for pk in about}
    hers = Notice.objects.active().filter(user=recipient) if recipient else Notice.objects.active().filter(email=email)
    told = hers.exclude(user=None, status=Notice.Status.SENT).values_list("pk", "occasion")
    gone = [pk for pk, occasion in told if occasion.partition(":")[0] in ids]
    taken = Notice.objects.filter(pk__in=gone)
    taken.filter(user=None).update(text="")  # it may hold a secret link
    return taken.update(archived_at=timezone.now(), calendar="")


@action
def read_notice(*, notice: Notice, by: Any) -> None:
    """Note that its recipient has read it."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())


@action
def retry_notice(*, notice: Notice, by: Any) -> bool:
    """Put a notice that was given up back in the outbox; False if it was not given up."""
    changed = Notice.objects.filter(pk=notice.pk, status=Notice.Status.FAILED).update(
        status=Notice.Status.WAITING, attempts=0, last_error="", next_attempt_at=timezone.now()
    )
    if changed:
        log_event(record=notice, by=by, event="notice_retried")
        wake_after_commit()
    return bool(changed)
