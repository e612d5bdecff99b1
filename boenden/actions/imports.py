# SPDX-License-Identifier: EUPL-1.2
"""Verbs of an import: bring a file in, say what its columns are, judge its rows, confirm, write, or leave it."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from boenden.models import ActorImport, ActorImportRow, Forvaltning
from platssamverkan.audit.actions import log_event
from platssamverkan.documents.actions import StorageFull, remove_file
from platssamverkan.ground.actions import action, on_rollback, save_record
from platssamverkan.notices.actions import wake

if TYPE_CHECKING:
    from boenden.imports.plans import Judgement, Plan

Status = ActorImport.Status
LEASE = timedelta(seconds=60)  # longer than some hundred rows take, short enough to be taken up again in two minutes
MAX_ATTEMPTS = 3  # a file that kills three workers is not tried on a fourth
TASK = "boenden.imports"
BATCH = 1000  # rows an INSERT


class NotNow(Exception):
    """The step does not follow on where the import is: somebody has gone on with it, or left it."""


@action
def create_import(*, actor_import: ActorImport, content: bytes, by: Any) -> ActorImport:
    """Keep an uploaded file until a worker has read it, which is at once: nobody has looked through it yet.

    Raises StorageFull if the disk takes it not; there is no row either.
    """
    name = f"imports/{actor_import.pk.hex[:2]}/{actor_import.pk}"
    on_rollback(partial(remove_file, name))
    try:
        actor_import.file = default_storage.save(name, ContentFile(content))
    except OSError as error:
        raise StorageFull(error.errno, "the file could not be stored") from error
    transaction.on_commit(partial(wake, TASK), robust=True)
    return save_record(record=actor_import, by=by)


def step(actor_import: ActorImport, *allowed: str) -> ActorImport:
    """The import as it is now, held until the verb is through; raises NotNow where it is not in one of these."""
    current = ActorImport.objects.select_for_update().select_related("boende__forvaltning").get(pk=actor_import.pk)
    if current.status not in allowed:
        raise NotNow
    return current


@action
def choose_columns(*, actor_import: ActorImport, values: dict[str, Any], by: Any) -> ActorImport:
    """Say what the columns are, and let a worker read and judge the rows. Raises NotNow."""
    current = step(actor_import, Status.UPLOADED, Status.PREVIEW)
    for name, value in values.items():
        setattr(current, name, value)
    return begin(current, Status.READING, by)


@action
def confirm_import(*, actor_import: ActorImport, by: Any) -> ActorImport:
    """Let a worker write what the preview shows. Confirmed twice it is still written once. Raises NotNow."""
    return begin(step(actor_import, Status.PREVIEW), Status.IMPORTING, by)


def begin(actor_import: ActorImport, status: str, by: Any) -> ActorImport:
    """Put it in front of a worker. The row is the truth; waking only makes it quicker (docs/decisions/0006)."""
    actor_import.status, actor_import.done, actor_import.attempts, actor_import.lease_until = status, 0, 0, None
    save_record(record=actor_import, by=by)
    transaction.on_commit(partial(wake, TASK), robust=True)
    return actor_import


@action
def cancel_import(*, actor_import: ActorImport, by: Any) -> ActorImport:
    """Leave an import that has not been confirmed: file and cells go, that there was one stays. Raises NotNow."""
    current = step(actor_import, Status.UPLOADED, Status.READING, Status.PREVIEW)
    current.status, current.finished_at, current.lease_until = Status.CANCELLED, timezone.now(), None
    current.samples = []
    save_record(record=current, by=by)
    current.rows.update(cells=[], title="", reasons=[])
    transaction.on_commit(partial(remove_read_file, current), robust=True)
    return current


# ---------- the worker's ----------


@action
def claim_import(*, by: Any = None) -> ActorImport | None:
    """Take the next import that waits for a worker, or whose worker is gone; None when there is none."""
    waiting = ActorImport.objects.claimable().select_related("boende__forvaltning", "category", "changed_by")
    found = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if found is None:
        return None
    found.attempts, found.lease_until = found.attempts + 1, timezone.now() + LEASE
    ActorImport.objects.filter(pk=found.pk).update(attempts=found.attempts, lease_until=found.lease_until)
    return found


@action
def note_progress(*, actor_import: ActorImport, done: int, total: int, by: Any = None) -> None:
    """How far it has come, and that the worker lives. Raises NotNow if another has taken over, or it was left."""
    until = timezone.now() + LEASE
    mine = ActorImport.objects.filter(
        pk=actor_import.pk, status=actor_import.status, lease_until=actor_import.lease_until
    )
    if not mine.update(done=done, total=total, lease_until=until):
        raise NotNow
    actor_import.lease_until = until


def mine_still(actor_import: ActorImport) -> ActorImport:
    """The import, held, if this worker still has it; raises NotNow else."""
    current = step(actor_import, actor_import.status)
    if current.lease_until != actor_import.lease_until:
        raise NotNow
    return current


def count_outcomes(actor_import: ActorImport, judgements: Iterable["Judgement"]) -> None:
    """Write on the import how many rows there are of each outcome."""
    outcomes = [judgement.outcome for judgement in judgements]
    of = ActorImportRow.Outcome
    actor_import.new_count, actor_import.updated_count = outcomes.count(of.NEW), outcomes.count(of.UPDATED)
    actor_import.unchanged_count, actor_import.faulty_count = outcomes.count(of.UNCHANGED), outcomes.count(of.FAULTY)
    actor_import.total = actor_import.done = len(outcomes)


def save_rows(rows: Sequence[ActorImportRow]) -> None:
    """Write the rows of an import, or what has become of them."""
    names = ["cells", "title", "outcome", "reasons", "record_id"]
    ActorImportRow.objects.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=names
    )


@action
def keep_rows(*, actor_import: ActorImport, rows: Sequence[ActorImportRow], by: Any = None) -> None:
    """The rows have been read before anybody said what the columns are. Raises NotNow."""
    current = mine_still(actor_import)
    save_rows(rows)
    ActorImport.objects.filter(pk=current.pk).update(attempts=0, lease_until=None)


@action
def settle_preview(
    *, actor_import: ActorImport, rows: Sequence[ActorImportRow], judgements: Sequence["Judgement"], by: Any
) -> None:
    """The rows have been read and judged: keep them, and show them. Raises NotNow."""
    current = mine_still(actor_import)
    save_rows(rows)
    count_outcomes(current, judgements)
    current.status, current.lease_until, current.samples = Status.PREVIEW, None, []
    save_record(record=current, by=by)


@action
def write_import(
    *,
    actor_import: ActorImport,
    plan: "Plan",
    rows: Sequence[ActorImportRow],
    judgements: Sequence["Judgement"],
    by: Any,
) -> None:
    """Everything that was planned, and that it is done, in one transaction: all or nothing. Raises NotNow."""
    current = mine_still(actor_import)
    plan.write()
    other = []  # the rows that became something else than the preview showed
    for row, judgement in zip(rows, judgements, strict=True):
        now = (judgement.outcome, judgement.reasons, judgement.record_id)
        if (row.outcome, row.reasons, row.record_id) != now:
            row.outcome, row.reasons, row.record_id = now
            other.append(row)
    save_rows(other)
    # what came in is in the register now, and kept there alone
    current.rows.exclude(outcome=ActorImportRow.Outcome.FAULTY).update(cells=[])
    count_outcomes(current, judgements)
    current.status, current.lease_until, current.finished_at = Status.DONE, None, timezone.now()
    save_record(record=current, by=by)
    log_event(record=current, by=by, event="imported")


def hold_register(actor_import: ActorImport) -> None:
    """One import at a time writes in a förvaltning's register."""
    Forvaltning.objects.select_for_update().get(pk=actor_import.boende.forvaltning_id)


@action
def fail_import(*, actor_import: ActorImport, failure: str, by: Any) -> None:
    """It did not go: say why. Nothing of it has been written. Raises NotNow."""
    current = mine_still(actor_import)
    current.status, current.lease_until, current.finished_at = Status.FAILED, None, timezone.now()
    current.failure, current.samples = failure[:300], []
    save_record(record=current, by=by)
    current.rows.update(cells=[], title="", reasons=[])  # nobody is shown them any more


def interrupted_too_often(actor_import: ActorImport) -> str:
    """Why it is given up, and that nothing has been written."""
    return _("Arbetet avbröts %(number)s gånger. Ingenting är importerat. Dela upp filen och försök igen.") % {
        "number": actor_import.attempts - 1
    }


@action
def forget_file(*, actor_import: ActorImport, by: Any = None) -> None:
    """Note that the file is gone."""
    ActorImport.objects.filter(pk=actor_import.pk).update(file="")


def remove_read_file(actor_import: ActorImport) -> None:
    """Take away a file that has been read, or will not be. A crash before the row says so: it is done again."""
    default_storage.delete(str(actor_import.file.name))
    forget_file(actor_import=actor_import, by=None)
