# SPDX-License-Identifier: EUPL-1.2
"""Released figures as tables: quarter by area, and a quarter's parts. Only what is shown is summed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from platssamverkan.reports.models import Release
from platssamverkan.reports.quarters import Quarter
from platssamverkan.reports.suppression import whole_sum

MOSTLY = 0.75  # hidden of all numbers: then little is shown


class Part(NamedTuple):
    """A line of a table; None is hidden."""

    name: str
    number: int | None


@dataclass(frozen=True)
class ReleasedTable:
    """One release as its page shows it."""

    release: Release

    @property
    def parts(self) -> list[Part]:
        """Its lines."""
        return [Part(name, number) for _key, name, number in self.release.parts]

    @property
    def numbers(self) -> list[int | None]:
        """Its numbers, the total too; None for a hidden one."""
        return [self.release.total, *(part.number for part in self.parts)]


@dataclass(frozen=True)
class Row:
    """A quarter's line: a number an area, and their sum where all are shown."""

    when: Quarter
    cells: list[Part]  # the area and its number
    total: int | None


@dataclass(frozen=True)
class Overview:
    """One source: the quarters down, the areas across."""

    label: str
    unit: str
    source: str
    areas: list[str]
    rows: list[Row]
    totals: list[Part]

    @property
    def has_sums(self) -> bool:
        """Whether there is more than one area to sum."""
        return len(self.areas) > 1

    @property
    def numbers(self) -> list[int | None]:
        """Every quarter's and area's."""
        return [cell.number for row in self.rows for cell in row.cells]


@dataclass(frozen=True)
class ReleasedPage:
    """What readers outside get to see of some releases: no table without a number in it, but a line that says so."""

    releases: Sequence[Release]

    @cached_property
    def every_table(self) -> list[ReleasedTable]:
        """Each release's."""
        return tables_of(self.releases)

    @property
    def tables(self) -> list[ReleasedTable]:
        """Those with a number."""
        return [table for table in self.every_table if is_shown(table.numbers)]

    @property
    def overviews(self) -> list[Overview]:
        """Those with a number."""
        return [overview for overview in by_source(self.releases) if is_shown(overview.numbers)]

    @property
    def unshown(self) -> list[str]:
        """The tables without one, a line a kind and area: "Händelser, Kallebäck: kvartal 1 2026"."""
        found: dict[str, list[str]] = {}
        for table in self.every_table:
            if not is_shown(table.numbers):
                found.setdefault(f"{table.release.label}, {table.release.where}", []).append(str(table.release.when))
        return [f"{what}: {', '.join(quarters)}" for what, quarters in found.items()]

    @property
    def is_mostly_hidden(self) -> bool:
        """Whether so little is shown that it needs to be said why."""
        numbers = [number for table in self.every_table for number in table.numbers]
        hidden = sum(number is None for number in numbers)
        return bool(numbers) and hidden >= MOSTLY * len(numbers)


def is_shown(numbers: Iterable[int | None]) -> bool:
    """Whether any number is."""
    return any(number is not None for number in numbers)


def tables_of(releases: Iterable[Release]) -> list[ReleasedTable]:
    """Each release for itself."""
    return [ReleasedTable(release) for release in releases]


def by_source(releases: Sequence[Release]) -> list[Overview]:
    """An overview a source; an area is told by its boende where two share a name."""
    found: dict[str, list[Release]] = {}
    for release in releases:
        found.setdefault(release.source_key, []).append(release)
    return [overview(own) for own in found.values()]


def overview(releases: Sequence[Release]) -> Overview:
    """The quarters that have been released, the latest first. What has not been released is as hidden as the rest."""
    boenden = {release.boende_id: release for release in reversed(releases)}
    names = [release.area for release in boenden.values()]
    titles = {
        pk: release.area if names.count(release.area) == 1 else f"{release.area} ({release.boende})"
        for pk, release in boenden.items()
    }
    numbers = {(release.when, release.boende_id): release.total for release in releases}
    quarters = sorted({release.when for release in releases}, reverse=True)
    rows = []
    for when in quarters:
        cells = [Part(titles[pk], numbers.get((when, pk))) for pk in boenden]
        rows.append(Row(when, cells, whole_sum([cell.number for cell in cells])))
    totals = [Part(titles[pk], whole_sum([numbers.get((when, pk)) for when in quarters])) for pk in boenden]
    first = releases[0]
    return Overview(first.label, first.unit, first.source, list(titles.values()), rows, totals)
