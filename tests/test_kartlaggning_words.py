# SPDX-License-Identifier: EUPL-1.2
"""Words that could point out a person are asked about; hard input is told at its field; nothing chosen is dropped."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from boenden.models import Assignment
from kartlaggning.actions import plans
from kartlaggning.actions.rounds import start_round
from kartlaggning.levels import Step
from kartlaggning.levels_facts import facts_of
from kartlaggning.models import (
    Adjustment,
    Example,
    Function,
    Insats,
    Kartlaggning,
    Network,
    Observation,
    Plan,
    Route,
    ToolCheck,
    Walk,
)
from platssamverkan.ground.actions import archive_record
from tests.factories import ActorFactory, NeighbourFactory

TODAY = timezone.localdate()
HERE = "57.6809, 12.0121"
DOUBTFUL = "Anders i lgh 1203, ring 070-174 06 12."
WHOLE = {
    "title": "Två bänkar vid hållplatsen",
    "problem": "Det finns ingenstans att sitta.",
    "responsible_other": "Fastighetsägaren",
    "follow_up_on": TODAY + timedelta(days=90),
}
SENT = {"kind": "belysning", "text": "Lampan är trasig.", "seen_on": TODAY, "place_text": "gångvägen"}


@pytest.fixture
def kartlaggning(cast) -> Kartlaggning:
    return start_round(kartlaggning=Kartlaggning(boende=cast.kalleback, year=2026), by=cast["personal"])


@pytest.fixture
def plan(cast) -> Plan:
    started = plans.start_plan(boende=cast.kalleback, by=cast["personal"])
    started.review_on = TODAY + timedelta(days=365)
    return plans.save_plan(plan=started, by=cast["personal"])


@pytest.fixture
def insats(plan) -> Insats:
    return Insats.objects.create(plan=plan, **WHOLE)


@pytest.fixture
def function(kartlaggning) -> Function:
    return Function.objects.create(kartlaggning=kartlaggning, name="Mataffären", importance=4, use=3)


def make_observation(kartlaggning, **fields) -> Observation:
    fields = {"kind": "belysning", "text": "Lampan är trasig.", "place_text": "gångvägen", **fields}
    return Observation.objects.create(kartlaggning=kartlaggning, **fields)


def url(name, row) -> str:
    return reverse(f"kartlaggning:{name}", args=[row.pk])


def typed(response, **more) -> dict:
    """What a browser sends back from the form of a page, with what a person typed in it."""
    form = response.context["form"]
    shown = {field.html_name: field.value() for field in form}
    return {name: value for name, value in {**shown, **more}.items() if value is not None}


class TestNobodyIsPointedOut:
    """Free text that could point out a person is asked about before it is saved (docs/house.md)."""

    def asked(self, client, page, **sent):
        response = client.post(page, sent)
        return response.status_code == 422 and bool(response.context["form"].asked)

    def test_beside_a_way(self, as_user, kartlaggning, function):
        sent = {"function": function.pk, "line": f"{HERE}\n57.69, 12.02", "note": DOUBTFUL}
        assert self.asked(as_user("personal"), url("route_create", kartlaggning), **sent)

    def test_beside_a_function(self, as_user, kartlaggning):
        sent = {"name": "Bänken", "importance": 3, "use": 3, "note": DOUBTFUL}
        assert self.asked(as_user("personal"), url("function_create", kartlaggning), **sent)

    def test_beside_an_area(self, as_user, kartlaggning):
        sent = {"area": f"{HERE}, 300", "area_note": DOUBTFUL, "opened_version": kartlaggning.version}
        assert self.asked(as_user("personal"), url("kartlaggning_area", kartlaggning), **sent)

    def test_beside_a_repliplats(self, as_user, kartlaggning):
        observation = make_observation(kartlaggning, kind="samling")
        assert self.asked(as_user("personal"), url("observation_repliplats", observation), note=DOUBTFUL)

    def test_where_an_observation_was_made(self, as_user, kartlaggning):
        sent = {**SENT, "place_text": DOUBTFUL}
        assert self.asked(as_user("personal"), url("observation_create", kartlaggning), **sent)

    def test_when_a_round_is_sent_back(self, as_user, kartlaggning):
        kartlaggning.step = "plan"
        kartlaggning.save()
        assert self.asked(as_user("personal"), url("kartlaggning_send_back", kartlaggning), comment=DOUBTFUL)

    def test_why_an_actor_is_moved(self, as_user, cast, kartlaggning):
        neighbour = NeighbourFactory(boende=cast.kalleback, actor=ActorFactory(forvaltning=cast.sydvast))
        sent = {"actor": neighbour.actor_id, "place": 1, "reason": DOUBTFUL}
        assert self.asked(as_user("personal"), url("adjustment_create", kartlaggning.analys), **sent)
        assert not Adjustment.objects.exists()

    @pytest.mark.parametrize("name", ["title", "effect_short", "effect_long"])
    def test_in_an_insats(self, as_user, plan, name):
        sent = {"title": "Bänkar", "term": "short", name: DOUBTFUL}
        assert self.asked(as_user("personal"), url("insats_create", plan), **sent)

    def test_in_a_step_of_the_levels(self, as_user):
        page = reverse("kartlaggning:levelstep_update", args=["kalleback", "utsidan"])
        assert self.asked(as_user("personal"), page, note=DOUBTFUL)


class TestInput:
    def test_a_version_of_5000_digits_is_no_500(self, as_user, cast):
        example = Example.objects.create(
            boende=cast.kalleback,
            title="Bänkar",
            principle=1,
            place="park",
            text="Så.",
            think_of="x",
            effect_around="y",
        )
        response = as_user("enhetschef").post(url("example_publish", example), {"seen": "9" * 5000})
        assert response.status_code in (302, 400, 409)

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    def test_a_day_at_the_end_of_time_is_shown_or_refused(self, as_user, kartlaggning, plan, day):
        client = as_user("personal")
        sent = {"planned_on": day, "time_of_day": "night"}
        assert client.post(url("walk_create", kartlaggning), sent).status_code in (302, 422)
        for walk in Walk.objects.all():
            assert client.get(walk.get_absolute_url()).status_code == 200
        client.post(url("observation_create", kartlaggning), {**SENT, "seen_on": day})
        assert client.get(kartlaggning.get_absolute_url()).status_code == 200
        sent = {"title": "Bänkar", "term": "short", "due_on": day, "follow_up_on": day, "start_on": day}
        assert client.post(url("insats_create", plan), sent).status_code in (302, 422)
        assert client.get(plan.get_absolute_url()).status_code == 200

    def test_a_tool_is_not_done_on_a_day_to_come(self, as_user, kartlaggning):
        check = ToolCheck.objects.filter(kartlaggning=kartlaggning).first()
        sent = {"done_on": TODAY + timedelta(days=400), "opened_version": check.version}
        assert as_user("personal").post(url("toolcheck_update", check), sent).status_code == 422

    def test_a_network_that_stands_there_is_told_at_its_name(self, as_user, cast):
        Network.objects.create(boende=cast.kalleback, name="BID Gamlestaden", joined_on="2025-01-10")
        page = reverse("kartlaggning:network_create", args=["kalleback"])
        response = as_user("personal").post(page, {"name": "BID Gamlestaden", "joined_on": "2025-02-10"})
        assert response.status_code == 422
        assert "name" in response.context["form"].errors

    PERSONAL_NUMBER = "811218-9876"

    @pytest.mark.parametrize(
        ("name", "of", "field", "more"),
        [
            ("walk_create", "round", "route", {"planned_on": TODAY, "time_of_day": "day"}),
            ("observation_create", "round", "place_text", {"kind": "klotter", "text": "Färg.", "seen_on": TODAY}),
            ("function_create", "round", "name", {"importance": 1, "use": 1}),
            ("kartlaggning_area", "round", "area_note", {}),
            ("insats_create", "plan", "responsible_other", {"title": "Bänkar", "term": "short"}),
            ("plan_update", "plan", "insights", {}),
            ("analys_update", "analys", "ways_text", {"distance_m": 50}),
        ],
    )
    def test_a_personnummer_is_refused_at_its_field(self, as_user, kartlaggning, plan, name, of, field, more):
        row = {"round": kartlaggning, "plan": plan, "analys": kartlaggning.analys}[of]
        response = as_user("personal").post(url(name, row), {**more, field: self.PERSONAL_NUMBER})
        assert response.status_code == 422
        assert field in response.context["form"].errors

    @pytest.mark.parametrize("asked", ["abc", "%00", "9" * 4000, "-1", "'", "00000000-0000-0000-0000-000000000000"])
    def test_what_stands_in_the_address_is_no_500(self, as_user, kartlaggning, plan, asked):
        client = as_user("personal")
        for page in (
            f"{url('insats_create', plan)}?observation={asked}&handelse={asked}",
            f"{url('observation_create', kartlaggning)}?promenad={asked}",
            f"{url('route_create', kartlaggning)}?till={asked}",
            f"{url('walk_create', kartlaggning)}?tid={asked}",
            f"{url('adjustment_create', kartlaggning.analys)}?aktor={asked}",
            f"{url('observation_list', kartlaggning)}?kind={asked}&reported={asked}&sida={asked}",
            f"{reverse('kartlaggning:example_list')}?q={asked}&principle={asked}&sida={asked}",
            f"{reverse('kartlaggning:overview')}?sida={asked}",
            f"/boenden/kalleback/karta/?category={asked}",
        ):
            assert client.get(page).status_code in (200, 400, 404), page

    def test_a_name_is_never_markup(self, as_user, cast, kartlaggning):
        name = "</script><img src=x onerror=alert(1)>"
        actor = ActorFactory(forvaltning=cast.sydvast, name=name, latitude=57.681, longitude=12.013)
        NeighbourFactory(boende=cast.kalleback, actor=actor)
        for page in ("/boenden/kalleback/karta/", url("observation_create", kartlaggning)):
            assert name not in as_user("personal").get(page).content.decode()

    def test_half_a_point_is_told_at_its_field(self, as_user, kartlaggning):
        sent = {**SENT, "latitude": "57.68"}
        response = as_user("personal").post(url("observation_create", kartlaggning), sent)
        assert response.status_code == 422
        assert "latitude" in response.context["form"].errors

    def test_a_second_of_what_there_is_one_of_is_told_at_its_field(self, as_user, cast, kartlaggning, function):
        client = as_user("personal")
        page = reverse("kartlaggning:kartlaggning_create", args=["kalleback"])
        assert "year" in client.post(page, {"year": 2026}).context["form"].errors
        sent = {"name": function.name, "importance": 1, "use": 1}
        assert "name" in client.post(url("function_create", kartlaggning), sent).context["form"].errors
        neighbour = NeighbourFactory(boende=cast.kalleback, actor=ActorFactory(forvaltning=cast.sydvast))
        sent, page = {"actor": neighbour.actor_id, "place": 1, "reason": "Ser."}, "adjustment_create"
        assert client.post(url(page, kartlaggning.analys), sent).status_code == 302
        assert "actor" in client.post(url(page, kartlaggning.analys), sent).context["form"].errors

    def test_a_year_is_a_year(self, as_user):
        page = reverse("kartlaggning:kartlaggning_create", args=["kalleback"])
        for year in ("0", "-1", "1999", "2101", "9" * 30, "nan", ""):
            assert as_user("personal").post(page, {"year": year}).status_code == 422


class TestNothingIsDropped:
    def test_an_actor_that_is_no_longer_around_stays_in_a_function(self, as_user, cast, kartlaggning):
        neighbour = NeighbourFactory(boende=cast.kalleback, actor=ActorFactory(forvaltning=cast.sydvast))
        row = Function.objects.create(
            kartlaggning=kartlaggning, name="Bänken", importance=3, use=3, actor=neighbour.actor
        )
        archive_record(record=neighbour, by=cast["personal"])
        client = as_user("personal")
        page = client.get(url("function_update", row))
        assert page.context["form"].fields["actor"].queryset.filter(pk=neighbour.actor_id).exists()
        assert client.post(url("function_update", row), typed(page, note="Ny.")).status_code == 302

    def test_an_old_observation_can_be_answered(self, as_user, kartlaggning, plan):
        oldest = make_observation(kartlaggning, seen_on=TODAY - timedelta(days=300))
        for _time in range(50):
            make_observation(kartlaggning)
        page = as_user("personal").get(f"{url('insats_create', plan)}?observation={oldest.pk}")
        assert page.context["form"].fields["observation"].queryset.filter(pk=oldest.pk).exists()

    def test_an_observation_leads_to_no_page_that_is_gone(self, as_user, cast, kartlaggning):
        walk = Walk.objects.create(kartlaggning=kartlaggning, planned_on=TODAY, time_of_day="day")
        observation = make_observation(kartlaggning, walk=walk)
        archive_record(record=walk, by=cast["personal"])
        page = as_user("personal").get(observation.get_absolute_url()).content.decode()
        assert walk.get_absolute_url() not in page

    def test_an_insats_leads_to_no_page_that_is_gone(self, as_user, cast, kartlaggning, plan):
        observation = make_observation(kartlaggning)
        insats = Insats.objects.create(plan=plan, **WHOLE, observation=observation)
        plans.approve(plan=plan, by=cast["enhetschef"])
        as_user("personal").post(url("observation_archive", observation))
        page = as_user("personal").get(insats.get_absolute_url()).content.decode()
        gone = as_user("personal").get(observation.get_absolute_url()).status_code == 404
        assert not (gone and observation.get_absolute_url() in page)


class TestWhoReads:
    """Words that only the staff wrote, and where they must not come."""

    SECRET = "HEMLIGVAG"

    def test_nobody_outside_comes_to_the_words_of_a_round(self, as_user, cast, kartlaggning, plan, function):
        make_observation(kartlaggning, text=self.SECRET, place_text=self.SECRET)
        Route.objects.create(
            kartlaggning=kartlaggning, function=function, name=self.SECRET, line=[[57.68, 12.01], [57.69, 12.01]]
        )
        Insats.objects.create(plan=plan, **{**WHOLE, "title": self.SECRET})
        pages = ["/", "/boenden/", "/boenden/kalleback/", "/boenden/kalleback/karta/", "/exempel/", "/om/kalleback/"]
        pages += [f"/sok/?q={self.SECRET}", "/konto/logg/", "/logg/", reverse("kartlaggning:overview")]
        pages += [kartlaggning.get_absolute_url(), plan.get_absolute_url()]
        pages += [url("observation_list", kartlaggning), url("insats_create", plan)]
        for who in ("boendeombud", "granne", "sammankallande", "medlem", "outsider", "ended", "systemforvaltare"):
            client = as_user(who)
            for page in pages:
                found = client.get(page)
                text = b"".join(found).decode(errors="replace").replace(f'value="{self.SECRET}"', "")
                assert found.status_code < 500, (who, page)
                if "q=" not in page:
                    assert self.SECRET not in text, (who, page)

    def test_ids_of_another_round_are_refused(self, as_user, cast, kartlaggning, plan, function):
        """Someone at both boenden: what belongs to the one is no choice at the other."""
        Assignment.objects.create(user=cast["personal"], role="personal", boende=cast.alma)
        there = start_round(kartlaggning=Kartlaggning(boende=cast.alma, year=2026), by=cast["personal"])
        seen = make_observation(there)
        walk = Walk.objects.create(kartlaggning=there, planned_on=TODAY, time_of_day="day")
        strange = Function.objects.create(kartlaggning=there, name="Bänken", importance=1, use=1)
        client = as_user("personal")
        sent = {"title": "Bänkar", "term": "short"}
        for more in ({"observation": seen.pk}, {"responsible": cast["outsider"].pk}):
            assert client.post(url("insats_create", plan), {**sent, **more}).status_code == 422
        sent = {"function": strange.pk, "line": f"{HERE}\n57.69, 12.02"}
        assert client.post(url("route_create", kartlaggning), sent).status_code == 422
        client.post(f"{url('observation_create', kartlaggning)}?promenad={walk.pk}", SENT)
        assert Observation.objects.get(kartlaggning=kartlaggning).walk is None
        started = reverse("kartlaggning:plan_start", args=["alma"])
        client.post(started, {"kartlaggning": kartlaggning.pk})
        assert Plan.objects.get(boende=cast.alma).kartlaggning == there
        step = reverse("kartlaggning:levelstep_update", args=["kalleback", "utsidan"])
        assert client.post(step, {"responsible": cast["outsider"].pk}).status_code == 422


class TestLevels:
    def test_a_round_that_is_through_its_first_step_ticks_it(self, cast, kartlaggning):
        kartlaggning.step = "analys"
        kartlaggning.save()
        facts = facts_of([cast.kalleback])[cast.kalleback.pk]
        assert any(fact.step == Step.MAPPING and fact.is_done for fact in facts)

    def test_a_forum_of_two_boenden_is_told_of_at_each(self, as_user, cast):
        cast.forum.boenden.add(cast.alma)
        assert as_user("personal").get(reverse("kartlaggning:level_list", args=["kalleback"])).status_code == 200
