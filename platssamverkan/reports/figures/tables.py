# SPDX-License-Identifier: EUPL-1.2
"""The figures as the overview's tables and as the columns of a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from kartlaggning.levels import STEPS, Level
from platssamverkan.export.columns import Column
from platssamverkan.reports.figures.dictionary import INDICATORS
from platssamverkan.reports.figures.indicators import GROUP_WORDS, Group, Indicator, Reading
from platssamverkan.reports.figures.levels import STANDINGS
from platssamverkan.reports.figures.reading import Figures

COLUMNS: list[Any] = [
    Column(_("Område"), lambda row: GROUP_WORDS[row.indicator.group]),
    Column(_("Nyckeltal"), lambda row: row.indicator.name),
    Column(_("Del"), lambda row: row.whole_label if row.part else ""),
    Column(_("Enhet"), lambda row: row.indicator.unit),
    Column(_("Period"), "period"),
    Column(_("Värde"), "value"),
    Column(_("Räknat"), "count"),
    Column(_("Av"), "of"),
    Column(_("Samma tid året före"), "before"),
    Column(_("Period året före"), "period_before"),
    Column(_("Skillnad"), "difference"),
    Column(_("Skillnad i procent"), "percent"),
    Column(_("Jämförelse"), "why_not"),
    Column(_("Att veta"), "note"),
    Column(_("Definition"), lambda row: row.indicator.definition),
    Column(_("Så räknas det"), lambda row: row.indicator.formula),
    Column(_("Källa"), lambda row: row.indicator.source),
]


def columns_of(boenden: Sequence[Boende]) -> list[Any]:
    """The columns of some boenden's figures, with their names in each row: rows of two files can be laid together."""
    names = ", ".join(boende.name for boende in boenden)
    return [*COLUMNS, Column(_("Boenden"), lambda row: names)]


@dataclass(frozen=True)
class LevelRow:
    """A level with how many boenden have come how far, and its steps."""

    label: Any
    readings: list[Reading]
    steps: "list[StepRow]"


@dataclass(frozen=True)
class StepRow:
    """A step with how many have done it and how many have it left."""

    label: Any
    readings: list[Reading]


@dataclass(frozen=True)
class Section:
    """Figures that stand in one table."""

    group: Group
    label: Any
    readings: list[Reading]

    @property
    def is_compared(self) -> bool:
        """Whether any of them is compared, or each has a reason of its own why not."""
        return len({reading.why_not for reading in self.readings}) > 1 or not self.readings[0].why_not

    @property
    def period_before(self) -> str:
        """What time those are compared with that are."""
        return before_of(self.readings)

    @property
    def why_not(self) -> str:
        """Why none of them is compared, where that is one reason."""
        return "" if self.is_compared else self.readings[0].why_not

    @property
    def is_of_several_times(self) -> bool:
        """Whether the table's figures are of different days."""
        return len({reading.period for reading in self.readings}) > 1

    @property
    def caption(self) -> str:
        """The time of the table, where its heading says what it is of; and why nothing in it is compared."""
        periods = "; ".join(dict.fromkeys(reading.period for reading in self.readings))
        if not self.period_before:
            return f"{periods}. {self.why_not}".strip()
        return _("%(period)s, jämfört med %(before)s.") % {"period": periods, "before": self.period_before}


@dataclass(frozen=True)
class Divided:
    """One figure that is divided, as a table of its own."""

    indicator: Indicator
    readings: list[Reading]

    @property
    def period(self) -> str:
        """What time it is of."""
        return self.readings[0].period

    @property
    def is_compared(self) -> bool:
        """Whether a year earlier stands beside."""
        return any(not reading.why_not for reading in self.readings)

    @property
    def period_before(self) -> str:
        """What time it is compared with."""
        return before_of(self.readings)

    @property
    def why_not(self) -> str:
        """Why not, else."""
        return "" if self.is_compared else self.readings[0].why_not

    @property
    def caption(self) -> str:
        """What the table is of, and its time."""
        said = {"name": self.indicator.name, "period": self.period, "before": self.period_before}
        if not self.is_compared:
            return f"{_('%(name)s, %(period)s.') % said} {self.why_not}".strip()
        return _("%(name)s, %(period)s, jämfört med %(before)s.") % said


def before_of(readings: list[Reading]) -> str:
    """The time that readings are compared with; those of one table that are compared have the same."""
    return "; ".join(dict.fromkeys(reading.period_before for reading in readings if reading.period_before))


class Board:
    """The overview's parts, for the page and the PDF alike."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures

    def section(self, group: Group) -> Section:
        """A group's figures that are one number each."""
        return Section(group, GROUP_WORDS[group], self.figures.in_group(group))

    @property
    def happened(self) -> Section:
        """What has happened in the period."""
        return self.section(Group.HAPPENED)

    @property
    def late(self) -> Section:
        """What is late today."""
        return self.section(Group.LATE)

    @property
    def plans(self) -> Section:
        """Plans and contact lists."""
        return self.section(Group.PLANS)

    @property
    def costs(self) -> Section:
        """What bevakning costs beside what preventing does."""
        return self.section(Group.COSTS)

    @property
    def levels(self) -> list[LevelRow]:
        """The levels with their steps."""
        levels, steps = self.figures.parts("nivaer"), self.figures.parts("steg")
        return [
            LevelRow(
                level.label,
                [levels[f"{level.value}:{kind}"] for kind, _label in STANDINGS],
                [
                    StepRow(step.label, [steps[f"{step.value}:{state}"] for state in ("klart", "kvar")])
                    for step in STEPS[level]
                ],
            )
            for level in Level
        ]

    @property
    def level_indicator(self) -> Indicator:
        """The dictionary's words for the levels."""
        return INDICATORS["nivaer"]

    @property
    def step_indicator(self) -> Indicator:
        """The dictionary's words for the steps."""
        return INDICATORS["steg"]

    @property
    def level_period(self) -> str:
        """The day of the levels."""
        return self.figures.period_of(self.level_indicator.span)

    @property
    def reviewed(self) -> Divided:
        """When plans were reviewed."""
        return self.divided("planer")

    @property
    def insatser(self) -> list[Divided]:
        """The insatser by principle, status and who gains."""
        return [self.divided(key) for key in ("insatser_princip", "insatser_lage", "insatser_varde")]

    def divided(self, key: str) -> Divided:
        """One divided figure."""
        return Divided(INDICATORS[key], list(self.figures.parts(key).values()))
