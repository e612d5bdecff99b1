# SPDX-License-Identifier: EUPL-1.2
"""What the levels add: their page under each boende, what ticks itself, and the demonstration."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from boenden.models import Boende
from boenden.rights import rights_at
from incidents.demo import make
from kartlaggning.levels_demo import make_levels
from kartlaggning.levels_facts import (
    Counted,
    actors_contacted,
    all_counted,
    columns_shared,
    counted_facts,
    level_fact_providers,
    shared_told_and_informed,
)
from kartlaggning.levels_reading import standings
from kartlaggning.levels_rounds import columns_mapped, mapped_and_planned
from platssamverkan.accounts.roles import Right
from platssamverkan.start import registry
from platssamverkan.start.registry import MenuEntry, Panel


def register() -> None:
    """Called once when Django starts."""
    registry.boende_page_providers.append(pages)
    registry.boende_panel_providers.append(panels)
    level_fact_providers.extend([actors_contacted, all_counted])
    counted_facts.append(Counted(columns_shared, shared_told_and_informed))
    counted_facts.append(Counted(columns_mapped, mapped_and_planned))
    make.more_rooms.append(make_levels)


def pages(user: Any, boende: Boende) -> Iterator[MenuEntry]:
    """How far the boende has come."""
    if Right.READ_KARTLAGGNING in rights_at(user, boende):
        url = reverse("kartlaggning:level_list", args=[boende.slug])
        yield MenuEntry(gettext_lazy("Nivåer"), url, "bullseye", order=170)


def panels(user: Any, boende: Boende) -> Iterator[Panel]:
    """How far the boende has come, on its overview."""
    if Right.READ_KARTLAGGNING in rights_at(user, boende):
        context = {"standings": standings(boende), "url": reverse("kartlaggning:level_list", args=[boende.slug])}
        yield Panel("kartlaggning/levels_panel.html", context, order=50)
