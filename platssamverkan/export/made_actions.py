# SPDX-License-Identifier: EUPL-1.2
"""Verbs of a file that a worker makes: ask for it, take it up, keep it, give it up, put it away."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any, BinaryIO

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection, connections, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from platssamverkan.accounts.models import User
from platssamverkan.documents.actions import StorageFull, remove_file
from platssamverkan.export.actions import end_begun
from platssamverkan.export.models import KEPT, MadeFile
from platssamverkan.ground.actions import action, on_rollback, save_record
from platssamverkan.notices.actions import post_notice, wake

State = MadeFile.State
LEASE = timedelta(minutes=3)  # longer than a workbook takes to be closed, short enough to be taken up again soon
MOST_SCOPE = 90  # characters of a letter's subject
MAX_ATTEMPTS = 3  # a file that kills three workers is not tried on a fourth
TASK = "export.make_files"
APART = "export_progress"  # a connection beside the one that reads
SAME = ("what", "scope", "format", "purpose", "url", "query")


class NotNow(Exception):
    """The step does not follow on where the file is: another worker has it, or it is through."""


@action
def ask_for_file(*, made: MadeFile, by: Any) -> MadeFile:
    """Put a file in front of a worker. Asked twice, the one that is being made already is the answer."""
    User.objects.select_for_update().get(pk=by.pk)  # two clicks at once wait for each other
    same = {name: getattr(made, name) for name in SAME}
    waiting = MadeFile.objects.active().visible_to(by).filter(state__in=MadeFile.AT_WORK, **same).first()
    if waiting is not None:
        return waiting
    transaction.on_commit(partial(wake, TASK), robust=True)
    return save_record(record=made, by=by)


@action
def ask_again(*, made: MadeFile, by: Any) -> MadeFile:
    """Try one that did not go, or one that has been put away, once more. Raises NotNow."""
    current = MadeFile.objects.select_for_update().get(pk=made.pk)
    if current.state not in (State.FAILED, State.GONE):
        raise NotNow
    current.state, current.attempts, current.failure = State.WAITING, 0, ""
    current.done, current.total, current.finished_at = 0, 0, None
    transaction.on_commit(partial(wake, TASK), robust=True)
    return save_record(record=current, by=by)


# ---------- the worker's ----------


@action
def claim_file(*, now: datetime, by: Any = None) -> MadeFile | None:
    """Take the next; None when there is none. The row is the truth (docs/decisions/0006)."""
    found = MadeFile.objects.claimable(now).select_for_update(skip_locked=True).first()
    if found is None:
        return None
    end_begun(made=found, by=found.created_by)  # by whoever had it before, and has died
    found.state, found.lease_until, found.attempts, found.done = State.RUNNING, now + LEASE, found.attempts + 1, 0
    found.failure = ""
    taken = {name: getattr(found, name) for name in ("state", "lease_until", "attempts", "done", "failure")}
    MadeFile.objects.filter(pk=found.pk).update(**taken)
    return found


@contextmanager
def connection_apart() -> Iterator[str]:
    """The alias of the connection to note progress over.

    On SQLite one that reads stands at the moment where it began, and may write nothing once somebody else has written:
    another is opened. A database in memory has but one; so has a transaction, which would wait for itself.
    """
    apart = connection.vendor == "sqlite" and not connection.in_atomic_block
    if not apart or connection.is_in_memory_db():  # type: ignore[attr-defined]
        yield connection.alias
        return
    connections[APART] = connection.copy(APART)
    try:
        yield APART
    finally:
        connections[APART].close()
        del connections[APART]


def note_progress(*, made: MadeFile, done: int, total: int) -> None:
    """How far it has come, and that the worker lives. Raises NotNow if another has taken over.

    No verb, for it is no change that anyone reads of in the log: one line of a row that has its lease.
    """
    until = timezone.now() + LEASE
    with connection_apart() as alias:
        mine = MadeFile.objects.using(alias).filter(pk=made.pk, state=State.RUNNING, lease_until=made.lease_until)
        if not QuerySet.update(mine, done=done, total=total, lease_until=until):
            raise NotNow
    made.lease_until, made.done = until, done


def note_interruption(*, made: MadeFile) -> None:
    """The try could not go on, and the next begins when its lease is out: the page says so meanwhile."""
    mine = MadeFile.objects.filter(pk=made.pk, state=State.RUNNING, lease_until=made.lease_until)
    QuerySet.update(mine, failure=_("Arbetet avbröts."))


def mine_still(made: MadeFile) -> MadeFile:
    """The file, held, if this worker still has it; raises NotNow else."""
    current = MadeFile.objects.select_for_update().get(pk=made.pk)
    if current.state != State.RUNNING or current.lease_until != made.lease_until:
        raise NotNow
    return current


def place_of(made: MadeFile) -> str:
    """Where the file lies: one place, so that a try that was cut leaves nothing beside the next."""
    return f"made/{made.pk.hex[:2]}/{made.pk}"


@action
def keep_file(*, made: MadeFile, whole: BinaryIO, values: dict[str, Any], by: Any = None) -> None:
    """The file is whole: keep it and tell its owner. Raises NotNow, and StorageFull if the disk takes it not."""
    current = mine_still(made)
    name = place_of(made)
    on_rollback(partial(remove_file, name))
    try:
        default_storage.delete(name)
        whole.seek(0)
        current.file = default_storage.save(name, File(whole))
    except OSError as error:
        raise StorageFull(error.errno, "the file could not be stored") from error
    for field, value in values.items():
        setattr(current, field, value)
    current.state, current.lease_until, current.finished_at, current.failure = State.DONE, None, timezone.now(), ""
    current.done = current.total = current.row_count or 0
    save_record(record=current, by=current.created_by)
    tell(current, _("Filen är klar: %(what)s"), _("Hämta den under Dokument. Där finns den i %(days)s dagar."))


@action
def fail_file(*, made: MadeFile, failure: str, by: Any = None) -> None:
    """It did not go: say why. There is no file. Raises NotNow."""
    current = mine_still(made)
    end_begun(made=current, by=current.created_by)
    current.state, current.lease_until, current.finished_at = State.FAILED, None, timezone.now()
    current.failure = failure[:300]
    save_record(record=current, by=current.created_by)
    transaction.on_commit(partial(remove_file, place_of(made)), robust=True)  # what a worker that died may have left
    tell(current, _("Filen gick inte att göra: %(what)s"), failure)


def tell(made: MadeFile, subject: str, text: str) -> None:
    """Tell its owner, once a try."""
    about = ", ".join(filter(None, [made.what, Truncator(made.scope).chars(MOST_SCOPE)]))
    what = _("%(about)s (%(format)s)") % {"about": about, "format": made.get_format_display()}
    words = {"what": what, "days": KEPT.days}
    post_notice(
        what="export.made",
        occasion=f"{made.pk}:{made.version}",
        subject=subject % words,
        text=capfirst(text % words),
        url=made.get_absolute_url(),
        recipient=made.created_by,
        at_once=True,
        by=None,
    )


@action
def put_away_file(*, made: MadeFile, by: Any = None) -> None:
    """Gallring: the file goes, that it was made and what for stays."""
    current = MadeFile.objects.select_for_update().get(pk=made.pk)
    if current.state != State.DONE:
        return
    name = str(current.file.name)
    current.state, current.file = State.GONE, ""
    save_record(record=current, by=by)
    transaction.on_commit(partial(remove_file, name), robust=True)
