# SPDX-License-Identifier: EUPL-1.2
"""What the rooms above show on the pages of an incident and of a felanmälan: panels, each behind its own gate."""

from collections.abc import Callable, Iterable
from typing import Any

from incidents.models import Felanmalan, Incident
from platssamverkan.start.registry import Panel

incident_panel_providers: list[Callable[[Any, Incident], Iterable[Panel]]] = []  # user, incident
felanmalan_panel_providers: list[Callable[[Any, Felanmalan], Iterable[Panel]]] = []  # user, felanmälan


def incident_panels(user: Any, incident: Incident) -> list[Panel]:
    """What stands beside an incident, in order."""
    panels = (panel for provide in incident_panel_providers for panel in provide(user, incident))
    return sorted(panels, key=lambda panel: panel.order)


def felanmalan_panels(user: Any, felanmalan: Felanmalan) -> list[Panel]:
    """What a felanmälan came of, in order."""
    panels = (panel for provide in felanmalan_panel_providers for panel in provide(user, felanmalan))
    return sorted(panels, key=lambda panel: panel.order)
