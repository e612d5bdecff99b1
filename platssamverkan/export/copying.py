# SPDX-License-Identifier: EUPL-1.2
"""Rows as CSV by PostgreSQL's own COPY: the same file as csv_writer makes, byte for byte, many times as fast.

Only where every column has a form in SQL. The server writes the cells as csv_writer would (`shaped`), and sees to how
they begin; a line that could hold a formula inside a text is written anew here (`harmless_line`). It sends one message
a row, so the count is exact and the end of a row is known from a line end in a cell.
"""

import csv
import io
import re
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
from platssamverkan.export.csv_writer import (
    BLANK,
    EXCEL,
    FORMULA,
    GUARDED,
    RISKY,
    ROWS_A_CHUNK,
    RowCounter,
    begins_harmless,
    harmless,
    header_line,
    without_first,
    writer_to,
)

TEXT = models.TextField()
BLANKS = [chr(number) for number in range(0x10000) if re.match(f"[{BLANK}]", chr(number))]
RISKY_FIRST = [ord(character) for character in [*RISKY.replace("\\", ""), "'", *BLANKS]]
GUARD = f"^({GUARDED.pattern})"
PERHAPS = re.compile(f"[;,\t\r\n]{FORMULA}")  # in a whole line, where it may be but a cell's beginning
# what a line has to have for a + or − that counts, seen faster than by a regular expression
SIGNS = (b",+", b";+", b",-", b";-", b'""+', b'""-', b"'+", b"'-")
NEAR = re.compile(b"[;,]['\"]*[+-][^ ;,.\t\r\n]")
# A bound that the planner cannot read: it then takes rows from an index in their order, where there is one, instead of
# sorting all before the first.
IN_TURN = " LIMIT (SELECT 9223372036854775807)"
OPTIONS = {
    True: ") TO STDOUT (FORMAT csv, DELIMITER ';', ENCODING 'UTF8')",
    False: ") TO STDOUT (FORMAT csv, DELIMITER ',', ENCODING 'UTF8')",
}
NUMBER = re.compile(r"-?\d+([.,]\d+)?")  # of a text that looks like one the server has sent "'-5"


def guarded(text: Any) -> Any:
    """A text as `begins_harmless` gives it; most are let through after a look at their first character."""
    first = Func(text, function="ascii", output_field=models.IntegerField())  # its number, beyond ASCII too
    replaced = Func(text, Value(GUARD), Value("'\\1"), function="regexp_replace", output_field=TEXT)
    return Case(When(In(first, RISKY_FIRST), then=replaced), default=Cast(text, TEXT), output_field=TEXT)


def in_words(model: Any, name: str) -> Any:
    """A field's choice as its label."""
    field = model._meta.get_field(name)
    whens = [When(**{name: value, "then": Value(begins_harmless(str(label)))}) for value, label in field.flatchoices]
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


def may_hold_formula(lines: bytes) -> bool:
    """Whether there is a sign that could begin a formula behind a separator: most have none, and it is seen at once."""
    if b"=" in lines or b"@" in lines or b"\xef\xbc" in lines:  # the last begins the wide signs
        return True
    return any(sign in lines for sign in SIGNS) and NEAR.search(lines) is not None


def harmless_line(line: bytes, flavour: str) -> bytes:
    """A line of the server's, its texts made harmless inside too: a regular expression there would look into each."""
    if not (may_hold_formula(line) and PERHAPS.search(text := line.decode())):
        return line
    (cells,) = csv.reader(io.StringIO(text, newline=""), delimiter=";" if flavour == EXCEL else ",")
    buffer = io.StringIO(newline="")
    guarded_cells = [cell if NUMBER.fullmatch(cell) else harmless(without_first(cell)) for cell in cells]
    writer_to(buffer, flavour).writerow(guarded_cells)
    return buffer.getvalue()[:-2].encode()


def copied_chunks(
    copy: tuple[str, tuple[Any, ...]], columns: Sequence[Column], counted: RowCounter, flavour: str = EXCEL
) -> Iterator[bytes]:
    """The file in pieces, header first. Whoever watches is told between rows, unless a transaction holds the rows."""
    yield header_line(columns, flavour)
    tell: Callable[[], None] | None = counted.tell if counted.watch and not connection.in_atomic_block else None
    with cursor_apart(tell is not None) as cursor, cursor.copy(*copy) as lines:
        remaining = iter(lines)
        while chunk := [bytes(line[:-1]) for line in islice(remaining, ROWS_A_CHUNK)]:
            counted.count += len(chunk)
            block = b"\r\n".join([*chunk, b""])
            if may_hold_formula(block):
                block = b"\r\n".join([*(harmless_line(line, flavour) for line in chunk), b""])
            yield block
            if tell:
                tell()
