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
from platssamverkan.reports.annual.figures import TOGETHER, Figure
from platssamverkan.reports.annual.reading import Document
from platssamverkan.reports.annual.small_numbers import hidden_numbers
from platssamverkan.reports.annual.workbook import workbook
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
    rows = [row for sheet in book.worksheets[:-1] for row in sheet.iter_rows(values_only=True)]
    told = [row[2] for row in rows if row[0] == "Händelser som rörde barn"]
    assert told and set(told) == {"visas inte"}
    assert any("Tal under 5" in note for note in together.notes)
