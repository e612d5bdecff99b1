# SPDX-License-Identifier: EUPL-1.2
"""The tables of an årsrapport: the same on the page, in PDF, in Word and in Excel. Differences are worked out here."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from platssamverkan.look.words import all_of, day_year, number, signed
from platssamverkan.reports.annual.economy import kronor_words, percent_words, year_of
from platssamverkan.reports.annual.figures import Figure
from platssamverkan.reports.figures.indicators import per_cent
from platssamverkan.reports.models import AnnualBudget, AnnualEconomy, AnnualShare, AnnualStaffing

NONE = "–"


class Cell(NamedTuple):
    """What is read, and the number behind it where there is one."""

    text: str
    value: Any = None


@dataclass(frozen=True)
class Line:
    """A row: what it is about, what has to be said of it, and its cells."""

    name: str
    cells: list[Cell]
    meta: str = ""


@dataclass(frozen=True)
class Table:
    """A table with its headers; the first is of the rows' names.

    `short` is its name where there is little room. `about` is the unit, period and source of lines that do not say.
    """

    title: str
    heads: list[str]
    lines: list[Line]
    total: Line | None = None
    notes: tuple[str, ...] = ()
    short: str = ""
    about: str = ""

    @property
    def labelled(self) -> list[tuple[Line, list[tuple[str, Cell]]]]:
        """Each line, and its cells with their headers: a phone shows cards."""
        return [(line, self.with_heads(line)) for line in self.lines]

    @property
    def labelled_total(self) -> list[tuple[str, Cell]]:
        """The total's cells with their headers."""
        return self.with_heads(self.total) if self.total else []

    def with_heads(self, line: Line) -> list[tuple[str, Cell]]:
        """A line's cells with their headers."""
        return list(zip(self.heads[1:], line.cells, strict=True))


def period_words(first: date, last: date) -> str:
    """ "1 jan.–21 nov. 2026"; of one day "21 nov. 2026"."""
    if first == last:
        return day_year(last)
    begin = day_year(first).removesuffix(f" {first.year}") if first.year == last.year else day_year(first)
    return f"{begin}–{day_year(last)}"


def numbered(value: Decimal | int | None, decimals: int = 0) -> Cell:
    """A number as it is read."""
    return Cell(NONE) if value is None else Cell(number(float(value), decimals), value)


def compared(now: Decimal | int | None, before: Decimal | int | None) -> list[Cell]:
    """The difference and the difference in per cent, worked out; a dash for what cannot be."""
    if now is None or before is None:
        return [Cell(NONE), Cell(NONE)]
    difference = now - before
    words = signed(float(difference))
    if isinstance(difference, Decimal) and difference:  # of årsarbetare, as many decimals as they have
        words = words[0] + number(abs(float(difference)), 2)
    if not before:
        return [Cell(words, difference), Cell(NONE)]
    percent = per_cent(difference, before)
    return [Cell(words, difference), Cell(f"{signed(float(percent))}\N{NO-BREAK SPACE}%", percent)]


def heads(first: str, year: int) -> list[str]:
    """The headers of a table that compares two years."""
    return [first, str(year - 1), str(year), _("Skillnad"), _("I procent")]


def about_rows(unit: str, year: int, source: str) -> str:
    """What the rows of a table are: somebody has written them, of two whole years."""
    return _("Enhet: %(unit)s. Period: %(before)s och %(year)s. Källa: %(source)s.") % {
        "unit": unit,
        "before": year - 1,
        "year": year,
        "source": source,
    }


# ---------- figures ----------


def figure_table(
    title: str,
    figures: Sequence[Figure],
    year: int,
    hidden: Collection[str] = (),
    hidden_before: Collection[str] = (),
) -> Table:
    """What was counted, each line with its unit, period and source, and why it cannot be compared.

    What most lines share, the period of the year before and the reason, stands once, beneath; a line with that reason
    has a star. `hidden` are the keys whose number is not shown (small_numbers.py), `hidden_before` those of the year
    before.
    """
    periods = Counter(period_before(one) for one in figures if one.first != one.last).most_common(1)
    reasons = Counter(one.reason for one in figures if one.reason).most_common(1)
    shared = [words for words, times in (*periods, *reasons) if times > 1]
    lines = [figure_line(one, shared, one.key in hidden, one.key in hidden_before) for one in figures]
    notes = [f"* {words}" if words in dict(reasons) else words for words in shared]
    if any(cell.text == NONE for line in lines for cell in line.cells):
        notes.append(_("– betyder att det inte finns något tal, eller ingen skillnad att räkna ut."))
    if any(one.nought and not count for one in figures for count in (one.count, one.count_before)):
        notes.append(_("Inget är antecknat betyder att ingen har skrivit in något. Det är inte samma sak som noll."))
    if any(one.key in hidden or one.key in hidden_before for one in figures):
        notes.append(
            _("Tal under 5 om händelser och synpunkter visas inte, och inte heller tal som de kan räknas ut från.")
        )
    return Table(title, heads(_("Vad som räknas"), year), lines, notes=tuple(notes), short=_("Siffror"))


def period_before(one: Figure) -> str:
    """What the number of the year before is of."""
    return _("Året före: %(period)s.") % {"period": period_words(one.before_first, one.before_last)}


