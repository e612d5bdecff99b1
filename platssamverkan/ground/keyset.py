# SPDX-License-Identifier: EUPL-1.2
"""Pages of a long list by row value, so that the thousandth costs as much as the first (performance.md).

A place in the list is the values that the list is ordered by; it stands in the address. One that cannot be read, or
that somebody has changed, is no place: the list begins from the beginning.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan, TupleLookupMixin

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LARGEST = 2**15 - 1  # what a small integer column holds
BETWEEN = "~"


class RowLookup(TupleLookupMixin):
    """A comparison of whole rows, on SQLite too: it has them since 3.15, and finds the place in an index by them."""

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        """As on PostgreSQL; Django would write it out with OR."""
        return super(TupleLookupMixin, self).as_sql(compiler, connection)  # type: ignore[misc]


class RowBefore(RowLookup, TupleLessThan):
    """The rows that stand before a row."""


class RowAfter(RowLookup, TupleGreaterThan):
    """The rows that stand after a row."""


def written(value: Any) -> str:
    """A value for the address."""
    if isinstance(value, datetime):
        return str((value - EPOCH) // MICROSECOND)
    return value.hex if isinstance(value, UUID) else str(value)


def read(text: str, kind: type) -> Any:
    """The value again. Raises ValueError or OverflowError for what cannot be one."""
    if kind is datetime:
        return EPOCH + timedelta(microseconds=int(text))
    if kind is UUID:
        return UUID(text)
    value = int(text)
    if not 0 <= value <= LARGEST:
        raise ValueError(text)
    return value


@dataclass(frozen=True)
class Order:
    """How a list is ordered: fields with their kinds, all one way, the last one unique."""

    fields: tuple[tuple[str, type], ...]
    is_descending: bool = True

    @property
    def names(self) -> list[str]:
        """The fields' names."""
        return [name for name, _kind in self.fields]

    @property
    def by(self) -> list[str]:
        """As `order_by` takes it."""
        return [("-" if self.is_descending else "") + name for name in self.names]

    def place(self, row: Any) -> str:
        """Where a row stands, for the address."""
        return BETWEEN.join(written(getattr(row, name)) for name in self.names)

    def values(self, place: str) -> tuple[Any, ...] | None:
        """The values of a place, or None if it is none."""
        parts = place.split(BETWEEN)
        try:
            pairs = zip(parts, self.fields, strict=True)
            return tuple(read(part, kind) for part, (_name, kind) in pairs)
        except (ValueError, OverflowError):
            return None


@dataclass(frozen=True)
class Page:
    """Some rows in the list's order, and the places to go on from; an empty place is the end of the list."""

    rows: Sequence[Any]
    after: str
    before: str


def page_of(rows: QuerySet, order: Order, *, after: str = "", before: str = "", size: int) -> Page:
    """The page after a place, or before one; the first without either. `rows` yields the fields of the order."""
    start = order.values(before or after) if before or after else None
    is_back = bool(before) and start is not None
    is_descending = order.is_descending != is_back
    if start is not None:
        lookup = RowBefore if is_descending else RowAfter
        rows = rows.filter(lookup(Tuple(*map(F, order.names)), start))
    sign = "-" if is_descending else ""
    found = list(rows.order_by(*[sign + name for name in order.names])[: size + 1])
    has_more, found = len(found) > size, found[:size]
    if is_back:
        found.reverse()
    has_next, has_previous = (bool(found), has_more) if is_back else (has_more, start is not None)
    return Page(
        found,
        after=order.place(found[-1]) if has_next and found else "",
        before=order.place(found[0]) if has_previous and found else "",
    )
