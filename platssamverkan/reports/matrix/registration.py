# SPDX-License-Identifier: EUPL-1.2
"""What the implementation report adds: its entry where reports begin, the handbook's chapter, a boende that closed."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boenden.rights import has_right
from incidents.demo.make import more_rooms
from platssamverkan.accounts.roles import Right
from platssamverkan.reports.front import ReportEntry, report_providers
from platssamverkan.reports.matrix.demo import make_closed
from platssamverkan.start import registry

PAGES = ("reports:implementation", "reports:implementation_export")


def register() -> None:
    """Called once when Django starts."""
    report_providers.append(reports)
    registry.help_topics.update(dict.fromkeys(PAGES, "genomforande"))
    more_rooms.append(make_closed)


def reports(user: Any) -> Iterator[ReportEntry]:
    """How far the boenden have come, for those who report it."""
    if has_right(user, Right.READ_REPORTS):
        about = _("Hur långt varje boende har kommit, från kartläggning till plan och forum, och vad som återstår.")
        yield ReportEntry(_("Genomförande"), reverse("reports:implementation"), about, order=20)