def figure_line(
    one: Figure, shared: Sequence[str] = (), is_hidden: bool = False, is_hidden_before: bool = False
) -> Line:
    """One figure. The year before is shown also where it cannot be compared, and the line says so.

    Where a number is not shown, its difference is not either.
    """
    told = _("Enhet: %(unit)s. Period: %(period)s. Källa: %(source)s.") % {
        "unit": one.unit,
        "period": period_words(one.first, one.last),
        "source": one.source,
    }
    if period_before(one) not in shared:
        told += f" {period_before(one)}"
    is_starred = bool(one.reason) and one.reason in shared
    reason = "" if is_starred else one.reason
    pairs = [(one.before_words, one.before), (one.value_words, one.value)]
    cells = [
        *(Cell(words, None if one.nought and not value else value) for words, value in pairs),
        Cell(f"{NONE}*") if is_starred else Cell(one.difference_words, one.difference),
        Cell(one.percent_words, one.percent),
    ]
    if not is_hidden and not is_hidden_before:
        return Line(one.label, cells, " ".join(filter(None, [told, *one.notes, reason])))
    before = Cell(_("visas inte")) if is_hidden_before else cells[0]
    now = Cell(_("visas inte")) if is_hidden else cells[1]
    return Line(one.label, [before, now, Cell(NONE), Cell(NONE)], " ".join(filter(None, [told, reason])))


# ---------- staffing and budget ----------


def staffing_table(rows: Iterable[AnnualStaffing], year: int) -> Table | None:
    """Årsarbetare per role, and all of them; None where nothing is written."""
    found = list(rows)
    if not found:
        return None
    lines = [Line(row.role, staffing_cells(row.now, row.before)) for row in found]
    befores = [row.before for row in found if row.before is not None]
    unknown = [row.role for row in found if row.before is None]
    before = sum(befores, Decimal(0)) if not unknown else None
    notes = []
    if unknown and befores:
        notes.append(
            _("Summan för %(year)s går inte att räkna: tal saknas för %(roles)s.")
            % {"year": year - 1, "roles": all_of(unknown)}
        )
    total = Line(_("Summa"), staffing_cells(sum((row.now for row in found), Decimal(0)), before))
    about = about_rows(_("årsarbetare"), year, _("inskrivet av boendet"))
    names = heads(_("Yrkesroll"), year)
    title = _("Årsarbetare per yrkesroll")
    return Table(title, names, lines, total, tuple(notes), short=_("Årsarbetare"), about=about)


def staffing_cells(now: Decimal, before: Decimal | None) -> list[Cell]:
    """The cells of a role."""
    return [numbered(before, 2), numbered(now, 2), *compared(now, before)]


def budget_table(row: AnnualBudget | None, year: int) -> Table | None:
    """Budget and outcome in tkr; None where nothing is written."""
    if row is None:
        return None
    pairs = [
        (_("Budget"), row.budget, row.budget_before),
        (_("Utfall"), row.outcome, row.outcome_before),
    ]
    lines = [
        Line(name, [numbered(before), numbered(now), *compared(now, before)])
        for name, now, before in pairs
        if now is not None or before is not None
    ]
    title = _("Budget i tusen kronor (tkr)")
    about = about_rows(_("tusen kronor (tkr)"), year, _("inskrivet av boendet"))
    return Table(title, heads(_("Vad"), year), lines, short=_("Budget tkr"), about=about) if lines else None


# ---------- economy ----------


def share_table(economy: AnnualEconomy | None, shares: Sequence[AnnualShare], year: int) -> Table | None:
    """The fördelningsnyckel: per cent and kronor, two years, as decided, and whether they sum."""
    if not shares:
        return None
    total, total_before = (economy.total, economy.total_before) if economy else (None, None)
    now, before = year_of(shares, total), year_of(shares, total_before, before=True)
    names = [
        _("Part"),
        _("Andel %(year)s") % {"year": year - 1},
        _("Kronor %(year)s") % {"year": year - 1},
        _("Andel %(year)s") % {"year": year},
        _("Kronor %(year)s") % {"year": year},
        _("Skillnad"),
        _("I procent"),
    ]
    lines = [
        Line(share.name, share_cells(share.percent_before, share.kronor_before, share.percent, share.kronor))
        for share in shares
    ]
    sums = share_cells(before.percent, before.kronor, now.percent, now.kronor)
    is_alike = all((share.kronor is None) == (share.kronor_before is None) for share in shares)
    summed = Line(_("Summa"), sums if is_alike else [*sums[:-2], Cell(NONE), Cell(NONE)])
    notes = [f"{year}: {sentence}" for sentence in now.sentences]
    notes += [f"{year - 1}: {sentence}" for sentence in before.sentences]
    if not is_alike:
        notes.append(_("Summorna kan inte jämföras: någon part har kronor bara det ena året."))
    about = about_rows(_("procent och kronor"), year, _("bestämt och inskrivet av förvaltningen"))
    return Table(_("Fördelning av kostnaden"), names, lines, summed, tuple(notes), short=_("Fördelning"), about=about)


def share_cells(
    percent_before: Decimal | None, kronor_before: int | None, percent: Decimal | None, kronor: int | None
) -> list[Cell]:
    """The cells of a part."""
    return [
        Cell(percent_words(percent_before), percent_before),
        Cell(kronor_words(kronor_before), kronor_before),
        Cell(percent_words(percent), percent),
        Cell(kronor_words(kronor), kronor),
        *compared(kronor, kronor_before),
    ]


def forecast_words(economy: AnnualEconomy | None) -> str:
    """The forecast of what is paid back, with its day; "" where there is none."""
    if economy is None or economy.repayment is None or economy.forecast_on is None:
        return ""
    return _("Prognos för återbetalning: %(kronor)s, gjord %(day)s.") % {
        "kronor": kronor_words(economy.repayment),
        "day": day_year(economy.forecast_on),
    }
