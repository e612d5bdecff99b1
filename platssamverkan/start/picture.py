# SPDX-License-Identifier: EUPL-1.2
"""The lägesbild, put together: what each room counts, it registers here, and the roof shows it (law 2023:196, § 4).

Every source has a panel of its own with period, unit and source. They stand beside each other and are never mixed into
one index (domain.md, "Trygghet"). A provider gets boenden that have come through their gate, starts at its own rows'
gate, and asks no more queries for more rows.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Self

from django.db.models import Avg, Case, Count, F, Min, Q, QuerySet, Value, When
from django.db.models.functions import TruncDate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from platssamverkan.ground.days import midnight, midnight_after
from platssamverkan.ground.search import Folded
from platssamverkan.look.plots import compared

MOST_PLACES = 200
MOST_MONTHS = 36  # of a period: more says nothing in a drawing of months
MONTHS = [
    _("jan."), _("feb."), _("mars"), _("apr."), _("maj"), _("juni"),
    _("juli"), _("aug."), _("sep."), _("okt."), _("nov."), _("dec."),
]  # fmt: skip
AT_BOENDE = "vid-boendet"  # the place filter's word for the boende itself


def year_before(day: date) -> date:
    """The same day a year earlier; the 28th for a 29 February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


@dataclass(frozen=True)
class Scope:
    """What a picture is about: some boenden, a period, and a place or all ("")."""

    user: Any
    boenden: tuple[Any, ...]
    first: date
    last: date
    place: str = ""

    @property
    def before(self) -> Self:
        """The same a year earlier: where the period ends with a month, so does that one, with or without a leap day."""
        last, after = year_before(self.last), self.last + timedelta(days=1)
        if after.day == 1:
            last = year_before(after) - timedelta(days=1)
        return replace(self, first=year_before(self.first), last=last)

    @cached_property
    def months(self) -> list[tuple[int, int]]:
        """(year, month) of the period."""
        start, end = self.first.year * 12 + self.first.month - 1, self.last.year * 12 + self.last.month - 1
        return [(number // 12, number % 12 + 1) for number in range(start, end + 1)]

    @property
    def month_labels(self) -> list[str]:
        """Their names; with the year where the period spans two."""
        if self.first.year == self.last.year:
            return [str(MONTHS[month - 1]) for _year, month in self.months]
        return [f"{MONTHS[month - 1]} {year}" for year, month in self.months]

    def within(self, field: str, *, is_day: bool = False) -> Q:
        """The condition that a moment (or day) lies in the period."""
        if is_day:
            return Q(**{f"{field}__range": (self.first, self.last)})
        return Q(**{f"{field}__gte": midnight(self.first), f"{field}__lt": midnight_after(self.last)})

    def now_or_before(self, field: str, *, is_day: bool = False) -> Q:
        """The condition that it lies in the period, or in the same a year earlier."""
        return self.within(field, is_day=is_day) | self.before.within(field, is_day=is_day)

    def at_place(self, rows: QuerySet) -> QuerySet:
        """The rows at the place, however it is written with capitals; all of them where no place is chosen."""
        if not self.place:
            return rows
        return rows.alias(folded_place=Folded("place_text")).filter(folded_place=self.place.lower())

    def by_month(self, rows: QuerySet, field: str, *, by: str) -> "Monthly":
        """The rows counted a month and by a field, in this period and in the one a year earlier: one query."""
        rows = rows.filter(self.now_or_before(field)).order_by()
        found = rows.annotate(day_of=TruncDate(field)).values_list("day_of", by).annotate(number=Count("pk"))
        monthly = Monthly([0] * len(self.months), [0] * len(self.months), {})
        places = {month: place for place, month in enumerate(self.months)}
        before = self.before
        for day, key, number in found:
            counts = monthly.parts.setdefault(key, [0, 0])
            if self.first <= day <= self.last:
                monthly.now[places[day.year, day.month]] += number
                counts[0] += number
            if before.first <= day <= before.last:
                monthly.before[places[day.year + 1, day.month]] += number
                counts[1] += number
        return monthly


@dataclass(frozen=True)
class Monthly:
    """Counts a month, now and a year earlier."""

    now: list[int]
    before: list[int]
    parts: dict[Any, list[int]]  # by the other field: [now, before]

    @property
    def total(self) -> int:
        """All of the period."""
        return sum(self.now)

    @property
    def total_before(self) -> int:
        """All of the same period a year earlier."""
        return sum(self.before)


@dataclass(frozen=True)
class PicturePanel:
    """One source: what it counts, from where, for when; a sentence that says what it shows, drawings with tables.

    `figure` is the number of the period and `before` the one a year earlier; None where there is none to show, and
    `figure_words` is then said instead ("3,8 av 5").
    """

    key: str
    heading: Any
    unit: Any
    source: Any
    sentence: str
    figure: int | None = None
    before: int | None = None
    figure_words: str = ""
    period: str = ""  # where it is another than the picture's
    plots: tuple[Any, ...] = ()
    notes: tuple[Any, ...] = ()
    url: str = ""  # where its rows are read
    link: Any = ""
    is_wide: bool = False
    order: int = 50

    @property
    def compared(self) -> str:
        """How the number stands to the one a year earlier.

        What is counted here is what somebody has written down: nought of a year is as likely nobody who wrote.
        """
        if self.figure is None:
            return ""
        if self.before == 0:
            return gettext("kan inte jämföras: inget är antecknat samma tid året före")
        return compared(self.figure, self.before)


@dataclass(frozen=True)
class CountedPlace:
    """Where something was, and how many there were: a line of the map and of its list."""

    name: str
    one: Any  # "händelse"
    many: Any  # "händelser"
    number: int
    latitude: float | None = None
    longitude: float | None = None
    is_boende: bool = False  # at the boende itself: the filter's AT_BOENDE

    @property
    def key(self) -> str:
        """What makes it the same place: its name, however it is written with capitals."""
        return self.name.lower()


@dataclass(frozen=True)
class PlaceSource:
    """One kind of thing that is somewhere: its words, and its rows in a scope, counted by `counted_at`."""

    one: Any
    many: Any
    rows: Callable[[Scope], QuerySet]


def counted_at(rows: QuerySet, *, at_boende: Q | None = None) -> QuerySet:
    """Rows that have `boende`, `place_text`, `latitude` and `longitude`, counted a place.

    `at_boende` tells which of them are at the boende itself: they have its name and its place.
    """
    if at_boende is None:
        north: Any = F("latitude")
        east: Any = F("longitude")
        placed = rows.exclude(place_text="").annotate(at_home=Value(0), place_name=F("place_text"))
    else:
        at, name = (
            Case(When(at_boende, then=1), default=0),
            Case(When(at_boende, then="boende__name"), default="place_text"),
        )
        placed = rows.annotate(at_home=at, place_name=name)
        north = Case(When(at_boende, then="boende__latitude"), default="latitude")
        east = Case(When(at_boende, then="boende__longitude"), default="longitude")
    counted = placed.annotate(named=Folded("place_name")).order_by().values_list("at_home", "named")
    return counted.annotate(shown=Min("place_name"), number=Count("pk"), north=Avg(north), east=Avg(east))


@dataclass(frozen=True)
class ReleaseSource:
    """What readers outside the boende may get fixed counts of.

    `count(boende, first, last)` gives a number for each of `parts`; every row is counted in one part only, else the
    suppression would not hold (docs/decisions/0028).
    """

    key: str
    label: Any
    unit: Any
    source: Any
    parts: Callable[[], Iterable[tuple[str, Any]]]
    count: Callable[[Any, date, date], dict[str, int]]


panel_providers: list[Callable[[Scope], Iterable[PicturePanel]]] = []
place_sources: list[PlaceSource] = []
release_sources: list[ReleaseSource] = []


def panels_for(scope: Scope) -> list[PicturePanel]:
    """Every panel, in order."""
    found = (panel for provide in panel_providers for panel in provide(scope))
    return sorted(found, key=lambda panel: panel.order)


def places_for(scope: Scope) -> list[CountedPlace]:
    """Every place with a count, the most first; all sources in one query."""
    numbered = [source.rows(scope).annotate(place_source=Value(place)) for place, source in enumerate(place_sources)]
    if not numbered:
        return []
    rows = numbered[0].union(*numbered[1:], all=True).order_by("-number")[:MOST_PLACES]
    found = []
    for at, _key, text, count, north, east, place in rows:
        source, name = place_sources[place], _("Vid %(boende)s") % {"boende": text} if at else text
        found.append(CountedPlace(str(name), source.one, source.many, count, north, east, is_boende=bool(at)))
    return sorted(found, key=lambda place: (-place.number, place.name))
