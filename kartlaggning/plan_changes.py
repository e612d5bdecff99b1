# SPDX-License-Identifier: EUPL-1.2
"""What a review has changed: the plan's own texts and each insats, what it was and what it becomes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kartlaggning.families import Families
from kartlaggning.models import Insats, Plan
from kartlaggning.models.insatser import CONTENT
from platssamverkan.look.words import day_year, number

SHORT = 80  # characters that stand in a line; longer texts are shown side by side


@dataclass(frozen=True)
class FieldChange:
    """A field that differs: its name on the form, what it was and what it becomes, "" for nothing."""

    label: str
    was: str
    becomes: str

    @property
    def is_long(self) -> bool:
        """Whether the two are too long for a line."""
        return any(len(text) > SHORT or "\n" in text for text in (self.was, self.becomes))


@dataclass(frozen=True)
class Change:
    """What differs from the edition before: of an insats, or, without one, of the plan's own texts."""

    kind: str  # new, changed, gone
    insats: Insats | None = None
    fields: list[FieldChange] = field(default_factory=list)


def changes(plan: Plan, insatser: Iterable[Insats]) -> list[Change]:
    """What the plan changes in the edition before it. Empty for the first edition."""
    if plan.previous is None:
        return []
    found: list[Change] = []
    if own := differing(plan, plan.previous, ("insights", "review_on")):
        found.append(Change("changed", fields=own))
    kept: set[Any] = set()
    for insats in insatser:
        if insats.origin is None:
            found.append(Change("new", insats))
            continue
        kept.add(insats.origin_id)
        if fields := differing(insats, insats.origin, CONTENT):
            found.append(Change("changed", insats, fields))
    gone = Insats.objects.active().filter(plan=plan.previous_id).exclude(pk__in=kept).order_by("due_on", "pk")
    return found + [Change("gone", insats) for insats in gone]


def differing(now: Any, before: Any, names: Iterable[str]) -> list[FieldChange]:
    """The fields in which two editions say different things."""
    return [
        FieldChange(field_name(now, name), in_words(before, name), in_words(now, name))
        for name in names
        if getattr(now, name) != getattr(before, name)
    ]


def field_name(row: Any, name: str) -> str:
    """A field's name as it stands on the form."""
    return str(row._meta.get_field(name.removesuffix("_id")).verbose_name)


def in_words(row: Any, name: str) -> str:
    """A field's value as a person reads it. An incident stands by its day alone: the paper may be handed on."""
    value = getattr(row, name.removesuffix("_id"))
    if value is None or value == "":
        return ""
    if name == "principles":
        return ", ".join(row.principle_labels)
    if name == "term":
        return str(row.get_term_display())
    if name == "cost":
        return _("%(kronor)s kr") % {"kronor": number(value)}
    if name == "incident_id":
        return _("En händelse %(day)s") % {"day": day_year(timezone.localdate(value.happened_at))}
    return day_year(value) if isinstance(value, date) else str(value)


def mark_taken_out(plan: Plan, insatser: Iterable[Insats]) -> None:
    """Say of each insats of a replaced edition in which version it was taken out of the plan, if it was.

    One that was done or dropped says so itself. Two queries, none for an edition that is not replaced.
    """
    if plan.status != Plan.Status.REPLACED:
        return
    approved = Plan.objects.active().filter(boende=plan.boende_id).exclude(status=Plan.Status.DRAFT)
    latest = approved.order_by("-edition").values_list("edition", flat=True).first() or plan.edition
    families = Families([plan.boende_id])
    for insats in insatser:
        members = (families.relatives[pk] for pk in families.of(insats.pk))
        last = max((member.edition for member in members if member.is_active), default=latest)
        if last < latest and insats.status in Insats.AWAITED:
            insats.taken_out_in = last + 1
