# SPDX-License-Identifier: EUPL-1.2
"""The overview, its dictionary, the lists behind its figures and its files: who reads them, and what they say."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from boenden.models import Assignment
from incidents.models import Felanmalan
from platssamverkan.accounts.roles import Role
from platssamverkan.export.models import Export
from platssamverkan.reports.figures.dictionary import INDICATORS
from platssamverkan.reports.figures.models import Bevakningskostnad
from platssamverkan.reports.figures.reading import Figures
from platssamverkan.start.picture import Scope
from tests import factories
from tests.queries import queries_of
from tests.voices import synpunkt

OVERVIEW = reverse("reports:overview")
COSTS = reverse("reports:bevakningskostnad_list")
PERIOD = {"fran": "2025-01-01", "till": "2025-06-30"}


def text_of(answer):
    return unescape(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def victor(cast):
    """Another boende of Sydväst, that is not the enhetschef's."""
    return factories.BoendeFactory(forvaltning=cast.sydvast, name="Victor", slug="victor")


@pytest.fixture
def nordost_too(cast):
    """The förvaltningschef answers for Nordost too."""
    Assignment.objects.create(user=cast["forvaltningschef"], role=Role.FORVALTNINGSCHEF, forvaltning=cast.nordost)


def incident(boende, *when, **more):
    return factories.IncidentFactory(boende=boende, happened_at=datetime(*when, tzinfo=UTC), **more)


class TestTheOverview:
    def test_shows_each_figure_with_its_period_and_how_it_is_counted(self, cast, as_user):
        incident(cast.kalleback, 2025, 3, 1)
        incident(cast.kalleback, 2024, 3, 1)
        incident(cast.kalleback, 2024, 4, 1)
        page = text_of(as_user("forvaltningschef").get(OVERVIEW, PERIOD))
        assert "1 jan. 2025–30 juni 2025" in page and "−1 (−50 %)" in page
        for indicator in INDICATORS.values():
            assert str(indicator.name) in page and str(indicator.definition) in page
            assert str(indicator.unit) in page
        assert page.count("Så räknas det") >= len([i for i in INDICATORS.values() if not i.parts])
        assert "Kan inte jämföras" in page and "INTERNTEXT" not in page

    def test_is_of_the_boenden_that_one_answers_for(self, cast, as_user, victor):
        for boende in (cast.kalleback, victor, cast.alma):
            incident(boende, 2025, 3, 1)
        for who, count in (("forvaltningschef", 2), ("enhetschef", 1), ("outsider", 1)):
            answer = as_user(who).get(OVERVIEW, PERIOD)
            assert answer.context["figures"]["handelser"].value == count
        other = as_user("forvaltningschef").get(OVERVIEW, {**PERIOD, "forvaltning": cast.nordost.pk})
        assert "figures" not in other.context and "finns inte bland dem du läser" in text_of(other)
        assert not re.search(r"\bAlma\b|Nordost", text_of(other))

    def test_can_be_of_one_forvaltning_or_boende(self, cast, as_user, victor, nordost_too):
        for boende in (cast.kalleback, victor, cast.alma):
            incident(boende, 2025, 3, 1)
        client = as_user("forvaltningschef")
        for asked, count in (
            ({}, 3), ({"forvaltning": cast.nordost.pk}, 1), ({"forvaltning": cast.sydvast.pk}, 2),
            ({"boende": "victor", "forvaltning": cast.sydvast.pk}, 1),
        ):  # fmt: skip
            answer = client.get(OVERVIEW, {**PERIOD, **asked})
            assert answer.context["figures"]["handelser"].value == count
        wrong = text_of(client.get(OVERVIEW, {"boende": "alma", "forvaltning": cast.sydvast.pk}))
        assert "Boendet hör till en annan förvaltning" in wrong

    @pytest.mark.parametrize(
        ("asked", "words"),
        [
            ({"fran": "2026-05-01", "till": "2026-01-01"}, "kan inte vara före"),
            ({"fran": "i våras"}, "Skriv ett datum"),
            ({"till": "0001-01-01"}, "från 2000"),
        ],
    )
    def test_tells_a_bad_period_at_its_field(self, as_user, asked, words):
        answer = as_user("enhetschef").get(OVERVIEW, asked)
        assert answer.status_code == 200 and words in text_of(answer)
        assert next(iter(asked.values())) in text_of(answer)

    def test_the_usual_period_is_the_year_so_far_and_any_other_will_do(self, as_user):
        client, today = as_user("enhetschef"), timezone.localdate()
        if today.month > 1:
            assert client.get(OVERVIEW).context["figures"].scope.first == date(today.year, 1, 1)
        long = client.get(OVERVIEW, {"fran": "2001-01-01", "till": "2025-12-31"})
        assert long.context["figures"].period == "1 jan. 2001–31 dec. 2025"

    def test_takes_few_queries_the_same_for_one_boende_and_for_thirty(self, cast, as_user):
        client = as_user("forvaltningschef")
        few = queries_of(client, OVERVIEW)
        for number in range(29):
            boende = factories.BoendeFactory(forvaltning=cast.sydvast)
            incident(boende, 2025, 1, 1 + number)
            synpunkt(cast, boende=boende)
            factories.MeetingFactory(forum=factories.ForumFactory(boenden=[boende]), days=-3, status="held")
            Bevakningskostnad.objects.create(boende=boende, year=2025, kronor=number)
        assert queries_of(client, OVERVIEW) <= few <= 15


