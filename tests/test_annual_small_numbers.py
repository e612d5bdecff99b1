# SPDX-License-Identifier: EUPL-1.2
"""Small numbers of an årsrapport: none under five of what has happened at a boende stands in it or follows from it."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import product

import openpyxl
import pytest
from django.utils import timezone

from platssamverkan.reports.annual import actions
from platssamverkan.reports.annual.chapters import take_chapter_out
from platssamverkan.reports.annual.figures import TOGETHER, Figure
from platssamverkan.reports.annual.reading import Document
from platssamverkan.reports.annual.small_numbers import hidden_numbers, still_hidden
from platssamverkan.reports.annual.workbook import workbook
from platssamverkan.reports.models import AnnualReport, AnnualSection
from tests import factories

YEAR = timezone.localdate().year - 1
DAY = date(YEAR, 12, 31)
ONE = Figure("handelser", "Händelser", "st", "", "", "", DAY, DAY, DAY, DAY, 0, 0)


def figures(**counts):
    """Händelser of boenden and of all of them together."""
    found = {boende: [replace(ONE, count=count)] for boende, count in counts.items()}
    return {**found, TOGETHER: [replace(ONE, count=sum(counts.values()))]}


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 20, "b": 30}, set()),
        ({"a": 20, "b": 30, "c": 3}, {"a", "c"}),  # 3 alone would be the total less the others
        ({"a": 20, "b": 0}, {"a", "b"}),
        ({"a": 2, "b": 1}, {"a", "b", TOGETHER}),
        ({"a": 7}, set()),
    ],
)
def test_a_boendes_number_cannot_be_worked_out_from_the_others(counts, hidden):
    assert hidden_numbers(figures(**counts), is_before=False) == {(boende, "handelser") for boende in hidden}


KEY = "handelser_barn"


def picked(*boenden):
    """(händelser, those that are picked out) of some boenden and of all of them together, by their number."""
    every = {**dict(enumerate(boenden)), TOGETHER: tuple(map(sum, zip(*boenden, strict=True)))}
    return {
        boende: [replace(ONE, count=whole), replace(ONE, key=KEY, count=some)]
        for boende, (whole, some) in every.items()
    }


def test_where_one_boende_has_few_picked_out_only_the_sum_is_shown():
    hidden = {boende for boende, key in hidden_numbers(picked((8, 8), (2, 2), (40, 40)), is_before=False) if key == KEY}
    assert hidden == {0, 1, 2}
    hidden = hidden_numbers(picked((34, 30), (66, 60), (51, 37)), is_before=False)
    assert hidden == {(0, KEY), (1, KEY), (2, KEY)}  # four of the first boende's were others
    assert hidden_numbers(picked((40, 30), (66, 60), (51, 37)), is_before=False) == set()


def test_few_together_are_not_shown_either():
    assert (TOGETHER, KEY) in hidden_numbers(picked((20, 2), (20, 2), (40, 0)), is_before=False)
    assert (TOGETHER, KEY) in hidden_numbers(picked((20, 20), (20, 19), (40, 40)), is_before=False)
    assert (TOGETHER, KEY) in hidden_numbers(picked((34, 30)), is_before=False)  # the sum of one is its own


def test_where_the_handelser_are_hidden_those_picked_out_are_too():
    """Else twenty of a boende's hidden ones would say that the other hidden boende has three at most."""
    assert {(0, KEY), (1, KEY)} <= hidden_numbers(picked((3, 0), (20, 20), (50, 30)), is_before=False)


def shown(table):
    """What a reader sees."""
    hidden = hidden_numbers(table, is_before=False)
    return tuple(None if (boende, one.key) in hidden else one.count for boende, found in table.items() for one in found)


@pytest.mark.parametrize(("boenden", "most", "least"), [(2, 12, 5), (3, 5, 2)])
def test_of_every_table_no_small_number_can_be_worked_out(boenden, most, least, monkeypatch):
    """With all that can be added and subtracted, and by who knows the rule: another table looks the same."""
    for name, value in (("LEAST", least), ("BESIDE_HIDDEN", least + 1), ("HIDDEN_LEAST", 2 * least)):
        monkeypatch.setattr(f"platssamverkan.reports.suppression.{name}", value)
    monkeypatch.setattr("platssamverkan.reports.annual.small_numbers.LEAST", least)
    pairs = [(whole, some) for whole in range(most + 1) for some in range(whole + 1)]
    alike = defaultdict(list)
    for counts in product(pairs, repeat=boenden):
        alike[shown(picked(*counts))].append((*counts, tuple(map(sum, zip(*counts, strict=True)))))
    told = set()
    for view, tables in alike.items():
        for cells in zip(*tables, strict=True):
            wholes, somes = {whole for whole, _some in cells}, {some for _whole, some in cells}
            others = {whole - some for whole, some in cells} - {0}
            small = [values for values in (wholes, somes, others) if len(values) == 1 and min(values) < least]
            if small and (small != [others] or 0 not in {whole - some for whole, some in cells}):
                told.add((view, tables[0]))
    assert not told, sorted(told, key=str)[:5]


