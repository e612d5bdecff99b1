# SPDX-License-Identifier: EUPL-1.2
"""What the plan adds to the page of an incident: the insatser that answer it, and the way to write one."""

from collections.abc import Iterator
from typing import Any

from boenden.rights import rights_at
from incidents.beside import felanmalan_panel_providers, incident_panel_providers
from incidents.models import Felanmalan, Incident
from kartlaggning.families import counting_today
from kartlaggning.models import Insats, Observation, Plan
from platssamverkan.accounts.roles import Right
from platssamverkan.start.registry import Panel


def register() -> None:
    """Called once when Django starts."""
    incident_panel_providers.append(insatser)
    felanmalan_panel_providers.append(observation)


def insatser(user: Any, incident: Incident) -> Iterator[Panel]:
    """The insatser that answer the incident, each as it stands today; for those who read the boende's plan."""
    rights = rights_at(user, incident.boende)
    if Right.READ_KARTLAGGNING not in rights:
        return
    answering = list(Insats.objects.visible_to(user).filter(incident=incident))
    today = counting_today(answering, [incident.boende_id]) if answering else set()
    plans = Plan.objects.active().filter(boende=incident.boende)
    rows = Insats.objects.visible_to(user).filter(pk__in=today).for_plan().order_by("title", "pk")
    context = {
        "incident": incident,
        "insatser": list(rows) if today else [],
        "may_write": Right.EDIT_KARTLAGGNING in rights,
        "opens_review": not plans.filter(status=Plan.Status.DRAFT).exists() and plans.exists(),
    }
    yield Panel("kartlaggning/incident_insatser.html", context)


def observation(user: Any, felanmalan: Felanmalan) -> Iterator[Panel]:
    """The observation that the felanmälan came of, for those who read the round. One query."""
    if Right.READ_KARTLAGGNING in rights_at(user, felanmalan.boende):
        for seen in Observation.objects.visible_to(user).filter(felanmalan=felanmalan):
            yield Panel("kartlaggning/felanmalan_observation.html", {"observation": seen})
