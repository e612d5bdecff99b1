# SPDX-License-Identifier: EUPL-1.2
"""A round at Kallebäck with a promenad, a place where people gather and its photo, a way, the analysis, a plan."""

from kartlaggning.actions.plans import start_plan
from kartlaggning.actions.rounds import start_round
from kartlaggning.actions.walks import save_observation
from kartlaggning.models import (
    Adjustment,
    Function,
    Insats,
    InsatsEvaluation,
    Kartlaggning,
    Observation,
    Route,
    ToolCheck,
    Walk,
)


def begun_round(cast) -> Kartlaggning:
    """A round at Kallebäck."""
    return start_round(kartlaggning=Kartlaggning(boende=cast.kalleback, year=2025), by=cast["personal"])


def add(cast, world) -> None:
    """One of everything."""
    kartlaggning = begun_round(cast)
    walk = Walk.objects.create(kartlaggning=kartlaggning, planned_on="2025-03-04", time_of_day="evening")
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
