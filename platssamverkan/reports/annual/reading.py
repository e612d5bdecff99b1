# SPDX-License-Identifier: EUPL-1.2
"""An årsrapport put together: its chapters with texts and tables, what is missing, and what to look at once more."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import product
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from boenden.models import Boende
from platssamverkan.documents.glyphs import unprintable
from platssamverkan.ground.collation import swedish_key
from platssamverkan.look.words import day_year
from platssamverkan.reports.annual.economy import year_of
from platssamverkan.reports.annual.figures import TOGETHER, Figure
from platssamverkan.reports.annual.small_numbers import hidden_numbers, still_hidden
from platssamverkan.reports.annual.tables import (
    Table,
    budget_table,
    figure_table,
    forecast_words,
    share_table,
    staffing_table,
)
from platssamverkan.reports.models import (
    AnnualBudget,
    AnnualComment,
    AnnualEconomy,
    AnnualFreeze,
    AnnualReport,
    AnnualSection,
    AnnualShare,
    AnnualStaffing,
)

Part, Kind = AnnualSection.Part, AnnualSection.Kind


@dataclass
class Shown:
    """A section as it is read: its number, and the tables beneath its text."""

    section: AnnualSection
    number: str
    tables: list[Table]
    sentences: list[str] = field(default_factory=list)
    comments: int = 0  # not seen to yet


@dataclass
class Chapter:
    """A heading of its own: a shared section, or a boende with its sections."""

    number: int
    title: str
    boende: Boende | None
    parts: list[Shown] = field(default_factory=list)


def in_order(rows: Any) -> list[AnnualSection]:
    """Sections in the order of the document."""
    parts, found = list(Part.values), rows.select_related("boende", "changed_by", "report")
    return sorted(found, key=lambda s: (parts.index(s.part), swedish_key(s.boende_name), str(s.boende_id), s.position))


def as_written(characters: Iterable[str]) -> str:
    """Characters one by one; those that nobody sees by their number."""
    return " ".join(one if one.isprintable() else f"U+{ord(one):04X}" for one in characters)


def figures_by_boende(freeze: AnnualFreeze) -> dict[str, list[Figure]]:
    """Frozen figures by the boende's id."""
    found: dict[str, list[Figure]] = {}
    for row in freeze.figures:
        found.setdefault(row["boende"], []).append(Figure.read(row))
    return found


