# SPDX-License-Identifier: EUPL-1.2
"""Kronor that are shared sum exactly, differences lose no word, small counts cannot be worked out."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.sharing import largest_remainder, shown_count, shown_total
from forum.wordings import differences

PERCENT = st.decimals(min_value=0, max_value=100, places=2)
COUNTS = st.lists(st.none() | st.integers(min_value=0, max_value=40), max_size=6)
few = settings(max_examples=50, deadline=None)


@few
@given(st.integers(min_value=0, max_value=10**8), st.lists(PERCENT, min_size=1, max_size=9).filter(any))
def test_parts_sum_to_the_total_and_lie_within_one_of_the_quota(total, weights):
    parts = largest_remainder(total, weights)
    assert sum(parts) == total
    whole = sum(weights)
    assert all(abs(part - total * weight / whole) < 1 for part, weight in zip(parts, weights, strict=True))
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if not weight)
    pairs = sorted(zip(weights, parts, strict=True))
    assert all(a[1] <= b[1] for a, b in pairwise(pairs) if a[0] < b[0])


def test_the_citys_key_whose_per_cents_sum_to_99_9():
    key = [Decimal("37.9"), Decimal("19.4"), Decimal("15.5"), Decimal("27.1")]
    parts = largest_remainder(11_050_000, key)
    assert sum(parts) == 11_050_000
    assert parts == sorted(parts, key=parts.index)
    assert parts[0] == max(parts)


def test_equal_parts_give_the_first_the_odd_krona():
    assert largest_remainder(100, [1, 1, 1]) == [34, 33, 33]


@pytest.mark.parametrize(("total", "weights"), [(100, [0, 0]), (100, []), (-1, [1]), (1, [-1, 2])])
def test_what_cannot_be_shared(total, weights):
    with pytest.raises(ValueError, match="shared"):
        largest_remainder(total, weights)


@few
@given(COUNTS)
def test_an_outsider_cannot_work_out_a_hidden_count(counts):
    """What she is told follows from the counts that she sees anyway."""
    shown = [shown_count(count, is_outsider=True) for count in counts]
    total = shown_total(counts, is_outsider=True)
    hidden = [count for count in counts if count is not None and count < 5]
    assert all(str(count) not in shown for count in hidden)
    if hidden:
        open_sum = sum(count for count in counts if count is not None and count >= 5)
        assert total in ("–", f"minst {open_sum}")
    changed = [0 if count is not None and count < 5 else count for count in counts]
    assert shown_total(changed, is_outsider=True) == total


def test_staff_see_every_count():
    assert shown_count(0, is_outsider=False) == "0"
    assert shown_total([3, None, 1], is_outsider=False) == "4"
    assert shown_count(3, is_outsider=True) == "färre än fem"


TEXT = st.text(alphabet="ab å\n.", max_size=60)


@few
@given(TEXT, TEXT)
def test_both_texts_can_be_read_from_the_differences(old, new):
    woven = differences(old, new)
    assert "".join(piece.text for piece in woven if piece.kind != "in") == old
    assert "".join(piece.text for piece in woven if piece.kind != "out") == new


def test_a_word_that_is_put_in_is_told_alone():
    assert [piece.text for piece in differences("för grannarna", "för alla grannarna") if piece.kind == "in"] == [
        "alla "
    ]
