# SPDX-License-Identifier: EUPL-1.2
"""Swedish alphabetical order, by the same name on both databases."""

import unicodedata
from typing import Any

SWEDISH = "swedish"  # PostgreSQL gets it from ICU in the first migration, SQLite the function below
AFTER_Z = {"å": "{a", "ä": "{b", "æ": "{b", "ö": "{c", "ø": "{c"}


def swedish_key(text: str) -> tuple[str, str]:
    """A sort key: a–z, å, ä, ö without regard to case or accents; the text itself settles ties."""
    letters = []
    for character in unicodedata.normalize("NFC", text).casefold():
        letters.append(AFTER_Z.get(character) or unicodedata.normalize("NFD", character)[0])
    return "".join(letters), text


def compare_swedish(left: str, right: str) -> int:
    """−1, 0 or 1, as SQLite wants it."""
    first, second = swedish_key(left), swedish_key(right)
    return (first > second) - (first < second)


def register_swedish_collation(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Give a new SQLite connection the collation that PostgreSQL has from the start."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(SWEDISH, compare_swedish)
