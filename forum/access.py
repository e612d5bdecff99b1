# SPDX-License-Identifier: EUPL-1.2
"""The way to a forum and what belongs to it: the fetch is the permission check. Outside 404, without the right 403."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from boenden.models import Boende
from boenden.rights import rights_at
from forum.models import AgendaItem, Forum, Meeting, Member
from forum.own import memberships_of
from platssamverkan.accounts.roles import Right


@dataclass
class Place:
    """What a user is in a forum. Asked with one query for the memberships and one for the boenden."""

    user: Any
    forum: Forum

    @cached_property
    def memberships(self) -> list[Member]:
        """The user's own, of today."""
        return [member for member in memberships_of(self.user) if member.forum_id == self.forum.pk]

    @cached_property
    def boenden(self) -> list[Boende]:
        """The forum's boenden, by name."""
        return list(self.forum.boenden.all())

    def boenden_where(self, right: Right) -> list[Boende]:
        """Those at which the user holds the right."""
        return [boende for boende in self.boenden if right in rights_at(self.user, boende)]

    @cached_property
    def convenes(self) -> bool:
        """Whether she is its sammankallande: only then may she write."""
        return any(member.is_convener for member in self.memberships)

    @cached_property
    def appoints(self) -> bool:
        """Whether she appoints its sammankallande."""
        return bool(self.boenden_where(Right.START_FORUMS))

    @cached_property
    def is_staff(self) -> bool:
        """Whether she reads it by her role at one of the boenden."""
        right = Right.READ_INTERNAL_FORUMS if self.forum.is_internal else Right.READ_FORUMS
        return bool(self.boenden_where(right))

    @property
    def may_take_out(self) -> bool:
        """Whether she takes files with its rows: its sammankallande, and those who do at one of its boenden."""
        return self.convenes or bool(self.boenden_where(Right.EXPORT))

    @property
    def member(self) -> Member | None:
        """Her membership; the convening one first."""
        return min(self.memberships, key=lambda member: not member.is_convener, default=None)

    @property
    def reads_notes(self) -> bool:
        """Whether she reads notes, answers and questions before a protokoll is released."""
        return self.is_staff or self.convenes


def forum_for(user: Any, pk: UUID) -> tuple[Forum, Place]:
    """The forum, and what the user is there. Raises Http404 outside."""
    forum = get_object_or_404(Forum.objects.visible_to(user).with_boenden(), pk=pk)
    return forum, Place(user, forum)


def convened_forum(user: Any, pk: UUID) -> tuple[Forum, Place]:
    """As forum_for, for its sammankallande. Raises PermissionDenied for its other readers."""
    forum, place = forum_for(user, pk)
    if not place.convenes:
        raise PermissionDenied
    return forum, place


class StandsStill(PermissionDenied):
    """Nothing in a meeting is changed once its protokoll is justerat: the refusal says so and leads there."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__()
        self.heading = _("Mötets protokoll är justerat")
        self.reason = _("Nu ändras ingenting i mötet mer. Blev något fel, gör en rättad utgåva av protokollet.")
        protokoll = meeting.protokoll.active().order_by("-edition").first()
        self.url, self.label = (protokoll or meeting).get_absolute_url(), _("Läs protokollet")


def meeting_for(user: Any, pk: UUID) -> tuple[Meeting, Place]:
    """The meeting with its forum, and what the user is there. Raises Http404 outside."""
    meetings = Meeting.objects.visible_to(user).select_related("forum", "called_by")
    meeting = get_object_or_404(meetings.prefetch_related("forum__boenden"), pk=pk)
    return meeting, Place(user, meeting.forum)


def convened_meeting(user: Any, pk: UUID) -> tuple[Meeting, Place]:
    """As meeting_for, for the sammankallande. Raises PermissionDenied for other readers, and once it is justerat."""
    meeting, place = meeting_for(user, pk)
    if not place.convenes:
        raise PermissionDenied
    if meeting.is_sealed:
        raise StandsStill(meeting)
    return meeting, place


def convened_item(user: Any, pk: UUID) -> AgendaItem:
    """An agenda item of a meeting that the user may write in. Raises as convened_meeting."""
    items = AgendaItem.objects.visible_to(user).select_related("meeting__forum")
    item = get_object_or_404(items, pk=pk)
    item.meeting, _place = convened_meeting(user, item.meeting_id)
    return item
