# SPDX-License-Identifier: EUPL-1.2
"""A heat table: when in the week, in six steps of colour and a number in every cell. Nothing here asks the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import ClassVar

STEPS = 6


@dataclass(frozen=True)
class HeatRow:
    """A row of a heat table."""

    label: str
    cells: list[tuple[int, int]]  # (value, step of colour)
    total: int


@dataclass(frozen=True)
class Heat:
    """A real table with a number in every cell, coloured in six steps, and totals."""

    title: str
    labels: Sequence[str]
    columns: Sequence[str]
    values: Sequence[Sequence[int]]
    key: str = "heat"
    label_heading: str = ""

    template: ClassVar[str] = "plots/heat.html"

    @cached_property
    def largest(self) -> int:
        """The largest cell."""
        return max((value for row in self.values for value in row), default=0)

    def step(self, value: int) -> int:
        """The colour of a cell: nought is the palest, the largest the darkest."""
        if not value:
            return 0
        return max(1, ceil((STEPS - 1) * value / self.largest))

    @property
    def rows(self) -> list[HeatRow]:
        """The table's rows."""
        return [
            HeatRow(label, [(value, self.step(value)) for value in row], sum(row))
            for label, row in zip(self.labels, self.values, strict=True)
        ]

    @property
    def totals(self) -> list[int]:
        """What each column sums to."""
        return [sum(column) for column in zip(*self.values, strict=True)]

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self.totals)
