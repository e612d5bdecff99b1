# SPDX-License-Identifier: EUPL-1.2
"""CSV and XLSX as a header and rows of texts, messy as they come: title rows, empty rows, any separator."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from io import BytesIO, StringIO
from itertools import islice
from typing import Any, NamedTuple
from zipfile import BadZipFile

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from openpyxl.utils.escape import unescape

from boenden.imports.uploads import decoded
from platssamverkan.export.csv_writer import original
from platssamverkan.ground.middleware import without_unstorable

MOST_ROWS = 50_000
MOST_COLUMNS = 100
MOST_EMPTY = 100_000  # empty rows in a row: what comes after is no part of the table
HEADER_WITHIN = 10  # rows; above the header people write a title
DELIMITERS = ";,\t|"
SEPARATOR_LINE = re.compile(r"^sep=(.)\r?\n", re.IGNORECASE)
LONGEST_CELL = 20_000
UNREADABLE = _("Filen är skadad och går inte att läsa. Öppna den, spara den igen och försök på nytt.")
# what openpyxl and its parser raise for a damaged file; SyntaxError is the XML parser's
DAMAGED = (
    BadZipFile, LookupError, ValueError, TypeError, AttributeError, StopIteration, OSError, SyntaxError, EOFError,
)  # fmt: skip

Line = tuple[int, list[str]]
Known = Callable[[list[str]], int]


class Table(NamedTuple):
    """A file as people see it: its header, and its rows with their numbers in the file.

    Of a row's cells `kept` are for the plan; what stands after them is only looked through for a personnummer.
    """

    headers: list[str]
    rows: Iterator[Line]
    kept: int


def text_of(value: Any) -> str:
    """A cell as text: a whole number without decimals, a day without midnight, ja and nej."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date | time):
        return value.isoformat()
    return tidy(unescape(str(value)))


def tidy(text: str) -> str:
    """A text that can be kept, without space around it."""
    return without_unstorable(text.replace("\r\n", "\n")).strip()[:LONGEST_CELL]


def csv_lines(content: bytes, known: Known) -> Iterator[Line]:
    """Every row of a CSV file, with its number as a spreadsheet counts."""
    text = decoded(content)
    said = SEPARATOR_LINE.match(text)
    if said:
        text = text[said.end() :]
    reader = csv.reader(StringIO(text, newline=""), delimiter=said[1] if said else delimiter_of(text, known))
    first = 2 if said else 1
    try:
        for number, row in enumerate(reader, start=first):
            yield number, [tidy(original(cell)) for cell in row[:MOST_COLUMNS]]
    except csv.Error as error:
        raise ValidationError(UNREADABLE, code="unreadable") from error


def delimiter_of(text: str, known: Known) -> str:
    """What stands between the cells: the sign by which most columns are known, then by which the rows are alike."""

    def fitness(sign: str) -> tuple[int, int]:
        try:
            rows = list(islice(csv.reader(StringIO(text, newline=""), delimiter=sign), HEADER_WITHIN))
        except csv.Error:
            return 0, 0
        widths = [len(row) for row in rows if len(row) > 1]
        return max(map(known, rows), default=0), sum(width == max(widths) for width in widths)

    return max(DELIMITERS, key=fitness)


def xlsx_lines(content: bytes) -> Iterator[Line]:
    """Every row of a workbook's first sheet. Of a formula its last result is read, never the formula."""
    try:
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
        sheet.reset_dimensions()  # what the file says of its own size may be a lie
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
            yield number, [text_of(value) for value in row]
    except DAMAGED as error:
        raise ValidationError(UNREADABLE, code="unreadable") from error


def filled(lines: Iterable[Line]) -> Iterator[Line]:
    """The rows that hold something. Raises ValidationError when there are more than can be brought in at once."""
    count = last = 0
    for number, cells in lines:
        if not any(cells):
            if number - last > MOST_EMPTY:
                return
            continue
        last, count = number, count + 1
        if count > MOST_ROWS + 1:
            raise ValidationError(_("Filen har fler än 50 000 rader. Dela upp den i flera."), code="too_many")
        yield number, cells


def table_of(lines: Iterable[Line], known: Known) -> Table:
    """The table: the header is the row among the first that has most columns known by name, else the first."""
    rows = filled(lines)
    start = list(islice(rows, HEADER_WITHIN))
    if not start:
        raise ValidationError(_("Filen är tom. Välj en fil med minst en rad."), code="empty")
    header = max(range(len(start)), key=lambda index: (known(start[index][1]), -index))
    headers = start[header][1]
    while headers and not headers[-1]:
        headers.pop()

    def streamed() -> Iterator[Line]:
        width = len(headers)
        for part in (start[header + 1 :], rows):
            for number, cells in part:
                beyond = [" ".join(filter(None, cells[width:]))] if any(cells[width:]) else []
                yield number, (cells + [""] * (width - len(cells)))[:width] + beyond

    return Table(headers, streamed(), kept=len(headers) + 1)  # one beyond the headers makes the row faulty
