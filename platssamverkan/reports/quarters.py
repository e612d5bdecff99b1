# SPDX-License-Identifier: EUPL-1.2
"""Quarters: the only periods that readers outside a boende get figures of."""

from datetime import date, timedelta
from typing import NamedTuple, Self

from django.utils.translation import gettext as _

LATE_DAYS = 14  # after a quarter: what is written down late still belongs to it


class Quarter(NamedTuple):
    """A quarter of a year."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The one that a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def read(cls, text: str) -> Self:
        """ "2026-3". Raises ValueError."""
        year, _dash, number = text.partition("-")
        found = cls(int(year), int(number))
        if not 2000 <= found.year <= 2100 or not 1 <= found.number <= 4:
            raise ValueError(text)
        return found

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.following.first - timedelta(days=1)

    @property
    def following(self) -> "Quarter":
        """The next one."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def earlier(self) -> "Quarter":
        """The one before."""
        return Quarter.of(self.first - timedelta(days=1))

    @property
    def key(self) -> str:
        """As in an address or a form."""
        return f"{self.year}-{self.number}"

    def is_over(self, today: date) -> bool:
        """Whether its figures can be released: over since a fortnight."""
        return today > self.last + timedelta(days=LATE_DAYS)

    def __str__(self) -> str:
        return _("kvartal %(number)s %(year)s") % {"number": self.number, "year": self.year}


def latest_over(today: date, count: int) -> list[Quarter]:
    """The latest quarters that can be released, the newest first."""
    found: list[Quarter] = []
    quarter = Quarter.of(today)
    while len(found) < count:
        if quarter.is_over(today):
            found.append(quarter)
        quarter = quarter.earlier
    return found
