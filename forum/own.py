# SPDX-License-Identifier: EUPL-1.2
"""What a user is in forums, read once for a request: the menu, Min dag and the title ask the same."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from boenden.rights import assignments_of, has_right
from forum.models import ActionItem, Forum, Meeting, Member
from platssamverkan.accounts.roles import Right

MEETINGS_READ = 200  # a förvaltningschef reads many forums; nobody looks further ahead on Min dag


def memberships_of(user: Any) -> list[Member]:
    """The user's memberships of today in forums that go on, with the forums. Kept on the user object."""
    if not user.is_authenticated:
        return []
    kept: list[Member] | None = getattr(user, "_forum_memberships", None)
    if kept is None:
        own = Member.objects.current().of(user).filter(forum__archived_at__isnull=True)
        kept = list(own.with_names().select_related("forum").order_by("pk"))
        user._forum_memberships = kept
    return kept


def reads_by_role(user: Any) -> bool:
    """Whether the user reads forums by a role at a boende."""
    return has_right(user, Right.READ_FORUMS) or has_right(user, Right.READ_INTERNAL_FORUMS)


def takes_part(user: Any) -> bool:
    """Whether the user, without a role at any boende, is in a forum: her Min dag is about that."""
    return not assignments_of(user) and any(not member.forum.is_internal for member in memberships_of(user))


def meetings_of(user: Any) -> list[Any]:
    """The meetings to come that the user reads, the next first; and those over that she has yet to close.

    Each says whether she is in the forum (`is_own`) and convenes it (`is_convened`). Kept on the user object.
    """
    kept: list[Any] | None = getattr(user, "_forum_meetings", None)
    if kept is None:
        own = Member.objects.current().of(user).filter(forum=OuterRef("forum"))
        called = [Meeting.Status.PLANNED, Meeting.Status.CALLED]
        rows = (
            Meeting.objects.visible_to(user)
            .filter(status__in=called)
            .annotate(
                is_own=Exists(own.exclude(kind=Member.Kind.KORRESPONDERANDE)), is_convened=Exists(own.convening())
            )
        )
        rows = rows.filter(Q(ends_at__gte=timezone.now()) | Q(is_convened=True, status=Meeting.Status.CALLED))
        kept = list(rows.select_related("forum").order_by("starts_at", "pk")[:MEETINGS_READ])
        user._forum_meetings = kept
    return kept


def convened_by(user: Any) -> list[Any]:
    """The ids of the forums that the user convenes: of those that meet, and where it costs no query of all."""
    found = {meeting.forum_id for meeting in meetings_of(user) if meeting.is_convened}
    if not assignments_of(user):
        found |= {member.forum_id for member in memberships_of(user) if member.is_convener}
    return list(found)


def open_actions_of(user: Any) -> list[ActionItem]:
    """What the user has taken on and not finished, in forums that exist for her, the first due first."""
    kept: list[ActionItem] | None = getattr(user, "_open_actions", None)
    if kept is None:
        own = ActionItem.objects.of(user).open().filter(forum__in=Forum.objects.visible_to(user))
        kept = list(own.select_related("forum").order_by("due_on", "pk"))
        user._open_actions = kept
    return kept
