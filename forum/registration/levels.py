# SPDX-License-Identifier: EUPL-1.2
"""What forums know about the levels' first steps: meetings called, members gathered, an avsiktsförklaring signed."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boenden.models import Boende
from boenden.models.assignments import in_force
from forum.kinds import Kind
from forum.models import Activity, Agreement, AgreementVersion, Forum
from kartlaggning.levels import Step
from kartlaggning.levels_facts import (
    Counted,
    JoinedNetwork,
    LevelFact,
    counted_facts,
    level_fact_providers,
    network_providers,
)

CALLED = Q(meetings__archived_at__isnull=True, meetings__status__in=["called", "held"])
STEP_OF_MEETINGS = {Kind.TRYGGHETSFORUM: Step.AFFECTED, Kind.RAD: Step.MEETINGS}
GATHERED = 2  # members from outside that make a beginning


def register() -> None:
    """Called once when Django starts."""
    level_fact_providers.extend([meetings_called, declarations_signed])
    counted_facts.append(Counted(columns_opened, neighbourhood_invited))
    network_providers.append(networks)


def meetings_called(boenden: list[Boende]) -> Iterable[tuple[UUID, LevelFact]]:
    """When each forum that goes on was first called, and how many have joined a råd. One query."""
    going_on = Forum.objects.active().filter(kind__in=STEP_OF_MEETINGS, ended_on__isnull=True, boenden__in=boenden)
    joined = in_force(prefix="members__") & Q(members__archived_at__isnull=True, members__person__isnull=False)
    rows = going_on.annotate(
        first_called=Min("meetings__called_at", filter=CALLED),
        gathered=Count("members__person__actor", filter=joined, distinct=True),
    ).order_by("pk")
    for row in rows.values("pk", "boenden", "kind", "name", "first_called", "gathered"):
        url = reverse("forum:forum_detail", args=[row["pk"]])
        called_on = timezone.localdate(row["first_called"]) if row["first_called"] else None
        words = _("%(forum)s är kallat till möte.") if called_on else _("%(forum)s är inte kallat till möte ännu.")
        step = STEP_OF_MEETINGS[Kind(row["kind"])]
        yield row["boenden"], LevelFact(step, bool(called_on), words % {"forum": row["name"]}, called_on, url)
        if row["kind"] == Kind.RAD:
            why = _("%(count)s aktörer är med i %(forum)s.") % {"count": row["gathered"], "forum": row["name"]}
            yield row["boenden"], LevelFact(Step.INTERESTED, row["gathered"] >= GATHERED, why, url=url)


def declarations_signed(boenden: list[Boende]) -> Iterable[tuple[UUID, LevelFact]]:
    """An avsiktsförklaring in force, of the boende or of a forum of it. One query."""
    rows = AgreementVersion.objects.in_force().filter(
        Q(agreement__boenden__in=boenden) | Q(agreement__forum__boenden__in=boenden),
        agreement__archived_at__isnull=True,
        agreement__kind=Agreement.Kind.AVSIKTSFORKLARING,
    )
    found = rows.order_by("sealed_at", "pk").values_list(
        "agreement", "agreement__title", "sealed_at", "agreement__boenden", "agreement__forum__boenden"
    )
    wanted = {boende.pk for boende in boenden}
    told: set[UUID] = set()
    for agreement, title, sealed_at, *places in found:
        for pk in wanted & set(places) - told:
            told.add(pk)
            url = reverse("forum:agreement_detail", args=[agreement])
            why = _("%(title)s är undertecknad och gäller.") % {"title": title}
            yield pk, LevelFact(Step.DECLARATION, True, why, timezone.localdate(sealed_at), url)


def columns_opened() -> dict[str, Any]:
    """The öppna hus and utbildningar that have been held."""
    kinds = [Activity.Kind.OPPET_HUS, Activity.Kind.UTBILDNING]
    held = Activity.objects.active().filter(boende=OuterRef("pk"), kind__in=kinds)
    held = held.filter(status__in=[Activity.Status.HELD, Activity.Status.EVALUATED])
    by_boende = held.order_by().values("boende")
    return {
        "opened": Subquery(by_boende.annotate(number=Count("pk")).values("number")),
        "opened_since": Subquery(by_boende.annotate(first=Min("happens_on")).values("first")),
    }


def neighbourhood_invited(row: Any) -> Iterable[LevelFact]:
    """Level B, step 4: that knowledge of the target group has been spread."""
    if row.opened:
        why = ngettext(
            "%(count)s öppet hus eller utbildning är hållen.",
            "%(count)s öppna hus eller utbildningar är hållna.",
            row.opened,
        )
        url = reverse("forum:activity_list", args=[row.slug])
        yield LevelFact(Step.TARGET_GROUP, True, why % {"count": row.opened}, row.opened_since, url)


def networks(user: Any, boende: Boende) -> Iterable[JoinedNetwork]:
    """The boende's forums that are others' networks."""
    rows = Forum.objects.visible_to(user).at(boende).filter(kind=Kind.NATVERK, ended_on__isnull=True)
    for forum in rows.order_by("name", "pk"):
        yield JoinedNetwork(forum.name, forum.started_on, forum.get_absolute_url())
