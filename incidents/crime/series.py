# SPDX-License-Identifier: EUPL-1.2
"""Crime figures as a page shows them: years or months in a row, gaps that say why, breaks where areas changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from incidents.crime.points import ABOUT_GAPS, AreaSeries, Period, Point, gap_of, period_name, points_of
from incidents.models import CrimeArea, CrimeChoice, CrimeFigure
from platssamverkan.look.plots import Lines, Series
from platssamverkan.look.words import number

MOST_YEARS, MOST_MONTHS = 12, 24
ALL = "alla brott"  # what the sources call the sum
FAR_APART = 4  # times: then two areas have a drawing each, with a scale of its own
Points = dict[Period, Point]


@dataclass(frozen=True)
class KindRow:
    """One kind in the latest year and the one before, as a table shows them; `mark` says what parts the two."""

    kind: str
    now: str
    before: str
    mark: str


class CrimeSeries:
    """What a boende's page of crime statistics shows: its own area and the one to compare with, of one kind.

    One query: the figures of both areas. A caller with several boenden gives those of all of them as `figures`.
    """

    def __init__(
        self,
        choice: CrimeChoice,
        kind: str = "",
        *,
        monthly: bool = False,
        figures: Iterable[CrimeFigure] | None = None,
        key: str = "brott",
    ) -> None:
        self.choice, self.monthly, self.key = choice, monthly, key
        areas = [choice.own, choice.comparison] if choice.comparison else [choice.own]
        if figures is None:
            figures = CrimeFigure.objects.active().filter(area__in=areas).select_related("imported")
        ids = {area.pk for area in areas}
        figures = [figure for figure in figures if figure.area_id in ids]
        self.kinds = sorted({figure.kind for figure in figures}, key=lambda name: (name.casefold() != ALL, name))
        self.kind = kind if kind in self.kinds else (self.kinds[0] if self.kinds else "")
        self.points = points_by_area_and_kind(figures)
        self.sources = sorted({figure.imported.source for figure in figures if figure.kind == self.kind})
        self.has_months = any(figure.month for figure in figures if figure.kind == self.kind)
        self.periods = self.periods_shown()
        self.areas = [AreaSeries(area, self.kind, self.periods, self.of(area, self.kind)) for area in areas]

    def of(self, area: CrimeArea, kind: str) -> Points:
        """An area's figures of a kind; none where no file has held any."""
        return self.points.get((area.pk, kind), {})

    def periods_shown(self) -> list[Period]:
        """The years from the first that the kind has a figure for, or the months; the latest so many.

        They last as long as any kind's: where a kind's latest figures have not come, that is seen.
        """
        shown = {key: [period for period in points if bool(period[1]) == self.monthly] for key, points in
                 self.points.items()}  # fmt: skip
        found = sorted(period for (_area, kind), periods in shown.items() if kind == self.kind for period in periods)
        if not found:
            return []
        (first, first_month), (last, last_month) = found[0], max(map(max, filter(None, shown.values())))
        if not self.monthly:
            return [(year, 0) for year in range(first, last + 1)][-MOST_YEARS:]
        span = range(first * 12 + first_month - 1, last * 12 + last_month)
        return [(number // 12, number % 12 + 1) for number in span][-MOST_MONTHS:]

    @property
    def opened(self) -> list[tuple[int, str]]:
        """Where the boende opened, if that is within the series."""
        day: date | None = self.choice.boende.opened_on
        if day is None:
            return []
        period = (day.year, day.month if self.monthly else 0)
        return [(self.periods.index(period), _("boendet öppnade"))] if period in self.periods else []

    @cached_property
    def plots(self) -> list[Lines]:
        """One drawing for both areas, or one each where their scales lie far apart."""
        series = [Series(str(area.area), area.values, area.gaps) for area in self.areas]
        tops = [max((value for value in line.values if value is not None), default=0) for line in series]
        if len(series) == 2 and max(tops) > FAR_APART * max(min(tops), 1):
            return [self.drawn([line], [area], key) for line, area, key in zip(series, self.areas, "ab", strict=True)]
        return [self.drawn(series, self.areas, "a")] if self.periods else []

    def drawn(self, series: list[Series], areas: Sequence[AreaSeries], key: str) -> Lines:
        """One drawing."""
        names = {"kind": self.kind, "areas": ", ".join(line.name for line in series)}
        return Lines(
            title=_("Anmälda brott, %(kind)s: %(areas)s") % names,
            labels=[period_name(period) for period in self.periods],
            series=series,
            key=f"{self.key}-{key}",
            label_heading=_("Tid"),
            breaks=sorted({place for area in areas for place in area.breaks}),
            break_words=_("områdesindelningen ändrades"),
            breaks_said=self.breaks_said(areas) if len(areas) > 1 else {},
            marks=self.opened,
        )

    def breaks_said(self, areas: Sequence[AreaSeries]) -> dict[int, str]:
        """Whose break it is, where several areas stand in one drawing."""
        said: dict[int, str] = {}
        for place in {place for area in areas for place in area.breaks}:
            names = ", ".join(str(area.area) for area in areas if place in area.breaks)
            said[place] = _("områdesindelningen ändrades: %(areas)s") % {"areas": names}
        return said

    @property
    def sentences(self) -> list[str]:
        """What the series say, an area a sentence."""
        return [area.sentence for area in self.areas]

    @property
    def source(self) -> str:
        """Where the figures come from."""
        return ", ".join(self.sources)

    @property
    def last_year(self) -> str:
        """The latest year, as a table's heading."""
        return str(self.periods[-1][0]) if self.periods else ""

    @property
    def year_before(self) -> str:
        """The one before it."""
        return str(self.periods[-1][0] - 1) if self.periods else ""

    @property
    def gap_notes(self) -> list[str]:
        """What the words in place of a figure mean, of those that the drawings' tables have."""
        found = {str(gap) for area in self.areas for gap in area.gaps.values()}
        return [str(note) for gap, note in ABOUT_GAPS.items() if str(gap) in found]

    @property
    def kind_notes(self) -> list[str]:
        """The same, of those that the table of kinds has."""
        found = {cell for row in self.kind_rows for cell in (row.now, row.before)}
        return [str(note) for gap, note in ABOUT_GAPS.items() if str(gap) in found]

    @cached_property
    def kind_rows(self) -> list[KindRow]:
        """Every kind of the own area in the latest year of the series and the one before."""
        if not self.periods or self.monthly:
            return []
        last, rows = self.periods[-1][0], []
        for kind in self.kinds:
            points = self.of(self.choice.own, kind)
            now, before = points.get((last, 0)), points.get((last - 1, 0))
            is_broken = bool(now and before and now.division != before.division)
            mark = _("områdesindelningen ändrades %(year)s, åren kan inte jämföras") % {"year": last}
            rows.append(KindRow(kind, cell_of(now), cell_of(before), mark if is_broken else ""))
        return rows


def points_by_area_and_kind(figures: Iterable[CrimeFigure]) -> dict[tuple[Any, str], Points]:
    """Every series that the figures hold."""
    found: dict[tuple[Any, str], list[CrimeFigure]] = {}
    for figure in figures:
        found.setdefault((figure.area_id, figure.kind), []).append(figure)
    return {key: points_of(own) for key, own in found.items()}


def cell_of(point: Point | None) -> str:
    """A figure as a table of kinds shows it, or why there is none."""
    return str(gap_of(point)) if point is None or point.count is None else str(number(point.count))