def untold(table, boende):
    """The same numbers of the year before, where one boende has none of its own and is in the sum all the same."""
    return {
        who: [replace(one, count_before=None if who == boende else one.count) for one in found]
        for who, found in table.items()
    }


def shown_before(table):
    """What a reader sees of the year before."""
    hidden = hidden_numbers(table, is_before=True)
    return tuple(
        None if (boende, one.key) in hidden else one.count_before for boende, found in table.items() for one in found
    )


def test_what_a_boende_without_a_number_adds_is_not_told_by_the_sum():
    """Thirteen, thirteen and together twenty-seven say that the one that had not opened had one."""
    hidden = hidden_numbers(untold(picked((13, 6), (13, 6), (1, 1)), 2), is_before=True)
    assert {(0, "handelser"), (1, "handelser"), (0, KEY), (1, KEY)} <= hidden
    assert hidden_numbers(untold(picked((40, 20), (13, 6), (0, 0)), 2), is_before=True) == set()
    assert hidden_numbers(untold(picked((40, 20), (30, 16), (26, 12)), 2), is_before=True) == set()


def test_of_every_table_with_a_boende_without_a_number_no_small_number_can_be_worked_out(monkeypatch):
    most, least = 5, 2
    for name, value in (("LEAST", least), ("BESIDE_HIDDEN", least + 1), ("HIDDEN_LEAST", 2 * least)):
        monkeypatch.setattr(f"platssamverkan.reports.suppression.{name}", value)
    monkeypatch.setattr("platssamverkan.reports.annual.small_numbers.LEAST", least)
    pairs = [(whole, some) for whole in range(most + 1) for some in range(whole + 1)]
    alike = defaultdict(list)
    for counts in product(pairs, repeat=3):
        every = (*counts, tuple(map(sum, zip(*counts, strict=True))))
        alike[shown_before(untold(picked(*counts), 2))].append(every)
    told = set()
    for view, tables in alike.items():
        if not any(whole for _one, _other, (whole, _some), _all in tables):
            continue  # plainly nothing was noted there: the table is one of two boenden, tried above
        for cells in zip(*tables, strict=True):
            wholes, somes = {whole for whole, _some in cells}, {some for _whole, some in cells}
            others = {whole - some for whole, some in cells} - {0}
            small = [values for values in (wholes, somes, others) if len(values) == 1 and min(values) < least]
            if small and (small != [others] or 0 not in {whole - some for whole, some in cells}):
                told.add((view, tables[0]))
    assert not told, sorted(told, key=str)[:5]


def figures_before(**counts):
    """The same of the year before."""
    return {
        boende: [replace(one, count=99, count_before=one.count) for one in found]
        for boende, found in figures(**counts).items()
    }


LATER = {"was_before": False, "is_before": True}  # a year's own report, and the one of the year after
CORRECTED = {"was_before": False, "is_before": False}


def test_what_the_year_befores_own_report_hid_stays_hidden():
    """Of other boenden than then the sum tells too: eighteen then, fifteen without the one that has left."""
    earlier, now = figures(a=3, b=7, c=8), figures_before(b=7, c=8)
    assert hidden_numbers(now, is_before=True) == set()
    assert still_hidden(earlier, now, **LATER) >= {("b", "handelser"), (TOGETHER, "handelser")}
    assert ("c", "handelser") not in still_hidden(earlier, now, **LATER)
    assert (TOGETHER, "handelser") not in still_hidden(earlier, figures_before(a=3, b=7, c=8), **LATER)


def test_a_boende_that_has_come_is_not_told_by_the_two_sums():
    """Forty-seven then, all shown; fifty with the one that has come: it had three."""
    earlier, now = figures(a=20, b=15, c=12), figures_before(a=20, b=15, c=12, d=3)
    assert (TOGETHER, "handelser") not in hidden_numbers(now, is_before=True)
    assert (TOGETHER, "handelser") in still_hidden(earlier, now, **LATER)
    assert still_hidden(earlier, figures_before(a=20, b=15, c=12, d=9), **LATER) == set()


def test_where_there_is_no_number_nothing_is_said_to_be_hidden():
    now = {boende: [replace(ONE, count_before=None)] for boende in ("a", "b", TOGETHER)}
    assert still_hidden(figures(a=3, b=0), now, **LATER) == set()


def test_a_correction_without_a_boende_does_not_tell_what_the_edition_before_hid():
    earlier, now = figures(a=20, b=15, c=12, d=3), figures(a=20, b=15, c=12)
    assert still_hidden(earlier, now, **CORRECTED) >= {("c", "handelser"), (TOGETHER, "handelser")}


