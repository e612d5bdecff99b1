# SPDX-License-Identifier: EUPL-1.2
"""The check-lists as a page shows them: each step with what people have written and what the data say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.cache import cache

from boenden.models import Boende
from kartlaggning.levels import ABOUT, STEPS, Level, Standing, Step
from kartlaggning.levels_facts import LevelFact, facts_of
from kartlaggning.models import LevelStep

KEPT_SECONDS = 900


@dataclass(frozen=True)
class Line:
    """A step at a boende: the row that people wrote (not stored until they do), and what the data say."""

    step: Step
    row: LevelStep
    facts: list[LevelFact]

    @property
    def ticked_itself(self) -> LevelFact | None:
        """The fact that ticks it, if one does."""
        return next((fact for fact in self.facts if fact.is_done), None)

    @property
    def is_done(self) -> bool:
        """Whether somebody or the data say so."""
        return self.row.done_on is not None or self.ticked_itself is not None

    @property
    def done_on(self) -> date | None:
        """The day that somebody wrote, else the data's."""
        fact = self.ticked_itself
        return self.row.done_on or (fact.done_on if fact else None)


@dataclass(frozen=True)
class CheckList:
    """A level with its steps."""

    level: Level
    lines: list[Line]

    @property
    def about(self) -> Any:
        """When this level is for a boende."""
        return ABOUT[self.level]

    @property
    def standing(self) -> Standing:
        """How many steps of how many."""
        return Standing(sum(line.is_done for line in self.lines), len(self.lines))


def lists_of(boende: Boende, rows: Iterable[LevelStep]) -> list[CheckList]:
    """The three check-lists of a boende; `rows` are the steps that are stored."""
    stored = {row.step: row for row in rows}
    facts = facts_of([boende])[boende.pk]
    keep(boende, facts)
    return [
        CheckList(level, [line_of(boende, step, stored.get(step), facts) for step in steps])
        for level, steps in STEPS.items()
    ]


def standings(boende: Boende) -> list[tuple[Level, Standing]]:
    """How far the boende has come on each level, for pages that are about something else.

    What people tick counts at once. What the data say is kept for a quarter of an hour: it takes several queries, and
    the page of the levels asks anew.
    """
    done = set(LevelStep.objects.active().filter(boende=boende, done_on__isnull=False).values_list("step", flat=True))
    kept = cache.get(kept_under(boende))
    ticked = keep(boende, facts_of([boende])[boende.pk]) if kept is None else kept
    done |= set(ticked)
    return [(level, Standing(sum(step in done for step in steps), len(steps))) for level, steps in STEPS.items()]


def steps_done(boenden: list[Boende]) -> dict[UUID, frozenset[str]]:
    """The steps taken at each of many boenden, by people or by the data. As many queries for one as for all."""
    facts = facts_of(boenden)
    done = {pk: {fact.step.value for fact in found if fact.is_done} for pk, found in facts.items()}
    ticked = LevelStep.objects.active().filter(boende__in=boenden, done_on__isnull=False)
    for pk, step in ticked.order_by().values_list("boende", "step"):
        done[pk].add(step)
    return {pk: frozenset(steps) for pk, steps in done.items()}


def kept_under(boende: Boende) -> str:
    """The name of what is kept of a boende."""
    return f"level-steps:{boende.pk}"


def keep(boende: Boende, facts: Iterable[LevelFact]) -> list[str]:
    """Keep which steps tick themselves, and give them."""
    ticked = sorted({fact.step.value for fact in facts if fact.is_done})
    cache.set(kept_under(boende), ticked, KEPT_SECONDS)
    return ticked


def line_of(boende: Boende, step: Step, row: LevelStep | None, facts: list[LevelFact]) -> Line:
    """One step."""
    own = [fact for fact in facts if fact.step == step]
    return Line(step, row or LevelStep(boende=boende, step=step), own)
