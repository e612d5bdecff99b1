# SPDX-License-Identifier: EUPL-1.2
"""Every table of an årsrapport as XLSX, a sheet a table. Numbers are numbers; texts are never formulas."""

import re
import tempfile
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from platssamverkan.export.xlsx_writer import Book
from platssamverkan.reports.annual.paper import facts, report_title
from platssamverkan.reports.annual.reading import Chapter, Document
from platssamverkan.reports.annual.tables import Cell, Line, Table

LONGEST_NAME = 31  # of a sheet
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


class TableBook(Book):
    """An open file with a named sheet for each table."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, [])
        self.names: set[str] = set()

    def name(self, of: str, what: str = "") -> str:
        """A name that Excel takes and no other sheet has; `what` stands whole, and what it is of is shortened."""
        of, what = (FORBIDDEN.sub(" ", words).strip() for words in (of, what))
        found, count = fitted(of, what), 1
        while found.lower() in self.names:
            count += 1
            found = fitted(of, f"{what} {count}".strip())
        self.names.add(found.lower())
        return found

    def add_about(self, document: Document) -> None:
        """The first sheet: which report and edition it is, whether it counts, and what is forecast to be paid back."""
        sheet = self.workbook.add_worksheet(self.name(_("Om rapporten")))
        sheet.set_column(0, 1, 40)
        sheet.write_string(0, 0, report_title(document.report), self.bold)
        lines = [(_("Läge"), document.report.get_status_display()), *facts(document)]
        if (economy := document.economy) and economy.repayment is not None and economy.forecast_on is not None:
            lines += [
                (_("Prognos för återbetalning, kronor"), economy.repayment),
                (_("Prognosen gjord"), economy.forecast_on),
            ]
        for row, (term, value) in enumerate(lines, start=1):
            self.write_text(sheet, row, 0, str(term))
            self.write(sheet, row, 1, value)

    def add_table(self, chapter: Chapter, table: Table) -> int:
        """A sheet with the table; gives its rows."""
        sheet = self.workbook.add_worksheet(self.name(*names_of(chapter, table)))
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, len(table.heads), 18)
        sheet.set_column(len(table.heads), len(table.heads), 80)
        for column, head in enumerate([*table.heads, _("Enhet, period och källa")]):
            sheet.write_string(0, column, head, self.bold)
        lines = [*table.lines, *([table.total] if table.total else [])]
        for row, line in enumerate(lines, start=1):
            self.add_line(sheet, row, line, table.about)
        for row, note in enumerate(table.notes, start=len(lines) + 2):
            self.write_text(sheet, row, 0, note)
        return len(lines)

    def add_definitions(self, document: Document) -> None:
        """A sheet that says what each figure is, with the words it was frozen with."""
        sheet = self.workbook.add_worksheet(self.name(_("Så räknas siffrorna")))
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, 4, 60)
        heads = (_("Vad som räknas"), _("Enhet"), _("Definition"), _("Så räknas det"), _("Källa"))
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, self.bold)
        for row, one in enumerate(document.definitions, start=1):
            for column, words in enumerate((one.label, one.unit, one.definition, one.formula, one.source)):
                self.write_text(sheet, row, column, words)

    def add_line(self, sheet: Any, row: int, line: Line, about: str = "") -> None:
        """A row: its name, its cells and what has to be said of it."""
        self.write_text(sheet, row, 0, line.name)
        for column, cell in enumerate(line.cells, start=1):
            self.write(sheet, row, column, value_of(cell))
        self.write_text(sheet, row, len(line.cells) + 1, line.meta or about)


def names_of(chapter: Chapter, table: Table) -> tuple[str, str]:
    """Whose and which table; of the whole förvaltning the chapter's title says it alone where both have no room."""
    what = table.short or table.title
    is_long = len(f"{chapter.title} {what}") > LONGEST_NAME
    return (chapter.title, "") if is_long and chapter.boende is None else (chapter.title, what)


def fitted(of: str, what: str) -> str:
    """Both words in the room that a sheet's name has: "Kallebäcks boende Siffror", "Ett mycket långt… Årsarbetare"."""
    room = LONGEST_NAME - len(what) - 1 if what else LONGEST_NAME
    return f"{of if len(of) <= room else of[: room - 1].rstrip() + '…'} {what}".strip()


def value_of(cell: Cell) -> Any:
    """The number where there is one."""
    return cell.text if cell.value is None else cell.value


def workbook(document: Document) -> tuple[bytes, int]:
    """(the file, how many rows). Of a report without tables one sheet says so."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tabeller.xlsx"
        book = TableBook(path)
        book.add_about(document)
        rows = sum(book.add_table(chapter, table) for chapter, table in document.tables)
        if not rows:
            book.write_text(book.workbook.add_worksheet(_("Tabeller")), 0, 0, _("Rapporten har inga tabeller än."))
        if document.definitions:
            book.add_definitions(document)
        book.workbook.set_properties({"author": _("Platssamverkan")})
        book.workbook.close()
        return path.read_bytes(), rows
