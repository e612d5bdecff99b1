# SPDX-License-Identifier: EUPL-1.2
"""What the rooms above show on the pages of an insats and of a promenad: panels, each behind its own gate."""

from collections.abc import Callable, Iterable
from typing import Any

from kartlaggning.models import Insats, Walk
from platssamverkan.start.registry import Panel

insats_panel_providers: list[Callable[[Any, Insats], Iterable[Panel]]] = []  # user, insats
walk_panel_providers: list[Callable[[Any, Walk], Iterable[Panel]]] = []  # user, walk


def insats_panels(user: Any, insats: Insats) -> list[Panel]:
    """What stands beside an insats, in order."""
    panels = (panel for provide in insats_panel_providers for panel in provide(user, insats))
    return sorted(panels, key=lambda panel: panel.order)


def walk_panels(user: Any, walk: Walk) -> list[Panel]:
    """What stands beside a promenad, in order."""
    panels = (panel for provide in walk_panel_providers for panel in provide(user, walk))
    return sorted(panels, key=lambda panel: panel.order)
