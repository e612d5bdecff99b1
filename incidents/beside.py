# SPDX-License-Identifier: EUPL-1.2
"""What the rooms above show on the page of an incident: panels, each behind its own gate."""

from collections.abc import Callable, Iterable
from typing import Any

from incidents.models import Incident
from platssamverkan.start.registry import Panel

incident_panel_providers: list[Callable[[Any, Incident], Iterable[Panel]]] = []  # user, incident


def incident_panels(user: Any, incident: Incident) -> list[Panel]:
    """What stands beside an incident, in order."""
    panels = (panel for provide in incident_panel_providers for panel in provide(user, incident))
    return sorted(panels, key=lambda panel: panel.order)
