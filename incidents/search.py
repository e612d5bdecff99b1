# SPDX-License-Identifier: EUPL-1.2
"""What is found of incidents: the same as their list finds, and no more than it shows (docs/decisions/0017)."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy

from boenden.rights import boenden_where, rights_at
from incidents.models import Incident
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.search import Terms
from platssamverkan.look.words import when
from platssamverkan.start.registry import Hit, SearchSource, search_sources


def register() -> None:
    """Called once when Django starts."""
    search_sources.append(
        SearchSource("handelser", gettext_lazy("Händelser"), "journal-text", find, order=50, all_url=all_url)
    )


def find(user: Any, terms: Terms, limit: int) -> list[Hit]:
    """Incidents by headline, place, how they were handled and forum text; for staff also by the internal text.

    The hit is the neutral headline: an internal text is read on its own page, where the reading is logged.
    """
    boenden = boenden_where(user, Right.READ_INCIDENTS)
    if not boenden:
        return []
    names = {boende.pk: boende.name for boende in boenden}
    staffed = [boende for boende in boenden if Right.EDIT_INCIDENTS in rights_at(user, boende)]
    rows = Incident.objects.active().at(boenden).matching(terms.words, staffed)
    return [
        Hit(
            row.headline,
            reverse("incidents:incident_detail", args=[row.id]),
            f"{when(row.happened_at)} · {names[row.boende_id]}",
        )
        for row in rows.order_by("-happened_at", "-id").rows()[:limit]
    ]


def all_url(user: Any, terms: Terms) -> str:
    """Their list, filtered."""
    return reverse("incidents:incident_list") + "?" + urlencode({"q": terms.words})
