# SPDX-License-Identifier: EUPL-1.2
"""Which times of day and week the promenader of a round cover, and which are left (the guide, 001:815)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kartlaggning.models import Walk


@dataclass(frozen=True)
class Cell:
    """One time of the day on weekdays or weekends: how many promenader were walked, and how many are planned."""

    walked: int
    planned: int

    @property
    def is_gap(self) -> bool:
        """Whether nobody has walked then, nor is to."""
        return not (self.walked or self.planned)


@dataclass(frozen=True)
class Line:
    """One time of the day."""

    label: str
    weekday: Cell
    weekend: Cell


def coverage(walks: Iterable[Walk]) -> list[Line]:
    """The times of the day in order, with what covers them."""
    held = list(walks)

    def cell(time_of_day: str, is_weekend: bool) -> Cell:
        here = [walk for walk in held if walk.time_of_day == time_of_day and walk.is_weekend == is_weekend]
        walked = sum(walk.walked_on is not None for walk in here)
        return Cell(walked, len(here) - walked)

    return [
        Line(str(label), cell(key, is_weekend=False), cell(key, is_weekend=True))
        for key, label in Walk.TimeOfDay.choices
    ]


def gaps(lines: Iterable[Line]) -> list[str]:
    """The times that nothing covers, in words: "natt på helgen"."""
    found = []
    for line in lines:
        if line.weekday.is_gap:
            found.append(_("%(time)s på vardagar") % {"time": line.label})
        if line.weekend.is_gap:
            found.append(_("%(time)s på helgen") % {"time": line.label})
    return found
