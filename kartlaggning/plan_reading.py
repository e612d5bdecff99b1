# SPDX-License-Identifier: EUPL-1.2
"""A plan read as a whole: the balance between principles and between those who gain."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kartlaggning.models import Insats
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
