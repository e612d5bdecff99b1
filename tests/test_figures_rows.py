# SPDX-License-Identifier: EUPL-1.2
"""The rows behind a figure: how many they are, what their columns are, and an order that can be seen."""

import csv
import io
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from forum.models import Cost
from incidents.models import Felanmalan
from platssamverkan.reports.figures.dictionary import COMPUTED, COUNTED
from tests import factories
from tests.queries import queries_of

WHY = {"purpose": "Till ledningsgruppen", "format": "csv"}
TODAY = timezone.localdate()


def text_of(answer):
    return unescape(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def rows_url(key, view="figure_rows"):
    return reverse(f"reports:{view}", args=[key])


@pytest.fixture
def contacts(cast):
    """Three persons on Kallebäck's list, written down in no order."""
    group = factories.ContactListGroupFactory(contact_list=factories.ContactListFactory(boende=cast.kalleback))
    for name in ("Öst", "Ärlig", "Berg"):
        person = factories.ContactPersonFactory(name=name, verified_on=TODAY, verified_how="phone")
        factories.ContactListEntryFactory(group=group, label="", own_phone="", person=person)
    return group


class TestTheContacts:
    def test_are_counted_and_stand_by_name_under_names_of_their_own(self, cast, as_user, contacts):
        page = as_user("forvaltningschef").get(rows_url("kontakter_verifierade"))
        names = [str(line.title) for line in page.context["lines"] if str(line.title) in ("Öst", "Ärlig", "Berg")]
        assert names == ["Berg", "Ärlig", "Öst"]
        text = text_of(page)
        assert f'<p class="lead-gap">{len(page.context["lines"])} rader</p>' in text
        assert ">Senast kontrollerad</th>" in text and ">Vad</th>" not in text and ">Dag</th>" not in text

    def test_have_the_same_columns_in_their_file(self, as_user, contacts):
        answer = as_user("forvaltningschef").post(rows_url("kontakter_verifierade", "figure_rows_export"), WHY)
        rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
        assert list(rows[0])[:4] == ["Kontakt", "Boende", "Senast kontrollerad", "Uppgifterna"]


def test_every_source_names_its_columns():
    heads = [str(source.heads.title) for source in (*COUNTED.values(), *COMPUTED.values())]
    assert all(heads) and "Vad" not in heads


def test_what_was_mended_says_when(cast, as_user):
    for days, what in ((2, "Sist"), (9, "Först"), (5, "Mitt")):
        Felanmalan.objects.create(
            boende=cast.kalleback, what=what, place_text="porten", status="mended",
            sent_on=TODAY - timedelta(days=30), mended_on=TODAY - timedelta(days=days),
        )  # fmt: skip
    asked = {"fran": (TODAY - timedelta(days=40)).isoformat(), "till": TODAY.isoformat()}
    page = as_user("forvaltningschef").get(rows_url("atgardade"), asked)
    assert [line.title for line in page.context["lines"]] == ["Sist", "Mitt", "Först"]
    assert page.context["lines"][0].day == TODAY - timedelta(days=2) and ">Åtgärdad</th>" in text_of(page)


def test_the_number_of_rows_is_of_rows_and_not_of_kronor(cast, as_user):
    for kronor in (4000, 1500):
        Cost.objects.create(boende=cast.kalleback, title="Café", day=TODAY, unit="kronor", budget=1, outcome=kronor)
    page = as_user("forvaltningschef").get(rows_url("forebyggande"))
    assert page.context["count_words"] == "2 rader"


def test_of_boenden_says_one_and_leads_on(cast, as_user):
    cast.kalleback.omrade = "Kallebäck"
    cast.kalleback.save()
    page = as_user("enhetschef").get(rows_url("planer"), {"del": "ingen"})
    text = text_of(page)
    assert page.context["count_words"] == "1 rad" and '<th scope="col">Boende</th>' in text
    assert '<th scope="col">Område</th>' in text and ">Var</th>" not in text


def test_the_number_takes_no_query_more_of_many_rows(cast, as_user):
    client, url = as_user("forvaltningschef"), rows_url("handelser")
    factories.IncidentFactory(boende=cast.kalleback)
    few = queries_of(client, url)
    for _number in range(10):
        factories.IncidentFactory(boende=cast.kalleback)
    assert queries_of(client, url) == few <= 6


def header_of(client, key, **asked):
    answer = client.post(f"{rows_url(key, 'figure_rows_export')}?{urlencode(asked)}", WHY)
    return answer.getvalue().decode("utf-8-sig").splitlines()[0].split(";")


class TestTheColumnsOfAFile:
    def test_are_those_that_its_source_fills(self, cast, as_user):
        client = as_user("forvaltningschef")
        assert header_of(client, "handelser") == ["Händelse", "Boende", "Inträffade", "Läge"]
        assert header_of(client, "nivaer", **{"del": "rad:planerat"}) == ["Boende", "Område"]
        assert header_of(client, "moten_hallna") == ["Forum", "Mötesdag", "Läge"]
        assert header_of(client, "kontakter") == ["Kontakt", "Boende", "Dag"]
        assert header_of(client, "bevakning") == ["Boende och år", "Belopp", "Enhet"]

    def test_do_not_hang_on_whether_there_are_rows(self, cast, as_user):
        head = ["Kostnad", "Boende", "Dag", "Belopp", "Enhet"]
        assert header_of(as_user("forvaltningschef"), "forebyggande") == head
        Cost.objects.create(boende=cast.kalleback, title="Café", day=TODAY, unit="kronor", budget=1, outcome=4)
        assert header_of(as_user("forvaltningschef"), "forebyggande") == head

    @pytest.mark.parametrize("key", [*COUNTED, *COMPUTED])
    def test_hold_all_that_the_source_writes(self, key):
        """A line is made by its source's function: what that names has a head, and a head has what it names."""
        source = {**COUNTED, **COMPUTED}[key]
        line = source.line(Anything())
        for name in ("where", "day", "about", "amount"):
            is_filled = getattr(line, name) not in ("", None)
            assert bool(getattr(source.heads, name)) == is_filled, name


class Anything:
    """A row that has whatever is asked of it."""

    pk = forum_id = "00000000-0000-0000-0000-000000000000"
    slug = "kalleback"
    plan_edition, kind_and_state = 1, ""
    happened_at = received_at = starts_at = approved_at = timezone.now()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything()

    def __call__(self):
        return "något"

    def __str__(self):
        return "något"
