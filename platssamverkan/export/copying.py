# SPDX-License-Identifier: EUPL-1.2
"""Rows as CSV by PostgreSQL's own COPY: the same file as csv_writer makes, byte for byte, many times as fast.

Only where every column has a form in SQL. The server writes the cells as csv_writer would (`shaped`), harmless ones
too, and sends one message a row, so the count is exact and the end of a row is known from a line end in a cell.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.core.exceptions import EmptyResultSet, FieldDoesNotExist
from django.db import connection, models
from django.db.models import Case, F, Func, Value, When
from django.db.models.functions import Cast, NullIf, Replace
from django.db.models.lookups import In
from django.utils import timezone
from django.utils.translation import gettext as _

from platssamverkan.export.columns import Column, Label
from platssamverkan.export.csv_writer import EXCEL, GUARDED, RISKY, ROWS_A_CHUNK, RowCounter, harmless, header_line

TEXT = models.TextField()
RISKY_FIRST = [ord(character) for character in RISKY.replace("\\", "") + "'"]
GUARD = f"^({GUARDED.pattern})"
# A bound that the planner cannot read: it then takes rows from an index in their order, where there is one, instead of
# sorting all before the first.
IN_TURN = " LIMIT (SELECT 9223372036854775807)"
OPTIONS = {
    True: ") TO STDOUT (FORMAT csv, DELIMITER ';', ENCODING 'UTF8')",
    False: ") TO STDOUT (FORMAT csv, DELIMITER ',', ENCODING 'UTF8')",
}


def guarded(text: Any) -> Any:
    """A text as `harmless` gives it; most are let through after a look at their first character."""
    first = Func(text, function="ascii", output_field=models.IntegerField())  # its number, beyond ASCII too
    replaced = Func(text, Value(GUARD), Value("'\\1"), function="regexp_replace", output_field=TEXT)
    return Case(When(In(first, RISKY_FIRST), then=replaced), default=Cast(text, TEXT), output_field=TEXT)


def in_words(model: Any, name: str) -> Any:
    """A field's choice as its label."""
    field = model._meta.get_field(name)
    whens = [When(**{name: value, "then": Value(harmless(str(label)))}) for value, label in field.flatchoices]
    return Case(*whens, default=guarded(Cast(F(name), TEXT)), output_field=TEXT)


def picture(of: Any, shape: str) -> Any:
    """A day or a time as its digits."""
    return Func(of, Value(shape), function="to_char", output_field=TEXT)


def shaped(field: models.Field, path: str, decimal: str) -> Any | None:
    """A field as the text that `cell` makes of its value; None for a kind that no file has had."""
    value = F(path)
    if isinstance(field, models.CharField | models.TextField):
        return guarded(value)
    if isinstance(field, models.BooleanField):
        yes, no = When(**{path: True, "then": Value(_("ja"))}), When(**{path: False, "then": Value(_("nej"))})
        return Case(yes, no, output_field=TEXT)
    if isinstance(field, models.DateTimeField):
        here = Func(Value(timezone.get_current_timezone_name()), value, function="timezone")
        return picture(here, "YYYY-MM-DD HH24:MI")
    if isinstance(field, models.DateField | models.TimeField):
        return picture(value, "YYYY-MM-DD" if isinstance(field, models.DateField) else "HH24:MI")
    if isinstance(field, models.IntegerField):
        return Cast(value, TEXT)
    if isinstance(field, models.FloatField | models.DecimalField):
        return Replace(Cast(value, TEXT), Value("."), Value(decimal))
    return None


def field_at(model: Any, names: Sequence[str]) -> models.Field | None:
    """The field that a path leads to; None where it leads to something that the database does not know."""
    for number, name in enumerate(names, start=1):
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            return None
        if number == len(names):
            return field if field.concrete and not field.is_relation and not hasattr(field, "from_db_value") else None
        model = field.related_model if field.many_to_one or field.one_to_one else None
        if model is None:
            return None
    return None


def expression_for(column: Column, model: Any, decimal: str) -> Any | None:
    """A column in SQL; None where there is no such form."""
    if column.sql is not None:
        return column.sql(model)
    if column.show is not None:
        return None
    if isinstance(column.key, Label):
        return in_words(model, column.key.name)
    if not isinstance(column.key, str):
        return None
    names = column.key.split(".")
    field = field_at(model, names)
    return None if field is None else shaped(field, "__".join(names), decimal)


def statement(rows: Any, columns: Sequence[Column], flavour: str = EXCEL) -> tuple[str, tuple[Any, ...]] | None:
    """The COPY that writes these rows, and what is bound in it; None where the rows are read one by one instead."""
    if connection.vendor != "postgresql" or not isinstance(rows, models.QuerySet) or len(columns) < 2:
        return None
    decimal = "," if flavour == EXCEL else "."
    expressions = [expression_for(column, rows.model, decimal) for column in columns]
    if any(expression is None for expression in expressions):
        return None
    # what is empty and what is nothing look the same in the file
    query = rows.values_list(*(NullIf(expression, Value(""), output_field=TEXT) for expression in expressions)).query
    try:
        sql, params = query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return None  # no row can match, and Django has no SQL for that
    if not rows.query.is_sliced:
        sql += IN_TURN
    return "COPY (" + sql + OPTIONS[flavour == EXCEL], params


@contextmanager
def cursor_apart(apart: bool) -> Iterator[Any]:
    """A cursor; `apart` on a connection of its own, for nothing else can be asked on one that copies.

    PostgreSQL would compile so many expressions for seconds before the first row, and win nothing by it.
    """
    own = connection.copy() if apart else connection
    try:
        own.ensure_connection()
        with own.connection.transaction(), own.cursor() as cursor:
            cursor.execute("SET LOCAL jit = off")
            yield cursor
    finally:
        if apart:
            own.close()


def copied_chunks(
    copy: tuple[str, tuple[Any, ...]], columns: Sequence[Column], counted: RowCounter, flavour: str = EXCEL
) -> Iterator[bytes]:
    """The file in pieces, header first. Whoever watches is told between rows, unless a transaction holds the rows."""
    yield header_line(columns, flavour)
    tell: Callable[[], None] | None = counted.tell if counted.watch and not connection.in_atomic_block else None
    with cursor_apart(tell is not None) as cursor, cursor.copy(*copy) as lines:
        remaining = iter(lines)
        while chunk := [bytes(line[:-1]) for line in islice(remaining, ROWS_A_CHUNK)]:
            chunk.append(b"")
            counted.count += len(chunk) - 1
            yield b"\r\n".join(chunk)
            if tell:
                tell()
