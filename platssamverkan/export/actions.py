# SPDX-License-Identifier: EUPL-1.2
"""The row of an export: written before the first byte, ended after the last."""

import hashlib
import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from platssamverkan.export.models import Export, ExportReach, MadeFile
from platssamverkan.ground.actions import action, save_record
from platssamverkan.ground.fields import refuse_personal_number

LONGEST_WORDS = 400  # of a filter
BATCH = 1000


def kept_words(filter_words: str) -> str:
    """A filter's words as the log keeps them. Somebody may have looked for a personnummer: it is kept nowhere."""
    try:
        refuse_personal_number(filter_words)
    except ValidationError:
        return _("ett urval som inte sparas")
    return filter_words[:LONGEST_WORDS]


def boenden_in(reach: Iterable[Any]) -> set[uuid.UUID]:
    """Of what a file's rows come from, the boenden: every id. What is no id says something else ("whole")."""
    found = set()
    for one in reach:
        try:
            found.add(one if isinstance(one, uuid.UUID) else uuid.UUID(str(one)))
        except ValueError:
            continue
    return found


@action
def begin_export(
    *,
    what: Any,
    fmt: str,
    purpose: Any,
    by: Any,
    scope: Any = "",
    scope_id: uuid.UUID | None = None,
    filter_words: str = "",
    reach: Iterable[Any] = (),
    made: MadeFile | None = None,
) -> Export:
    """Note that someone begins to take rows out, and why; `made` is the file, where a worker makes it.

    `reach` has the ids of all the boenden that the rows come from: those who look after one of them read of it.
    Raises ValueError if it is not said what and why.
    """
    if not str(what).strip() or not str(purpose).strip():
        raise ValueError("An export says what it is and what for.")
    export = Export(
        what=str(what),
        format=Export.Format(fmt),
        purpose=str(purpose),
        scope=str(scope)[:200],
        scope_id=scope_id,
        filter_words=kept_words(filter_words),
        made=made,
    )
    save_record(record=export, by=by)
    made_by = {"created_by": by, "changed_by": by}
    reached = [ExportReach(export=export, boende_id=boende, **made_by) for boende in boenden_in(reach)]
    ExportReach.objects.bulk_create(reached, batch_size=BATCH)
    return export


@action
def end_export(*, export: Export, state: str, row_count: int, by: Any, sha256: str = "") -> Export:
    """Note how it went: whole, with the checksum of the file, or cut after so many rows."""
    export.state = state
    export.row_count = row_count
    export.sha256 = sha256
    export.finished_at = timezone.now()
    save_record(record=export, by=by)
    return export


@action
def end_begun(*, made: MadeFile, by: Any) -> None:
    """A try to make a file did not come through: what it began in the log was cut, about so far in."""
    for export in Export.objects.select_for_update().filter(made=made, state=Export.State.BEGUN):
        end_export(export=export, state=Export.State.CUT, row_count=made.done, by=by)


@action
def record_export(*, content: bytes, row_count: int, by: Any, **about: Any) -> Export:
    """Note a file that lies ready, a PDF for instance; `about` is as for begin_export."""
    export = begin_export(by=by, **about)
    checksum = hashlib.sha256(content).hexdigest()
    return end_export(export=export, state=Export.State.WHOLE, row_count=row_count, sha256=checksum, by=by)
