# SPDX-License-Identifier: EUPL-1.2
"""The models of incidents, a module a noun."""

from incidents.models.crime import CrimeArea, CrimeChoice, CrimeFigure, CrimeImport
from incidents.models.felanmalan import Felanmalan, FelanmalanPhoto
from incidents.models.incident import Incident
from incidents.models.public_texts import PublicRelease, PublicText
from incidents.models.synpunkter import Synpunkt, SynpunktReply
from incidents.models.texts import IncidentTextVersion, ReleasedText

__all__ = [
    "CrimeArea",
    "CrimeChoice",
    "CrimeFigure",
    "CrimeImport",
    "Felanmalan",
    "FelanmalanPhoto",
    "Incident",
    "IncidentTextVersion",
    "PublicRelease",
    "PublicText",
    "ReleasedText",
    "Synpunkt",
    "SynpunktReply",
]
