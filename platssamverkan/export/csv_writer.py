# SPDX-License-Identifier: EUPL-1.2
"""Rows as CSV, streamed: for Excel (semicolon, BOM, decimal comma) or for machines (RFC 4180)."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from platssamverkan.export.columns import Column, shown_getters

EXCEL, RFC4180 = "excel", "rfc4180"
BOM = "\ufeff"
ROWS_A_CHUNK = 500
TOLD_EACH = 500  # rows between two words to whoever watches
RISKY = "=+\\-@\t\r\n＝＋－＠"  # a cell that begins so is a formula to some program (OWASP, "CSV Injection")
BLANK = " \u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff"  # what some programs leave out before they look
GUARDED = re.compile(f"'*[{BLANK}]*[{RISKY}]")
PARTING = re.compile("[;,\t\r\n]")
# Behind a separator or a line end in a text, where a program that is told the other separator begins a cell: quotes
# help there in a row's first cell only. A + or − counts behind a separator where something follows: a list's "- " at
# the beginning of a line, and "450,-", stay.
EQUALS = f"[{BLANK}'\"]*[=@＝＠]"
FORMULA = f"(?:{EQUALS}|['\"]*[+\\-＋－][^{BLANK};,.\t\r\n])"
INSIDE = re.compile(f"([;,](?={FORMULA})|(?<!^)[\t\r\n](?={EQUALS}))")
GUARDED_INSIDE = re.compile(f"([;,](?='{FORMULA})|(?<!^)[\t\r\n](?='{EQUALS}))'")


def harmless(text: str) -> str:
    """A text that no program takes for a formula: an apostrophe stands before one that could be.

    So too inside it, behind a separator, for a program that is told the wrong one. `original` takes them away again,
    for every text there is: an apostrophe already there gets one more.
    """
    if PARTING.search(text):  # most texts have nothing to look behind
        text = INSIDE.sub(r"\1'", text)
    return begins_harmless(text)


def begins_harmless(text: str) -> str:
    """A text as `harmless` begins it."""
    return "'" + text if GUARDED.match(text) else text


def original(cell: str) -> str:
    """The text that `harmless` was given."""
    text = without_first(cell)
    return GUARDED_INSIDE.sub(r"\1", text) if PARTING.search(text) else text


def without_first(cell: str) -> str:
    """The text that `begins_harmless` was given."""
    return cell[1:] if cell[:1] == "'" and GUARDED.match(cell) else cell


def cell(value: Any, decimal: str = ",") -> Any:
    """A value as a cell: a number stays one (−5 is no formula), a time is Swedish, a text is made harmless."""
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if isinstance(value, int):
        return value
    if isinstance(value, (float, Decimal)):
        return (f"{value:f}" if isinstance(value, Decimal) else str(value)).replace(".", decimal)
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, (date, time)):
        return value.isoformat() if isinstance(value, date) else value.strftime("%H:%M")
    return harmless(str(value))


class RowCounter:
    """Passes rows through and knows how many there were; `watch` is told now and then."""

    def __init__(self, rows: Iterable[Any], watch: Callable[[int], None] | None = None) -> None:
        self.rows = rows
        self.count = 0
        self.watch = watch

    def __iter__(self) -> Iterator[Any]:
        for row in self.rows:
            self.count += 1
            if not self.count % TOLD_EACH:
                self.tell()
            yield row

    def close(self) -> None:
        """Read no further."""
        if close := getattr(self.rows, "close", None):
            close()

    def tell(self) -> None:
        """Tell whoever watches how far it has come."""
        if self.watch:
            self.watch(self.count)


def writer_to(buffer: io.StringIO, flavour: str) -> Any:
    """Writes cells as one of the two kinds of CSV."""
    return csv.writer(buffer, delimiter=";" if flavour == EXCEL else ",", lineterminator="\r\n")


def header_line(columns: Sequence[Column], flavour: str = EXCEL) -> bytes:
    """What stands first in the file."""
    buffer = io.StringIO(BOM if flavour == EXCEL else "", newline="")
    buffer.seek(0, io.SEEK_END)
    writer_to(buffer, flavour).writerow([harmless(str(column.header)) for column in columns])
    return buffer.getvalue().encode("utf-8", "replace")


def csv_chunks(rows: Iterable[Any], columns: Sequence[Column], flavour: str = EXCEL) -> Iterator[bytes]:
    """The file in pieces, header first, so that it begins at once and never lies in memory whole."""
    decimal = "," if flavour == EXCEL else "."
    getters = shown_getters(columns)
    yield header_line(columns, flavour)
    buffer = io.StringIO(newline="")
    writer = writer_to(buffer, flavour)
    remaining = iter(rows)
    while True:
        writer.writerows([cell(get(row), decimal) for get in getters] for row in islice(remaining, ROWS_A_CHUNK))
        if not (text := buffer.getvalue()):
            break
        yield text.encode("utf-8", "replace")
        buffer.seek(0)
        buffer.truncate()
