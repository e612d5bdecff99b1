# SPDX-License-Identifier: EUPL-1.2
"""The row of an export: written before the first byte, ended after the last."""

import hashlib
import uuid
from typing import Any

from django.utils import timezone

from platssamverkan.export.models import Export
from platssamverkan.ground.actions import action, save_record


@action
def begin_export(
    *, what: Any, fmt: str, purpose: Any, by: Any, scope: Any = "", scope_id: uuid.UUID | None = None
) -> Export:
    """Note that someone begins to take rows out, and why. Raises ValueError if it is not said what and why."""
    if not str(what).strip() or not str(purpose).strip():
        raise ValueError("An export says what it is and what for.")
    export = Export(
        what=str(what), format=Export.Format(fmt), purpose=str(purpose), scope=str(scope)[:200], scope_id=scope_id
    )
    save_record(record=export, by=by)
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
def record_export(*, content: bytes, row_count: int, by: Any, **about: Any) -> Export:
    """Note a file that lies ready, a PDF for instance; `about` is as for begin_export."""
    export = begin_export(by=by, **about)
    checksum = hashlib.sha256(content).hexdigest()
    return end_export(export=export, state=Export.State.WHOLE, row_count=row_count, sha256=checksum, by=by)
