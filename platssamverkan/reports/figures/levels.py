# SPDX-License-Identifier: EUPL-1.2
"""Figures of how far boenden have come: their levels and the steps of them, as the levels' own pages count."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from kartlaggning.levels import STEPS, Level, Standing, Step
from kartlaggning.levels_facts import facts_of
from kartlaggning.models import LevelStep
from platssamverkan.reports.figures.indicators import Group, Indicator, Part, Span, among
from platssamverkan.reports.figures.sources import Computed, Heads, in_use, level_line
from platssamverkan.start.picture import Scope

STANDINGS = [("klart", _("alla steg klara")), ("pagar", _("påbörjat")), ("planerat", _("inte börjat"))]


def steps_done(scope: Scope) -> dict[Any, set[str]]:
    """The steps that each boende in use has done: what people have ticked, and what the data say. Five queries."""
    boenden = [boende for boende in scope.boenden if not boende.is_closed]
    done = {
        boende_id: {fact.step.value for fact in facts if fact.is_done} for boende_id, facts in facts_of(boenden).items()
    }
    ticked = LevelStep.objects.active().filter(boende__in=in_use(scope), done_on__isnull=False).order_by("pk")
    for boende_id, step in ticked.values_list("boende", "step"):
        done[boende_id].add(step)
    return done


def standings(scope: Scope) -> dict[str, set[Any]]:
    """Which boenden have how much of each level: "rad:pagar", and of each step: "steg:avsikt:klart"."""
    found: dict[str, set[Any]] = defaultdict(set)
    for boende_id, done in steps_done(scope).items():
        for level, steps in STEPS.items():
            standing = Standing(sum(step.value in done for step in steps), len(steps))
            found[f"{level.value}:{standing.kind}"].add(boende_id)
        for step in Step:
            found[f"steg:{step.value}:{'klart' if step.value in done else 'kvar'}"].add(boende_id)
    return found


SOURCES = [
    Computed(
        key="nivaer",
        parts=standings,
        model=Boende,
        line=level_line,
        heads=Heads(_("Boende"), where=_("Område"), day="", about=""),
    )
]

SOURCE_WORDS = _("boendenas nivåer: det personalen har bockat av och det som syns i uppgifterna")
INDICATORS = [
    Indicator(
        key="nivaer",
        name=_("Boenden efter nivå"),
        unit=_("boende"),
        definition=_("Hur långt varje boende har kommit på varje nivå av samverkan. Ett boende kan ha flera nivåer."),
        source=SOURCE_WORDS,
        formula=_("Antalet boenden med alla, några eller inga av nivåns steg klara. Avslutade boenden räknas inte."),
        group=Group.LEVELS,
        span=Span.TODAY,
        source_key="nivaer",
        parts=tuple(
            Part(f"{level.value}:{kind}", label, among(f"{level.value}:{kind}"), of=level.label)
            for level in Level
            for kind, label in STANDINGS
        ),
    ),
    Indicator(
        key="steg",
        name=_("Boenden efter steg"),
        unit=_("boende"),
        definition=_("Hur många boenden som har gjort vart och ett av de första stegen på nivåerna."),
        source=SOURCE_WORDS,
        formula=_("Antalet boenden där steget är klart, och antalet där det är kvar. Avslutade boenden räknas inte."),
        group=Group.LEVELS,
        span=Span.TODAY,
        source_key="nivaer",
        parts=tuple(
            Part(f"{step.value}:{state}", label, among(f"steg:{step.value}:{state}"), of=f"{level.label}, {step.label}")
            for level, steps in STEPS.items()
            for step in steps
            for state, label in (("klart", _("klart")), ("kvar", _("kvar")))
        ),
    ),
]
