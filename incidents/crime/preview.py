# SPDX-License-Identifier: EUPL-1.2
"""What an import would do, line by line: each figure that changes with what it was and becomes, and the first new."""

from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _

from incidents.crime.actions import Plan, areas_of, plan_of
from incidents.crime.points import SUPPRESSED, period_name
from incidents.crime.reading import FigureRow, rows_of
from incidents.models import CrimeFigure, CrimeImport
from platssamverkan.look.words import number

MOST_CHANGES, MOST_NEW = 200, 20


class Change(NamedTuple):
    """A line of the preview; `was` is empty for what is new."""

    area: str
    kind: str
    when: str
    was: str
    becomes: str


class Preview:
    """An import held against what is kept now, not against what was kept when its file was read."""

    def __init__(self, crime_import: CrimeImport) -> None:
        self.rows = list(rows_of(crime_import.rows))

    @cached_property
    def plan(self) -> Plan:
        """What would be written."""
        return plan_of(self.rows, areas_of(self.rows))

    @property
    def changes(self) -> list[Change]:
        """The first that change."""
        return [change_of(figure, row) for figure, row in self.plan.changed[:MOST_CHANGES]]

    @property
    def more_changes(self) -> int:
        """How many more change."""
        return max(0, len(self.plan.changed) - MOST_CHANGES)

    @property
    def new(self) -> list[Change]:
        """The first that are new."""
        return [line_of(row, "", said(row.number)) for row in self.plan.new[:MOST_NEW]]

    @property
    def more_new(self) -> int:
        """How many more are new."""
        return max(0, len(self.plan.new) - MOST_NEW)


def line_of(row: FigureRow, was: str, becomes: str) -> Change:
    """A row of the file as a line."""
    return Change(row.area, row.kind, period_name((row.year, row.month)), was, becomes)


def change_of(figure: CrimeFigure, row: FigureRow) -> Change:
    """A figure that changes; its division is told where that is what differs."""
    if figure.division == row.division:
        return line_of(row, said(figure.count), said(row.number))
    return line_of(row, divided(figure.count, figure.division), divided(row.number, row.division))


def said(count: int | None) -> str:
    """A figure, or that the source does not show it."""
    return str(SUPPRESSED if count is None else number(count))


def divided(count: int | None, division: str) -> str:
    """A figure and the division it counts."""
    return f"{said(count)} ({division or _('utan angiven områdesindelning')})"
