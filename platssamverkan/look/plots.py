# SPDX-License-Identifier: EUPL-1.2
"""Plots drawn on the server as SVG, the same in page and PDF: bars, lines with gaps, heat tables.

Each is a repetition of a table that stands beside it, under a sentence that says what it shows (LOOK.md, principle 5).
Attributes carry the colours of paper; the page's style sheet lays its own over them, light or dark. What belongs
together is told by shape and place too, never by colour alone. Nothing here asks the database.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log10
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from platssamverkan.look.words import number, signed

WIDTH, HEIGHT = 340, 150  # of a drawing; one unit is a pixel on a phone, where texts are never under 13
LEFT, RIGHT, TOP, BOTTOM = 2, 40, 16, 26
MOST_LABELS = 6  # under an axis; of more only the first and the last fit
MISSING = "–"

Value = float | int | None
Cell = str


def shown(value: Value) -> Cell:
    """A value as a table shows it; what is not known is a dash, never nought."""
    return MISSING if value is None else number(value, 0 if float(value).is_integer() else 1)


def at(value: float) -> str:
    """A coordinate, with a point whatever the language."""
    return f"{value:.1f}".removesuffix(".0")


def round_top(largest: float) -> int:
    """The first round and even number that is no less than all values: 7 → 8, 43 → 50, 318 → 400."""
    if largest <= 4:
        return 4
    size = 10 ** int(log10(largest))
    tops = (tenths * size // 10 for tenths in (10, 12, 16, 20, 30, 40, 50, 60, 80, 100))
    return next(top for top in tops if top >= largest and not top % 2)


@dataclass(frozen=True)
class Series:
    """Values in the order of the plot's labels; None where nothing may or can be said, and why by `gaps`."""

    name: str
    values: Sequence[Value]
    gaps: Mapping[int, Any] = field(default_factory=dict)

    def cell(self, place: int) -> Cell:
        """A value as the table shows it; in place of one that is not there, why, or else a dash."""
        value = self.values[place]
        return str(self.gaps.get(place, MISSING)) if value is None else shown(value)


