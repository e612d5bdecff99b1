# SPDX-License-Identifier: EUPL-1.2
"""Who may give which role where: nobody gives more than her own place allows, and nobody gives herself anything."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from boenden.models import Assignment, Boende, ContactPerson, Forvaltning
from boenden.rights import has_right
from platssamverkan.accounts.models import User
from platssamverkan.accounts.roles import Right, Role, Scope, roles_in, roles_of_people

# Who else may invite a contact person to read a boende's list: the rooms above register (user, boende, person) → bool
reader_granters: list[Callable[[Any, Boende, ContactPerson | None], bool]] = []

READER = ""  # reading a contact list is not a role with an assignment, but people are invited to it


def roles_to_give(user: Any) -> list[Role]:
    """The roles the user may give: a systemförvaltare any, an enhetschef those held at a boende."""
    if has_right(user, Right.MANAGE_USERS):
        return roles_of_people()
    return roles_in(Scope.BOENDE) if has_right(user, Right.INVITE) else []


def boenden_to_give_at(user: Any) -> QuerySet[Boende]:
    """The boenden at which the user may give roles."""
    return Boende.objects.with_right(user, Right.INVITE).for_list()


def forvaltningar_to_give_at(user: Any) -> QuerySet[Forvaltning]:
    """The förvaltningar at which the user may give roles."""
    return Forvaltning.objects.with_right(user, Right.MANAGE_USERS).active().order_by("name")


def boenden_to_share_at(user: Any) -> QuerySet[Boende]:
    """The boenden whose contact list the user may share: their enhetschef decides, not the systemförvaltare."""
    return Boende.objects.with_right(user, Right.SHARE_LIST).for_list()


def may_grant(
    user: Any,
    *,
    role: str,
    boende: Boende | None,
    forvaltning: Forvaltning | None,
    person: ContactPerson | None = None,
) -> bool:
    """Whether the user may give the role in the scope."""
    if role == READER:
        return boende is not None and (
            boenden_to_share_at(user).filter(pk=boende.pk).exists()
            or any(grants(user, boende, person) for grants in reader_granters)
        )
    if role not in roles_to_give(user):
        return False
    if boende is not None:
        return boenden_to_give_at(user).filter(pk=boende.pk).exists()
    return has_right(user, Right.MANAGE_USERS)


def people_visible_to(user: Any) -> QuerySet[User]:
    """The people a user looks after: everyone, or those who have or have had a role at the own boende."""
    if has_right(user, Right.MANAGE_USERS):
        return User.objects.filter(is_service=False)
    held = Assignment.objects.filter(boende__in=Boende.objects.with_right(user, Right.INVITE))
    return User.objects.filter(pk__in=held.values("user"), is_service=False)
