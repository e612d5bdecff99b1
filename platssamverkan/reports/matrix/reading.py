# SPDX-License-Identifier: EUPL-1.2
"""All that the implementation report knows of its boenden, in a fixed number of queries.

The boenden have come through their gate: Right.READ_REPORTS for people, Right.READ_API for services.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce, Trim
from django.utils import timezone

from boenden.models import Boende, Neighbour
from forum.kinds import Kind
from forum.models import Forum, Meeting
from kartlaggning.levels_reading import steps_done
from kartlaggning.models import Analys, ArshjulActivity, Kartlaggning, Plan, ToolCheck, Walk

OUTWARD = (Kind.TRYGGHETSFORUM, Kind.RAD, Kind.NATVERK)  # the forums where a boende meets its surroundings


@dataclass(frozen=True)
class RoundSeen:
    """A round: how far it has come, and what is left in its step."""

    pk: UUID
    analys: UUID | None
    year: int
    step: str
    tools_left: int
    is_walked: bool
    has_actors: bool
    unanswered: int


@dataclass(frozen=True)
class PlanSeen:
    """An edition of the plan that is in force or a draft."""

    pk: UUID
    edition: int
    is_draft: bool
    approved_on: date | None
    review_on: date | None


@dataclass(frozen=True)
class YearSeen:
    """The årshjul of this year: what is done, what is to come, and what is late, from earlier years too."""

    done: int = 0
    coming: int = 0
    late: int = 0


@dataclass(frozen=True)
class ForumSeen:
    """A forum that goes on: when it last met, and when it meets next."""

    pk: UUID
    name: str
    kind: str
    met_on: date | None
    meets_on: date | None


@dataclass
class Known:
    """What has been read of one boende."""

    rounds: list[RoundSeen] = field(default_factory=list)  # the latest first
    plans: list[PlanSeen] = field(default_factory=list)
    year: YearSeen = field(default_factory=YearSeen)
    forums: list[ForumSeen] = field(default_factory=list)
    steps: frozenset[str] = frozenset()  # of the levels, those that are taken

    @property
    def latest_round(self) -> RoundSeen | None:
        """The round that the boende is in, or was in last."""
        return self.rounds[0] if self.rounds else None

    @property
    def plan(self) -> PlanSeen | None:
        """The one in force."""
        return next((plan for plan in self.plans if not plan.is_draft), None)

    @property
    def draft(self) -> PlanSeen | None:
        """The one that is being written."""
        return next((plan for plan in self.plans if plan.is_draft), None)


def read(boenden: Sequence[Boende]) -> dict[UUID, Known]:
    """What is known of each."""
    known = {boende.pk: Known() for boende in boenden}
    if not known:
        return known
    for pk, seen in rounds_of(boenden):
        known[pk].rounds.append(seen)
    for pk, plan in plans_of(boenden):
        known[pk].plans.append(plan)
    for pk, year in years_of(boenden):
        known[pk].year = year
    for pk, forum in forums_of(boenden):
        if pk in known:
            known[pk].forums.append(forum)
    for pk, steps in steps_done(list(boenden)).items():
        known[pk].steps = steps
    prefetch_related_objects([boende for boende in boenden if boende.is_planned], "opening_steps")
    return known


def rounds_of(boenden: Sequence[Boende]) -> Iterable[tuple[UUID, RoundSeen]]:
    """Every round, the latest first. One query."""
    tools = ToolCheck.objects.filter(kartlaggning=OuterRef("pk"), done_on=None).order_by().values("kartlaggning")
    walked = Walk.objects.active().filter(kartlaggning=OuterRef("pk"), walked_on__isnull=False)
    actors = Neighbour.objects.in_use().filter(boende=OuterRef("boende"))
    rows: Any = Kartlaggning.objects.standing().filter(boende__in=boenden).order_by("-year", "pk")
    rows = rows.alias(**{f"{name}_bare": Trim(f"analys__{name}") for name in Analys.QUESTIONS}).annotate(
        tools_left=Coalesce(Subquery(tools.annotate(number=Count("pk")).values("number")), 0),
        is_walked=Exists(walked),
        has_actors=Exists(actors),
        unanswered=unanswered(),
    )
    names = ("pk", "analys__pk", "year", "step", "tools_left", "is_walked", "has_actors", "unanswered")
    for boende, *values in rows.values_list("boende", *names):
        yield boende, RoundSeen(*values)


def unanswered() -> Any:
    """How many of the analysis's questions have no answer, of a round with its texts trimmed."""
    empty = [
        Case(When(Q(**{f"{name}_bare": ""}), then=Value(1)), default=Value(0), output_field=IntegerField())
        for name in Analys.QUESTIONS
    ]
    return sum(empty[1:], empty[0])


def plans_of(boenden: Sequence[Boende]) -> Iterable[tuple[UUID, PlanSeen]]:
    """The plan in force and the draft of each. One query."""
    rows = Plan.objects.standing().filter(boende__in=boenden).exclude(status=Plan.Status.REPLACED)
    names = ("boende", "pk", "edition", "status", "approved_at", "review_on")
    for boende, pk, edition, status, approved_at, review_on in rows.order_by("-edition").values_list(*names):
        approved_on = timezone.localdate(approved_at) if approved_at else None
        yield boende, PlanSeen(pk, edition, status == Plan.Status.DRAFT, approved_on, review_on)


def years_of(boenden: Sequence[Boende]) -> Iterable[tuple[UUID, YearSeen]]:
    """How each boende's year goes. What is set aside does not count. One query."""
    today = timezone.localdate()
    this_year = Q(due_on__year=today.year)
    is_open = Q(state=ArshjulActivity.State.OPEN)
    rows = ArshjulActivity.objects.active().filter(boende__in=boenden).order_by().values("boende")
    counted = rows.annotate(
        done=Count("pk", filter=this_year & Q(state=ArshjulActivity.State.DONE)),
        coming=Count("pk", filter=this_year & is_open & Q(due_on__gte=today)),
        late=Count("pk", filter=is_open & Q(due_on__lt=today)),
    )
    for boende, done, coming, late in counted.values_list("boende", "done", "coming", "late"):
        yield boende, YearSeen(done, coming, late)


def forums_of(boenden: Sequence[Boende]) -> Iterable[tuple[UUID, ForumSeen]]:
    """The forums with the surroundings that go on, with their meetings' days. One query."""
    status = Meeting.Status
    kept = Q(meetings__archived_at=None)
    held = kept & Q(meetings__status=status.HELD)
    coming = kept & Q(meetings__status__in=[status.PLANNED, status.CALLED], meetings__ends_at__gte=timezone.now())
    rows = Forum.objects.active().filter(kind__in=OUTWARD, ended_on=None, boenden__in=boenden)
    rows = rows.annotate(
        met_at=Max("meetings__starts_at", filter=held), meets_at=Min("meetings__starts_at", filter=coming)
    )
    names = ("boenden", "pk", "name", "kind", "met_at", "meets_at")
    for boende, pk, name, kind, met_at, meets_at in rows.order_by("name", "pk").values_list(*names):
        days = (timezone.localdate(moment) if moment else None for moment in (met_at, meets_at))
        yield boende, ForumSeen(pk, name, kind, *days)
