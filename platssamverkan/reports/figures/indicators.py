# SPDX-License-Identifier: EUPL-1.2
"""What a key figure is: its words, what it counts, and how it stands to the same period a year earlier."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from platssamverkan.look.words import number, signed
from platssamverkan.start.picture import Scope

TENTH = Decimal("0.1")
KRONOR = gettext_lazy("kronor")


class Span(StrEnum):
    """What time a figure is of."""

    PERIOD = "period"  # from the first day to the last
    DAY = "day"  # how it stood on the last day of the period, or stands today where that is to come
    TODAY = "today"  # how it stands now: how it stood is not kept
    YEARS = "years"  # the whole calendar years that the period lies in


SPAN_WORDS = {
    Span.PERIOD: gettext_lazy("Räknas under perioden, från första dagen till och med den sista."),
    Span.DAY: gettext_lazy("Gäller periodens sista dag, eller i dag om den inte har varit."),
    Span.TODAY: gettext_lazy("Gäller i dag. Hur det har varit tidigare är inte sparat."),
    Span.YEARS: gettext_lazy("Räknas för hela de kalenderår som perioden ligger i."),
}


class Group(StrEnum):
    """Where on the page."""

    HAPPENED = "under-perioden"
    LATE = "forsenat"
    LEVELS = "nivaer"
    PLANS = "planer"
    INSATSER = "insatser"
    COSTS = "kostnader"


GROUP_WORDS = {
    Group.HAPPENED: gettext_lazy("Det som har hänt"),
    Group.LATE: gettext_lazy("Försenat just nu"),
    Group.LEVELS: gettext_lazy("Nivåer och steg"),
    Group.PLANS: gettext_lazy("Planer och kontaktlistor"),
    Group.INSATSER: gettext_lazy("Insatser i planerna"),
    Group.COSTS: gettext_lazy("Bevakning och förebyggande"),
}

Matches = Callable[[str], bool]  # whether a part of a source is counted


def every(_part: str) -> bool:
    """All of a source's rows are counted."""
    return True


def among(*parts: str) -> Matches:
    """The rows of these parts are counted."""
    return lambda part: part in parts


@dataclass(frozen=True)
class Part:
    """One number of a figure that is divided: what it is called, and which rows it counts.

    `of` is what stands above it in a table (the level, the step), and has to be said where there is no table.
    """

    key: str
    label: Any
    matches: Matches
    of: Any = ""

    @property
    def whole_label(self) -> str:
        """What it is called where it stands alone: "Goda kontakter: påbörjat"."""
        return f"{self.of}: {self.label}" if self.of else str(self.label)


@dataclass(frozen=True)
class Indicator:
    """A key figure as the dictionary has it. `source_key` names where its rows are: sources.py.

    `matches` picks the rows that are counted. With `of`, the figure is their share of those that `of` picks, in per
    cent. With `parts` it is divided, a number each; a row can be counted in several of them. `listed` gives the address
    of a list that shows exactly its rows, or "" for the plain list of rows that every figure has. `is_by_boende` says
    that a row is a whole year of a boende, which the source's part tells (same.py): one that is missing is not nought.
    """

    key: str
    name: Any
    unit: Any
    definition: Any
    source: Any
    formula: Any
    group: Group
    span: Span
    source_key: str
    matches: Matches = every
    of: Matches | None = None
    parts: tuple[Part, ...] = ()
    nought: Any = ""  # what is said instead of 0 where nobody has entered anything; a 0 that somebody entered is a 0
    listed: Callable[[Scope], str] | None = None
    is_by_boende: bool = False

    @property
    def span_words(self) -> Any:
        """What time it is of, as a sentence."""
        return SPAN_WORDS[self.span]

    @property
    def is_share(self) -> bool:
        """Whether it is in per cent."""
        return self.of is not None

    def part(self, key: str) -> Part | None:
        """The part of that key."""
        return next((part for part in self.parts if part.key == key), None)

    def rows_matching(self, key: str = "") -> Matches:
        """Which rows stand behind the figure, or behind one part of it: for a share all that it is a share of."""
        part = self.part(key)
        return part.matches if part else self.of or self.matches


