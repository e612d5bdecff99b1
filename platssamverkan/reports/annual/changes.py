# SPDX-License-Identifier: EUPL-1.2
"""What an edition changes in the one before: texts side by side, numbers as they were and as they are."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from platssamverkan.look.words import day_year
from platssamverkan.reports.annual.economy import kronor_words
from platssamverkan.reports.annual.reading import Document
from platssamverkan.reports.annual.tables import NONE
from platssamverkan.reports.models import AnnualEconomy


@dataclass(frozen=True)
class TextChange:
    """A section that is new, gone or written otherwise."""

    title: str
    kind: str  # new, changed, gone
    before: str
    now: str


@dataclass(frozen=True)
class NumberChange:
    """A cell of a table that says something else; "–" where its row was not there, or is gone."""

    where: str
    name: str
    head: str
    before: str
    now: str


@dataclass(frozen=True)
class Changes:
    """Everything that differs."""

    texts: list[TextChange]
    numbers: list[NumberChange]

    def __bool__(self) -> bool:
        return bool(self.texts or self.numbers)


def changes_of(now: Document, before: Document) -> Changes:
    """What differs between two editions."""
    return Changes(text_changes(now, before), number_changes(now, before))


def text_changes(now: Document, before: Document) -> list[TextChange]:
    """The sections that differ, in the order of the document."""

    def key(section: Any) -> tuple[Any, ...]:
        return section.boende_id, section.part, section.title

    old = {key(section): section for section in before.sections}
    found = []
    for section in now.sections:
        earlier = old.pop(key(section), None)
        if earlier is None:
            found.append(TextChange(str(section), "new", "", section.text))
        elif earlier.text != section.text:
            found.append(TextChange(str(section), "changed", earlier.text, section.text))
    return found + [TextChange(str(section), "gone", section.text, "") for section in old.values()]


# (the boende's id or the chapter's title, the kind of table, whether it is the total, the line's name, the header)
Place = tuple[Any, ...]
Told = tuple[str, str, str, str]  # where, name, header and what stands there


def cells_of(document: Document) -> dict[Place, Told]:
    """Every cell by its place. What is worked out is told by what it is worked out of."""
    found: dict[Place, Told] = {}
    for chapter, table in document.tables:
        owner = chapter.boende.pk if chapter.boende else chapter.title
        lines = [(False, line) for line in table.lines] + ([(True, table.total)] if table.total else [])
        for is_total, line in lines:
            for head, cell in table.with_heads(line)[: len(table.heads) - 3]:
                told = (f"{chapter.title}: {table.title}", line.name, head, cell.text)
                found[owner, table.short or table.title, is_total, line.name, head] = told
    return found | {
        ("economy", name): (_("Ekonomi"), name, _("Uppgift"), text)
        for name, text in economy_words(document.economy, document.report.year)
    }


def economy_words(economy: AnnualEconomy | None, year: int) -> list[tuple[str, str]]:
    """What is shared and what is forecast to be paid back, by name."""
    if economy is None:
        return []
    day = day_year(economy.forecast_on) if economy.forecast_on else NONE
    return [
        (_("Att fördela %(year)s") % {"year": year}, kronor_words(economy.total)),
        (_("Fördelat %(year)s") % {"year": year - 1}, kronor_words(economy.total_before)),
        (_("Prognos för återbetalning"), kronor_words(economy.repayment)),
        (_("Prognosen gjord"), day),
    ]


def number_changes(now: Document, before: Document) -> list[NumberChange]:
    """The cells that differ."""
    new, old = cells_of(now), cells_of(before)
    found = []
    for place in [*new, *(place for place in old if place not in new)]:
        where, name, head, _text = new.get(place) or old[place]
        mine, theirs = (cells[place][-1] if place in cells else NONE for cells in (new, old))
        if mine != theirs:
            found.append(NumberChange(where, name, head, theirs, mine))
    return found
