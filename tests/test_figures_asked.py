# SPDX-License-Identifier: EUPL-1.2
"""The overview answers plainly: to a wrong address, of a period without a year before, and of no boende yet."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from html import unescape

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from boenden.models import Boende
from platssamverkan.export.models import Export
from platssamverkan.reports.figures.dictionary import INDICATORS
from platssamverkan.reports.figures.forms import OverviewForm
from platssamverkan.reports.figures.models import Bevakningskostnad
from platssamverkan.reports.figures.reading import Figures
from platssamverkan.start.picture import Scope
from tests import factories

OVERVIEW, EXPORT, PDF, MATRIX, COSTS = (
    reverse(f"reports:{name}")
    for name in ("overview", "overview_export", "overview_pdf", "implementation", "bevakningskostnad_list")
)
ROWS = reverse("reports:figure_rows", args=["handelser_barn"])
WHY = {"purpose": "Till ledningsgruppen", "format": "csv"}


def text_of(answer):
    return unescape(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def figures(cast, first, last, *boenden, keys=None):
    return Figures(Scope(cast["forvaltningschef"], boenden or (cast.kalleback,), first, last), keys)


@pytest.fixture
def victor(cast):
    """Another boende of Sydväst."""
    return factories.BoendeFactory(forvaltning=cast.sydvast, name="Victor", slug="victor")


class TestAWrongAddress:
    @pytest.mark.parametrize(
        "asked",
        ["boende=finns-inte", "boende=alma", "forvaltning=nope", "fran=i+varas", "fran=2026-05-01&till=2026-01-01"],
    )
    def test_shows_the_error_and_no_figures(self, as_user, victor, asked):
        client = as_user("forvaltningschef")
        page = client.get(f"{OVERVIEW}?{asked}")
        assert page.status_code == 200 and "figures" not in page.context
        assert "figure-table" not in text_of(page) and 'id="fel"' in text_of(page)
        assert "giltigt alternativ" not in text_of(page) and "tillgängliga" not in text_of(page)
        rows = client.get(f"{ROWS}?{asked}")
        taken = [client.post(f"{EXPORT}?{asked}", WHY), client.get(f"{EXPORT}?{asked}"), client.post(f"{PDF}?{asked}")]
        for answer in (rows, *taken, client.post(f"{ROWS}fil/?{asked}", WHY)):
            assert answer.status_code == 422 and "urvalet går inte att läsa" in text_of(answer)
        assert not Export.objects.exists()

    def test_is_told_where_there_is_nothing_to_choose(self, as_user):
        """The enhetschef of one boende is not asked which."""
        page = text_of(as_user("enhetschef").get(f"{OVERVIEW}?boende=alma"))
        assert "Boendet finns inte bland dem du läser" in page and "figure-table" not in page

    @pytest.mark.parametrize("asked", ["forvaltning=nope", "status=nope"])
    def test_of_the_matrix_shows_no_boende(self, as_user, asked):
        client = as_user("forvaltningschef")
        page = client.get(f"{MATRIX}?{asked}")
        assert page.status_code == 200 and "Kallebäck" not in text_of(page).split("<main")[1]
        assert 'id="fel"' in text_of(page) and "giltigt alternativ" not in text_of(page)
        assert client.post(f"{reverse('reports:implementation_export')}?{asked}", WHY).status_code == 422

    def test_of_the_costs_shows_none(self, cast, as_user):
        Bevakningskostnad.objects.create(boende=cast.kalleback, year=2025, kronor=1)
        page = as_user("forvaltningschef").get(f"{COSTS}?boende=alma")
        assert not page.context["object_list"] and "finns inte bland dem du läser" in text_of(page)


class TestNoBoendeYet:
    @pytest.fixture
    def chief(self, cast, as_user):
        """A förvaltningschef whose förvaltning has none."""
        for boende in Boende.objects.filter(forvaltning=cast.sydvast):
            boende.forvaltning = cast.nordost
            boende.save()
        return as_user("forvaltningschef")

    def test_is_an_empty_state(self, chief):
        for url in (OVERVIEW, MATRIX):
            page = chief.get(url)
            assert page.status_code == 200 and "Det finns inget boende än" in text_of(page)
        assert str(INDICATORS["handelser"].definition) in text_of(chief.get(reverse("reports:dictionary")))
        assert chief.get(COSTS).status_code == 200

    def test_has_no_file(self, chief):
        assert chief.post(EXPORT, WHY).status_code == 422
        assert chief.post(reverse("reports:implementation_export"), WHY).status_code == 404
        assert not Export.objects.exists()


class TestTheYearBefore:
    def test_that_shares_days_with_the_period_is_not_compared(self, cast):
        factories.IncidentFactory(boende=cast.kalleback, happened_at=datetime(2022, 5, 5, tzinfo=UTC))
        long = figures(cast, date(2022, 1, 1), date(2024, 12, 31))
        assert "längre än ett år" in long["handelser"].why_not and long["handelser"].before is None
        assert not long.is_compared
        year = figures(cast, date(2023, 7, 1), date(2024, 6, 30))
        assert year["handelser"].why_not == "" and year.is_compared

    def test_of_costs_is_not_compared_over_half_years(self, cast):
        for year in (2022, 2023, 2024):
            Bevakningskostnad.objects.create(boende=cast.kalleback, year=year, kronor=10)
        halves = figures(cast, date(2023, 7, 1), date(2024, 6, 30))["bevakning"]
        assert halves.count == 20 and halves.before is None and "flera kalenderår" in halves.why_not
        assert figures(cast, date(2024, 7, 1), date(2024, 12, 31))["bevakning"].count_before == 10

    def test_of_a_period_to_come_is_not_compared(self, cast, as_user):
        today = timezone.localdate()
        factories.IncidentFactory(boende=cast.kalleback, happened_at=timezone.now() - timedelta(days=366))
        for first, said in ((today, "Perioden är inte slut"), (today + timedelta(days=9), "har inte börjat")):
            asked = {"fran": first.isoformat(), "till": (today + timedelta(days=30)).isoformat()}
            page = as_user("forvaltningschef").get(OVERVIEW, asked)
            assert said in text_of(page) and "jämfört med samma tid" not in text_of(page)
            for key in ("handelser", "planer_tva_ar", "bevakning"):
                assert page.context["figures"][key].before is None
        assert figures(cast, date(2025, 3, 1), date(2025, 3, 1)).period == "1 mars 2025"

    def test_at_a_closed_boende_blames_not_the_system(self, cast):
        cast.kalleback.status = Boende.Status.AVSLUTAT
        cast.kalleback.save()
        assert "boendet är avslutat" in figures(cast, date(2025, 1, 1), date(2025, 6, 30))["handelser"].why_not


class TestWhatIsCounted:
    def test_a_boende_is_not_without_plan_before_it_opened(self, cast):
        new = factories.BoendeFactory(forvaltning=cast.sydvast, slug="huset", opened_on=date(2025, 12, 1))
        boenden = (cast.kalleback, new)
        found = figures(cast, date(2025, 1, 1), date(2025, 12, 31), *boenden, keys=["planer"])
        assert sum(found.tally["planer", "before"].values()) == 1 and sum(found.tally["planer", "now"].values()) == 2

    def test_nought_that_somebody_noted_is_nought(self, cast):
        period = (date(2024, 1, 1), date(2024, 12, 31))
        assert figures(cast, *period)["bevakning"].value_words == "inget är antecknat"
        Bevakningskostnad.objects.create(boende=cast.kalleback, year=2024, kronor=0)
        Bevakningskostnad.objects.create(boende=cast.kalleback, year=2023, kronor=0)
        found = figures(cast, *period)["bevakning"]
        assert found.value_words.startswith("0") and found.before_words.startswith("0")

    def test_says_which_boenden_stand_in_the_levels(self, cast, as_user):
        factories.BoendeFactory(forvaltning=cast.sydvast, status=Boende.Status.AVSLUTAT)
        page = text_of(as_user("forvaltningschef").get(OVERVIEW))
        assert "Räknade boenden: 1 öppet eller planerat; 1 avslutat räknas inte." in page


class TestInAFile:
    def test_a_row_says_which_level_or_step_it_is_of(self, as_user):
        answer = as_user("forvaltningschef").post(EXPORT, WHY)
        rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
        told = [(row["Nyckeltal"], row["Del"], row["Värde"]) for row in rows if row["Område"] == "Nivåer och steg"]
        assert len({(name, part) for name, part, _value in told}) == len(told) == 9 + 28
        assert ("Boenden efter nivå", "Trygghetsforum: inte börjat", "1") in told
        assert any("Platssamverkansråd, Skriv en avsiktsförklaring tillsammans: kvar" in line for line in told)

    def test_the_sheet_has_a_name(self, as_user):
        answer = as_user("forvaltningschef").post(EXPORT, {**WHY, "format": "xlsx"})
        assert openpyxl.load_workbook(io.BytesIO(answer.getvalue())).sheetnames == ["Nyckeltal"]

    def test_the_rows_page_says_it_too(self, as_user):
        url = reverse("reports:figure_rows", args=["nivaer"])
        page = text_of(as_user("forvaltningschef").get(url, {"del": "rad:planerat"}))
        assert "<h1>" in page and "Boenden efter nivå: Platssamverkansråd: inte börjat" in page
        assert 'data-label="Läge"' not in page and 'data-label="Dag"' not in page


def test_forvaltningar_stand_in_swedish_order(cast):
    chiefs = [factories.ForvaltningFactory(name=name) for name in ("Ängen", "Åsen")]
    boenden = [factories.BoendeFactory(forvaltning=one, slug=f"o{one.pk}") for one in chiefs]
    names = [label for _key, label in OverviewForm({}, boenden).fields["forvaltning"].choices][1:]
    assert names == ["Åsen", "Ängen"]
