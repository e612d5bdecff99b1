# SPDX-License-Identifier: EUPL-1.2
"""Released figures as tables: quarter by area, and a quarter's parts. Only what is shown is summed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from platssamverkan.reports.models import Release
from platssamverkan.reports.quarters import Quarter
from platssamverkan.reports.suppression import whole_sum


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
