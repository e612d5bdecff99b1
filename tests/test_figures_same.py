# SPDX-License-Identifier: EUPL-1.2
"""What bevakning cost is compared where the same boenden have it noted in both years: a gap is no saving."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from platssamverkan.reports.annual.figures import figures_of
from platssamverkan.reports.figures.models import Bevakningskostnad
from platssamverkan.reports.figures.reading import Figures
from platssamverkan.start.picture import Scope
from tests import factories


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
