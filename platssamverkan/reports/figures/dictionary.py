# SPDX-License-Identifier: EUPL-1.2
"""The dictionary: every key figure there is, each defined once, in the order that pages show them."""

from platssamverkan.reports.figures import costs, happened, late, levels, noted, plans
from platssamverkan.reports.figures.indicators import Group, Indicator
from platssamverkan.reports.figures.sources import Computed, Source

ROOMS = (happened, noted, late, levels, plans, costs)

INDICATORS: dict[str, Indicator] = {
    indicator.key: indicator
    for group in Group
    for room in ROOMS
    for indicator in room.INDICATORS
    if indicator.group == group
}
COUNTED: dict[str, Source] = {
    source.key: source for room in ROOMS for source in room.SOURCES if isinstance(source, Source)
}
COMPUTED: dict[str, Computed] = {
    source.key: source for room in ROOMS for source in room.SOURCES if isinstance(source, Computed)
}


def by_group() -> list[tuple[Group, list[Indicator]]]:
    """The dictionary as a page shows it."""
    return [(group, [found for found in INDICATORS.values() if found.group == group]) for group in Group]
