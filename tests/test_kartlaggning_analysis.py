# SPDX-License-Identifier: EUPL-1.2
"""Functions, brukarnas ways and the analysis: what is computed, how each number is explained, what people may move."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from incidents.models import Incident
from kartlaggning.actions.rounds import start_round
from kartlaggning.evidence import Evidence
from kartlaggning.models import Adjustment, Analys, Function, Kartlaggning, Route
from kartlaggning.passages import counted_near, passed
from tests.factories import ActorFactory, ContactFactory, IncidentFactory, NeighbourFactory

LINE = [[57.6809, 12.0121], [57.6829, 12.0121]]  # 222 metres to the north


@pytest.fixture
def kartlaggning(cast) -> Kartlaggning:
    return start_round(kartlaggning=Kartlaggning(boende=cast.kalleback, year=2026), by=cast["personal"])


@pytest.fixture
def analys(kartlaggning) -> Analys:
    return kartlaggning.analys


def neighbour(cast, name, latitude=None, longitude=None):
    actor = ActorFactory(forvaltning=cast.sydvast, name=name, latitude=latitude, longitude=longitude)
    return NeighbourFactory(boende=cast.kalleback, actor=actor)


def make_function(kartlaggning, name="Mataffären", **fields) -> Function:
    return Function.objects.create(kartlaggning=kartlaggning, name=name, **{"importance": 4, "use": 3, **fields})


def make_route(kartlaggning, function=None, line=LINE) -> Route:
    function = function or make_function(kartlaggning)
    return Route.objects.create(kartlaggning=kartlaggning, function=function, line=line)


def url(name, row) -> str:
    return reverse(f"kartlaggning:{name}", args=[row.pk])


class TestPassages:
    def test_a_place_is_measured_from_the_nearest_part_of_the_way(self):
        places = {
            "beside": (57.6819, 12.0126),  # half a thousandth of a degree to the east of its middle
            "behind": (57.6806, 12.0121),
            "far": (57.6819, 12.0221),
        }
        assert passed(LINE, places, 50) == {"beside": 30, "behind": 33}
        assert passed(LINE, places, 31) == {"beside": 30}
        assert passed(LINE, {}, 50) == {}
        assert passed(LINE[:1], places, 50) == {}

    def test_a_long_way_through_a_town_passes_those_beside_it_and_no_others(self):
        line = [[57.68, 12.0 + number / 10_000] for number in range(500)]
        metre = 1 / 111_195  # of latitude, in degrees
        places = {
            number: (57.68 + (number % 20 * 10 + 5) * metre, 12.0001 + number * 0.0497 / 2_000)
            for number in range(2_000)
        }
        found = passed(line, places, 50)
        assert set(found) == {number for number in places if number % 20 < 5}
        assert set(found.values()) == {5, 15, 25, 35, 45}

    def test_happenings_are_counted_to_each_place(self):
        places = {"here": (57.6809, 12.0121), "there": (57.6909, 12.0121)}
        happenings = [(57.6809, 12.0122), (57.6810, 12.0121), (57.70, 12.2)]
        assert counted_near(places, happenings, 100) == {"here": 2}
        assert counted_near(places, [], 100) == {}


class TestWays:
    def test_personal_writes_a_function_and_a_way_by_hand(self, as_user, kartlaggning):
        client = as_user("personal")
        sent = {"name": "Mataffären", "importance": 4, "use": 3}
        assert client.post(url("function_create", kartlaggning), sent).status_code == 302
        again = client.post(url("function_create", kartlaggning), sent)
        assert again.status_code == 422
        assert "finns redan" in again.context["form"].errors["name"][0]
        function = Function.objects.get()
        create = url("route_create", kartlaggning)
        bad = client.post(create, {"function": function.pk, "line": "57.6809, 12.0121"})
        assert bad.status_code == 422
        assert bad.context["form"]["line"].value() == "57.6809, 12.0121"
        line = "57.6809, 12.0121\n57.6829, 12.0121"
        assert client.post(create, {"function": function.pk, "line": line}).status_code == 302
        assert Route.objects.get().line == LINE
        page = client.get(kartlaggning.get_absolute_url()).content.decode()
        assert "Till Mataffären" in page

    def test_two_ways_with_one_name_are_told_apart(self, as_user, kartlaggning):
        function = make_function(kartlaggning)
        make_route(kartlaggning, function)
        make_route(kartlaggning, function)
        assert [str(route) for route in kartlaggning.routes.for_list()] == ["Till Mataffären", "Till Mataffären (2)"]
        assert "Till Mataffären (2)" in as_user("personal").get(kartlaggning.get_absolute_url()).content.decode()

    def test_a_function_that_ways_lead_to_is_kept(self, as_user, kartlaggning):
        route = make_route(kartlaggning)
        client = as_user("personal")
        client.post(url("function_archive", route.function))
        route.function.refresh_from_db()
        assert route.function.archived_at is None
        client.post(url("route_archive", route))
        client.post(url("function_archive", route.function))
        route.function.refresh_from_db()
        assert route.function.archived_at is not None

    def test_next_years_round_goes_on_from_this_years(self, cast, kartlaggning):
        make_route(kartlaggning)
        following = start_round(kartlaggning=Kartlaggning(boende=cast.kalleback, year=2027), by=cast["personal"])
        assert following.routes.get().function.kartlaggning == following
        assert following.functions.get().name == "Mataffären"

    def test_outside_a_way_does_not_exist_and_a_chef_changes_none(self, as_user, kartlaggning):
        route = make_route(kartlaggning)
        assert as_user("outsider").get(url("route_update", route)).status_code == 404
        assert as_user("granne").get(url("route_update", route)).status_code == 404
        assert as_user("forvaltningschef").get(url("route_update", route)).status_code == 403
        assert as_user("personal").get(url("route_archive", route)).status_code == 405

    def test_a_line_is_checked_also_outside_forms(self, kartlaggning):
        with pytest.raises(Exception, match="inom Sverige"):
            make_route(kartlaggning, line=[[57.68, 12.01], [57.68, "här"]])


class TestEvidence:
    def test_functions_are_ranked_and_their_points_explained(self, cast, kartlaggning, analys):
        make_function(kartlaggning, "Parken", importance=5, use=0)
        make_function(kartlaggning, "Mataffären", importance=4, use=3)
        ranked = Evidence(analys, cast["personal"]).functions
        assert [function.name for function in ranked] == ["Mataffären", "Parken"]
        assert (ranked[0].points, ranked[0].explained) == (11, "betydelse 4 × 2 + användning 3")

    def test_ways_pass_actors_but_not_where_they_lead(self, cast, kartlaggning, analys):
        brf = neighbour(cast, "Brf Vägkanten", 57.6819, 12.0126)
        shop = neighbour(cast, "Butiken", 57.6829, 12.0121)
        neighbour(cast, "Långt bort", 57.7, 12.1)
        neighbour(cast, "Utan plats")
        make_route(kartlaggning, make_function(kartlaggning, actor=shop.actor))
        evidence = Evidence(analys, cast["personal"])
        assert [(n.actor.name, metres) for n, metres in evidence.ways[0].passes] == [("Brf Vägkanten", 30)]
        assert [(n.actor, number) for n, number in evidence.passed] == [(brf.actor, 1)]
        assert evidence.unplaced == 1

    def test_where_a_way_leads_is_said_and_a_function_and_a_judgement_count(self, as_user, cast, kartlaggning, analys):
        shop = neighbour(cast, "Butiken", 57.6829, 12.0121)
        judged = neighbour(cast, "Förskolan")
        judged.affected = 4
        judged.save()
        unharmed = neighbour(cast, "Kyrkan")
        unharmed.affected = 1
        unharmed.save()
        client = as_user("personal")
        page = client.get(analys.get_absolute_url()).content.decode()
        assert "Ingen väg går inom 50 m från någon aktör ännu." in page
        assert f"{url('analys_update', analys)}#id_distance_m" in page
        make_route(kartlaggning, make_function(kartlaggning, actor=shop.actor))
        make_route(kartlaggning, make_function(kartlaggning, "Torget", use=0))  # ends at the shop, though not its own
        evidence = Evidence(analys, cast["personal"])
        assert [way.leads_to for way in evidence.ways] == [[shop], [shop]]
        rows = {row.neighbour: row for row in evidence.affected}
        assert rows[shop].explained == "2 vägar leder dit × 2, 1 funktion × 1, används varje dag: 3 × 1"
        assert rows[judged].explained == "berörs mycket: 3 steg över ”inte alls” × 2"
        assert rows[unharmed].explained == "berörs inte alls"
        assert [row.points for row in evidence.affected] == [8, 6, 0]
        assert "Leder till" in client.get(analys.get_absolute_url()).content.decode()

    def test_the_most_affected_are_proposed_and_each_number_explained(self, cast, kartlaggning, analys):
        brf = neighbour(cast, "Brf Vägkanten", 57.6819, 12.0126)
        school = neighbour(cast, "Förskolan")
        make_route(kartlaggning)
        IncidentFactory(
            boende=cast.kalleback, place="elsewhere", place_text="vägen", latitude=57.682, longitude=12.0125
        )
        old = timezone.now() - timedelta(days=500)
        IncidentFactory(boende=cast.kalleback, happened_at=old, latitude=57.682, longitude=12.0125)
        ContactFactory(boende=cast.kalleback, actor=school.actor, tone="worry")
        first, second = Evidence(analys, cast["personal"]).affected[:2]
        assert {first.neighbour, second.neighbour} == {brf, school}
        rows = {row.neighbour: row for row in (first, second)}
        assert rows[brf].explained == "1 väg passerar × 2, 1 händelse inom 100 m × 2"
        assert rows[school].explained == "1 gång oro × 3, 1 kontakt × 1"
        assert rows[brf].points == rows[school].points == 4

    def test_an_incident_at_the_boende_is_where_the_boende_is(self, cast, kartlaggning, analys):
        near = neighbour(cast, "Granngården", 57.6810, 12.0121)
        IncidentFactory(boende=cast.kalleback)
        assert Evidence(analys, cast["personal"]).incidents_near() == {near.actor_id: 1}
        assert Incident.objects.count() == 1

    def test_people_move_an_actor_and_say_why(self, as_user, cast, kartlaggning, analys):
        neighbour(cast, "Aktör A", 57.6819, 12.0126)
        moved = neighbour(cast, "Förskolan")
        make_route(kartlaggning)
        client = as_user("personal")
        create = f"{url('adjustment_create', analys)}?aktor={moved.actor_id}"
        assert str(moved.actor_id) in str(client.get(create).context["form"]["actor"].value())
        assert client.post(create, {"actor": moved.actor_id, "place": 1}).status_code == 422
        beyond = client.post(create, {"actor": moved.actor_id, "place": 99, "reason": "Barnen leker där."})
        assert beyond.context["form"].errors["place"] == ["Listan har 2 platser."]
        sent = {"actor": moved.actor_id, "place": 1, "reason": "Barnen leker vid hållplatsen."}
        assert client.post(create, sent).status_code == 302
        assert client.post(create, sent).status_code == 422  # once
        ranking = Evidence(analys, cast["personal"]).affected
        assert [(row.place, row.neighbour.actor.name) for row in ranking] == [(1, "Förskolan"), (2, "Aktör A")]
        assert "Flyttad hit: Barnen leker" in client.get(analys.get_absolute_url()).content.decode()
        client.post(url("adjustment_remove", Adjustment.objects.get()))
        assert Evidence(analys, cast["personal"]).affected[0].neighbour.actor.name == "Aktör A"


class TestAnalys:
    ANSWERS = {name: f"Svar om {name}." for name in Analys.QUESTIONS}

    def test_the_step_asks_for_five_answers(self, cast, as_user, kartlaggning, analys):
        kartlaggning.step = "analys"
        kartlaggning.save()
        client = as_user("personal")
        page = client.get(kartlaggning.get_absolute_url()).content.decode()
        assert "Svara på frågan: Hur rör de sig i området?" in page
        sent = {**self.ANSWERS, "distance_m": 80, "opened_version": 1}
        assert client.post(url("analys_update", analys), sent).status_code == 302
        assert client.post(url("kartlaggning_go_on", kartlaggning), {"from_step": "analys"}).status_code == 302
        kartlaggning.refresh_from_db()
        assert kartlaggning.step == "plan"
        assert "Svar om passed_text." in client.get(analys.get_absolute_url()).content.decode()

    def test_a_distance_out_of_reason_is_refused_and_the_answers_kept(self, as_user, analys):
        sent = {**self.ANSWERS, "distance_m": 5000, "opened_version": 1}
        response = as_user("personal").post(url("analys_update", analys), sent)
        assert response.status_code == 422
        assert "distance_m" in response.context["form"].errors
        assert "Svar om ways_text." in response.content.decode()

    def test_two_who_write_at_once_are_shown_both_texts(self, as_user, analys):
        client = as_user("personal")
        client.post(url("analys_update", analys), {**self.ANSWERS, "distance_m": 50, "opened_version": 1})
        mine = {**self.ANSWERS, "ways_text": "Min text.", "distance_m": 50, "opened_version": 1}
        conflict = client.post(url("analys_update", analys), mine)
        assert conflict.status_code == 409
        assert "Svar om ways_text." in conflict.content.decode()
        assert "Min text." in conflict.content.decode()

    def test_readers_and_outsiders(self, as_user, analys):
        assert as_user("forvaltningschef").get(analys.get_absolute_url()).status_code == 200
        assert as_user("forvaltningschef").get(url("analys_update", analys)).status_code == 403
        assert as_user("outsider").get(analys.get_absolute_url()).status_code == 404
        assert as_user("boendeombud").get(analys.get_absolute_url()).status_code == 404
