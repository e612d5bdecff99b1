# SPDX-License-Identifier: EUPL-1.2
"""What bevakning cost is compared where the same boenden have it noted in both years: a gap is no saving."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.urls import reverse

from forum.models import Cost
from platssamverkan.reports.annual.figures import Figure, figures_of
from platssamverkan.reports.figures.models import Bevakningskostnad
from platssamverkan.reports.figures.reading import Figures
from platssamverkan.reports.figures.tables import columns_of
from platssamverkan.start.picture import Scope
from tests import factories
from tests.queries import queries_of_reading


@pytest.fixture
def boenden(cast):
    """Two that cost less in 2024 than the year before, and Victor, where nobody wrote down 2023."""
    alma, victor = (
        factories.BoendeFactory(forvaltning=cast.sydvast, name=n, slug=n.lower()) for n in ("Ada", "Victor")
    )
    for boende in (cast.kalleback, alma):
        note(boende, 2023, 340_000)
        note(boende, 2024, 338_000)
    note(victor, 2024, 150_000)
    return [cast.kalleback, alma, victor]


def note(boende, year, kronor):
    Bevakningskostnad.objects.create(boende=boende, year=year, kronor=kronor)


def reading(boenden, year=2024):
    return Figures(Scope(AnonymousUser(), tuple(boenden), date(year, 1, 1), date(year, 12, 31)), ["bevakning"])[
        "bevakning"
    ]


def in_the_annual_report(boenden, year=2024):
    return next(figure for figure in figures_of(boenden, year, date(year, 12, 31)) if figure.key == "bevakning")


@pytest.mark.parametrize("read", [reading, in_the_annual_report])
class TestTheCostOfBevakning:
    def test_of_all_is_not_compared_where_one_has_no_year_before(self, boenden, read):
        found = read(boenden)
        assert found.count == 826_000 and found.before is None and found.difference is None and found.percent is None
        said = getattr(found, "why_not", "") or found.reason
        assert said == "Kan inte jämföras: kostnaden är inte antecknad för Victor 2023."

    def test_of_those_that_have_both_is(self, boenden, read):
        found = read(boenden[:2])
        assert (found.count, found.before, found.difference) == (676_000, 680_000, -4_000)

    def test_says_the_gap_of_this_year_too(self, boenden, read):
        note(boenden[2], 2022, 1)
        note(boenden[0], 2022, 1)
        found = read(boenden, 2023)
        said = getattr(found, "why_not", "") or found.reason
        assert said == "Kan inte jämföras: kostnaden är inte antecknad för Victor 2023 och Ada 2022."


def test_what_was_noted_of_other_years_alone_is_no_year_before(cast):
    note(cast.kalleback, 2021, 5)
    found = reading([cast.kalleback])
    assert found.why_not == "Kan inte jämföras: inget sådant var antecknat då." and found.difference is None


def test_many_gaps_are_counted(cast):
    made = [factories.BoendeFactory(forvaltning=cast.sydvast) for _ in range(4)]
    for boende in made:
        note(boende, 2024, 1)
    note(cast.kalleback, 2024, 1)
    note(cast.kalleback, 2023, 1)
    assert "inte antecknad för 4 boenden 2023" in reading([cast.kalleback, *made]).why_not


@pytest.mark.parametrize("read", [reading, in_the_annual_report])
def test_a_sum_without_some_says_whose_are_missing(boenden, read):
    found = read(boenden, 2023)
    said = found.note if read is reading else " ".join(found.notes)
    assert found.count == 680_000 and said == "Kostnaden är inte antecknad för Victor."
    whole, nothing = read(boenden, 2024), read(boenden, 2020)
    assert not getattr(whole, "note", "") and not getattr(nothing, "note", "")
    assert "antecknad för" not in " ".join([*getattr(whole, "notes", []), *getattr(nothing, "notes", [])])


def test_what_was_frozen_before_it_was_said_is_read_as_it_stood(boenden):
    stored = in_the_annual_report(boenden, 2023).as_row()
    assert Figure.read(stored).notes == ["Kostnaden är inte antecknad för Victor."]
    del stored["lacks"]
    assert Figure.read(stored).notes == [] and Figure.read(stored).count == 680_000


def test_it_is_asked_of_those_that_were_open(boenden, cast):
    boenden[2].opened_on = date(2024, 1, 1)
    for status in ("planerat", "avslutat"):
        boenden.append(factories.BoendeFactory(forvaltning=cast.sydvast, status=status))
    assert reading(boenden, 2023).note == ""
    boenden[2].opened_on = date(2023, 12, 31)
    assert reading(boenden, 2023).note == "Kostnaden är inte antecknad för Victor."


def test_of_many_the_first_few_are_named(boenden, cast):
    made = [factories.BoendeFactory(forvaltning=cast.sydvast, name=f"Hus {number}") for number in range(4)]
    note = reading([*boenden, *made], 2023).note
    assert note == "Kostnaden är inte antecknad för Victor, Hus 0, Hus 1 och 2 till."


def test_of_several_years_it_is_asked_of_each(boenden):
    scope = Scope(AnonymousUser(), tuple(boenden), date(2023, 1, 1), date(2024, 12, 31))
    found = Figures(scope, ["bevakning"])["bevakning"]
    assert found.count == 1_506_000 and found.note == "Kostnaden är inte antecknad för alla år för Victor."


def test_it_stands_at_the_figure_on_the_page_on_paper_and_in_the_file(boenden, as_user):
    words = "Kostnaden är inte antecknad för Victor."
    client, asked = as_user("forvaltningschef"), {"fran": "2023-01-01", "till": "2023-12-31"}
    answer = client.get(reverse("reports:overview"), asked)
    assert words in answer.content.decode().split('id="kostnader"')[1]
    figures = answer.context["figures"]
    paper = render_to_string("documents/figures.html", {"figures": figures, "board": answer.context["board"]})
    assert words in paper
    (found,) = [row for row in figures.readings if row.note]
    assert found.note == words
    assert [column.key for column in columns_of(boenden) if str(column.header) == "Att veta"] == ["note"]


def test_takes_no_query_more(boenden):
    for year in (2023, 2024):
        scope = Scope(AnonymousUser(), tuple(boenden), date(year, 1, 1), date(year, 12, 31))
        figures = Figures(scope, ["bevakning"])
        figures.own_query, figures.before.own_query  # noqa: B018  what she may read is kept on the user
        assert queries_of_reading(lambda figures=figures: [row.note for row in figures.readings]) <= 1


@pytest.mark.parametrize("key", ["bevakning", "forebyggande"])
def test_a_year_that_was_written_down_afterwards_does_not_tell_when_the_system_was_used(cast, key):
    note(cast.kalleback, 2023, 5)
    Cost.objects.create(boende=cast.kalleback, title="Café", day="2023-09-01", unit="kronor", budget=1, outcome=4000)
    scope = Scope(AnonymousUser(), (cast.kalleback,), date(2023, 1, 1), date(2023, 12, 31))
    figures = Figures(scope, [key, "handelser"])
    assert figures[key].why_not == "Kan inte jämföras: inget sådant var antecknat då."
    assert figures["handelser"].why_not == "Kan inte jämföras: systemet användes inte då."
    note(cast.kalleback, 2022, 4)
    Cost.objects.create(boende=cast.kalleback, title="Te", day="2022-09-01", unit="kronor", budget=1, outcome=1)
    assert Figures(scope, [key])[key].why_not == ""
