# SPDX-License-Identifier: EUPL-1.2
"""What the årsrapport adds below: the reports' start page, Min dag, letters, the log, the handbook, the demo."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boenden.rights import has_right
from incidents.demo.make import last_rooms
from kartlaggning.due_lines import due_lines
from platssamverkan.accounts.roles import Right
from platssamverkan.audit.labels import register_event
from platssamverkan.notices.providers import register_provider
from platssamverkan.reports.annual.demo import make_reports
from platssamverkan.reports.annual.to_write import LINES, comments_due, sections_due
from platssamverkan.reports.front import ReportEntry, report_providers
from platssamverkan.start import registry

HELP = {
    "arsrapporten": [
        "annual_list", "annual_detail", "annualsection_update", "annual_freeze", "annual_correct", "annual_changes",
        "annual_staff_create", "annualstaff_update", "annual_budget", "annualforvaltning_outline",
        "annualforvaltning_outline_add", "annualoutline_update", "annual_economy", "annual_economy_update",
        "annual_share_create", "annualshare_update", "annual_cover",
    ],
}  # fmt: skip


def register() -> None:
    """Called once when Django starts."""
    report_providers.append(reports)
    registry.help_topics.update({f"reports:{view}": anchor for anchor, views in HELP.items() for view in views})
    due_lines.extend(LINES)
    register_provider("annual_sections", sections_due)
    register_provider("annual_comments", comments_due)
    register_event("annual_approved", _("godkände"))
    last_rooms.append(make_reports)


def reports(user: Any) -> Iterator[ReportEntry]:
    """The reports, for those who read or write one."""
    if has_right(user, Right.READ_REPORTS):
        about = _("Skriv boendenas år, frys siffrorna, godkänn, och hämta rapporten till nämnden.")
        if not has_right(user, Right.EDIT_REPORTS):
            about = _("Skriv ditt boendes avsnitt, och läs de godkända rapporterna.")
        yield ReportEntry(_("Årsrapporter"), reverse("reports:annual_list"), about, order=30)
