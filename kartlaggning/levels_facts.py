# SPDX-License-Identifier: EUPL-1.2
"""Steps that tick themselves: what the data say about a step, and why. The rooms above add what they know.

A provider answers for many boenden at once, with as many queries for five hundred as for one. What it says names no
person and quotes no text: it is read by everyone who reads the boende's levels.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boenden.models import Boende, Contact, ContactListReader, Neighbour, OpeningStep
from boenden.models.assignments import in_force
from incidents.models import Incident
from kartlaggning.levels import Step

MUCH = 4  # from this an actor is one of the most affected


@dataclass(frozen=True)
class LevelFact:
    """What the data say about a step at a boende. `url` is the page that shows it."""

    step: Step
    is_done: bool
    why: str
    done_on: date | None = None
    url: str = ""


Facts = dict[UUID, list[LevelFact]]
FactProvider = Callable[[list[Boende]], Iterable[tuple[UUID, LevelFact]]]  # (the boende's id, what is known)
level_fact_providers: list[FactProvider] = []


@dataclass(frozen=True)
class JoinedNetwork:
    """A network that a room above knows the boende to be in."""

    name: str
    since: date | None
    url: str


NetworkProvider = Callable[[Any, Boende], Iterable[JoinedNetwork]]  # user, boende
network_providers: list[NetworkProvider] = []


def facts_of(boenden: list[Boende]) -> Facts:
    """Everything that the data say about the boenden's steps; what is done before what is not."""
    found: Facts = {boende.pk: [] for boende in boenden}
    for provide in level_fact_providers:
        for pk, fact in provide(boenden):
            found[pk].append(fact)
    for facts in found.values():
        facts.sort(key=lambda fact: not fact.is_done)
    return found


def actors_contacted(boenden: list[Boende]) -> Iterable[tuple[UUID, LevelFact]]:
    """Level A, step 2 and 7: whether the most affected have been contacted, and who is friendly. One query."""
    first = Contact.objects.active().filter(boende=OuterRef("boende"), actor=OuterRef("actor")).order_by("happened_on")
    rows = Neighbour.objects.in_use().filter(boende__in=boenden)
    rows = rows.annotate(first_contact=Subquery(first.values("happened_on")[:1])).order_by("pk")
    by_boende: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows.values("boende", "affected", "is_bridge", "first_contact"):
        by_boende.setdefault(row["boende"], []).append(row)
    for boende in boenden:
        around = by_boende.get(boende.pk, [])
        url = reverse("boenden:neighbour_list", args=[boende.slug])
        yield boende.pk, contact_fact(around, url)
        if bridges := sum(row["is_bridge"] for row in around):
            why = ngettext(
                "%(count)s aktör kan vara en bro till andra.", "%(count)s aktörer kan vara en bro till andra.", bridges
            )
            yield boende.pk, LevelFact(Step.FRIENDLY, True, why % {"count": bridges}, url=f"{url}?can=is_bridge")


def contact_fact(around: list[dict[str, Any]], url: str) -> LevelFact:
    """Done when every one of the most affected has been contacted; where nobody is rated so, when everyone has."""
    most = [row for row in around if (row["affected"] or 0) >= MUCH] or around
    days = [row["first_contact"] for row in most if row["first_contact"]]
    is_done = bool(most) and len(days) == len(most)
    words = _("%(done)s av %(of)s aktörer som berörs mest är kontaktade.") if len(most) < len(around) else ""
    words = words or _("%(done)s av %(of)s aktörer är kontaktade.")
    why = words % {"done": len(days), "of": len(most)} if around else _("Ingen aktör är knuten till boendet ännu.")
    return LevelFact(Step.CONTACT, is_done, why, max(days) if is_done else None, url)


def list_shared(boenden: list[Boende]) -> Iterable[tuple[UUID, LevelFact]]:
    """Level A, step 3: whether the contact list is shared with somebody. One query."""
    rows = ContactListReader.objects.active().filter(in_force(), contact_list__boende__in=boenden)
    counted = rows.values("contact_list__boende").annotate(readers=Count("pk"), since=Min("starts_on"))
    found = {row["contact_list__boende"]: row for row in counted.order_by()}
    for boende in boenden:
        url = reverse("boenden:contactlist_detail", args=[boende.slug])
        if row := found.get(boende.pk):
            count = row["readers"]
            why = ngettext(
                "Kontaktlistan delas med %(count)s person.", "Kontaktlistan delas med %(count)s personer.", count
            )
            yield boende.pk, LevelFact(Step.DETAILS, True, why % {"count": count}, row["since"], url)
        else:
            yield boende.pk, LevelFact(Step.DETAILS, False, _("Kontaktlistan delas inte med någon ännu."), url=url)


def incidents_told(boenden: list[Boende]) -> Iterable[tuple[UUID, LevelFact]]:
    """Trygghetsforum, step 2: whether there is anything to present. One query."""
    rows = Incident.objects.active().filter(boende__in=boenden, released_at__isnull=False)
    counted = rows.values("boende").annotate(released=Count("pk"), since=Min("released_at"))
    found = {row["boende"]: row for row in counted.order_by()}
    for boende in boenden:
        if row := found.get(boende.pk):
            why = ngettext("%(count)s händelse går att visa.", "%(count)s händelser går att visa.", row["released"])
            url = reverse("incidents:incident_list_boende", args=[boende.slug])
            since = timezone.localdate(row["since"])
            yield boende.pk, LevelFact(Step.INFORMATION, True, why % {"count": row["released"]}, since, url)


FROM_THE_OPENING = {OpeningStep.Step.INFORMATION: Step.TARGET_GROUP}


def before_opening(boenden: list[Boende]) -> Iterable[tuple[UUID, LevelFact]]:
    """What was done before the boende opened is done: information about the target group. One query."""
    rows = OpeningStep.objects.active().filter(
        Q(step__in=FROM_THE_OPENING), boende__in=boenden, done_on__isnull=False
    )  # fmt: skip
    slugs = {boende.pk: boende.slug for boende in boenden}
    for row in rows.order_by("pk"):
        step = FROM_THE_OPENING[OpeningStep.Step(row.step)]
        url = reverse("boenden:opening", args=[slugs[row.boende_id]])
        yield row.boende_id, LevelFact(step, True, _("Gjordes före öppningen."), row.done_on, url)
