# SPDX-License-Identifier: EUPL-1.2
"""Sharing a whole number among parties so that the parts sum to it exactly, and hiding counts that are too small."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

SMALLEST_SHOWN = 5  # fewer people than this are not told to outsiders


def largest_remainder(total: int, weights: Sequence[Decimal | int]) -> list[int]:
    """The total in whole parts after the weights: the floor of each quota, one more where most is left.

    The parts sum to the total, whatever the weights sum to. Equal remainders go to the earlier. Raises ValueError
    for a negative total or weight, or where every weight is nought.
    """
    shares = [Decimal(weight) for weight in weights]
    whole = sum(shares)
    if total < 0 or any(share < 0 for share in shares) or whole <= 0:
        raise ValueError("A total is shared after weights of which one at least is more than nought.")
    # in whole numbers, for a quotient of decimals would be rounded before it is compared
    scale = 10 ** max(-int(share.as_tuple().exponent) for share in [*shares, Decimal(0)])
    units = [int(share * scale) for share in shares]
    parts, left = zip(*(divmod(total * unit, sum(units)) for unit in units), strict=True)
    given = list(parts)
    by_remainder = sorted(range(len(units)), key=lambda place: (-left[place], place))
    for place in by_remainder[: total - sum(parts)]:
        given[place] += 1
    return given


def is_small(count: int | None) -> bool:
    """Whether a count is one that outsiders are not told. Nought is."""
    return count is not None and count < SMALLEST_SHOWN


def shown_count(count: int | None, *, is_outsider: bool) -> str:
    """A head-count as this reader may see it. Nought is hidden as other small counts are."""
    if count is None:
        return "–"
    if is_outsider and is_small(count):
        return _("färre än %(limit)s") % {"limit": _("fem")}
    return str(count)


def shown_total(counts: Sequence[int | None], *, is_outsider: bool) -> str:
    """The sum of counts as this reader may see it: never one from which a hidden count could be worked out.

    Where one of them is hidden an outsider is told the sum of those she sees, as the least that it can be.
    """
    known = [count for count in counts if count is not None]
    if not known:
        return "–"
    open_counts = [count for count in known if count >= SMALLEST_SHOWN]
    if not is_outsider or len(open_counts) == len(known):
        return str(sum(known))
    if not open_counts:
        return "–"
    return _("minst %(sum)s") % {"sum": sum(open_counts)}
