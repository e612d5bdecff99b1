# SPDX-License-Identifier: EUPL-1.2
"""Files made in the background: claimed under a lease, two at a time at most, their progress in the row.

The row is the truth (docs/decisions/0006): Celery only wakes this, and the beat does it again each minute.
"""

import io
import zipfile
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction
from django.utils import timezone

from forum.models import Forum, ProtokollFile
from platssamverkan.documents.responses import safe_filename
from platssamverkan.ground.actions import action

logger = structlog.get_logger(__name__)

LEASE = timedelta(minutes=10)  # the task's own time limit
AT_ONCE = 2  # layout takes a whole core (faults.md, case 22)
MAX_ATTEMPTS = 3
WAKE_SECONDS = 0.5
TASK = "forum.make_files"
ZIP = "application/zip"


def wake() -> None:
    """Ask a worker to make the files now. Never raises and never retries."""
    from platssamverkan.celery import app

    patience = {"socket_timeout": WAKE_SECONDS, "socket_connect_timeout": WAKE_SECONDS, "max_retries": 0}
    try:
        with app.connection_for_write(transport_options=patience) as broker:
            app.send_task(TASK, connection=broker, retry=False, expires=60)
    except Exception as error:
        logger.warning("file makers not woken", error=type(error).__name__)


def wake_after_commit() -> None:
    """Wake them once when the transaction is through."""
    if not any(waiting[1] is wake for waiting in connection.run_on_commit):
        transaction.on_commit(wake, robust=True)


@action
def claim(*, now: datetime, by: None = None) -> ProtokollFile | None:
    """Take the next file, unless two are being made already. None when there is none to take."""
    running = ProtokollFile.objects.filter(state=ProtokollFile.State.RUNNING, lease_until__gte=now)
    if running.count() >= AT_ONCE:
        return None
    claimable = ProtokollFile.objects.claimable(now).select_for_update(skip_locked=True, of=("self",))
    file = claimable.select_related("protokoll__replaces", "public__protokoll", "forum", "created_by").first()
    if file is None:
        return None
    file.state, file.lease_until, file.attempts = ProtokollFile.State.RUNNING, now + LEASE, file.attempts + 1
    ProtokollFile.objects.filter(pk=file.pk).update(
        state=file.state, lease_until=file.lease_until, attempts=file.attempts, done=0
    )
    return file


@action
def give_back(*, file: ProtokollFile, by: None = None) -> None:
    """It could not be made: again next time, or given up after three times, which the page shows."""
    state = ProtokollFile.State.FAILED if file.attempts >= MAX_ATTEMPTS else ProtokollFile.State.WAITING
    mine = ProtokollFile.objects.filter(pk=file.pk, lease_until=file.lease_until)
    mine.update(state=state, lease_until=None, done=0)


@action
def note_progress(*, file: ProtokollFile, done: int, by: None = None) -> None:
    """How many parts are ready."""
    ProtokollFile.objects.filter(pk=file.pk).update(done=done)


def make_files() -> int:
    """Make everything that waits; tells how many were made. Running twice at once, or not for a while, does no harm."""
    made = 0
    while file := claim(now=timezone.now(), by=None):
        try:
            make(file)
        except Exception as error:
            logger.exception("a file could not be made", file=str(file.pk), error=type(error).__name__)
            give_back(file=file, by=None)
            if file.attempts < MAX_ATTEMPTS:
                break  # the beat comes back in a minute
        else:
            made += 1
    return made


def make(file: ProtokollFile) -> None:
    """Make one."""
    from forum.actions.protokoll_files import draw, store_paper

    if file.forum:
        pack(file, file.forum)
    else:
        store_paper(file=file, content=draw(file), by=file.created_by)


def pack(file: ProtokollFile, forum: Forum) -> None:
    """All justerade protokoll of a forum as they are stored, each checked against its checksum, in one ZIP file."""
    from forum.actions.protokoll_files import forum_protokoll, store_pack

    parts = ProtokollFile.objects.filter(protokoll__in=forum_protokoll(forum), document__isnull=False)
    ready = parts.select_related("document", "protokoll__meeting").order_by("protokoll__meeting__starts_at", "pk")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for number, part in enumerate(ready[: file.total], 1):
            document, protokoll = part.document, part.protokoll
            if document is None or protokoll is None:
                continue
            day = timezone.localdate(protokoll.meeting.starts_at)
            name = safe_filename(f"{day:%Y-%m-%d} {document.title}.pdf")
            packed.writestr(f"{number:03d} {name}", document.read_verified())
            note_progress(file=file, done=number, by=None)
    store_pack(file=file, content=buffer.getvalue(), by=file.created_by)
