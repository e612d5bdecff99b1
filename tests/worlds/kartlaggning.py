# SPDX-License-Identifier: EUPL-1.2
"""A round at Kallebäck with a promenad, a place where people gather and its photo, a way, the analysis, a plan."""

from datetime import date

from django.utils import timezone

from forum.models import Activity
from incidents.models import Incident
from kartlaggning.actions.plans import start_plan
from kartlaggning.actions.rounds import start_round
from kartlaggning.actions.walks import save_observation
from kartlaggning.models import (
    Adjustment,
    Briefing,
    Example,
    Function,
    Insats,
    InsatsEvaluation,
    Kartlaggning,
    Network,
    Observation,
    Plan,
    Route,
    StepChange,
    ToolCheck,
    Walk,
)
from kartlaggning.models.rounds import FIRST_YEAR
from tests import factories


def begun_round(cast) -> Kartlaggning:
    """A round at Kallebäck."""
    return start_round(kartlaggning=Kartlaggning(boende=cast.kalleback, year=2025), by=cast["personal"])


def add(cast, world) -> None:
    """One of everything."""
    kartlaggning = begun_round(cast)
    walk = Walk.objects.create(kartlaggning=kartlaggning, planned_on=date(2025, 3, 4), time_of_day="evening")
    observation = Observation(
        kartlaggning=kartlaggning, walk=walk, seen_on="2025-03-04", kind="samling", text="Bänken är populär.",
        place_text="hållplatsen",
    )  # fmt: skip
    save_observation(observation=observation, photo=b"\xff\xd8\xff bild", by=cast["personal"])
    function = Function.objects.create(kartlaggning=kartlaggning, name="Mataffären", importance=4, use=3)
    route = Route.objects.create(
        kartlaggning=kartlaggning, function=function, line=[[57.6809, 12.0121], [57.6829, 12.0121]]
    )
    analys = kartlaggning.analys
    adjustment = Adjustment.objects.create(
        analys=analys, actor=world["at"]["neighbour"].actor, place=1, reason="Förskolan ligger vägg i vägg."
    )
    plan = start_plan(boende=cast.kalleback, kartlaggning=kartlaggning, by=cast["personal"])
    insats = Insats.objects.create(plan=plan, title="Två bänkar", observation=observation)
    InsatsEvaluation.objects.create(insats=insats, effect="Fler sitter där.", verdict="keep")
    world["single"] |= {
        "function": function,
        "route": route,
        "analys": analys,
        "adjustment": adjustment,
        "plan": plan,
        "insats": insats,
        "kartlaggning": kartlaggning,
        "toolcheck": ToolCheck.objects.filter(kartlaggning=kartlaggning)[0],
        "walk": walk,
        "observation": observation,
    }
    world["by_name"] |= {
        name: {name: kartlaggning}
        for name in ("walk_create", "observation_list", "observation_create", "function_create", "route_create")
    }
    world["by_name"] |= {"adjustment_create": {"adjustment_create": analys}, "insats_create": {"insats_create": plan}}


def one_more(cast, actor) -> None:
    """One more of everything in the round and the plan of `add`, and of what stands beside them."""
    boende = cast.kalleback
    kartlaggning = boende.kartlaggningar.latest("year")
    earliest = boende.kartlaggningar.earliest("year")
    if earliest.year > FIRST_YEAR:
        Kartlaggning.objects.create(boende=boende, year=earliest.year - 1)
    more_in_the_round(kartlaggning, actor)
    more_in_the_plan(cast, kartlaggning)
    Example.objects.create(
        boende=boende, title="Bänkar", principle=2, place="park", text="Två.", effect_brukare="Vila.",
        published_at=timezone.now(), published_by=cast["enhetschef"],
    )  # fmt: skip
    Network.objects.create(boende=boende, name=f"BID vid {actor.name}", joined_on="2025-01-01")
    Briefing.objects.create(boende=boende, held_on="2025-01-01", where="husmote", text="Vi pratade om bänken.")


def more_in_the_round(kartlaggning, actor) -> None:
    """A promenad with what was seen on it, a function with the way there, an actor moved, a step back."""
    walk = Walk.objects.create(kartlaggning=kartlaggning, planned_on=date(2025, 4, 5), time_of_day="day")
    Observation.objects.create(
        kartlaggning=kartlaggning, walk=kartlaggning.walks.earliest("planned_on"), seen_on="2025-04-05", kind="skrap",
        text="Skräp.", place_text="parken", latitude=57.68, longitude=12.01,
    )  # fmt: skip
    Activity.objects.create(
        boende=kartlaggning.boende, kind="vandring", title="Vandring", happens_on="2025-04-05", walk=walk
    )
    function = Function.objects.create(kartlaggning=kartlaggning, name=actor.name, actor=actor, importance=3, use=1)
    line = [[57.6809, 12.0121], [57.6829, 12.0121]]
    Route.objects.create(kartlaggning=kartlaggning, function=function, line=line)
    number = kartlaggning.analys.adjustments.count() + 1
    Adjustment.objects.create(analys=kartlaggning.analys, actor=actor, place=number, reason="De ligger nära.")
    StepChange.objects.create(
        kartlaggning=kartlaggning,
        from_step="analys",
        to_step="kartlaggning",
        is_back=True,
        comment="Gå en kväll.",
    )


def more_in_the_plan(cast, kartlaggning) -> None:
    """An insats that answers an incident, evaluated, with an åtgärd; and one more edition."""
    draft = Plan.objects.get(boende=cast.kalleback, status="draft")
    incident = Incident.objects.filter(boende=cast.kalleback).earliest("created_at")
    observation = kartlaggning.observations.earliest("created_at")
    insats = Insats.objects.create(
        plan=draft, title="Bänk", principles=[2], responsible=cast["personal"], incident=incident,
        observation=observation,
    )  # fmt: skip
    first = draft.insatser.earliest("created_at")
    InsatsEvaluation.objects.create(
        insats=first, effect="Fler sitter där.", verdict="keep", created_by=cast["personal"]
    )
    meeting = cast.forum.meetings.earliest("starts_at")
    factories.ActionItemFactory(meeting=meeting, user=cast["personal"], insats=insats)
    factories.ActionItemFactory(meeting=meeting, user=cast["personal"], insats=first)
    latest = Plan.objects.filter(boende=cast.kalleback).latest("edition")
    Plan.objects.create(
        boende=cast.kalleback, edition=latest.edition + 1, previous=latest, status="replaced",
        approved_at=timezone.now(), approved_by=cast["enhetschef"],
    )  # fmt: skip