class TestTheRowsBehind:
    def test_every_link_shows_as_many_rows_as_its_figure(self, cast, as_user, victor, nordost_too):
        """Of one boende, of a förvaltning, and of all: the lists of the rooms and the plain ones."""
        today = timezone.localdate()
        for boende in (cast.kalleback, victor, cast.alma):
            incident(boende, 2025, 3, 1, affected_neighbourhood=True, headline=f"Rad {boende}")
            incident(boende, 2024, 3, 1, headline="Tidigare")
            synpunkt(cast, boende=boende, received_at=datetime(2025, 3, 1, tzinfo=UTC), place_text=f"Rad {boende}")
            Felanmalan.objects.create(
                boende=boende, what=f"Rad {boende}", place_text="porten", status="sent",
                sent_on=today - timedelta(days=20),
            )  # fmt: skip
            Felanmalan.objects.create(
                boende=boende, what="Nyss skickad", place_text="porten", status="sent", sent_on=today
            )  # fmt: skip
            Bevakningskostnad.objects.create(boende=boende, year=2025, kronor=1)
        client = as_user("forvaltningschef")
        first, last = date(2025, 1, 1), date(2025, 6, 30)
        for boenden in ((cast.alma,), (cast.kalleback, victor), (cast.alma, cast.kalleback, victor)):
            found = Figures(Scope(cast["forvaltningschef"], boenden, first, last))
            for key in ("handelser", "handelser_grannskap", "synpunkter", "synpunkter_sena", "felanmalningar_sena"):
                page = text_of(client.get(found[key].url))
                assert found[key].value == len(boenden), key
                names = set(re.findall(r"Rad (\w+)", page)) - {"behind"}
                assert names == {str(boende).split()[0] for boende in boenden}, key
                assert "Tidigare" not in page and "Nyss skickad" not in page
            costs = client.get(found["bevakning"].url)
            assert len(costs.context["object_list"]) == found["bevakning"].value == len(boenden)
            rows = client.get(found["svar_i_tid"].url)
            assert len(rows.context["lines"]) == found["svar_i_tid"].of == len(boenden)
            late = client.get(found.parts("nivaer")["rad:planerat"].url)
            assert len(late.context["lines"]) == found.parts("nivaer")["rad:planerat"].value

    def test_are_of_ones_own_boenden(self, cast, as_user):
        incident(cast.kalleback, 2025, 3, 1, headline="Hos oss")
        url = reverse("reports:figure_rows", args=["handelser"])
        assert "Hos oss" in text_of(as_user("enhetschef").get(url, PERIOD))
        assert "Hos oss" not in text_of(as_user("outsider").get(url, {**PERIOD, "boende": "kalleback"}))

    @pytest.mark.parametrize("path", ["finns-inte/", "handelser/?del=1", "nivaer/", "nivaer/?del=finns-inte"])
    def test_a_figure_that_is_none_is_not_found(self, as_user, path):
        assert as_user("enhetschef").get(f"{OVERVIEW}rader/{path}").status_code == 404

    def test_someone_who_is_staff_elsewhere_gets_only_the_rows_that_were_counted(self, cast, as_user, victor):
        """The list of incidents would show her the other boende too."""
        Assignment.objects.create(user=cast["enhetschef"], role=Role.PERSONAL, boende=victor)
        incident(cast.kalleback, 2025, 3, 1, headline="Vårt")
        incident(victor, 2025, 3, 1, headline="Deras")
        answer = as_user("enhetschef").get(OVERVIEW, PERIOD)
        reading = answer.context["figures"]["handelser"]
        page = text_of(as_user("enhetschef").get(reading.url))
        assert reading.value == 1 and "Vårt" in page and "Deras" not in page


