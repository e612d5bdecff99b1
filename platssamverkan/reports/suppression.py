# SPDX-License-Identifier: EUPL-1.2
"""Which numbers of a table may be released, so that none under five can be worked out (docs/decisions/0028).

A table is one whole and its parts: every counted row is in one part only. All that a reader can work out of it is what
the hidden parts sum to together; so they are at least two, sum to at least ten where a part is shown beside them, and
to five in any case. A hidden number says nothing of whether it is small, not even to who knows the rule: a five is
never shown beside what is hidden, so each hidden part can be a five, unless another is larger, and then the two could
have changed places. Tables of different quarters and boenden count different rows, and no quarter of a boende is
released twice, so two tables together say no more than each does.
"""

from collections.abc import Mapping
from typing import NamedTuple

LEAST = 5  # the smallest number that is shown
BESIDE_HIDDEN = LEAST + 1  # the smallest number that is shown beside hidden ones
HIDDEN_LEAST = 2 * LEAST  # of the hidden parts together, where others are shown: else it would be plain which is small


class Protected(NamedTuple):
    """A table as it may be released: None is hidden."""

    parts: dict[str, int | None]
    total: int | None


def protect(parts: Mapping[str, int]) -> Protected:
    """Hide every part under five, then the smallest shown ones, equals together, until the hidden hide each other."""
    total = sum(parts.values())
    shown = {key: value for key, value in parts.items() if value >= LEAST}
    hidden = total - sum(shown.values())
    while shown and len(shown) < len(parts):
        smallest = min(shown.values())
        if hidden >= HIDDEN_LEAST and smallest >= BESIDE_HIDDEN:
            break
        # equals go together: which of two was taken would tell something of the rest
        for key in [key for key, value in shown.items() if value == smallest]:
            hidden += shown.pop(key)
    return Protected({key: shown.get(key) for key in parts}, total if total >= LEAST else None)


def whole_sum(values: list[int | None]) -> int | None:
    """The sum of numbers that are all shown; hidden as soon as one of them is."""
    return None if not values or None in values else sum(value for value in values if value is not None)
