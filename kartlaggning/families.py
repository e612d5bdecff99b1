# SPDX-License-Identifier: EUPL-1.2
"""The same insats in edition after edition: what was tied to one of them follows it into the plan that counts today."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import cached_property

from kartlaggning.models import Insats, Plan


@dataclass(frozen=True)
class Relative:
    """An insats of an edition."""

    origin: UUID | None
    is_active: bool
    is_in_force: bool
    edition: int


class Families:
    """Every insats of some boenden, by what it goes back to. One query."""

    def __init__(self, boenden: Iterable[Any]) -> None:
        self.boenden = list(boenden)

    @cached_property
    def relatives(self) -> dict[UUID, Relative]:
        """All of them, those that were removed too: others may go back to them."""
        rows = Insats.objects.filter(plan__boende__in=self.boenden).order_by("plan__edition", "pk")
        columns = rows.values_list("pk", "origin", "archived_at", "plan__status", "plan__edition")
        return {
            pk: Relative(origin, archived_at is None, status == Plan.Status.APPROVED, edition)
            for pk, origin, archived_at, status, edition in columns
        }

    @cached_property
    def roots(self) -> dict[UUID, UUID]:
        """The first of each one's family. An edition comes after the one that it goes back to."""
        found: dict[UUID, UUID] = {}
        for pk, relative in self.relatives.items():
            found[pk] = found.get(relative.origin, relative.origin) if relative.origin else pk
        return found

    @cached_property
    def by_root(self) -> dict[UUID, list[UUID]]:
        """The family of each first one."""
        found: dict[UUID, list[UUID]] = {}
        for pk, root in self.roots.items():
            found.setdefault(root, []).append(pk)
        return found

    def of(self, pk: UUID | None) -> list[UUID]:
        """The family of an insats; empty for one of another boende."""
        root = self.roots.get(pk) if pk else None
        return self.by_root[root] if root else []

    def today(self, pk: UUID | None) -> UUID | None:
        """The one of the family that counts: in the plan in force, else of the latest edition. None if all are gone."""
        there = [one for one in self.of(pk) if self.relatives[one].is_active]
        order = {one: (self.relatives[one].is_in_force, self.relatives[one].edition) for one in there}
        return max(there, key=lambda one: order[one], default=None)


def counting_today(insatser: Iterable[Insats], boenden: Iterable[Any]) -> set[UUID]:
    """The ids of what the insatser, of some boenden, are called today: one of each family."""
    families = Families(boenden)
    return {pk for insats in insatser if (pk := families.today(insats.pk))}
