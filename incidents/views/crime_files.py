# SPDX-License-Identifier: EUPL-1.2
"""Crime statistics as files: what has been brought in, and a boende's series, which are public figures."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from boenden.views.at_boende import boende_for
from boenden.views.list_files import WholeListFile
from boenden.views.open_files import open_file
from incidents.crime.series import CrimeSeries
from incidents.views.crime import CrimeImportListView, series_of
from platssamverkan.accounts.roles import Right
from platssamverkan.export.columns import Column


class CrimeImportFileView(WholeListFile, CrimeImportListView):
    """What has been brought in."""

    what = _("importer av brottsstatistik")
    list_name = _("brottsstatistik")
    list_view = "incidents:crimeimport_list"
    columns = [
        Column(_("Fil"), "file_name"),
        Column(_("Källa"), "source"),
        Column(_("Områdesindelning"), "division"),
        Column(_("Läge"), lambda row: row.get_status_display()),
        Column(_("Siffror"), "to_write"),
        Column(_("Felaktiga rader"), "faulty_count"),
        Column(_("Av"), "created_by.name"),
        Column(_("När"), "created_at"),
    ]


class Figure(NamedTuple):
    """A figure of a series, or why there is none."""

    area: str
    kind: str
    year: int
    month: int | None
    number: int | None
    why_not: str
    source: str


COLUMNS = [
    Column(_("Område"), "area"),
    Column(_("Brottstyp"), "kind"),
    Column(_("År"), "year"),
    Column(_("Månad"), "month"),
    Column(_("Anmälda brott"), "number"),
    Column(_("Anmärkning"), "why_not"),
    Column(_("Källa"), "source"),
]


def figures_of(series: CrimeSeries) -> Iterator[Figure]:
    """The points that the page draws, area by area."""
    for area in series.areas:
        for place, (year, month) in enumerate(series.periods):
            count = area.values[place]
            why_not = "" if count is not None else str(area.gap(place))
            yield Figure(area.area.name, series.kind, year, month or None, count, why_not, series.source)


@require_POST
def crime_series_export(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The series that the page shows: the kind and the months of its address."""
    boende: Any = boende_for(request.user, slug, reads=Right.READ_LAGESBILD)
    series = series_of(boende, request.GET)
    if series is None:
        raise Http404
    return open_file(
        request,
        rows=figures_of(series),
        columns=COLUMNS,
        what=__("brottsstatistik"),
        filename=__("Brottsstatistik %(about)s") % {"about": boende},
        scope=boende.name,
        scope_id=boende.pk,
    )
