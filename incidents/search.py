# SPDX-License-Identifier: EUPL-1.2
"""What is found of incidents, synpunkter and felanmälningar: as their lists find (docs/decisions/0017)."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy

from boenden.rights import boenden_where, rights_at
from incidents.models import Felanmalan, Incident, Synpunkt
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.search import Terms, matching
from platssamverkan.look.words import when
from platssamverkan.start.registry import Hit, SearchSource, search_sources


def register() -> None:
    """Called once when Django starts."""
    search_sources.extend([
        SearchSource("handelser", gettext_lazy("Händelser"), "journal-text", find_incidents, 50, all_incidents),
        SearchSource("synpunkter", gettext_lazy("Synpunkter"), "chat-left-text", find_synpunkter, 52, all_synpunkter),
        SearchSource("felanmalningar", gettext_lazy("Felanmälningar"), "tools", find_reported, 54, all_reported),
    ])  # fmt: skip


def find_incidents(user: Any, terms: Terms, limit: int) -> list[Hit]:
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


def all_incidents(user: Any, terms: Terms) -> str:
    """Their list, filtered."""
    return reverse("incidents:incident_list") + "?" + urlencode({"q": terms.words})


def find_synpunkter(user: Any, terms: Terms, limit: int) -> list[Hit]:
    """Synpunkter by what was said, the place and the reference; never by who said it."""
    rows = matching(Synpunkt.objects.visible_to(user), terms.words, *Synpunkt.SEARCHED)
    return [
        Hit(str(row), row.get_absolute_url(), f"{row.get_status_display()} · {row.boende.name}")
        for row in rows.select_related("boende").order_by("-received_at", "-pk")[:limit]
    ]


def all_synpunkter(user: Any, terms: Terms) -> str:
    """The inbox, filtered."""
    return reverse("incidents:synpunkt_list") + "?" + urlencode({"q": terms.words})


def find_reported(user: Any, terms: Terms, limit: int) -> list[Hit]:
    """Felanmälningar by what is to be mended, the place and the recipient's number."""
    rows = matching(Felanmalan.objects.visible_to(user), terms.words, *Felanmalan.SEARCHED)
    return [
        Hit(row.what, row.get_absolute_url(), f"{row.get_status_display()} · {row.boende.name}")
        for row in rows.select_related("boende").order_by("-created_at", "-pk")[:limit]
    ]


def all_reported(user: Any, terms: Terms) -> str:
    """The prioritised list, filtered."""
    return reverse("incidents:felanmalan_list") + "?" + urlencode({"q": terms.words})
