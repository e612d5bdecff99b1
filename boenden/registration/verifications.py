# SPDX-License-Identifier: EUPL-1.2
"""What verification adds: letters that are due, what waits for the enhetschef on Min dag, its events in the log."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Min, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from boenden.actions.removals import ERASED, forget_persons, propose_long_unverified
from boenden.actions.verifications import send_due_letters, write_queued_letters
from boenden.models import RemovalProposal, Verification
from boenden.rights import boenden_where, has_right
from platssamverkan.accounts.roles import Right
from platssamverkan.audit.labels import register_event
from platssamverkan.documents.removed import register_forgetter
from platssamverkan.notices.providers import register_sender
from platssamverkan.start import registry
from platssamverkan.start.registry import Todo


def register() -> None:
    """Called once when Django starts."""
    register_sender("queued letters", write_queued_letters)
    register_sender("verification letters", send_due_letters)
    register_sender("long unverified", propose_long_unverified)
    register_forgetter(forget_persons)
    register_event(ERASED, gettext_lazy("raderade personuppgifter"))
    registry.todo_providers.append(todos)


def todos(user: Any) -> Iterator[Todo]:
    """Objections, corrections and proposals of the boenden where the user decides; one line a boende and kind."""
    if not has_right(user, Right.REMOVE_PERSONS):
        return
    boenden = {boende.pk: boende for boende in boenden_where(user, Right.REMOVE_PERSONS)}
    is_objection = Q(reason=RemovalProposal.Reason.OBJECTION)
    proposals = RemovalProposal.objects.visible_to(user).open()
    kinds = [
        (proposals.filter(is_objection), "created_at"),
        (Verification.objects.visible_to(user).unread(), "answered_at"),
        (proposals.exclude(is_objection), "created_at"),
    ]
    in_words = [objections, corrections, removals]
    first, *others = (by_boende(rows, list(boenden), since, kind) for kind, (rows, since) in enumerate(kinds))
    for boende, number, earliest, kind in sorted(first.union(*others, all=True), key=lambda row: row[3]):
        yield Todo(
            title=in_words[kind](number) % {"number": number},
            url=reverse("boenden:verification_list", args=[boenden[boende].slug]),
            due_on=timezone.localdate(earliest),
            about=str(boenden[boende]),
        )


def objections(number: int) -> str:
    """So many objections, in words."""
    return ngettext("En invändning att pröva", "%(number)s invändningar att pröva", number)


def corrections(number: int) -> str:
    """So many corrections, in words."""
    return ngettext("En rättelse att läsa", "%(number)s rättelser att läsa", number)


def removals(number: int) -> str:
    """So many proposals, in words."""
    return ngettext("En kontaktperson föreslås tas bort", "%(number)s kontaktpersoner föreslås tas bort", number)


def by_boende(rows: Any, boenden: list[Any], since: str, kind: int) -> Any:
    """(boende's id, how many, since when, the kind) of rows about persons at the boenden's neighbours."""
    ties = "person__actor__neighbours"
    there = rows.filter(**{f"{ties}__boende__in": boenden, f"{ties}__archived_at__isnull": True})
    counted = there.order_by().values(f"{ties}__boende").annotate(number=Count("pk", distinct=True))
    told = counted.annotate(earliest=Min(since), kind=Value(kind))
    return told.values_list(f"{ties}__boende", "number", "earliest", "kind")