@dataclass(frozen=True)
class Reading:
    """A figure as it is read for some boenden and a period.

    `count` and `count_before` are of rows (or kronor); `of` and `of_before` what a share is a share of. `why_not` says
    why it cannot be compared, "" where it can. `url` is where its rows are; `period` is said beside it. `url_before`
    and `period_before` are of the year before, "" where it is not compared. `is_noted` and `is_noted_before` tell
    whether there are rows at all: what somebody has noted can sum to nought. `note` says what the number lacks.
    """

    indicator: Indicator
    label: Any
    period: str
    url: str
    count: int
    of: int | None = None
    count_before: int | None = None
    of_before: int | None = None
    why_not: str = ""
    part: str = ""
    is_noted: bool = False
    is_noted_before: bool = False
    period_before: str = ""
    url_before: str = ""
    note: str = ""

    @property
    def whole_label(self) -> str:
        """What it is called where it stands alone; of a part with what that is a part of."""
        part = self.indicator.part(self.part)
        return part.whole_label if part else str(self.label)

    @property
    def value(self) -> float | None:
        """The figure: the number, or the per cent; None for a share of nothing."""
        return share(self.count, self.of) if self.indicator.is_share else self.count

    @property
    def before(self) -> float | None:
        """The figure a year earlier; None where it cannot be compared."""
        if self.why_not or self.count_before is None:
            return None
        return share(self.count_before, self.of_before) if self.indicator.is_share else self.count_before

    @property
    def difference(self) -> float | None:
        """How much more it is than a year earlier; of a share in procentenheter."""
        if self.value is None or self.before is None:
            return None
        return round(self.value - self.before, 1)

    @property
    def percent(self) -> float | None:
        """How much more in per cent; None for a share, and from nought."""
        if self.indicator.is_share or self.difference is None or not self.before:
            return None
        return float(per_cent(self.difference, self.before))

    @property
    def value_words(self) -> str:
        """The figure as it is read: "87 %", "12 400 kr", "41"."""
        if self.value is None:
            return _("inget att räkna")
        if not self.is_noted and self.indicator.nought:
            return str(self.indicator.nought)
        return with_unit(self.value, self.indicator)

    @property
    def of_words(self) -> str:
        """What a share is of: "41 av 47"."""
        if not self.indicator.is_share or not self.of:
            return ""
        return _("%(count)s av %(of)s") % {"count": number(self.count), "of": number(self.of)}

    @property
    def before_words(self) -> str:
        """The figure a year earlier, in words; "" where it cannot be compared."""
        if self.before is None:
            return ""
        nought = "" if self.is_noted_before else str(self.indicator.nought)
        return nought or with_unit(self.before, self.indicator)

    @property
    def difference_words(self) -> str:
        """ "−29 (−11,6 %)", "+3,2 procentenheter"; "" where it cannot be compared."""
        if self.difference is None:
            return ""
        if self.indicator.is_share:
            return _("%(difference)s procentenheter") % {"difference": signed(self.difference)}
        if self.percent is None:
            return signed(self.difference)
        return f"{signed(self.difference)} ({signed(self.percent)}\N{NO-BREAK SPACE}%)"

    @property
    def compared(self) -> str:
        """How it stands to the year before, whole: for a line under the figure."""
        if self.why_not:
            return self.why_not
        words = {"before": self.before_words, "difference": self.difference_words}
        return _("%(before)s samma tid året före, %(difference)s") % words if self.difference_words else ""


def share(count: int | None, of: int | None) -> float | None:
    """Per cent with one decimal; None of nothing."""
    return float(per_cent(count, of)) if of and count is not None else None


def per_cent(part: Any, whole: Any) -> Decimal:
    """How many hundredths of the whole, to a tenth; halves go up as SQL and schools have it, not to the even digit."""
    return (Decimal(str(part)) * 100 / Decimal(str(whole))).quantize(TENTH, ROUND_HALF_UP)


def with_unit(value: float, indicator: Indicator) -> str:
    """A value with the sign that people read it with."""
    shown = number(value, 0 if float(value).is_integer() else 1)
    if indicator.is_share:
        return f"{shown}\N{NO-BREAK SPACE}%"
    return f"{shown}\N{NO-BREAK SPACE}kr" if indicator.unit == KRONOR else shown
