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


def lower(text: str | None) -> str | None:
    """Lower case for every letter, where SQLite's own LOWER stops at z (search.py)."""
    return text.lower() if text else text


def register_swedish_collation(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Give a new SQLite connection what PostgreSQL has from the start: Swedish order, and lower case for å ä ö."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(SWEDISH, compare_swedish)
        connection.connection.create_function("swedish_lower", 1, lower, deterministic=True)
