# SPDX-License-Identifier: EUPL-1.2
"""Dokument's entry in the menu, and the approved årsrapporter that stand there beside the files made for a person."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from incidents.demo.make import more_rooms
from platssamverkan.export.views import Shelf, has_documents, shelf_providers
from platssamverkan.look.words import day_year
from platssamverkan.reports.annual.paper import report_title
from platssamverkan.reports.demo import make_file
from platssamverkan.reports.models import AnnualReport
from platssamverkan.start import registry
from platssamverkan.start.registry import MenuEntry

SHOWN = 20
PAGES = ("export:madefile_list", "export:madefile_detail")


def register() -> None:
    """Called once when Django starts."""
    registry.menu_providers.append(menu)
    registry.help_topics.update(dict.fromkeys(PAGES, "dokument"))
    shelf_providers.append(shelves)
    more_rooms.append(make_file)


def menu(user: Any) -> Iterator[MenuEntry]:
    """For those who take files out or read reports."""
    if has_documents(user):
        yield MenuEntry(_("Dokument"), reverse("export:madefile_list"), "folder", order=66)


def shelves(user: Any) -> Iterator[Shelf]:
    """The approved årsrapporter that the user reads, and those that were."""
    reports = (
        AnnualReport.objects.visible_to(user)
        .filter(document__isnull=False)
        .for_list()
        .select_related("forvaltning", "approved_by", "next")
    )
    lines = [
        (report_title(report), reverse("reports:annual_detail", args=[report.pk]), about(report))
        for report in reports[:SHOWN]
    ]
    yield Shelf(_("Godkända årsrapporter"), lines)


def about(report: AnnualReport) -> str:
    """When it was approved, and by whom; of one that counts no more, which version does."""
    told = f"{day_year(report.approved_at)}, {report.approver_name}" if report.approved_at else ""
    if report.is_approved:
        return told
    return _("%(told)s. Ersatt av version %(edition)s") % {"told": told, "edition": report.next.edition}
