# SPDX-License-Identifier: EUPL-1.2
"""Which numbers of an årsrapport are not shown: it is read by a nämnd and by everyone (docs/decisions/0034).

As in what is released (suppression.py): of händelser and synpunkter no number under five of a boende, nor what it could
be worked out from. What the boenden did, their meetings and felanmälningar, points at nobody and is shown.
"""

from collections.abc import Mapping, Sequence

from platssamverkan.reports.annual.figures import TOGETHER, Figure
from platssamverkan.reports.suppression import LEAST, protect

WHOLE = ("handelser", "synpunkter")  # every row is of one boende, so the boenden are the parts of one whole
HANDELSER = "handelser"
AMONG = ("handelser_grannskap", "handelser_barn")  # some of a boende's händelser
SHARES = {"svar_i_tid": "synpunkter"}  # says how many there are
SMALL = frozenset({*WHOLE, *AMONG, *SHARES})
UNTOLD = "untold"  # stands for the boenden that have no number of their own in a year, and add to the sum all the same

Hidden = set[tuple[str, str]]  # (the boende's id, the figure's key)


def hidden_numbers(figures: Mapping[str, Sequence[Figure]], *, is_before: bool) -> Hidden:
    """What is not shown of one of the two years that a report has."""
    every = {(boende, one.key): one for boende, found in figures.items() for one in found if one.key in SMALL}
    counts = {place: one.count_before if is_before else one.count for place, one in every.items()}
    known = with_untold({place: count for place, count in counts.items() if count is not None})
    hidden: Hidden = set()
    for key in WHOLE:
        parts = {boende: count for (boende, one), count in known.items() if one == key and boende != TOGETHER}
        if not parts:
            continue
        safe = protect(parts)
        hidden |= {(boende, key) for boende, count in safe.parts.items() if count is None}
        if safe.total is None:
            hidden.add((TOGETHER, key))
    for key in AMONG:
        hidden |= hidden_among(key, known, hidden)
    hidden |= {(UNTOLD, key) for key, of in SHARES.items() if (UNTOLD, of) in known}
    for (boende, key), one in every.items():
        of = one.of_before if is_before else one.of
        if key in SHARES and of is not None and ((boende, SHARES[key]) in hidden or of < LEAST):
            hidden.add((boende, key))
    # their sum stands only where every boende's number does: then there is nothing to subtract from
    return hidden | {(TOGETHER, key) for _boende, key in hidden if key in SHARES}


def with_untold(known: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """The numbers with what boenden without one have together: anyone can take the others from the sum.

    A boende that had not opened has no number, but what was noted of it is in the sum of all. Where it adds nothing,
    nothing is told.
    """
    found = dict(known)
    for key in (*WHOLE, *AMONG):
        if (TOGETHER, key) not in known:
            continue
        told = sum(count for (boende, one), count in known.items() if one == key and boende != TOGETHER)
        rest = known[TOGETHER, key] - told
        if rest or (key in AMONG and (UNTOLD, HANDELSER) in found):
            found[UNTOLD, key] = rest
    return found


def still_hidden(
    earlier: Mapping[str, Sequence[Figure]],
    figures: Mapping[str, Sequence[Figure]],
    *,
    was_before: bool,
    is_before: bool,
) -> Hidden:
    """What stays hidden of a year, since a report that anyone may have read hid it. Each has the year now or before.

    Where the two are of different boenden their sums are too: one taken from the other would tell what either hides.
    """
    found = hidden_numbers(earlier, is_before=was_before)
    if {*earlier} != {*figures}:
        either = found | hidden_numbers(figures, is_before=is_before)
        found |= {(TOGETHER, key) for _boende, key in either}
    return found & with_numbers(figures, is_before)


def with_numbers(figures: Mapping[str, Sequence[Figure]], is_before: bool) -> Hidden:
    """Where there is a number to hide."""
    every = ((boende, one) for boende, found in figures.items() for one in found)
    return {(boende, one.key) for boende, one in every if (one.count_before if is_before else one.count) is not None}


def hidden_among(key: str, known: Mapping[tuple[str, str], int], hidden: Hidden) -> Hidden:
    """What is not shown of the händelser that a figure picks out; `hidden` are the händelser that are not shown.

    Few picked out tell of somebody, and so do few others of the same händelser. Where a boende has either, or its
    händelser are hidden, no boende's number is shown, but their sum: from some of them and the sum the rest would
    follow.
    """
    picked = {boende: count for (boende, one), count in known.items() if one == key and boende != TOGETHER}
    left = {boende: known.get((boende, HANDELSER), count) - count for boende, count in picked.items()}
    if not any(is_few(picked[boende], left[boende]) or (boende, HANDELSER) in hidden for boende in picked):
        return set()
    found = {(boende, key) for boende in picked}
    if len(picked) == 1 or is_few(sum(picked.values()), sum(left.values())) or (TOGETHER, HANDELSER) in hidden:
        found.add((TOGETHER, key))
    return found


def is_few(picked: int, left: int) -> bool:
    """Whether one of two numbers that make a whole may not be told; no others at all tells of nobody."""
    return picked < LEAST or 0 < left < LEAST
