# SPDX-License-Identifier: EUPL-1.2
"""A cost worked out: what each party's part is, and what all have pledged and given together."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Self

from forum.models import Contribution, Cost
from forum.models.costs import WHOLE
from forum.sharing import largest_remainder


@dataclass
class Part:
    """One party's line of a cost. Amounts are whole kronor or hours; None where nothing can be said yet."""

    contribution: Contribution
    of_budget: int | None
    of_outcome: int | None
    warning: str


class CostReading:
    """A cost with its parts, which sum to it exactly. Reads the contributions that for_table fetched."""

    def __init__(self, cost: Cost) -> None:
        self.cost = cost
        self.contributions = list(cost.contributions.all())

    @cached_property
    def weights(self) -> list[Decimal | int]:
        """By what each party's part is measured."""
        if self.cost.sharing == Cost.Sharing.EQUAL:
            return [1] * len(self.contributions)
        if self.cost.has_key:
            return [row.percent or Decimal(0) for row in self.contributions]
        return [row.pledged or 0 for row in self.contributions]

    def shares(self, amount: int | None) -> list[int | None]:
        """The amount in parts. As pledged, the parts are what was pledged, whatever they sum to."""
        if self.cost.sharing == Cost.Sharing.PLEDGED:
            return [row.pledged for row in self.contributions]
        if amount is None or not sum(self.weights):
            return [None] * len(self.contributions)
        return list(largest_remainder(amount, self.weights))

    @cached_property
    def parts(self) -> list[Part]:
        """A line for each party."""
        lines = zip(self.contributions, self.shares(self.cost.budget), self.shares(self.cost.outcome), strict=True)
        return [Part(row, planned, done, row.warning(self.cost.unit)) for row, planned, done in lines]

    @property
    def warnings(self) -> list[str]:
        """What to think twice about, each sentence once."""
        return list(dict.fromkeys(part.warning for part in self.parts if part.warning))

    @property
    def key_sum(self) -> Decimal:
        """What the per cents sum to."""
        return sum((row.percent or Decimal(0) for row in self.contributions), Decimal(0))

    @property
    def key_is_off(self) -> bool:
        """Whether there is a key and it does not sum to a hundred: the page says so."""
        return self.cost.has_key and bool(self.key_sum) and self.key_sum != WHOLE

    @property
    def key_is_empty(self) -> bool:
        """Whether the cost is shared by a key in which nobody has a part."""
        return self.cost.has_key and bool(self.contributions) and not self.key_sum

    @property
    def totals(self) -> tuple[int | None, int | None]:
        """(budget, outcome): what the parts sum to; None where nothing is shared out yet."""
        columns = ([part.of_budget for part in self.parts], [part.of_outcome for part in self.parts])
        known = [[amount for amount in column if amount is not None] for column in columns]
        return sum(known[0]) if known[0] else None, sum(known[1]) if known[1] else None

    @property
    def pledged(self) -> int:
        """All that was pledged."""
        return sum(row.pledged or 0 for row in self.contributions)

    @property
    def given(self) -> int:
        """All that was given."""
        return sum(row.given or 0 for row in self.contributions)

    @property
    def uncovered(self) -> int:
        """What of the outcome, or else of the budget, nobody has pledged; nought if all of it is."""
        amount = self.cost.budget if self.cost.outcome is None else self.cost.outcome
        return max(amount - self.pledged, 0)


@dataclass
class Sum:
    """All costs of a table that are counted in the same unit, together."""

    is_hours: bool
    budget: int
    outcome: int
    pledged: int
    given: int

    @classmethod
    def of(cls, rows: list[CostReading]) -> Self:
        """The sum of these costs, one at least."""
        return cls(
            is_hours=rows[0].cost.is_hours,
            budget=sum(row.cost.budget for row in rows),
            outcome=sum(row.cost.outcome or 0 for row in rows),
            pledged=sum(row.pledged for row in rows),
            given=sum(row.given for row in rows),
        )


@dataclass
class PartyTotal:
    """What a party has pledged and given to all the costs of a table."""

    name: str
    kronor_pledged: int = 0
    kronor_given: int = 0
    hours_pledged: int = 0
    hours_given: int = 0

    def add(self, row: Contribution, *, is_hours: bool) -> None:
        """One contribution more."""
        if is_hours:
            self.hours_pledged += row.pledged or 0
            self.hours_given += row.given or 0
        else:
            self.kronor_pledged += row.pledged or 0
            self.kronor_given += row.given or 0


class CostTable:
    """Every cost of a forum or a boende, and who has contributed what."""

    def __init__(self, costs: Iterable[Cost]) -> None:
        self.costs = [CostReading(cost) for cost in costs]

    @cached_property
    def parties(self) -> list[PartyTotal]:
        """A line for each party, by name."""
        found: dict[Any, PartyTotal] = {}
        for reading in self.costs:
            for row in reading.contributions:
                total = found.setdefault(row.actor_id or row.forvaltning_id, PartyTotal(str(row)))
                total.add(row, is_hours=reading.cost.is_hours)
        return sorted(found.values(), key=lambda total: total.name.casefold())

    @property
    def total(self) -> PartyTotal:
        """All parties together."""
        whole = PartyTotal("")
        for reading in self.costs:
            for row in reading.contributions:
                whole.add(row, is_hours=reading.cost.is_hours)
        return whole

    @property
    def sums(self) -> list[Sum]:
        """What the costs sum to, kronor and working hours each for itself, where there are any."""
        found = []
        for unit in Cost.Unit:
            rows = [reading for reading in self.costs if reading.cost.unit == unit]
            if rows:
                found.append(Sum.of(rows))
        return found

    @property
    def rows(self) -> list[tuple[CostReading, Part | None]]:
        """Every part of every cost, for a file; a cost that nobody has a part of is a line too."""
        found: list[tuple[CostReading, Part | None]] = []
        for reading in self.costs:
            found += [(reading, part) for part in reading.parts] or [(reading, None)]
        return found
