# SPDX-License-Identifier: EUPL-1.2
"""A file of crime figures as rows: one figure a row, messy as files come. What is wrong is said with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boenden.imports.columns import ImportColumn, match_headers
from boenden.imports.tables import Table, csv_lines, table_of, xlsx_lines
from boenden.imports.uploads import Format
from incidents.models.crime import FIRST_YEAR, LAST_YEAR, WHOLE_YEAR
from platssamverkan.ground import identity_guard

MOST_FAULTS = 100  # told on the page; all are counted
LONGEST_NAME, LONGEST_DIVISION = 120, 80
LARGEST = 100_000_000
SUPPRESSED = {"", "..", ".", "…", "-", "–", "x", "uppgift saknas", "sekretess", "na", "n/a"}
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
PERIOD = re.compile(r"^(\d{4})(?:\s*[-/ ]?\s*[mM]?(\d{1,2}))?$")
WHOLE = {"", "0", "hela året", "helår", "året", "totalt", "år"}


def number_of(text: str) -> int | None:
    """A count, with any spaces between thousands; None where it is suppressed. Raises ValueError.

    Three digits after a point or comma are refused: 1.000 is a thousand to some and one to others.
    """
    bare = re.sub(r"\s", "", text)
    if text.strip().casefold() in SUPPRESSED:
        return None
    if not re.fullmatch(r"\d{1,9}(?:[.,]0{1,2})?", bare):
        raise ValueError
    count = int(re.split(r"[.,]", bare)[0])
    if count > LARGEST:
        raise ValueError
    return count


def period_of(year: str, month: str) -> tuple[int, int]:
    """(year, month) of "2025", "2025-03", "2025M03" or "2025" with "mars"; month 0 is the year. Raises ValueError."""
    found = PERIOD.match(year.strip())
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise ValueError
    text, said = month.strip().casefold(), int(found[2]) if found[2] else None
    if text in WHOLE:
        number = said or WHOLE_YEAR
    elif text.isdecimal():
        number = int(text)
    else:
        number = MONTHS.index(text[:3]) + 1
    if not 0 <= number <= 12 or said == 0 or said not in (None, number):
        raise ValueError
    return int(found[1]), number


def column(key: str, header: Any, synonyms: str) -> ImportColumn:
    """A column with what others call it."""
    return ImportColumn(f"figure.{key}", header, str, tuple(synonyms.split("|")))


COLUMNS = [
    column("year", gettext_lazy("År"), "ar|period|tid|year|kalenderår|redovisningsår"),
    column("month", gettext_lazy("Månad"), "manad|mån|month"),
    column("area", gettext_lazy("Område"), "omrade|region|kommun|stadsområde|stadsdel|mellanområde|geografi|area"),
    column("kind", gettext_lazy("Brottstyp"), "brott|brottskategori|brottskod|typ av brott|kategori|crime"),
    column("count", gettext_lazy("Antal"), "anmälda brott|antal anmälda brott|antal brott|värde|count|value"),
    column("division", gettext_lazy("Områdesindelning"), "indelning|områdesversion|version|division"),
]
REQUIRED = ("year", "area", "kind", "count")


class FigureRow(NamedTuple):
    """One figure of a file."""

    area: str
    kind: str
    year: int
    month: int
    number: int | None
    division: str

    @property
    def key(self) -> tuple[str, str, int, int]:
        """What there is one figure of."""
        return self.area, self.kind, self.year, self.month


@dataclass
class Reading:
    """What a file holds: its figures, and what is wrong with the other rows."""

    rows: list[FigureRow] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    faulty: int = 0

    def fault(self, line: int, reason: str) -> None:
        """One row that is left out."""
        self.faulty += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append((line, reason))


def known(cells: list[str]) -> int:
    """How many of a row's cells are names of columns."""
    return sum(1 for key in match_headers(cells, COLUMNS) if key)


def open_figures(content: bytes, fmt: str) -> Table:
    """The file as a table. Raises ValidationError for what is no table, or lacks a column."""
    if fmt not in (Format.CSV, Format.XLSX):
        raise ValidationError(_("Filen är ingen tabell. Spara siffrorna som CSV eller Excel (.xlsx)."))
    table = table_of(csv_lines(content, known) if fmt == Format.CSV else xlsx_lines(content), known)
    keys = match_headers(table.headers, COLUMNS)
    missing = [
        str(found.header) for name in REQUIRED for found in COLUMNS if found.attribute == name and found.key not in keys
    ]
    if missing:
        text = _("Filen saknar kolumn: %(names)s. Det ska vara en siffra på varje rad, med rubriker överst.")
        raise ValidationError(text % {"names": ", ".join(missing)})
    return table


def read_figures(table: Table, division: str) -> Reading:
    """Every row as a figure or a fault. `division` stands where the row names none. Raises ValidationError."""
    places = {key.partition(".")[2]: at for at, key in enumerate(match_headers(table.headers, COLUMNS)) if key}
    reading = Reading()
    seen: dict[tuple[str, str, int, int], tuple[int, FigureRow]] = {}
    checked: dict[str, bool] = {}
    for line, cells in table.rows:
        try:
            row = row_of({name: cells[at].strip() for name, at in places.items()}, division, checked)
        except ValidationError as error:
            reading.fault(line, " ".join(error.messages))
            continue
        earlier = seen.setdefault(row.key, (line, row))
        if earlier[0] == line:
            reading.rows.append(row)
        elif earlier[1] != row:
            text = _("Samma område, brottstyp och tid står på rad %(line)s med ett annat antal. Behåll en av raderna.")
            reading.fault(line, text % {"line": earlier[0]})
    if not reading.rows and not reading.faulty:
        raise ValidationError(_("Filen har inga rader under rubrikerna."))
    return reading


def row_of(cells: dict[str, str], division: str, checked: dict[str, bool]) -> FigureRow:
    """One row. Raises ValidationError with what to mend; a name with a personnummer in it is repeated nowhere."""
    for name in ("area", "kind", "division"):
        refuse_numbers(cells.get(name, ""), checked)
    area, kind = cells["area"], cells["kind"]
    if not area or not kind:
        raise ValidationError(_("Område eller brottstyp saknas."))
    if max(len(area), len(kind)) > LONGEST_NAME or len(cells.get("division", "")) > LONGEST_DIVISION:
        raise ValidationError(_("Ett namn är för långt. Ett område eller en brottstyp får ha högst 120 tecken."))
    try:
        year, month = period_of(cells["year"], cells.get("month", ""))
    except ValueError as error:
        raise ValidationError(_("Tiden ska vara ett år, eller ett år och en månad: 2025 eller 2025-03.")) from error
    try:
        count = number_of(cells["count"])
    except ValueError as error:
        text = _("Antalet ska vara ett helt tal, eller .. där uppgiften inte är publicerad.")
        raise ValidationError(text) from error
    return FigureRow(area, kind, year, month, count, cells.get("division") or division)


def refuse_numbers(text: str, checked: dict[str, bool]) -> None:
    """Refuse a name that holds a personnummer; the same name is looked through once."""
    if text not in checked:
        checked[text] = bool(identity_guard.personal_numbers(text))
    if checked[text]:
        raise ValidationError(_("Raden innehåller ett personnummer. Ta bort det. Raden är inte sparad."))


def rows_of(kept: list[list[Any]]) -> Iterator[FigureRow]:
    """The rows of an import as they were kept."""
    return (FigureRow(*row) for row in kept)
