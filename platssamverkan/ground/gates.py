# SPDX-License-Identifier: EUPL-1.2
"""The gate of a page that changes something: outside it is not found, inside without the right it is refused, and
whoever presses a button has read what she lets go."""

from typing import TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

Row = TypeVar("Row", bound=Model)
LONGEST_VERSION = 10  # digits


def writable(visible: QuerySet[Row], editable: QuerySet[Row], pk: UUID) -> Row:
    """The row if it stands in both; Http404 if it is not visible, PermissionDenied if it is and not editable."""
    row = get_object_or_404(visible, pk=pk)
    if not editable.filter(pk=pk).exists():
        raise PermissionDenied
    return row


def read_version(request: HttpRequest, name: str = "opened_version") -> int:
    """The version that the person read through; −1, which none is, if none was sent."""
    sent = request.POST.get(name, "")
    return int(sent) if sent.isdecimal() and len(sent) < LONGEST_VERSION else -1
