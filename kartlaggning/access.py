# SPDX-License-Identifier: EUPL-1.2
"""The way to a round and what belongs to it: the fetch is the permission check. Outside 404, without the right 403."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404

from boenden.rights import rights_at
from kartlaggning.models import Kartlaggning
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.gates import writable


def round_for(user: Any, pk: UUID) -> Kartlaggning:
    """The round, for its readers. Raises Http404."""
    return get_object_or_404(
        Kartlaggning.objects.visible_to(user).select_related("boende__forvaltning", "analys"), pk=pk
    )


def round_to_write(user: Any, pk: UUID) -> Kartlaggning:
    """The round, for those who write in it. Raises Http404 or PermissionDenied."""
    rows = Kartlaggning.objects.visible_to(user).select_related("boende__forvaltning", "analys")
    return writable(rows, Kartlaggning.objects.editable_by(user), pk)


def row_to_write(model: Any, user: Any, pk: UUID, *related: str) -> Any:
    """A row of a round, for those who write in it. Raises Http404 or PermissionDenied."""
    rows = model.objects.visible_to(user).select_related(*(related or ("kartlaggning__boende__forvaltning",)))
    return writable(rows, model.objects.editable_by(user), pk)


def may_edit(user: Any, boende: Any) -> bool:
    """Whether the user writes in the boende's kartläggning."""
    return Right.EDIT_KARTLAGGNING in rights_at(user, boende)
