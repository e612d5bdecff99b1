# SPDX-License-Identifier: EUPL-1.2
"""What is public as a file: nobody is asked what for, since anyone may have it. That it was taken is noted.

The page has components/open_file.html, which posts the format.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from platssamverkan.export.columns import Column
from platssamverkan.export.responses import export_response


def open_file(
    request: HttpRequest,
    *,
    rows: Iterable[Any],
    columns: Sequence[Column],
    what: str,
    filename: str,
    scope: str = "",
    scope_id: UUID | None = None,
    reach: Iterable[UUID] = (),
    purpose: str = "",
) -> HttpResponseBase:
    """The rows as the posted format. Raises Http404 for a format there is not."""
    return export_response(
        by=request.user,
        rows=rows,
        columns=columns,
        fmt=request.POST.get("format", "xlsx"),
        filename=filename,
        what=what,
        purpose=purpose or _("öppna siffror"),
        scope=scope,
        scope_id=scope_id,
        reach=reach,
    )
