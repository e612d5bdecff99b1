# SPDX-License-Identifier: EUPL-1.2
"""What people management adds: who holds which right, and its entries in the menu."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boenden.rights import assignments_of, has_right
from platssamverkan.accounts import rights
from platssamverkan.accounts.roles import Right
from platssamverkan.start.registry import MenuEntry, menu_providers, title_providers


def register() -> None:
    """Called once when Django starts."""
    rights.holders.append(has_right)
    menu_providers.append(menu)
    title_providers.append(titles)


def menu(user: Any) -> Iterator[MenuEntry]:
    """The pages about people and the system, for those who look after them."""
    if has_right(user, Right.INVITE):
        yield MenuEntry(_("Användare"), reverse("people:user_list"), "people", order=70)
    if has_right(user, Right.MANAGE_UNITS):
        yield MenuEntry(_("Förvaltningar"), reverse("people:forvaltning_list"), "building", order=75)
    if has_right(user, Right.READ_AUDIT):
        yield MenuEntry(_("Logg"), reverse("people:audit_list"), "journal-check", order=80)


def titles(user: Any) -> Iterator[str]:
    """What someone is here: her roles of today."""
    yield from map(str, assignments_of(user))
