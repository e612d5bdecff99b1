# SPDX-License-Identifier: EUPL-1.2
"""A row of a file by what its cells are, and how texts are compared and shown."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from boenden.imports.columns import ImportColumn

LONGEST_SHOWN = 40  # letters of a value, old or new, in a row's reasons


class Row:
    """A row's cells by what they are: their texts, what was read of them, and what could not be read."""

    def __init__(self) -> None:
        self.columns: dict[str, ImportColumn] = {}
        self.texts: dict[str, str] = {}
        self.values: dict[str, Any] = {}
        self.faults: dict[str, str] = {}
        self.borrowed: set[str] = set()  # what the row does not say itself

    def text(self, key: str) -> str:
        """A cell's text, or nothing."""
        return self.texts.get(key, "")

    def put(self, column: ImportColumn, text: str) -> None:
        """Read a text as a column. What is wrong with it is kept, for it may be what is stored already."""
        self.columns[column.key], self.texts[column.key] = column, text
        self.faults.pop(column.key, None)
        try:
            self.values[column.key] = column.read(text)
        except ValidationError as error:
            self.faults[column.key] = f"{column.header}: {' '.join(error.messages)}"

    def take(self, key: str) -> str:
        """A cell's text, which the row no longer says of that."""
        for kept in (self.columns, self.values, self.faults):
            kept.pop(key, None)
        return self.texts.pop(key, "")

    def of(self, owner: str) -> list[ImportColumn]:
        """The columns of which the row says something of one record."""
        return [column for column in self.columns.values() if column.owner == owner]


def lowered(header: str | Promise) -> str:
    """A header inside a sentence."""
    text = str(header)
    return text[:1].lower() + text[1:]


def short(text: str) -> str:
    """A value inside a sentence, on one line."""
    text = " ".join(text.split()) or _("tomt")
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def same_name(text: str) -> str:
    """A name as one compares it: case and extra spaces aside."""
    return " ".join(text.casefold().split())


def by_key(records: Iterable[Any], key: Any) -> dict[Any, list[Any]]:
    """Records under a key."""
    found: dict[Any, list[Any]] = {}
    for record in records:
        found.setdefault(key(record), []).append(record)
    return found
