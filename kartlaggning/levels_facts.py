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

from django.db.models import Count, Min, OuterRef, Subquery
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
class Counted:
    """What a number or a day tells: the subqueries on a boende by name, and the facts that a row with them gives.

    Those of all rooms are asked in one query; a fact that needs more has a provider of its own.
    """

    columns: Callable[[], dict[str, Any]]
    facts: Callable[[Any], Iterable[LevelFact]]


counted_facts: list[Counted] = []


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
    rows: Any = Neighbour.objects.in_use().filter(boende__in=boenden)
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


def all_counted(boenden: list[Boende]) -> Iterable[tuple[UUID, LevelFact]]:
    """What every room counts, in one query."""
    columns = {name: column for counted in counted_facts for name, column in counted.columns().items()}
    rows: Any = Boende.objects.filter(pk__in=[boende.pk for boende in boenden]).annotate(**columns)
    for row in rows.order_by("pk"):
        for counted in counted_facts:
            for fact in counted.facts(row):
                yield row.pk, fact


def shared_told_and_informed(row: Any) -> Iterable[LevelFact]:
    """The list shared, incidents to present, and what was done before the opening."""
    yield list_shared(row)
    if row.released:
        why = ngettext("%(count)s händelse går att visa.", "%(count)s händelser går att visa.", row.released)
        url = reverse("incidents:incident_list_boende", args=[row.slug])
        since = timezone.localdate(row.released_since)
        yield LevelFact(Step.INFORMATION, True, why % {"count": row.released}, since, url)
    if row.informed_on:
        url = reverse("boenden:opening", args=[row.slug])
        yield LevelFact(Step.TARGET_GROUP, True, _("Gjordes före öppningen."), row.informed_on, url)


def columns_shared() -> dict[str, Any]:
    """The subqueries of what is shared, told and done before the opening."""
    read_by = ContactListReader.objects.active().filter(in_force(), contact_list__boende=OuterRef("pk"))
    readers = read_by.order_by().values("contact_list__boende")
    told = Incident.objects.active().filter(boende=OuterRef("pk"), released_at__isnull=False)
    released = told.order_by().values("boende")
    informed = OpeningStep.objects.active().filter(boende=OuterRef("pk"), step=OpeningStep.Step.INFORMATION)
    return {
        "readers": Subquery(readers.annotate(number=Count("pk")).values("number")),
        "readers_since": Subquery(readers.annotate(first=Min("starts_on")).values("first")),
        "released": Subquery(released.annotate(number=Count("pk")).values("number")),
        "released_since": Subquery(released.annotate(first=Min("released_at")).values("first")),
        "informed_on": Subquery(informed.order_by().values("done_on")[:1]),
    }


def list_shared(row: Any) -> LevelFact:
    """Level A, step 3: whether the contact list is shared with somebody. `row` is a boende with what is counted."""
    url = reverse("boenden:contactlist_detail", args=[row.slug])
    if not row.readers:
        return LevelFact(Step.DETAILS, False, _("Kontaktlistan delas inte med någon ännu."), url=url)
    why = ngettext(
        "Kontaktlistan delas med %(count)s person.", "Kontaktlistan delas med %(count)s personer.", row.readers
    )
    return LevelFact(Step.DETAILS, True, why % {"count": row.readers}, row.readers_since, url)