class TestFiles:
    def test_as_pdf(self, cast, as_user):
        client = as_user("forvaltningschef")
        url = reverse("reports:overview_pdf")
        assert client.get(url).status_code == 405
        answer = client.post(url + "?fran=2025-01-01&till=2025-06-30")
        assert answer.content.startswith(b"%PDF")
        export = Export.objects.get()
        assert export.what == "översikt med nyckeltal" and export.scope == str(cast.kalleback)

    def test_as_a_table_with_its_words(self, cast, as_user):
        incident(cast.kalleback, 2025, 3, 1)
        incident(cast.kalleback, 2024, 3, 1)
        client = as_user("enhetschef")
        url = reverse("reports:overview_export") + "?fran=2025-01-01&till=2025-06-30"
        missing = client.post(url, {"format": "xlsx"})
        assert missing.status_code == 422 and "Skriv vad uppgifterna ska användas till" in text_of(missing)
        answer = client.post(url, {"format": "xlsx", "purpose": "Underlag till nämnden"})
        content = BytesIO(b"".join(answer.streaming_content))
        sheet = openpyxl.load_workbook(content).active
        header, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        lines = [dict(zip(header, row, strict=True)) for row in rows]
        found = next(line for line in lines if line["Nyckeltal"] == "Händelser")
        assert (found["Värde"], found["Samma tid året före"], found["Skillnad"], found["Skillnad i procent"]) == (
            1,
            1,
            0,
            0,
        )
        assert found["Period"] == "1 jan. 2025–30 juni 2025" and found["Så räknas det"] and found["Källa"]
        assert {line["Nyckeltal"] for line in lines} == {str(i.name) for i in INDICATORS.values()}
        assert Export.objects.get().purpose == "Underlag till nämnden"

    def test_as_csv(self, as_user):
        url = reverse("reports:overview_export")
        answer = as_user("enhetschef").post(url, {"format": "csv", "purpose": "Underlag"})
        lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
        assert lines[0].startswith("Område;Nyckeltal;Del;Enhet;Period;Värde") and len(lines) > len(INDICATORS)


class TestTheDictionaryPage:
    def test_explains_every_figure(self, as_user):
        page = text_of(as_user("enhetschef").get(reverse("reports:dictionary")))
        for indicator in INDICATORS.values():
            assert f'id="{indicator.key}"' in page
            for words in (indicator.definition, indicator.formula, indicator.source, indicator.unit):
                assert str(words) in page

    def test_the_start_page_leads_to_the_reports(self, as_user):
        url = reverse("reports:picture_list")
        chief, staff = text_of(as_user("forvaltningschef").get(url)), text_of(as_user("personal").get(url))
        assert OVERVIEW in chief and "<h1>Rapporter</h1>" in re.sub(r"<h1[^>]*>", "<h1>", chief)
        assert OVERVIEW not in staff and reverse("reports:picture_boende", args=["kalleback"]) in staff


class TestBevakning:
    def test_is_written_once_a_year(self, cast, as_user):
        client, url = as_user("forvaltningschef"), reverse("reports:bevakningskostnad_create")
        sent = {"boende": cast.kalleback.pk, "year": 2025, "kronor": "310000", "about": "Väktare"}
        assert client.post(url, sent).status_code == 302
        again = client.post(url, {**sent, "kronor": "1"})
        assert again.status_code == 422 and "redan antecknad" in text_of(again) and "Väktare" in text_of(again)
        assert Bevakningskostnad.objects.get().kronor == 310_000
        assert "310" in text_of(client.get(COSTS, {"fran_ar": "2025"}))
        assert not client.get(COSTS, {"fran_ar": "2026"}).context["object_list"]

    def test_says_what_is_wrong_with_a_year(self, cast, as_user):
        url = reverse("reports:bevakningskostnad_create")
        answer = as_user("enhetschef").post(url, {"boende": cast.kalleback.pk, "year": "i år", "kronor": "5"})
        assert answer.status_code == 422 and "Skriv ett år, till exempel 2026." in text_of(answer)

    def test_stays_with_those_who_answer_for_the_boende(self, cast, as_user, victor):
        cost = Bevakningskostnad.objects.create(boende=victor, year=2025, kronor=1)
        url = reverse("reports:bevakningskostnad_update", args=[cost.pk])
        assert as_user("forvaltningschef").get(url).status_code == 200
        for who in ("enhetschef", "outsider", "personal"):
            assert as_user(who).get(url).status_code == 404
        stolen = as_user("enhetschef").post(
            reverse("reports:bevakningskostnad_create"), {"boende": victor.pk, "year": 2024, "kronor": "5"}
        )
        assert stolen.status_code == 422 and not Bevakningskostnad.objects.filter(year=2024).exists()

    def test_can_be_archived_by_post_alone(self, cast, as_user):
        cost = Bevakningskostnad.objects.create(boende=cast.kalleback, year=2025, kronor=1)
        url = reverse("reports:bevakningskostnad_archive", args=[cost.pk])
        client = as_user("enhetschef")
        assert client.get(url).status_code == 405 and client.post(url).status_code == 302
        assert not client.get(COSTS).context["object_list"]
