# SPDX-License-Identifier: EUPL-1.2
"""Drawings of survey results: means from 1 to 5, shares from 0 to 100, questions in their own words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from platssamverkan.look.plots import BOTTOM, HEIGHT, MISSING, RIGHT, TOP, WIDTH, Cell, Lines, RowBars, Value, at
from platssamverkan.look.words import number

LETTERS = 50  # of a question above its bar: what fits a phone in one line


@dataclass(frozen=True)
class Axis:
    """Where a measure begins and ends, and how many decimals it is said with."""

    low: int
    high: int
    decimals: int

    def part(self, value: float) -> float:
        """How far along the axis a value is, from 0 to 1."""
        return min(1, max(0, (value - self.low) / (self.high - self.low)))

    def words(self, value: Value) -> Cell:
        """The value as it is said; what is not known is a dash."""
        return MISSING if value is None else number(value, self.decimals)


SCALE_AXIS = Axis(1, 5, 1)
PERCENT_AXIS = Axis(0, 100, 0)


def shortened(text: str) -> str:
    """A question in one line, cut after a word."""
    if len(text) <= LETTERS:
        return text
    return text[: LETTERS - 1].rsplit(" ", 1)[0].rstrip(" ,.;:–") + "…"


@dataclass(frozen=True)
class MeasureLines(Lines):
    """Rounds in order on the measure's own axis."""

    axis: Axis = SCALE_AXIS

    def y(self, value: float) -> float:
        """How far down a value stands."""
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - self.axis.part(value))

    @property
    def base(self) -> str:
        """How far down the axis is."""
        return at(self.y(self.axis.low))

    @property
    def guides(self) -> list[tuple[str, str]]:
        """(how far down, its number) of the quiet lines, the axis too: it does not begin at nought everywhere."""
        axis = self.axis
        return [(at(self.y(value)), str(value)) for value in (axis.high, (axis.low + axis.high) // 2, axis.low)]

    @property
    def rows(self) -> list[tuple[str, list[Cell], str]]:
        """The table: (label, cells, remark) a row, a column a series."""
        return [
            (label, [self.axis.words(line.values[place]) for line in self.series], "")
            for place, label in enumerate(self.labels)
        ]


@dataclass(frozen=True)
class MeasureRows(RowBars):
    """A bar a question on the measure's own axis, the question above it; a dash for what was before."""

    axis: Axis = SCALE_AXIS

    template: ClassVar[str] = "plots/measures.html"
    pitch: ClassVar[int] = 52

    @property
    def label_width(self) -> int:
        """Nothing: the words stand above."""
        return 0

    @property
    def tall(self) -> int:
        """How tall the drawing is: with the ends of the axis under it."""
        return super().tall + 20

    @property
    def track(self) -> int:
        """How long the whole axis is."""
        return WIDTH - RIGHT

    def across(self, value: float) -> float:
        """How far along a value is."""
        return self.track * self.axis.part(value)

    @property
    def lying(self) -> Iterator[dict[str, str]]:
        """Each row: its words, bar, number, and where the dash stands."""
        for place, (row, value) in enumerate(zip(super().lying, self.series[0].values, strict=True)):
            top = place * self.pitch
            places = {"words": at(top + 16), "top": at(top + 24), "middle": at(top + 33)}
            places["rest"] = at(min(self.track, float(row["end"]) + 36))  # the axis goes on after the number
            yield {**row, **places, "label": shortened(row["label"]), "number": self.axis.words(value)}

    @property
    def rows(self) -> list[tuple[str, list[Cell], str]]:
        """The table: each question in full."""
        return [
            (label, [self.axis.words(line.values[place]) for line in self.series], "")
            for place, label in enumerate(self.labels)
        ]
