# SPDX-License-Identifier: EUPL-1.2
"""The list of årsrapporter as a file; each report has files of its own."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from boenden.views.list_files import WholeListFile
from platssamverkan.export.columns import Column
from platssamverkan.reports.annual.views.reports import AnnualListView


class AnnualListFileView(WholeListFile, AnnualListView):
    """The reports that one reads."""

    what = _("årsrapporter")
    list_view = "reports:annual_list"
    columns = [
        Column(_("Förvaltning"), "forvaltning_name"),
        Column(_("År"), "year"),
        Column(_("Version"), "edition"),
        Column(_("Läge"), lambda row: row.get_status_display()),
        Column(_("Godkänd"), "approved_at"),
        Column(_("Godkänd av"), lambda row: row.approver_name if row.approved_by_id else ""),
        Column(_("Vad som rättas"), "correction"),
    ]

    def file_rows(self, rows: Any) -> Iterable[Any]:
        return rows  # the list's own few, which nothing narrows further
