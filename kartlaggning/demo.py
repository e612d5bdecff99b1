# SPDX-License-Identifier: EUPL-1.2
"""The demonstration's kartläggningar: Kallebäck with analysis and plan, Alma in the middle of hers. All made up."""

from datetime import timedelta
from typing import Any

from kartlaggning import demo_texts as texts
from kartlaggning.actions import plans
from kartlaggning.actions.rounds import finish_tool, go_on, start_round
from kartlaggning.actions.walks import report
from kartlaggning.models import (
    Adjustment,
    Function,
    Insats,
    InsatsEvaluation,
    Kartlaggning,
    Observation,
    Plan,
    RepliplatsCheck,
    Route,
    Walk,
)
from platssamverkan.ground.actions import save_record


def make_kartlaggningar(maker: Any) -> dict[str, int]:
    """Rounds of two boenden, for the demonstration's users and actors."""
    kalleback(maker)
    alma(maker)
    return {
        "kartläggningar": Kartlaggning.objects.count(),
        "observationer": Observation.objects.count(),
        "insatser": Insats.objects.count(),
    }


def started(maker: Any, slug: str, year: int) -> Kartlaggning:
    """A round with a circle around the boende."""
    boende = maker.boenden[slug]
    kartlaggning = start_round(kartlaggning=Kartlaggning(boende=boende, year=year), by=maker.chief(slug))
    kartlaggning.area = {"centre": [boende.latitude, boende.longitude], "radius": 500}
    return save_record(record=kartlaggning, by=maker.chief(slug))


def kalleback(maker: Any) -> None:
    """A whole round: tools, promenader, ways, five answers, and a plan in force with its review begun."""
    staff = maker.users["personal"]
    kartlaggning = started(maker, "kalleback", maker.today.year)
    for check in kartlaggning.tools.all():
        check.note = texts.TOOLS[check.tool]
        save_record(record=check, by=staff)
        finish_tool(check=check, by=staff)
    walks(maker, kartlaggning, texts.WALKS)
    observations(maker, kartlaggning, texts.OBSERVATIONS)
    ways(maker, kartlaggning)
    go_on(kartlaggning=kartlaggning, from_step="kartlaggning", by=staff)
    analysis(maker, kartlaggning)
    go_on(kartlaggning=kartlaggning, from_step="analys", by=staff)
    plan(maker, kartlaggning)


def walks(maker: Any, kartlaggning: Kartlaggning, lines: list[tuple[int, str, str, str]]) -> None:
    """Promenader: days ago (negative: to come), time of day, who walked, the whole impression."""
    for days, time_of_day, walkers, note in lines:
        day = maker.days_ago(days)
        is_walked = bool(walkers)
        walk = Walk(
            kartlaggning=kartlaggning,
            planned_on=day,
            time_of_day=time_of_day,
            route="Boendet, hållplatsen, parken och tillbaka",
            walked_on=day if is_walked else None,
            walkers=walkers,
            note=note,
        )
        save_record(record=walk, by=maker.chief(kartlaggning.boende.slug))


def observations(maker: Any, kartlaggning: Kartlaggning, lines: list[tuple[str, str, str, int, int]]) -> None:
    """Observations: kind, text, place, metres to the north and to the east of the boende."""
    boende = kartlaggning.boende
    staff = maker.chief(boende.slug)
    walk = kartlaggning.walks.filter(walked_on__isnull=False).order_by("planned_on").first()
    for kind, text, place, north, east in lines:
        latitude, longitude = moved(boende, north, east)
        row = Observation(
            kartlaggning=kartlaggning,
            walk=walk,
            seen_on=walk.day if walk else maker.today,
            kind=kind,
            text=text,
            place_text=place,
            latitude=latitude,
            longitude=longitude,
        )
        save_record(record=row, by=staff)
        if kind == Observation.Kind.BELYSNING:
            report(observation=row, by=staff)
        if row.is_gathering:
            check = RepliplatsCheck(observation=row, points=["seating", "distance"], note="Tak och papperskorg saknas.")
            save_record(record=check, by=staff)