@pytest.mark.django_db
def test_a_later_report_without_a_boende_tells_nothing_of_it(cast, monkeypatch):
    monkeypatch.setattr("platssamverkan.reports.annual.actions.archive_paper", lambda *_given: b"%PDF-1.7")
    chief = cast["forvaltningschef"]
    houses = [cast.kalleback] + [
        factories.BoendeFactory(forvaltning=cast.sydvast, name=name, slug=name.lower()) for name in ("Victor", "Wallen")
    ]
    for boende, counts in zip(houses, ((5, 3, 9), (5, 7, 11), (5, 8, 13)), strict=True):
        for year, count in zip((YEAR - 2, YEAR - 1, YEAR), counts, strict=True):
            for day in range(1, count + 1):
                factories.IncidentFactory(boende=boende, happened_at=datetime(year, 1, day, 12, tzinfo=UTC))
    earlier = actions.start_report(forvaltning=cast.sydvast, year=YEAR - 1, by=chief)
    for section in AnnualSection.objects.filter(report=earlier):
        section.text = "Text."
        actions.save_in_report(record=section, by=chief)
    actions.freeze(report=earlier, through=date(YEAR - 1, 12, 31), by=chief)
    actions.approve(report=earlier, by=chief)
    report = actions.start_report(forvaltning=cast.sydvast, year=YEAR, by=chief)
    take_chapter_out(report=report, boende=cast.kalleback, by=chief)
    actions.freeze(report=report, through=DAY, by=chief)

    def before(year_of):
        return {
            table.title: table.lines[0].cells[place].text
            for document, place in [(Document(year_of), 0 if year_of == report else 1)]
            for _chapter, table in document.tables
            if table.lines[0].name == "Händelser"
        }

    assert before(earlier) == {
        "Siffror för Kallebäcks boende": "visas inte",
        "Siffror för Victor": "visas inte",
        "Siffror för Wallen": "8",
        "Alla boenden tillsammans": "18",
    }
    assert before(report) == {
        "Siffror för Victor": "visas inte",
        "Siffror för Wallen": "8",
        "Alla boenden tillsammans": "visas inte",
    }


@pytest.mark.django_db
def test_an_approved_report_stands_still_whatever_is_approved_after(cast, monkeypatch):
    chief = cast["forvaltningschef"]
    houses = [cast.kalleback] + [
        factories.BoendeFactory(forvaltning=cast.sydvast, name=name, slug=name.lower()) for name in ("Victor", "Wallen")
    ]
    for boende, count in zip(houses, (20, 15, 3), strict=True):
        for hour in range(count):
            factories.IncidentFactory(boende=boende, happened_at=datetime(YEAR, 5, 1, hour % 24, tzinfo=UTC))

    def approve(report):
        for section in AnnualSection.objects.filter(report=report, text=""):
            section.text = "Text."
            actions.save_in_report(record=section, by=chief)
        actions.freeze(report=report, through=DAY, by=chief)
        return actions.approve(report=report, by=chief)

    def told(report):
        return [[cell.text for cell in table.lines[0].cells] for _chapter, table in Document(report).tables]

    first = approve(actions.start_report(forvaltning=cast.sydvast, year=YEAR, by=chief))
    stood = told(first)
    newer = actions.correct(report=first, correction="Utan Wallen.", by=chief)
    take_chapter_out(report=newer, boende=houses[2], by=chief)
    newer = approve(newer)
    assert told(AnnualReport.objects.get(pk=first.pk)) == stood
    assert [line[1] for line in told(newer)] == ["20", "visas inte", "visas inte"]


@pytest.mark.django_db
def test_none_stands_in_the_document_nor_in_its_workbook(cast):
    chief = cast["forvaltningschef"]
    factories.BoendeFactory(forvaltning=cast.sydvast, name="Victor", slug="victor")
    for month in range(1, 9):
        moment = datetime(YEAR, month, 5, 12, tzinfo=UTC)
        factories.IncidentFactory(boende=cast.kalleback, happened_at=moment, children=month < 3)
    report = actions.start_report(forvaltning=cast.sydvast, year=YEAR, by=chief)
    actions.freeze(report=report, through=DAY, by=chief)
    document = Document(report)
    lines = [line for _chapter, table in document.tables for line in table.lines if "barn" in line.name]
    assert lines and all([cell.text for cell in line.cells[1:]] == ["visas inte", "–", "–"] for line in lines)
    assert not any("var noll" in line.meta for line in lines)
    [together] = [table for _chapter, table in document.tables if table.title == "Alla boenden tillsammans"]
    assert together.lines[0].cells[1].text == "8"  # while neither of the two boenden says how many
    book = openpyxl.load_workbook(BytesIO(workbook(document)[0]))
    rows = [row for sheet in book.worksheets[1:-1] for row in sheet.iter_rows(values_only=True)]
    told = [row[2] for row in rows if row[0] == "Händelser som rörde barn"]
    assert told and set(told) == {"visas inte"}
    assert any("Tal under 5" in note for note in together.notes)
