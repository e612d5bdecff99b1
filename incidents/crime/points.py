# SPDX-License-Identifier: EUPL-1.2
"""One area's figures of one kind in a row: what the source hides is one thing, what nobody has brought in another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents.models import CrimeArea, CrimeFigure
from platssamverkan.look.plots import compared
from platssamverkan.look.words import number
from platssamverkan.start.picture import MONTHS

Period = tuple[int, int]  # year, month; month 0 for the whole year
SUPPRESSED, MISSING = gettext_lazy("visas inte"), gettext_lazy("inte importerad")
DIVIDED = gettext_lazy("kan inte summeras")
ABOUT_GAPS: dict[Any, Any] = {
    SUPPRESSED: gettext_lazy("”Visas inte” betyder att källan inte visar siffran: den kan vara både liten och stor."),
    MISSING: gettext_lazy("”Inte importerad” betyder att siffran inte finns i någon fil som har lästs in här."),
    DIVIDED: gettext_lazy("”Kan inte summeras” betyder att området delades in på nytt under året."),
}
ABSENT: dict[Any, Any] = {  # the same, of one figure, in a sentence
    SUPPRESSED: gettext_lazy("källan visar inte siffran för %(when)s"),
    MISSING: gettext_lazy("siffran för %(when)s är inte importerad"),
    DIVIDED: gettext_lazy("månaderna %(when)s kan inte summeras, eftersom området delades in på nytt under året"),
}
NONE_AT_ALL = {
    True: gettext_lazy("%(area)s: källan visar inga siffror för %(kind)s."),
    False: gettext_lazy("%(area)s: %(kind)s finns inte i någon fil som är importerad."),
}


@dataclass(frozen=True)
class Point:
    """A figure in its place; `count` is None where the source does not show it, or months cannot be summed."""

    count: int | None
    division: str
    is_divided: bool = False

    @property
    def gap(self) -> Any:
        """Why there is no count."""
        return DIVIDED if self.is_divided else SUPPRESSED


def gap_of(point: Point | None) -> Any:
    """Why there is no count: no point at all is what no file has held."""
    return point.gap if point else MISSING


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
            is_divided = len(set(divisions)) > 1
            is_known = None not in counts and not is_divided
            total = sum(count for count in counts if count is not None) if is_known else None
            points[year, 0] = Point(total, divisions[-1], is_divided)
    return points


@dataclass(frozen=True)
class AreaSeries:
    """One area's figures of one kind, in the order of the periods."""

    area: CrimeArea
    kind: str
    periods: Sequence[Period]
    points: dict[Period, Point]

    @cached_property
    def values(self) -> list[int | None]:
        """The figures; None for what is not shown or not there."""
        return [found.count if (found := self.points.get(period)) else None for period in self.periods]

    @property
    def gaps(self) -> dict[int, Any]:
        """Why there is no figure, by place."""
        return {place: self.gap(place) for place, value in enumerate(self.values) if value is None}

    def gap(self, place: int) -> Any:
        """Why there is no figure in a place."""
        return gap_of(self.points.get(self.periods[place]))

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
        if before not in self.periods or self.is_broken(self.periods.index(before), place):
            return None
        return self.values[self.periods.index(before)]

    def is_broken(self, before: int, place: int) -> bool:
        """Whether the area was divided anew between two places."""
        return any(before < broken <= place for broken in self.breaks)

    @property
    def sentence(self) -> str:
        """What the latest figure is, and how it stands to the one before; what is not shown or not there is said."""
        if self.latest is None:
            is_in_a_file = any(period in self.points for period in self.periods)
            return NONE_AT_ALL[is_in_a_file] % {"area": self.area, "kind": self.kind}
        place, last = self.latest, len(self.periods) - 1
        words = {"count": number(self.values[place] or 0), "when": period_name(self.periods[place])}
        said = _("%(count)s anmälda brott %(when)s") % words
        if place == last:
            return f"{self.area}: {said}; {self.comparison(place)}."
        absent = ABSENT[self.gap(last)] % {"when": period_name(self.periods[last])}
        return f"{self.area}: {absent}. " + _("Den senaste siffran är %(said)s.") % {"said": said}

    def comparison(self, place: int) -> str:
        """How a figure stands to the one a year earlier, or why it cannot be compared."""
        year, month = self.periods[place]
        before, when = self.earlier(place), period_name((year - 1, month))
        if before is not None:
            return compared(self.values[place] or 0, before).replace(_("året före"), when)
        if (year - 1, month) not in self.periods:
            return _("året före finns ingen siffra att jämföra med")
        at = self.periods.index((year - 1, month))
        if self.is_broken(at, place):
            return _("det kan inte jämföras med året före, eftersom området delades in på nytt")
        return _("det kan inte jämföras: %(why)s") % {"why": ABSENT[self.gap(at)] % {"when": when}}