class Document:
    """A report read: the whole of it, or with a `user` what she reads of it, who leads one boende."""

    def __init__(self, report: AnnualReport, user: Any = None) -> None:
        self.report = report
        self.user = user

    def rows_of(self, model: Any) -> Any:
        """The report's rows of a kind, through the reader's gate."""
        rows = model.objects.standing() if self.user is None else model.objects.visible_to(self.user)
        return rows.filter(report=self.report)

    @cached_property
    def sections(self) -> list[AnnualSection]:
        """Every section, in the order of the document."""
        return in_order(self.rows_of(AnnualSection))

    @cached_property
    def whole(self) -> list[AnnualSection]:
        """Every section there is, whatever the reader has of them."""
        if self.user is None:
            return self.sections
        return in_order(AnnualSection.objects.standing().filter(report=self.report))

    @cached_property
    def numbers(self) -> dict[Any, tuple[int, int]]:
        """By a section's id the number of its chapter and its own there, whatever the reader has of the report."""
        found: dict[Any, tuple[int, int]] = {}
        chapter, own, before = 0, 0, None
        for section in self.whole:
            own = own + 1 if section.boende_id and section.boende_id == before else 1
            chapter, before = chapter + (own == 1), section.boende_id
            found[section.pk] = (chapter, own)
        return found

    @cached_property
    def freeze(self) -> AnnualFreeze | None:
        """The figures that count: those frozen last. Of a boende's part its reader gets that boende's."""
        rows = AnnualFreeze.objects.active().filter(report=self.report).select_related("created_by")
        return rows.order_by("-created_at", "-pk").first()

    @cached_property
    def figures(self) -> dict[str, list[Figure]]:
        """The frozen figures by the boende's id."""
        return figures_by_boende(self.freeze) if self.freeze else {}

    @cached_property
    def hidden(self) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
        """Which numbers of the year, and of the year before, are not shown."""
        hidden = {is_before: hidden_numbers(self.figures, is_before=is_before) for is_before in (False, True)}
        for freeze in self.read_already():
            earlier, year = figures_by_boende(freeze), freeze.report.year
            for was_before, is_before in product((False, True), repeat=2):
                if year - was_before == self.report.year - is_before:  # both are of the same year
                    hidden[is_before] |= still_hidden(earlier, self.figures, was_before=was_before, is_before=is_before)
        return hidden[False], hidden[True]

    def read_already(self) -> list[AnnualFreeze]:
        """The figures of either year that anyone may have read: of each edition approved before, those frozen last.

        Once approved, those that were approved before it was: it stands still.
        """
        if not self.figures:
            return []
        report = self.report
        near = range(report.year - 1, report.year + 2)
        rows = AnnualFreeze.objects.active().filter(
            report__forvaltning=report.forvaltning_id, report__year__in=near, report__approved_at__isnull=False
        )
        if report.approved_at:
            rows = rows.filter(report__approved_at__lt=report.approved_at)
        found = rows.exclude(report=report).select_related("report").order_by("created_at", "pk")
        return list({freeze.report_id: freeze for freeze in found}.values())

    def figure_table(self, title: str, boende: str, *notes: str) -> Table:
        """The figures of a boende, or of all together, without the numbers that are not shown."""
        now, before = ({key for own, key in found if own == boende} for found in self.hidden)
        table = figure_table(title, self.figures[boende], self.report.year, now, before)
        return replace(table, notes=(*notes, *table.notes))

    def counted_words(self) -> str:
        """Which boenden are counted in the figures of all together."""
        names = {str(section.boende_id): section.boende_name for section in self.sections if section.boende_id}
        counted = [name for pk, name in names.items() if pk in self.figures]
        return _("Boenden som räknas: %(names)s.") % {"names": ", ".join(counted)}

    @cached_property
    def staffing(self) -> list[AnnualStaffing]:
        """The roles of every boende."""
        return list(self.rows_of(AnnualStaffing).order_by("created_at", "pk"))

    @cached_property
    def budgets(self) -> list[AnnualBudget]:
        """The budget of every boende."""
        return list(self.rows_of(AnnualBudget).order_by("created_at", "pk"))

    @cached_property
    def economy(self) -> AnnualEconomy | None:
        """What is shared."""
        return self.rows_of(AnnualEconomy).first()

    @cached_property
    def shares(self) -> list[AnnualShare]:
        """The parts, in their order."""
        return list(self.rows_of(AnnualShare).order_by("created_at", "pk"))

    @property
    def rows(self) -> list[Any]:
        """Everything that stands in it."""
        single = [row for row in (self.report, self.freeze, self.economy) if row]
        return [*single, *self.sections, *self.staffing, *self.budgets, *self.shares]

    @cached_property
    def open_comments(self) -> Counter[Any]:
        """How many comments of each section have not been seen to."""
        rows = self.rows_of(AnnualComment).filter(settled_at=None, section__archived_at=None).order_by()
        return Counter(rows.values_list("section", flat=True))

    # ---------- chapters ----------

    @cached_property
    def chapters(self) -> list[Chapter]:
        """The document."""
        found: list[Chapter] = []
        for section in self.sections:
            number, own = self.numbers[section.pk]
            if section.boende is None:
                found.append(Chapter(number, section.title, None, [self.shown(section, str(number))]))
                continue
            if not found or found[-1].boende != section.boende:
                found.append(Chapter(number, section.boende_name, section.boende))
            found[-1].parts.append(self.shown(section, f"{number}.{own}"))
        return found

    def shown(self, section: AnnualSection, number: str) -> Shown:
        """A section with its tables."""
        is_economy = section.kind == Kind.ECONOMY
        sentences = [forecast_words(self.economy)] if is_economy and forecast_words(self.economy) else []
        return Shown(section, number, list(self.tables_of(section)), sentences, self.open_comments[section.pk])

    def tables_of(self, section: AnnualSection) -> Iterator[Table]:
        """What stands under a section's text."""
        year = self.report.year
        if section.kind == Kind.FIGURES and section.boende:
            if self.figures.get(str(section.boende_id)):
                title = _("Siffror för %(boende)s") % {"boende": section.boende_name}
                yield self.figure_table(title, str(section.boende_id))
        elif section.kind == Kind.FIGURES and self.user is None and self.figures.get(TOGETHER):
            yield self.figure_table(_("Alla boenden tillsammans"), TOGETHER, self.counted_words())
        elif section.kind == Kind.STAFFING:
            staffing = [row for row in self.staffing if row.boende_id == section.boende_id]
            budget = next((row for row in self.budgets if row.boende_id == section.boende_id), None)
            yield from (table for table in (staffing_table(staffing, year), budget_table(budget, year)) if table)
        elif section.kind == Kind.ECONOMY and (table := share_table(self.economy, self.shares, year)):
            yield table

    @cached_property
    def definitions(self) -> list[Figure]:
        """Each figure once, for what it is: the words are those of the day the figures were frozen."""
        return list({one.key: one for found in self.figures.values() for one in found}.values())

    @property
    def tables(self) -> Iterator[tuple[Chapter, Table]]:
        """Every table of the document with its chapter."""
        for chapter in self.chapters:
            for part in chapter.parts:
                for table in part.tables:
                    yield chapter, table

    # ---------- before approval ----------

    def left(self) -> list[tuple[str, str]]:
        """(sentence, address) of what is left before approval, and where it is done; "" where that is not hers."""
        freezing = reverse("reports:annual_freeze", args=[self.report.pk]) if self.user is None else ""
        unwritten = [section for section in self.sections if section.is_missing]
        return [
            *((sentence, freezing) for sentence in self.stale_figures()),
            *((_("Skriv avsnittet %(section)s.") % {"section": s}, s.get_absolute_url()) for s in unwritten),
            *self.unshown(),
        ]

    def unshown(self) -> Iterator[tuple[str, str]]:
        """As `left`: what has characters that are in no font of ours. The archive takes no such file."""
        for section in self.sections:
            if found := unprintable(f"{section.title} {section.text}"):
                words = {"section": section, "characters": as_written(found)}
                sentence = _("Avsnittet %(section)s har tecken som inte går att skriva ut: %(characters)s.") % words
                yield sentence, section.get_absolute_url()
        for row in (*self.staffing, *self.shares):
            if found := unprintable(str(row)):
                words = {"row": row, "characters": as_written(found)}
                sentence = _("Raden %(row)s i en tabell har tecken som inte går att skriva ut: %(characters)s.") % words
                yield sentence, ""

    def missing(self) -> list[str]:
        """The same as sentences."""
        return [sentence for sentence, _address in self.left()]

    def stale_figures(self) -> list[str]:
        """Why the figures cannot stand beside the chapters: those would say one thing, their sum another."""
        if self.freeze is None:
            return [_("Frys siffrorna.")]
        found = []
        if without := self.without_figures():
            found.append(_("De frysta siffrorna saknar %(names)s. Frys dem igen.") % {"names": ", ".join(without)})
        if {*self.figures} - {TOGETHER, *(str(section.boende_id) for section in self.whole)}:
            found.append(_("De frysta siffrorna räknar med ett boende som inte är med längre. Frys dem igen."))
        return found

    def to_look_at(self) -> list[str]:
        """What does not stop approval, but should be known to whoever approves."""
        found = []
        if self.freeze and self.freeze.through < date(self.report.year, 12, 31):
            found.append(
                _("Siffrorna räknas till och med %(day)s, inte hela året.") % {"day": day_year(self.freeze.through)}
            )
        if count := self.open_comments.total():
            found.append(
                _("En kommentar är inte avklarad.")
                if count == 1
                else _("%(count)s kommentarer är inte avklarade.") % {"count": count}
            )
        if without := self.without_tables():
            names = ", ".join(without)
            found.append(_("Yrkesroller eller budget är inte inskrivna för %(names)s.") % {"names": names})
        total = self.economy.total if self.economy else None
        return [*found, *year_of(self.shares, total).faults]

    def without_tables(self) -> list[str]:
        """The boenden where a section is of roles and budget, and one of them is not written."""
        staffed = {row.boende_id for row in self.staffing}
        budgeted = {row.boende_id for row in self.budgets if row.budget is not None or row.outcome is not None}
        asked = {s.boende_id: s.boende_name for s in self.sections if s.kind == Kind.STAFFING and s.boende_id}
        return [name for pk, name in asked.items() if pk not in staffed or pk not in budgeted]

    def without_figures(self) -> list[str]:
        """The boenden that came into the report after its figures were frozen."""
        boenden = {section.boende_id: section.boende for section in self.sections if section.boende}
        return [boende.name for pk, boende in boenden.items() if str(pk) not in self.figures]
