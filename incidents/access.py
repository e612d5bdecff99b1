# SPDX-License-Identifier: EUPL-1.2
"""The way to one incident: the fetch is the permission check."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from boenden.models import Boende
from boenden.rights import boenden_where, has_right, rights_at
from incidents.models import Incident
from platssamverkan.accounts.roles import Right


def incident_for(user: Any, pk: UUID, right: Right = Right.READ_INCIDENTS) -> Incident:
    """The incident for someone who holds the right at its boende. Raises Http404 or PermissionDenied."""
    incident = get_object_or_404(Incident.objects.visible_to(user).for_detail(), pk=pk)
    if right not in rights_at(user, incident.boende):
        raise PermissionDenied
    return incident


def boenden_with(user: Any, right: Right) -> list[Boende]:
    """The boenden where the user holds the right, by name. Raises Http404 for someone who has to do with no incidents.

    Someone who reads incidents but does not hold the right is refused: PermissionDenied.
    """
    boenden = boenden_where(user, right)
    if not boenden:
        if right != Right.READ_INCIDENTS and has_right(user, Right.READ_INCIDENTS):
            raise PermissionDenied
        raise Http404
    return boenden
