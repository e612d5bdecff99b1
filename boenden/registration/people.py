# SPDX-License-Identifier: EUPL-1.2
"""What people management adds: who holds which right, and its entries in the menu."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boenden.rights import assignments_of, boenden_where, has_right
from platssamverkan.accounts import rights
from platssamverkan.accounts.roles import ROLES, Right, Role
from platssamverkan.export.models import Watched, watchers
from platssamverkan.start.registry import MenuEntry, menu_providers, title_providers


def register() -> None:
    """Called once when Django starts."""
    rights.holders.append(has_right)
    menu_providers.append(menu)
    title_providers.append(titles)
    watchers.append(exports_watched)


def menu(user: Any) -> Iterator[MenuEntry]:
    """The pages about people and the system, for those who look after them."""
    if has_right(user, Right.INVITE):
        yield MenuEntry(_("Användare"), reverse("people:user_list"), "people", order=70)
    if has_right(user, Right.MANAGE_UNITS):
        yield MenuEntry(_("Förvaltningar"), reverse("people:forvaltning_list"), "building", order=75)
    if has_right(user, Right.READ_AUDIT):
        yield MenuEntry(_("Logg"), reverse("people:audit_list"), "journal-check", order=80)


def exports_watched(user: Any) -> Watched:
    """The boenden and förvaltningar where the user reads what is taken out; all, system-wide."""
    held = [a for a in assignments_of(user) if Right.READ_EXPORTS in ROLES[Role(a.role)].rights]
    if any(assignment.role == Role.SYSTEMFORVALTARE for assignment in held):
        return Watched(everyones=True)
    ids = {assignment.forvaltning_id for assignment in held if assignment.forvaltning_id}
    ids |= {boende.pk for boende in boenden_where(user, Right.READ_EXPORTS)}
    return Watched(frozenset(ids))


def titles(user: Any) -> Iterator[str]:
    """What someone is here: her roles of today."""
    yield from map(str, assignments_of(user))
