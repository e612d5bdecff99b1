# SPDX-License-Identifier: EUPL-1.2
"""A plan read as a whole: the balance between principles and between those who gain, and what a review has changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kartlaggning.models import Insats, Plan
from kartlaggning.models.insatser import CONTENT
from kartlaggning.principles import Principle


@dataclass(frozen=True)
class Share:
    """One line of the balance: a name, and how many insatser."""

    label: str
    number: int


@dataclass(frozen=True)
class Balance:
    """How the insatser are spread. One with two principles stands under both."""

    total: int
    principles: list[Share]
    gains: list[Share]


def balance(insatser: Iterable[Insats]) -> Balance:
    """Count by principle and by who gains; what came to nothing is left out."""
    counted = [insats for insats in insatser if insats.status != Insats.Status.DROPPED]
    principles = [
        Share(f"{number}. {label}", sum(number in insats.principles for insats in counted))
        for number, label in Principle.choices
    ]
    both = sum(insats.is_double for insats in counted)
    brukare = sum(bool(insats.value_brukare) for insats in counted) - both
    surroundings = sum(bool(insats.value_surroundings) for insats in counted) - both
    gains = [
        Share(_("Både brukarna och omgivningen"), both),
        Share(_("Bara brukarna"), brukare),
        Share(_("Bara omgivningen"), surroundings),
        Share(_("Inte skrivet"), len(counted) - both - brukare - surroundings),
    ]
    return Balance(len(counted), principles, gains)


@dataclass(frozen=True)
class Change:
    """What differs from the edition before: an insats and, where it was changed, the names of what was."""

    insats: Insats
    kind: str  # new, changed, gone
    what: str = ""


def changes(plan: Plan, insatser: Iterable[Insats]) -> list[Change]:
    """What the plan changes in the edition before it. Empty for the first edition."""
    if plan.previous_id is None:
        return []
    found: list[Change] = []
    kept: set[Any] = set()
    for insats in insatser:
        if insats.origin is None:
            found.append(Change(insats, "new"))
            continue
        kept.add(insats.origin_id)
        if differing := [field_name(name) for name in CONTENT if differs(insats, insats.origin, name)]:
            found.append(Change(insats, "changed", ", ".join(differing)))
    gone = Insats.objects.active().filter(plan=plan.previous_id).exclude(pk__in=kept).order_by("due_on", "pk")
    return found + [Change(insats, "gone") for insats in gone]


def differs(insats: Insats, origin: Insats, name: str) -> bool:
    """Whether the two say different things."""
    mine: Any = getattr(insats, name)
    return bool(mine != getattr(origin, name))


def field_name(name: str) -> str:
    """A field's name as it stands on the form."""
    return str(Insats._meta.get_field(name.removesuffix("_id")).verbose_name)  # type: ignore[union-attr]
