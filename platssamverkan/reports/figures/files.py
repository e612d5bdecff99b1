# SPDX-License-Identifier: EUPL-1.2
"""The rows behind a figure, and what bevakning costs, as files."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from boenden.views.list_files import ListFile, WholeListFile
from platssamverkan.export.columns import Column
from platssamverkan.export.responses import ROWS_AT_A_TIME
from platssamverkan.export.taking_out import Lazily
from platssamverkan.reports.figures.guard_views import BevakningskostnadListView
from platssamverkan.reports.figures.sources import AMOUNT, Heads
from platssamverkan.reports.figures.views import FigureRowsView

REPORTS = (("reports:picture_list", _("Rapporter")),)


def columns_under(heads: Heads) -> list[Column]:
    """The columns of a list behind a figure: those that its source fills."""
    every = [
        Column(heads.title, lambda line: str(line.title)),
        Column(heads.where, lambda line: str(line.where)),
        Column(heads.day, "day"),
        Column(heads.about, lambda line: str(line.about)),
        Column(heads.amount, "amount"),
        Column(heads.amount and _("Enhet"), lambda line: str(line.unit)),
    ]
    return [column for column in every if column.header]


class FigureRowsFileView(WholeListFile, FigureRowsView):
    """What the list of a figure's rows shows, which is of boenden whose reports the user reads."""

    list_view = "reports:figure_rows"
    columns = columns_under(Heads(_("Vad"), amount=AMOUNT))

    def get_columns(self) -> list[Column]:
        """Called what they hold, as on the page."""
        return columns_under(self.source.heads)

    @property
    def what(self) -> Any:
        """The figure's name, and its part's."""
        part = self.indicator.part(self.request.GET.get("del", ""))
        return f"{self.indicator.name}: {part.whole_label}" if part else self.indicator.name

    def file_rows(self, rows: Any) -> Iterable[Any]:
        found = super().file_rows(rows)
        return Lazily(lambda: map(self.source.line, found.iterator(chunk_size=ROWS_AT_A_TIME)), of=found)

    def get_scope(self) -> tuple[str, UUID | None]:
        return self.overview.about, self.overview.scope_id

    def get_reach(self) -> Sequence[Boende]:
        return self.overview.scope.boenden

    def get_file_crumbs(self) -> list[tuple[str, Any]]:
        return [(reverse(view), words) for view, words in REPORTS]


class BevakningskostnadFileView(ListFile, BevakningskostnadListView):
    """What bevakning costs, boende by boende and year by year."""

    what = _("kostnader för bevakning")
    list_view = "reports:bevakningskostnad_list"
    columns = [
        Column(_("Boende"), "boende.name"),
        Column(_("År"), "year"),
        Column(_("Kronor"), "kronor"),
        Column(_("Vad som ingår"), "about"),
    ]

    def get_file_crumbs(self) -> list[tuple[str, Any]]:
        return [(reverse(view), words) for view, words in REPORTS]
