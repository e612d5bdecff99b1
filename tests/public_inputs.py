# SPDX-License-Identifier: EUPL-1.2
"""What the property tests send to forms that anyone can open.

`PUBLIC_FORM_INPUTS` says how many inputs each form gets: 25 by itself, 10,000 with `make public-forms`.
"""

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

INPUTS = int(os.environ.get("PUBLIC_FORM_INPUTS", "25"))
many = settings(
    max_examples=INPUTS,
    deadline=None,
    derandomize=INPUTS < 1000,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

NUMBERS = ["19811218-9876", "8112189876", "811218 98 76", "８１１２１８-９８７６", "1981 12 18 9876"]
MARKS = [
    "\x00",
    "\ud800",
    "‮",
    "👩‍👩‍👧",
    "e" + "\u0301" * 500,
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "%00",
    "=1+1",
    "\r\n",
]
words = st.text(st.characters(codec="utf-8"), max_size=80)
texts = st.lists(st.one_of(words, st.sampled_from(MARKS), st.sampled_from(NUMBERS)), max_size=4).map(" ".join)
anything = st.one_of(texts, st.sampled_from(["", "oro", "klagomal", "on", "1", "9" * 400, "true"]))


def as_sent(fields):
    """What a browser can send: a lone surrogate goes as something else."""
    return {name: value.encode("utf-8", "replace").decode() for name, value in fields.items()}
