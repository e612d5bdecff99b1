# SPDX-License-Identifier: EUPL-1.2
"""What the key figures add: their entries on the reports' start page, the handbook, figures of the demonstration."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boenden.rights import has_right
from incidents.demo.make import more_rooms
from platssamverkan.accounts.roles import Right
from platssamverkan.reports.figures.demo import make_guard_costs, make_years_before
from platssamverkan.reports.front import ReportEntry, report_providers
from platssamverkan.start.registry import help_topics

HELP = {
    "oversikt-och-nyckeltal": [
        "reports:overview", "reports:overview_export", "reports:figure_rows", "reports:dictionary",
    ],
    "kostnader-for-bevakning": [
        "reports:bevakningskostnad_list", "reports:bevakningskostnad_create", "reports:bevakningskostnad_update",
    ],
}  # fmt: skip


def register() -> None:
    """Called once when Django starts."""
    report_providers.append(reports)
    help_topics.update({view: anchor for anchor, views in HELP.items() for view in views})
    more_rooms.extend([make_years_before, make_guard_costs])


def reports(user: Any) -> Iterator[ReportEntry]:
    """The overview first; what it is made of last."""
    if not has_right(user, Right.READ_REPORTS):
        return
    yield ReportEntry(
        _("Översikt"),
        reverse("reports:overview"),
        _("Alla nyckeltal för en förvaltning eller ett boende, jämförda med samma tid året före."),
        order=10,
    )
    yield ReportEntry(
        _("Kostnader för bevakning"),
        reverse("reports:bevakningskostnad_list"),
        _("Vad väktare och larm kostar per år. Visas bredvid det förebyggande i översikten."),
        order=80,
    )
    yield ReportEntry(
        _("Nyckeltal"),
        reverse("reports:dictionary"),
        _("Vad varje siffra betyder, var den kommer ifrån och hur den räknas."),
        order=90,
    )