@dataclass(frozen=True)
class Drawn:
    """What every drawing has. `title` is what a screen reader says of it; `sentence` what it shows."""

    title: str
    labels: Sequence[str]
    series: Sequence[Series]
    key: str = "plot"  # its name on the page, where there are several
    label_heading: str = ""

    template: ClassVar[str] = ""
    is_bars: ClassVar[bool] = True
    width: ClassVar[int] = WIDTH
    height: ClassVar[int] = HEIGHT

    @cached_property
    def top(self) -> int:
        """The value at the top of the axis."""
        values = [value for line in self.series for value in line.values if value is not None]
        return round_top(max(values, default=0))

    def y(self, value: float) -> float:
        """How far down a value stands."""
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / self.top)

    @property
    def base(self) -> str:
        """How far down the axis is."""
        return at(self.y(0))

    @property
    def guides(self) -> list[tuple[str, str]]:
        """(how far down, its number) of the quiet lines."""
        return [(at(self.y(value)), str(number(value))) for value in (self.top, self.top // 2)]

    def x(self, place: int) -> float:
        """The middle of a label's part of the axis."""
        return LEFT + (WIDTH - LEFT - RIGHT) * (place + 0.5) / max(len(self.labels), 1)

    @property
    def ticks(self) -> list[tuple[str, str]]:
        """(how far right, label) under the axis."""
        last = len(self.labels) - 1
        places = range(last + 1) if last < MOST_LABELS else (0, last)
        return [(at(self.x(place)), self.labels[place]) for place in places]

    @property
    def right(self) -> str:
        """Where the axis ends."""
        return at(WIDTH - RIGHT)

    @property
    def rows(self) -> list[tuple[str, list[Cell], str]]:
        """The table: (label, cells, what is to be known of it) a row, a column a series."""
        return [
            (label, [line.cell(place) for line in self.series], ", ".join(self.remarks(place)))
            for place, label in enumerate(self.labels)
        ]

    def remarks(self, place: int) -> list[str]:
        """What the drawing marks at a place beside its values, for the table."""
        return []


@dataclass(frozen=True)
class Bars(Drawn):
    """A bar for what is now, the first series; a dash across it for what was, the second if there is one."""

    template: ClassVar[str] = "plots/bars.html"

    @property
    def thickness(self) -> float:
        """How wide a bar is."""
        return min(36, (WIDTH - LEFT - RIGHT) / max(len(self.labels), 1) * 0.62)

    @property
    def bars(self) -> Iterator[tuple[str, str, str, str]]:
        """(x, y, width, height) of each."""
        for place, value in enumerate(self.series[0].values):
            if value:
                y = self.y(value)
                yield at(self.x(place) - self.thickness / 2), at(y), at(self.thickness), at(self.y(0) - y)

    @property
    def dashes(self) -> Iterator[tuple[str, str, str]]:
        """(from, to, y) of what was before."""
        for place, value in enumerate(self.series[1].values if len(self.series) > 1 else ()):
            if value is not None:
                half = self.thickness / 2 + 2
                yield at(self.x(place) - half), at(self.x(place) + half), at(self.y(value))


@dataclass(frozen=True)
class RowBars(Drawn):
    """Bars lying down, for labels that are words: the first series a bar, the second a dash across it."""

    template: ClassVar[str] = "plots/rows.html"
    pitch: ClassVar[int] = 30  # from one row to the next

    @property
    def label_width(self) -> int:
        """How much of the width the labels take: as the longest needs, and no more than half."""
        return min(170, 16 + 7 * max((len(label) for label in self.labels), default=0))

    @property
    def tall(self) -> int:
        """How tall the drawing is."""
        return self.pitch * len(self.labels)

    def across(self, value: float) -> float:
        """How long a bar of the value is."""
        return (WIDTH - RIGHT - self.label_width) * value / self.top

    @property
    def lying(self) -> Iterator[dict[str, str]]:
        """Each row: its label, bar, number, and where the dash stands."""
        before = self.series[1].values if len(self.series) > 1 else [None] * len(self.labels)
        for place, (label, value, earlier) in enumerate(zip(self.labels, self.series[0].values, before, strict=True)):
            top = place * self.pitch + 6
            end = self.label_width + max(self.across(value or 0), self.across(earlier or 0))
            yield {
                "label": label,
                "middle": at(top + 9),
                "top": at(top),
                "length": at(self.across(value or 0)),
                "number": shown(value),
                "end": at(end + 6),
                "dash": "" if earlier is None else at(self.label_width + self.across(earlier)),
            }


@dataclass(frozen=True)
class Line:
    """One series as drawn: paths that stop where nothing is known or cannot be compared, and its points."""

    name: str
    paths: list[str]
    points: list[tuple[str, str]]
    is_first: bool


@dataclass(frozen=True)
class Lines(Drawn):
    """A line a series, the first whole with dots, the second broken with squares.

    `breaks` are the places before which nothing can be compared with what follows; `marks` are (place, words) of what
    happened when. `break_words` explain the sign of a break; `breaks_said` say of each more than that, in the table.
    """

    breaks: Sequence[int] = ()
    marks: Sequence[tuple[int, str]] = ()
    break_words: str = ""
    breaks_said: Mapping[int, str] = field(default_factory=dict)

    template: ClassVar[str] = "plots/lines.html"
    is_bars: ClassVar[bool] = False

    @property
    def lines(self) -> list[Line]:
        """Each series."""
        found = []
        for index, series in enumerate(self.series[:2]):
            points = [
                (place, at(self.x(place)), at(self.y(value)))
                for place, value in enumerate(series.values)
                if value is not None
            ]
            paths = ["M" + "L".join(f"{x} {y}" for _place, x, y in part) for part in self.unbroken(points)]
            found.append(Line(series.name, paths, [(x, y) for _place, x, y in points], index == 0))
        return found

    def unbroken(self, points: Sequence[tuple[int, str, str]]) -> list[list[tuple[int, str, str]]]:
        """The points in runs without a gap or a break between them; a point alone is no line."""
        runs: list[list[tuple[int, str, str]]] = []
        for point in points:
            if not runs or point[0] != runs[-1][-1][0] + 1 or point[0] in self.breaks:
                runs.append([])
            runs[-1].append(point)
        return [run for run in runs if len(run) > 1]

    def remarks(self, place: int) -> list[str]:
        """The break before a place, and what happened there."""
        broken = [self.breaks_said.get(place, self.break_words)] if place in self.breaks else []
        return broken + [words for at, words in self.marks if at == place]

    @property
    def break_lines(self) -> list[str]:
        """Where a break stands: between its place and the one before."""
        return [at((self.x(place) + self.x(place - 1)) / 2) for place in self.breaks if place]

    @property
    def mark_lines(self) -> list[tuple[str, str, bool]]:
        """(x, words, whether the words stand left of it) of what happened when."""
        middle = len(self.labels) / 2
        return [(at(self.x(place)), words, place >= middle) for place, words in self.marks]


def compared(now: int, before: int | None) -> str:
    """How a number stands to the one a year before: "251 året före, −29 (−11,6 %)"."""
    if before is None:
        return _("kan inte jämföras med året före")
    words = _("%(before)s året före, %(difference)s") % {"before": number(before), "difference": signed(now - before)}
    if before:
        words += f" ({signed(round((now - before) / before * 100, 1))} %)"
    return words
