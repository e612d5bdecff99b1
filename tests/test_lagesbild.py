# SPDX-License-Identifier: EUPL-1.2
"""The lägesbild: every source in a panel of its own with period, unit and source, last year beside; never mixed."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from incidents.models import Felanmalan, Synpunkt
from incidents.picture import when_most
from kartlaggning.models import Kartlaggning, Observation
from platssamverkan.export.models import Export
from platssamverkan.reports.forms import PictureForm
from platssamverkan.reports.picture import Picture
from platssamverkan.start.picture import AT_BOENDE, Scope, panels_for, year_before
from tests import factories
from tests.queries import queries_of
from tests.voices import synpunkt

URL = reverse("reports:picture_boende", args=["kalleback"])
PERIOD = {"fran": "2026-01-01", "till": "2026-06-30"}


def incident(cast, when, **more):
    return factories.IncidentFactory(boende=cast.kalleback, happened_at=datetime(*when, tzinfo=UTC), **more)


@pytest.fixture
def year(cast):
    """Three incidents this half-year and one the year before, a felanmälan and an observation."""
    incident(cast, (2026, 2, 6, 20, 30))  # a Friday, 21.30 here
    incident(cast, (2026, 2, 13, 20, 0), place="elsewhere", place_text="hållplatsen")
    incident(cast, (2026, 3, 31, 22, 30), category="hot", place="elsewhere", place_text="hållplatsen")  # 1 April here
    incident(cast, (2025, 3, 1, 12, 0))
    incident(cast, (2026, 7, 1, 12, 0))  # after the period
    factories.IncidentFactory(boende=cast.alma, happened_at=datetime(2026, 2, 1, tzinfo=UTC))
    Felanmalan.objects.create(
        boende=cast.kalleback, what="Lampan", place_text="gångvägen", created_at=datetime(2026, 5, 1, tzinfo=UTC)
    )
    round_ = Kartlaggning.objects.create(boende=cast.kalleback, year=2026)
    Observation.objects.create(
        kartlaggning=round_, seen_on="2026-04-02", kind="belysning", text="Mörkt.", place_text="gångvägen"
    )


def panels(cast, who="personal", **more):
    scope = Scope(cast[who], (cast.kalleback,), date(2026, 1, 1), date(2026, 6, 30), **more)
    return {panel.key: panel for panel in panels_for(scope)}


@pytest.mark.usefixtures("year")
class TestTheFigures:
    def test_are_counted_by_month_beside_last_year(self, cast):
        found = panels(cast)["handelser"]
        bars = found.plots[0]
        assert (found.figure, found.before) == (3, 1)
        assert list(bars.series[0].values) == [0, 2, 0, 1, 0, 0]  # midnight is the clock's here
        assert list(bars.series[1].values) == [0, 0, 1, 0, 0, 0]
        assert bars.labels[0] == "jan." and found.compared == "1 året före, +2 (+200 %)"

    def test_say_when_in_the_week(self, cast):
        heat = panels(cast)["nar"].plots[0]
        friday = heat.rows[4]
        assert friday.cells[3][0] == 2 and heat.total == 3
        assert "fredag klockan 18–22, 2" in panels(cast)["nar"].sentence

    def test_of_a_year_without_notes_it_is_said_that_it_cannot_be_compared(self, cast):
        found = panels(cast)["felanmalningar"]
        assert (found.figure, found.before) == (1, 0)
        assert found.compared == "kan inte jämföras: inget är antecknat samma tid året före"

    def test_can_be_narrowed_to_a_place(self, cast):
        assert panels(cast, place="hållplatsen")["handelser"].figure == 2
        assert panels(cast, place=AT_BOENDE)["handelser"].figure == 1
        assert panels(cast, place="gångvägen")["felanmalningar"].figure == 1
        assert panels(cast, place="gångvägen")["observationer"].figure == 1

    def test_each_names_its_unit_and_source(self, cast):
        for panel in panels(cast).values():
            assert panel.unit and panel.source and panel.sentence and panel.heading

    def test_stay_with_those_who_may_read_the_rows(self, cast):
        assert panels(cast, "outsider")["handelser"].figure == 0


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ([], "Inga händelser under perioden."),
        ([(2, 4, 3)], "Alla händelser: onsdag klockan 22–02, 3."),
        ([(2, 4, 1), (3, 0, 1)], "Händelserna är spridda: ingen tid i veckan har mer än en."),
        ([(2, 4, 2), (3, 0, 2), (4, 0, 1)], "Händelserna är spridda: 2 tider i veckan har 2 var, och ingen har fler."),
        ([(2, 4, 4), (3, 0, 2)], "Flest händelser: onsdag klockan 22–02, 4."),
    ],
)
def test_when_in_the_week_is_said_only_where_there_is_something_to_say(cells, words):
    values = [[0] * 6 for _day in range(7)]
    for day, hour, count in cells:
        values[day][hour] = count
    assert when_most(values) == words


@pytest.mark.usefixtures("year")
class TestThePage:
    def test_shows_the_panels_the_places_and_the_period(self, as_user):
        page = as_user("personal").get(URL, PERIOD).content.decode()
        assert "1 jan. 2026–30 juni 2026" in page and "När det händer" in page and "Var det händer" in page
        assert "hållplatsen" in page and "2 händelser" in page and "INTERNTEXT" not in page
        assert page.count("Källa:") >= 5

    @pytest.mark.parametrize(
        ("asked", "words"),
        [
            ({"fran": "2026-05-01", "till": "2026-01-01"}, "kan inte vara före"),
            ({"fran": "i våras"}, "Skriv ett datum"),
            ({"fran": "2010-01-01", "till": "2026-01-01"}, "högst tre år"),
            ({"fran": "0001-01-01"}, "från 2000"),
            ({"till": "9999-12-31"}, "från 2000"),
        ],
    )
    def test_says_what_is_wrong_with_a_period(self, as_user, asked, words):
        answer = as_user("personal").get(URL, asked)
        assert answer.status_code == 200 and words in answer.content.decode()

    def test_takes_the_same_queries_however_many_rows(self, as_user, cast):
        client = as_user("enhetschef")
        few = queries_of(client, URL)
        for number in range(30):
            factories.IncidentFactory(
                boende=cast.kalleback, place="elsewhere", place_text=f"plats {number}",
                happened_at=timezone.now() - timedelta(days=number * 9),
            )  # fmt: skip
        assert queries_of(client, URL) <= few <= 15

    def test_is_a_file_that_is_noted(self, as_user):
        url = reverse("reports:picture_boende_pdf", args=["kalleback"])
        client = as_user("forvaltningschef")
        assert client.get(url).status_code == 405
        answer = client.post(url + "?fran=2026-01-01&till=2026-06-30")
        assert answer.content.startswith(b"%PDF")
        assert Export.objects.get().what == "lägesbild"


def test_who_reads_it(as_user, cast):
    assert as_user("outsider").get(URL).status_code == 404
    for who in ("granne", "medlem", "systemforvaltare", "boendeombud", "ended"):
        assert as_user(who).get(URL).status_code == 404
    forum = reverse("reports:picture_forum", args=[cast.forum.pk])
    assert as_user("personal").get(forum).status_code == 200
    assert as_user("medlem").get(forum).status_code == 403  # members have the released figures
    assert as_user("sammankallande").get(forum).status_code == 403
    assert as_user("outsider").get(forum).status_code == 404


def test_synpunkter_have_a_panel_of_their_own(cast):
    synpunkt(cast, kind="berom", place_text="hållplatsen")
    today = timezone.localdate()
    scope = Scope(cast["personal"], (cast.kalleback,), today - timedelta(days=1), today)
    found = {panel.key: panel for panel in panels_for(scope)}["synpunkter"]
    assert found.figure == 1 and ("Beröm", ["1", "0"], "") in found.plots[1].rows
    outside = Scope(cast["outsider"], (cast.kalleback,), today, today)
    assert {panel.key: panel for panel in panels_for(outside)}["synpunkter"].figure == 0


def test_what_is_only_a_point_on_the_map_is_not_at_the_boende(cast):
    point = {"latitude": 57.7, "longitude": 11.9}
    made = datetime(2026, 5, 1, tzinfo=UTC)
    Felanmalan.objects.create(boende=cast.kalleback, what="Lampan", created_at=made, **point)
    Felanmalan.objects.create(boende=cast.kalleback, what="Porten", created_at=made, ground="own", place_text="porten")
    round_ = Kartlaggning.objects.create(boende=cast.kalleback, year=2026)
    Observation.objects.create(kartlaggning=round_, seen_on="2026-04-02", kind="belysning", text="Mörkt.", **point)
    found = panels(cast, place=AT_BOENDE)
    assert (found["felanmalningar"].figure, found["observationer"].figure) == (1, 0)


def test_a_place_that_two_boenden_name_is_one_sum(cast):
    torpa = factories.BoendeFactory(forvaltning=cast.sydvast, name="Torpa", slug="torpa")
    for boende in (cast.kalleback, torpa, torpa):
        factories.IncidentFactory(
            boende=boende, happened_at=datetime(2026, 2, 1, tzinfo=UTC), place="elsewhere", place_text="hållplatsen"
        )
    picture = Picture(cast["forvaltningschef"], [cast.kalleback, torpa], PERIOD)
    assert [words for _place, words, _count in picture.places] == ["3 händelser"]


def test_a_place_is_the_same_however_it_is_written_with_capitals(cast):
    for text in ("Åstorget", "åstorget", "ÅSTORGET", "ån"):
        factories.IncidentFactory(
            boende=cast.kalleback, happened_at=datetime(2026, 2, 1, tzinfo=UTC), place="elsewhere", place_text=text
        )
    made = datetime(2026, 2, 2, tzinfo=UTC)
    Felanmalan.objects.create(boende=cast.kalleback, what="Bänken", place_text="ÅStorget", created_at=made)
    picture = Picture(cast["personal"], [cast.kalleback], PERIOD)
    assert {place.key: words for place, words, _count in picture.places} == {
        "åstorget": "3 händelser, 1 felanmälan", "ån": "1 händelse"
    }  # fmt: skip
    assert [value.lower() for value, _name in picture.place_choices[1:]] == ["åstorget", "ån"]
    narrowed = Picture(cast["personal"], [cast.kalleback], PERIOD | {"plats": "åstorget"})
    assert {panel.key: panel.figure for panel in narrowed.panels}["handelser"] == 3
    assert [words for _place, words, _count in narrowed.places] == ["3 händelser, 1 felanmälan"]
    assert [feature.count for feature in narrowed.map.features] == [4]  # on the sign of the map


def test_a_period_without_an_end_goes_to_today():
    with time_machine.travel(datetime(2026, 1, 20, 12, tzinfo=UTC), tick=False):
        for first in ("2026-01-05", "2025-06-01"):
            assert PictureForm({"fran": first}).last == date(2026, 1, 20)


def test_a_february_is_held_against_all_of_the_one_before(cast):
    incident(cast, (2024, 2, 29, 12, 0))
    scope = Scope(cast["personal"], (cast.kalleback,), date(2025, 2, 1), date(2025, 2, 28))
    assert {panel.key: panel for panel in panels_for(scope)}["handelser"].before == 1


def test_a_leap_day_has_a_day_a_year_before():
    assert year_before(date(2024, 2, 29)) == date(2023, 2, 28)


class TestSynpunkter:
    def said(self, cast, when, **more):
        received = datetime(*when, tzinfo=UTC)
        values = {"boende": cast.kalleback, "kind": "oro", "text": "Mörkt.", "reference": f"R{received:%Y%m%d%H}"}
        return Synpunkt.objects.create(received_at=received, answer_by=received.date(), **{**values, **more})

    def test_have_a_panel_of_their_own_and_say_how_many_were_answered_in_time(self, cast):
        day = (2026, 2, 6, 12)
        self.said(cast, day, status="answered", answered_at=datetime(*day, tzinfo=UTC), place_text="gångvägen")
        late = datetime(2026, 3, 20, tzinfo=UTC)
        self.said(cast, (2026, 3, 6, 12), status="answered", answered_at=late)
        self.said(cast, (2026, 4, 6, 12), kind="fraga")  # nobody has answered
        closed = datetime(2026, 4, 8, 12, tzinfo=UTC)
        self.said(cast, (2026, 4, 8, 11), kind="berom", status="closed", closed_at=closed, code="nothing")
        self.said(cast, (2025, 4, 6, 12))
        found = panels(cast)["synpunkter"]
        assert (found.figure, found.before) == (4, 1)
        assert str(found.notes[0]) == "Besvarade i tid: 1 av 3."
        assert [list(series.values) for series in found.plots[1].series] == [[2, 0, 1, 1], [1, 0, 0, 0]]
        at_a_place = panels(cast, place="gångvägen")["synpunkter"]
        assert at_a_place.figure == 1
