# SPDX-License-Identifier: EUPL-1.2
"""What the kartläggning adds to the boende's own pages."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from boenden.models import Boende
from boenden.rights import boenden_where, rights_at
from platssamverkan.accounts.roles import Right
from platssamverkan.audit.labels import register_event
from platssamverkan.ground.way_back import returns
from platssamverkan.start import registry
from platssamverkan.start.registry import MenuEntry


def register() -> None:
    """Called once when Django starts."""
    registry.menu_providers.append(menu)
    registry.boende_page_providers.append(pages)
    returns["kartlaggning:kartlaggning_detail"] = gettext_lazy("Tillbaka till kartläggningen")
    register_event("plan_approved", gettext_lazy("godkände"))


def menu(user: Any) -> Iterator[MenuEntry]:
    """How far the boenden have come, for those who read several."""
    if len(boenden_where(user, Right.READ_KARTLAGGNING)) > 1:
        yield MenuEntry(gettext_lazy("Kartläggning och plan"), reverse("kartlaggning:overview"), "map", order=55)


def pages(user: Any, boende: Boende) -> Iterator[MenuEntry]:
    """The rounds and the plan of the boende."""
    if Right.READ_KARTLAGGNING in rights_at(user, boende):
        url = reverse("kartlaggning:kartlaggning_list", args=[boende.slug])
        yield MenuEntry(gettext_lazy("Kartläggning"), url, "map", order=160)
        url = reverse("kartlaggning:plan_list", args=[boende.slug])
        yield MenuEntry(gettext_lazy("Plan"), url, "clipboard-check", order=165)
