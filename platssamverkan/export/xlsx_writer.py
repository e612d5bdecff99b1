# SPDX-License-Identifier: EUPL-1.2
"""Rows as XLSX, in constant memory: every text is a text cell, so nothing in it is ever a formula or a link."""

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from platssamverkan.export.columns import Column, shown_getters
from platssamverkan.export.csv_writer import cell, original

MAX_TEXT = 32_767  # what a cell holds; XlsxWriter would leave a longer one out
MAX_ROWS = 1_048_576  # what a sheet holds; the rest goes on in the next
EXACT_INTEGER = 10**15  # a greater one would lose its last digits
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LONGEST_NAME = 28  # of a sheet: Excel takes 31, and the next sheet gets a number
FIRST_DATE = date(1900, 3, 1)  # before it Excel counts a day that was not


class Book:
    """An open file: its sheets have the header on top, frozen, and go on in a new one when full."""

    def __init__(self, path: Path, columns: Sequence[Column], name: str = "") -> None:
        self.workbook = xlsxwriter.Workbook(str(path), OPTIONS)
        self.bold = self.workbook.add_format({"bold": True})
        self.day = self.workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self.moment = self.workbook.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"})
        self.sheet_name = sheet_name(name)
        self.headers = [str(column.header) for column in columns]

    def add_sheet(self) -> Any:
        """A new sheet with the header row."""
        count = len(self.workbook.worksheets())
        sheet = self.workbook.add_worksheet(f"{self.sheet_name} {count + 1}" if count else self.sheet_name)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(self.headers) - 1, 0), 22)
        for column, header in enumerate(self.headers):
            sheet.write_string(0, column, header, self.bold)
        return sheet

    def write(self, sheet: Any, row: int, column: int, value: Any) -> None:
        """One cell, as what it is: text, number, day or moment."""
        if isinstance(value, datetime) and timezone.is_aware(value):
            value = timezone.localtime(value).replace(tzinfo=None)
        if is_number(value):
            sheet.write_number(row, column, value)
        elif isinstance(value, datetime) and value.date() >= FIRST_DATE:
            sheet.write_datetime(row, column, value, self.moment)
        elif isinstance(value, date) and not isinstance(value, datetime) and value >= FIRST_DATE:
            sheet.write_datetime(row, column, value, self.day)
        else:
            self.write_text(sheet, row, column, str(original(str(cell(value)))))

    @staticmethod
    def write_text(sheet: Any, row: int, column: int, text: str) -> None:
        """A text cell; of a text that is too long, as much as a cell holds."""
        if text:
            sheet.write_string(row, column, text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…")


def sheet_name(text: str) -> str:
    """What a sheet of these rows is called: shorter than 31 characters, and without those that Excel refuses."""
    allowed = "".join(" " if character in "[]:*?/\\" else character for character in text)
    return capfirst(" ".join(allowed.split())[:LONGEST_NAME].strip("' ")) or _("Uppgifter")


def is_number(value: Any) -> bool:
    """Whether a value can be a number cell without losing a digit."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return False
    return math.isfinite(value) and -EXACT_INTEGER < value < EXACT_INTEGER


def write_xlsx(path: Path, rows: Iterable[Any], columns: Sequence[Column], name: str = "") -> None:
    """Write the whole file; raises OSError or xlsxwriter's FileCreateError if the disk takes it not."""
    getters: list[Callable[[Any], Any]] = shown_getters(columns)
    book = Book(path, columns, name)
    book.workbook.set_properties({"author": _("Platssamverkan")})
    remaining = iter(rows)
    while True:
        sheet = book.add_sheet()
        last = 0
        for last, row in enumerate(islice(remaining, MAX_ROWS - 1), start=1):
            for column, get in enumerate(getters):
                value = get(row)
                write = book.write_text if type(value) is str else book.write  # most cells are texts: the short way
                write(sheet, last, column, value)
        if last < MAX_ROWS - 1:
            break
    book.workbook.close()
