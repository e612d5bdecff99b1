# SPDX-License-Identifier: EUPL-1.2
"""Crime figures as a series: years or months in a row, gaps where nothing is published, breaks where areas changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from incidents.models import CrimeArea, CrimeChoice, CrimeFigure
from platssamverkan.look.plots import Lines, Series, compared
from platssamverkan.look.words import number
from platssamverkan.start.picture import MONTHS

MOST_YEARS, MOST_MONTHS = 12, 24
ALL = "alla brott"  # what the sources call the sum
FAR_APART = 4  # times: then two areas have a drawing each, with a scale of its own
Period = tuple[int, int]  # year, month; month 0 for the whole year


@dataclass(frozen=True)
class Point:
    """A figure in its place; `count` is None where nothing is published."""

    count: int | None
    division: str


@dataclass(frozen=True)
class AreaSeries:
    """One area's figures of one kind, in the order of the periods."""

    area: CrimeArea
    periods: Sequence[Period]
    points: dict[Period, Point]

    @property
    def values(self) -> list[int | None]:
        """The figures; None for what is not published."""
        return [found.count if (found := self.points.get(period)) else None for period in self.periods]

    @cached_property
    def breaks(self) -> list[int]:
        """The places before which the area was another: there nothing is compared."""
        found, last = [], None
        for place, period in enumerate(self.periods):
            point = self.points.get(period)
            if point is None:
                continue
            if last is not None and point.division != last:
                found.append(place)
            last = point.division
        return found

    @property
    def latest(self) -> int | None:
        """The last place with a figure."""
        return next((place for place in reversed(range(len(self.periods))) if self.values[place] is not None), None)

    def earlier(self, place: int) -> int | None:
        """The figure before (the year before), if it can be compared with; None else."""
        year, month = self.periods[place]
        before = (year - 1, month)
        if before not in self.periods:
            return None
        at = self.periods.index(before)
        if any(at < broken <= place for broken in self.breaks):
            return None
        return self.values[at]

    @property
    def sentence(self) -> str:
        """What the latest figure is, and how it stands to the one before; why it cannot be compared."""
        if self.latest is None:
            return _("%(area)s: inga siffror är publicerade.") % {"area": self.area}
        place = self.latest
        count = self.values[place] or 0
        words = {"area": self.area, "count": number(count), "when": period_name(self.periods[place])}
        text = _("%(area)s: %(count)s anmälda brott %(when)s") % words
        if place in self.breaks:
            return text + ". " + _("Kan inte jämföras med tiden före, eftersom området delades in på nytt.")
        return f"{text}; {compared_words(count, self.earlier(place), self.periods[place])}."


def compared_words(count: int, before: int | None, period: Period) -> str:
    """How a figure stands to the one a year earlier."""
    if before is None:
        return _("året före finns ingen siffra att jämföra med")
    earlier = period_name((period[0] - 1, period[1]))
    return compared(count, before).replace(_("året före"), earlier)


def period_name(period: Period) -> str:
    """ "2025" or "mars 2025"."""
    year, month = period
    return f"{MONTHS[month - 1]} {year}" if month else str(year)


def points_of(figures: Iterable[CrimeFigure]) -> dict[Period, Point]:
    """Figures by period. A year with no figure of its own is the sum of its months where all twelve are published.

    Months of two divisions count two areas: they have no sum.
    """
    points = {(figure.year, figure.month): Point(figure.count, figure.division) for figure in figures}
    for year in {year for year, _month in points}:
        months = [points.get((year, month)) for month in range(1, 13)]
        if (year, 0) not in points and all(months):
            counts = [point.count for point in months if point]
            divisions = [point.division for point in months if point]
            is_known = None not in counts and len(set(divisions)) == 1
            total = sum(count for count in counts if count is not None) if is_known else None
            points[year, 0] = Point(total, divisions[-1])
    return points


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
        chosen = [figure for figure in figures if figure.kind == self.kind]
        self.sources = sorted({figure.imported.source for figure in chosen})
        by_area = {area.pk: points_of(f for f in chosen if f.area_id == area.pk) for area in areas}
        self.has_months = any(month for points in by_area.values() for _year, month in points)
        self.periods = self.periods_of(by_area)
        self.areas = [AreaSeries(area, self.periods, by_area[area.pk]) for area in areas]
        self.own_figures = [figure for figure in figures if figure.area_id == choice.own_id]

    def periods_of(self, by_area: dict[Any, dict[Period, Point]]) -> list[Period]:
        """The years from the first to the last that somebody has a figure for, or the months; the latest so many."""
        found = sorted(period for points in by_area.values() for period in points if bool(period[1]) == self.monthly)
        if not found:
            return []
        (first, first_month), (last, last_month) = found[0], found[-1]
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
        series = [Series(str(area.area), area.values) for area in self.areas]
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
            marks=self.opened,
        )

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
    def kind_rows(self) -> list[tuple[str, int | None, int | None, str]]:
        """(kind, latest year, year before, why not) of the own area: every kind in the latest year of the series."""
        if not self.periods or self.monthly:
            return []
        last = self.periods[-1][0]
        by_kind: dict[str, list[CrimeFigure]] = {}
        for figure in self.own_figures:
            by_kind.setdefault(figure.kind, []).append(figure)
        rows = []
        for kind in self.kinds:
            points = points_of(by_kind.get(kind, []))
            now, before = points.get((last, 0)), points.get((last - 1, 0))
            broken = bool(now and before and now.division != before.division)
            rows.append((
                kind, now.count if now else None, before.count if before and not broken else None,
                _("områdesindelningen ändrades") if broken else "",
            ))  # fmt: skip
        return rows
