# SPDX-License-Identifier: EUPL-1.2
"""Which characters the documents' fonts can show. One that none has is an empty box, and no PDF/A or PDF/UA."""

import re
import string
import unicodedata
from functools import cache
from pathlib import Path

from platssamverkan.documents.fetcher import own_file
from platssamverkan.documents.renderer import EMOJI, EMOJI_LOOK, LOOK

SOURCE = re.compile(r"""url\("((?:static|font):[^"]+\.woff2)"\)""")
# Most texts hold no more than these, and no font has to be unpacked for them
COMMON = frozenset(string.printable + "åäöÅÄÖéÉüÜ–”’•…§")
# What "sans-serif" is at the end of the style sheets' lists: the image and the set-up install it
FALLBACK = "DejaVuSans.ttf"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")
# Spaces and marks that are laid out without a sign of their own
SIGNLESS = {"Zs", "Cf"}
VARIANTS = range(0xFE00, 0xFE10)


@cache
def signs_of(look: str) -> frozenset[str]:
    """Every character that the fonts of a style sheet have. Read once a process: unpacking them takes a while."""
    from fontTools.ttLib import TTFont  # here, for most processes never need it

    found: set[int] = set()
    for address in SOURCE.findall(own_file(look).read_text(encoding="utf-8")):
        with TTFont(own_file(address), lazy=True) as font:
            found |= set(font.getBestCmap())
    return frozenset(map(chr, found))


@cache
def signs_of_fallback() -> frozenset[str]:
    """Those of the font that comes last; none where it is not installed."""
    from fontTools.ttLib import TTFont

    for path in sorted(path for folder in FONT_FOLDERS for path in Path(folder).rglob(FALLBACK)):
        with TTFont(path, lazy=True) as font:
            return frozenset(map(chr, font.getBestCmap()))
    return frozenset()


def is_printable(character: str) -> bool:
    """Whether the documents can show a character, as itself or put together of its parts."""
    if unicodedata.category(character) in SIGNLESS or ord(character) in VARIANTS:
        return True
    signs = signs_of(LOOK)
    if character in signs or signs.issuperset(unicodedata.normalize("NFD", character)):
        return True
    if character in signs_of_fallback():
        return True
    return EMOJI.match(character) is not None and character in signs_of(EMOJI_LOOK)


def unprintable(text: str) -> list[str]:
    """The characters of a text that no font of the documents has, each once, in order."""
    rest = set(unicodedata.normalize("NFC", text)) - COMMON
    return sorted(character for character in rest if not is_printable(character))
