# SPDX-License-Identifier: EUPL-1.2
"""The way to a protokoll and what belongs to it: the fetch is the permission check. Outside 404, without right 403."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from forum.access import Place
from forum.models import Protokoll, ProtokollFile, ProtokollItem, PublicProtokoll


def protokoll_for(user: Any, pk: UUID) -> tuple[Protokoll, Place]:
    """The protokoll with its meeting and forum, and what the user is there. Raises Http404 outside."""
    rows = Protokoll.objects.visible_to(user).select_related("meeting__forum", "replaces", "replaced_by")
    protokoll = get_object_or_404(rows.prefetch_related("meeting__forum__boenden"), pk=pk)
    return protokoll, Place(user, protokoll.meeting.forum)


def convened_protokoll(user: Any, pk: UUID) -> tuple[Protokoll, Place]:
    """As protokoll_for, for the sammankallande. Raises PermissionDenied for its other readers."""
    protokoll, place = protokoll_for(user, pk)
    if not place.convenes:
        raise PermissionDenied
    return protokoll, place


def open_protokoll(user: Any, pk: UUID) -> tuple[Protokoll, Place]:
    """As convened_protokoll, to write in. Raises PermissionDenied once it is justerat."""
    protokoll, place = convened_protokoll(user, pk)
    if protokoll.is_sealed:
        raise PermissionDenied
    return protokoll, place


def open_item(user: Any, pk: UUID) -> ProtokollItem:
    """An item of a protokoll that the user may write in. Raises as open_protokoll."""
    item = get_object_or_404(ProtokollItem.objects.visible_to(user), pk=pk)
    item.protokoll, _place = open_protokoll(user, item.protokoll_id)
    return item


def public_for(user: Any, pk: UUID) -> tuple[PublicProtokoll, Place]:
    """A public variant and what the user is in its forum. Raises Http404 outside."""
    rows = PublicProtokoll.objects.visible_to(user).select_related("protokoll__meeting__forum", "paper__document")
    variant = get_object_or_404(rows.prefetch_related("protokoll__meeting__forum__boenden"), pk=pk)
    return variant, Place(user, variant.protokoll.meeting.forum)


def file_for(user: Any, pk: UUID) -> ProtokollFile:
    """A file that is made of protokoll the user reads. Raises Http404 outside."""
    return get_object_or_404(ProtokollFile.objects.visible_to(user).select_related("document", "forum"), pk=pk)
