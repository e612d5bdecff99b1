# SPDX-License-Identifier: EUPL-1.2
"""What differs between two wordings of a text, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

PIECES = re.compile(r"\s+|\w+|[^\w\s]")
LONGEST = 4000  # pieces; comparing longer texts word by word would stall, so they are compared by lines
LINES = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True)
class Piece:
    """A run of text: kept, taken out or put in."""

    kind: str
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """The two texts woven together. Joining what is not put in gives the old one; what is not taken out, the new."""
    old, new = old.replace("\r\n", "\n"), new.replace("\r\n", "\n")
    cut = PIECES if max(len(old), len(new)) < LONGEST * 4 else LINES
    before, after = cut.findall(old), cut.findall(new)
    woven: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            woven.append(Piece("kept", "".join(before[a:b])))
            continue
        if b > a:
            woven.append(Piece("out", "".join(before[a:b])))
        if d > c:
            woven.append(Piece("in", "".join(after[c:d])))
    return woven
