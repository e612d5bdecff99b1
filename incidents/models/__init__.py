# SPDX-License-Identifier: EUPL-1.2
"""The models of incidents, a module a noun."""

from incidents.models.felanmalan import Felanmalan
from incidents.models.incident import Incident
from incidents.models.texts import IncidentTextVersion, ReleasedText

__all__ = ["Felanmalan", "Incident", "IncidentTextVersion", "ReleasedText"]
