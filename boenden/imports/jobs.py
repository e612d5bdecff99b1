# SPDX-License-Identifier: EUPL-1.2
"""What the worker does with imports: reads and judges a file, writes a confirmed one. Killed at any point it has done
all of a step or nothing of it, and the next one takes it up (docs/decisions/0006)."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from boenden.actions import imports as actions
from boenden.imports.kinds import PLANS, open_table
from boenden.imports.plans import Judgement, Plan
from boenden.models import ActorImport, ActorImportRow
from boenden.rights import rights_at
from platssamverkan.ground import identity_guard
from platssamverkan.ground.actions import action

logger = structlog.get_logger(__name__)

NOTED_EACH = 200  # rows between two notes of how far it has come
KEPT = timedelta(days=14)  # an import that nobody confirms is left, and its cells are not kept
DEGREES = re.compile(r"^-?\d{1,3}[.,]\d+$")
BIRTH, LAST = re.compile(r"\d{6}|\d{8}"), re.compile(r"\d{4}")  # where the two halves stand in a cell each
Status = ActorImport.Status


def run_imports() -> int:
    """Do everything that waits; returns how many imports were taken up."""
    taken = 0
    while (actor_import := actions.claim_import(by=None)) is not None:
        taken += 1
        run(actor_import)
    tidy_up()
    return taken


def run(actor_import: ActorImport) -> None:
    """One step of one import. What goes wrong is told on its page; a database that is away is tried again."""
    by = actor_import.changed_by
    try:
        if actor_import.attempts > actions.MAX_ATTEMPTS:
            raise ValidationError(actions.interrupted_too_often(actor_import))
        if PLANS[actor_import.kind].right not in rights_at(by, actor_import.boende):
            raise ValidationError(_("Du har inte längre rätt att ändra här. Ingenting är importerat."))
        if actor_import.status == Status.UPLOADED:
            take_in(actor_import)
        elif actor_import.status == Status.READING:
            read(actor_import, by)
        else:
            write(actor_import, by)
    except actions.NotNow:
        logger.info("import taken over or left", actor_import=str(actor_import.pk))
    except ValidationError as error:
        give_up(actor_import, " ".join(error.messages), by)
    except DatabaseError:
        raise  # the lease runs out, and it is taken up again
    except Exception as error:
        logger.error("import failed", actor_import=str(actor_import.pk), error=type(error).__name__)
        give_up(actor_import, _("Något gick fel hos oss. Ingenting är importerat. Försök igen, eller säg till."), by)


def give_up(actor_import: ActorImport, failure: str, by: Any) -> None:
    """End it, unless somebody else has it by now."""
    try:
        actions.fail_import(actor_import=actor_import, failure=failure, by=by)
    except actions.NotNow:
        logger.info("import taken over or left", actor_import=str(actor_import.pk))


def take_in(actor_import: ActorImport) -> None:
    """Read the file while somebody chooses columns: what must not be kept of it lies nowhere for long."""
    if not ActorImportRow.objects.filter(actor_import=actor_import).exists():
        actions.keep_rows(actor_import=actor_import, rows=rows_of_file(actor_import), by=None)
    actions.remove_read_file(actor_import)


def read(actor_import: ActorImport, by: Any) -> None:
    """Judge every row: of the file, or those that have been read of it."""
    rows = list(ActorImportRow.objects.filter(actor_import=actor_import).for_list()) or rows_of_file(actor_import)
    judgements = judge(actor_import, PLANS[actor_import.kind](actor_import, by), rows)
    for row, judgement in zip(rows, judgements, strict=True):
        row.outcome, row.reasons, row.title, row.record_id = judgement
    actions.settle_preview(actor_import=actor_import, rows=rows, judgements=judgements, by=by)
    if actor_import.file:
        actions.remove_read_file(actor_import)


def rows_of_file(actor_import: ActorImport) -> list[ActorImportRow]:
    """The file's rows. One with a personnummer in it comes without its cells, and they are nowhere kept."""
    table = open_table(actor_import.file_bytes(), actor_import.format, actor_import.kind)
    rows: list[ActorImportRow] = []
    for line, cells in table.rows:
        if len(rows) % NOTED_EACH == 0:  # how many there are is not known yet
            actions.note_progress(actor_import=actor_import, done=len(rows), total=len(rows), by=None)
        kept = [] if holds_number(cells) else cells[: table.kept]
        rows.append(ActorImportRow(actor_import=actor_import, line=line, cells=kept))
    if not rows:
        raise ValidationError(_("Filen har inga rader under rubrikerna. Ingenting är importerat."))
    return rows


def holds_number(cells: Sequence[str]) -> bool:
    """Whether a cell, or a day of birth and the four digits beside it, is a personnummer. Degrees are none."""
    parted = [f"{left}-{right}" for left, right in pairwise(cells) if BIRTH.fullmatch(left) and LAST.fullmatch(right)]
    return any(identity_guard.personal_numbers(cell) and not DEGREES.match(cell) for cell in (*cells, *parted))


def judge(actor_import: ActorImport, plan: Plan, rows: Sequence[ActorImportRow]) -> list[Judgement]:
    """What each row would do, in order, noting how far it has come. Raises NotNow."""
    judgements = []
    for number, row in enumerate(rows):
        if number % NOTED_EACH == 0:
            actions.note_progress(actor_import=actor_import, done=number, total=len(rows), by=None)
        judgements.append(plan.judge(row.line, row.cells))
    actions.note_progress(actor_import=actor_import, done=len(rows), total=len(rows), by=None)
    return judgements


def write(actor_import: ActorImport, by: Any) -> None:
    """Make the plan, and write it; if the register changed meanwhile, make it anew while nobody else can change it."""
    rows = list(ActorImportRow.objects.filter(actor_import=actor_import).for_list())
    plan = PLANS[actor_import.kind](actor_import, by)
    before = plan.fingerprint()
    judgements = judge(actor_import, plan, rows)
    write_when_held(actor_import=actor_import, plan=plan, rows=rows, judgements=judgements, before=before, by=by)


@action
def write_when_held(
    *,
    actor_import: ActorImport,
    plan: Plan,
    rows: Sequence[ActorImportRow],
    judgements: Sequence[Judgement],
    before: Any,
    by: Any,
) -> None:
    """Write the plan in one transaction, made anew if what it was made from has changed. Raises NotNow."""
    actions.hold_register(actor_import)
    if plan.fingerprint() != before:
        plan = type(plan)(actor_import, by)
        judgements = [plan.judge(row.line, row.cells) for row in rows]
    actions.write_import(actor_import=actor_import, plan=plan, rows=rows, judgements=judgements, by=by)


def tidy_up() -> None:
    """Leave imports that nobody has gone on with, and take away files that a crash left behind."""
    for forgotten in forgotten_imports():
        try:
            actions.cancel_import(actor_import=forgotten, by=None)
        except actions.NotNow:
            continue
    for actor_import in ActorImport.objects.with_file_to_remove():
        actions.remove_read_file(actor_import)


def forgotten_imports() -> Iterator[ActorImport]:
    """Those that have waited for somebody for a fortnight."""
    waiting = ActorImport.objects.filter(status__in=[Status.UPLOADED, Status.PREVIEW])
    yield from waiting.filter(changed_at__lt=timezone.now() - KEPT)
