# SPDX-License-Identifier: EUPL-1.2
"""The addresses behind figures: an existing list where it shows exactly the rows, else the plain list of them."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from boenden.rights import boenden_where
from platssamverkan.accounts.roles import Right
from platssamverkan.start.picture import Scope


def boenden_query(scope: Scope, right: Right) -> dict[str, Any] | None:
    """What narrows a list that shows the boenden where the user holds `right` to those of the scope.

    None where no one boende or förvaltning, and not all of them, are just those.
    """
    wanted = {boende.pk for boende in scope.boenden}
    every = boenden_where(scope.user, right)
    if {boende.pk for boende in every} == wanted:
        return {}
    if len(scope.boenden) == 1:
        return {"boende": scope.boenden[0].slug}
    forvaltning = scope.boenden[0].forvaltning_id
    if {boende.pk for boende in every if boende.forvaltning_id == forvaltning} == wanted:
        return {"forvaltning": forvaltning}
    return None


def period_query(scope: Scope) -> dict[str, str]:
    """The period."""
    return {"fran": scope.first.isoformat(), "till": scope.last.isoformat()}


def list_url(view: str, scope: Scope, right: Right, *, in_period: bool = False, **narrowed: str) -> str:
    """The address of a room's list with its filters set; "" where it cannot show just the scope's boenden."""
    query = boenden_query(scope, right)
    if query is None:
        return ""
    return with_query(reverse(view), {**query, **(period_query(scope) if in_period else {}), **narrowed})


def guard_url(scope: Scope) -> str:
    """The list of what bevakning costs, in the years of the scope."""
    query = boenden_query(scope, Right.READ_REPORTS)
    years = {"fran_ar": str(scope.first.year), "till_ar": str(scope.last.year)}
    return "" if query is None else with_query(reverse("reports:bevakningskostnad_list"), {**query, **years})


def rows_url(key: str, scope: Scope, query: dict[str, Any] | None, part: str = "") -> str:
    """The plain list of the rows behind a figure; "" where the scope is no choice of the overview's.

    `query` is boenden_query's for the right to read reports: asked for once, however many figures there are.
    """
    if query is None:
        return ""
    return with_query(
        reverse("reports:figure_rows", args=[key]), {**query, **period_query(scope), **({"del": part} if part else {})}
    )


def with_query(url: str, query: dict[str, Any]) -> str:
    """An address with what it asks for."""
    return f"{url}?{urlencode(query)}" if query else url