def moved(boende: Any, north: int, east: int) -> tuple[float, float]:
    """A place so many metres from the boende."""
    return round(boende.latitude + north / 111_320, 6), round(boende.longitude + east / 59_500, 6)


def ways(maker: Any, kartlaggning: Kartlaggning) -> None:
    """Functions, each with the way there."""
    staff, boende = maker.users["personal"], kartlaggning.boende
    for name, actor, importance, use, steps in texts.FUNCTIONS:
        function = Function(
            kartlaggning=kartlaggning,
            name=name,
            actor=maker.actors.get(actor),
            importance=importance,
            use=use,
        )
        save_record(record=function, by=staff)
        line = [list(moved(boende, north, east)) for north, east in steps]
        save_record(record=Route(kartlaggning=kartlaggning, function=function, line=line), by=staff)


def analysis(maker: Any, kartlaggning: Kartlaggning) -> None:
    """The five answers, and one actor put where the numbers would not."""
    analys = kartlaggning.analys
    for name, text in texts.ANSWERS.items():
        setattr(analys, name, text)
    save_record(record=analys, by=maker.users["personal"])
    adjustment = Adjustment(
        analys=analys,
        actor=maker.actors["Förskolan Smultronet"],
        place=1,
        reason="Barnen går förbi hållplatsen varje dag, och föräldrarna har frågat oss om den.",
    )
    save_record(record=adjustment, by=maker.users["personal"])


def plan(maker: Any, kartlaggning: Kartlaggning) -> None:
    """Four insatser, approved; one evaluated; a review begun."""
    staff, chief = maker.users["personal"], maker.chief("kalleback")
    first = plans.start_plan(boende=kartlaggning.boende, kartlaggning=kartlaggning, by=staff)
    first.insights, first.review_on = texts.INSIGHTS, maker.today + timedelta(days=20)
    plans.save_plan(plan=first, by=staff)
    for fields in texts.INSATSER:
        insats = Insats(
            plan=first,
            start_on=maker.days_ago(200),
            due_on=maker.today + timedelta(days=fields["days"]),
            follow_up_on=maker.today + timedelta(days=60),
            responsible=staff if fields["is_ours"] else None,
            **fields["texts"],
        )
        plans.save_insats(insats=insats, by=staff)
    first = plans.approve(plan=Plan.objects.get(pk=first.pk), by=chief)
    statuses = [Insats.Status.DONE, Insats.Status.ONGOING, Insats.Status.CONTINUED]
    for insats, status in zip(first.insatser.order_by("due_on"), statuses, strict=False):
        plans.set_status(insats=insats, status=status, by=staff)
    done = first.insatser.order_by("due_on").first()
    evaluation = InsatsEvaluation(
        insats=done,
        evaluated_on=maker.days_ago(15),
        effect="Fler sitter på bänkarna, också grannar. Ingen har klagat på trappan sedan dess.",
        verdict=InsatsEvaluation.Verdict.KEEP,
    )
    save_record(record=evaluation, by=staff)
    following = plans.review(plan=first, by=staff)
    plans.save_insats(insats=Insats(plan=following, **texts.NEW_INSATS), by=staff)


def alma(maker: Any) -> None:
    """A round that has begun: two tools used, a promenad walked and one to come."""
    kartlaggning = started(maker, "alma", maker.today.year)
    for check in kartlaggning.tools.filter(tool__in=["karttjanst", "stadens_karta"]):
        finish_tool(check=check, by=maker.chief("alma"))
    walks(maker, kartlaggning, texts.WALKS[:1])
    walks(maker, kartlaggning, [(-5, "evening", "", "")])
    observations(maker, kartlaggning, texts.OBSERVATIONS[:2])
