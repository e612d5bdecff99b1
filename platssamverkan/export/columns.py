# SPDX-License-Identifier: EUPL-1.2
"""What an export shows: a list of columns, which is its whitelist too."""

from collections.abc import Callable, Sequence
from functools import reduce
from operator import itemgetter
from typing import Any, NamedTuple

Key = str | int | Callable[[Any], Any]


class Label:
    """A key: what a field with choices says in words."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, row: Any) -> Any:
        return getattr(row, f"get_{self.name}_display")()


class Column(NamedTuple):
    """A column: its header, where its value is in a row, how it is shown, and what it is on a vCard.

    `key` is a path ("actor.name", through attributes or a mapping), a position in a tuple, or a function of the row.
    `show` turns the value into what CSV and XLSX carry; `vcard` is name, org, role, phone, email or note.
    `sql` gives, for the model of the rows, the same cell as an expression, for a key that is a function
    (export/copying.py, with its `guarded`); a path to a field and a Label need none.
    """

    header: Any
    key: Key
    vcard: str = ""
    show: Callable[[Any], Any] | None = None
    sql: Callable[[Any], Any] | None = None


def step(value: Any, name: str) -> Any:
    """One step along a path; None stays None."""
    if value is None:
        return None
    return value[name] if isinstance(value, dict) else getattr(value, name)


def getter(key: Key) -> Callable[[Any], Any]:
    """The function that takes a key's value out of a row."""
    if callable(key):
        return key
    if isinstance(key, int):
        return itemgetter(key)
    names = key.split(".")
    return lambda row: reduce(step, names, row)


def shown_getter(column: Column) -> Callable[[Any], Any]:
    """The function that takes a column's value out of a row and shows it. Nothing to show stays nothing."""
    get, show = getter(column.key), column.show
    if show is None:
        return get
    return lambda row: show(value) if (value := get(row)) not in (None, "") else value


def shown_getters(columns: Sequence[Column]) -> list[Callable[[Any], Any]]:
    """One for each column, in order."""
    return [shown_getter(column) for column in columns]
