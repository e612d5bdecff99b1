# SPDX-License-Identifier: EUPL-1.2
"""Plans and rounds under two who write at once: nothing is lost, and what is approved is what was read."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kartlaggning.actions import plans, walks
from kartlaggning.actions.rounds import start_round
from kartlaggning.models import (
    Function,
    Insats,
    Kartlaggning,
    Observation,
    Plan,
    RepliplatsCheck,
    Route,
    Walk,
)
from kartlaggning.plan_changes import changes
from platssamverkan.ground.actions import Refused, save_record
from platssamverkan.ground.records import Immutable

TODAY = timezone.localdate()
HERE = "57.6809, 12.0121"
WHOLE = {
    "title": "Två bänkar vid hållplatsen",
    "problem": "Det finns ingenstans att sitta.",
    "responsible_other": "Fastighetsägaren",
    "follow_up_on": TODAY + timedelta(days=90),
}


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
def approved(cast, plan, insats) -> Plan:
    return plans.approve(plan=plan, by=cast["enhetschef"])


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


class TestApproval:
    def test_an_insats_that_was_changed_after_she_read_stops_it(self, as_user, plan, insats):
        chief, personal = as_user("enhetschef"), as_user("personal")
        seen = chief.get(plan.get_absolute_url()).context["read"]
        changed = typed(personal.get(url("insats_update", insats)), title="Riv bänkarna", cost=900000)
        assert personal.post(url("insats_update", insats), changed).status_code == 302
        assert chief.post(url("plan_approve", plan), {"read": seen}).status_code == 409
        plan.refresh_from_db()
        assert plan.is_draft

    def test_an_insats_that_was_added_or_taken_away_stops_it(self, as_user, plan, insats):
        chief, personal = as_user("enhetschef"), as_user("personal")
        seen = chief.get(plan.get_absolute_url()).context["read"]
        added = typed(personal.get(url("insats_create", plan)), **WHOLE)
        assert personal.post(url("insats_create", plan), added | {"title": "En till"}).status_code == 302
        personal.post(url("insats_archive", insats))
        assert chief.post(url("plan_approve", plan), {"read": seen}).status_code == 409


class TestApprovedStandsStill:
    def test_what_an_edition_changed_is_not_rewritten_afterwards(self, cast, approved, insats):
        second = plans.review(plan=approved, by=cast["personal"])
        copy = second.insatser.get()
        second.review_on = TODAY + timedelta(days=365)
        plans.save_plan(plan=second, by=cast["personal"])
        plans.approve(plan=second, by=cast["enhetschef"])
        second.refresh_from_db()

        def told():
            return [(row.kind, row.fields) for row in changes(second, Insats.objects.filter(plan=second).for_plan())]

        before = told()
        later = TODAY + timedelta(days=200)
        plans.set_status(insats=copy, status="ongoing", follow_up_on=later, by=cast["personal"])
        assert told() == before

    def test_an_edition_that_is_replaced_takes_no_new_status(self, cast, approved, insats):
        second = plans.review(plan=approved, by=cast["personal"])
        second.review_on = TODAY + timedelta(days=365)
        plans.save_plan(plan=second, by=cast["personal"])
        plans.approve(plan=second, by=cast["enhetschef"])
        with pytest.raises(Refused):
            plans.set_status(insats=insats, status="dropped", by=cast["personal"])

    def test_how_it_went_while_the_review_was_written_is_not_lost(self, cast, approved, insats):
        second = plans.review(plan=approved, by=cast["personal"])
        plans.set_status(insats=insats, status="ongoing", by=cast["personal"])  # the edition in force
        second.review_on = TODAY + timedelta(days=365)
        plans.save_plan(plan=second, by=cast["personal"])
        plans.approve(plan=second, by=cast["enhetschef"])
        assert second.insatser.get().status == "ongoing"


class TestHowItGoes:
    def test_a_new_day_without_a_new_status_is_kept(self, as_user, approved, insats):
        client, later = as_user("personal"), TODAY + timedelta(days=200)
        sent = {"status": insats.status, "follow_up_on": later, "opened_version": insats.version}
        response = client.post(url("insats_status", insats), sent)
        insats.refresh_from_db()
        assert response.status_code == 422 or insats.followed_up_next == later

    def test_two_who_tell_at_once_lose_no_day(self, as_user, approved, insats):
        client, later = as_user("personal"), TODAY + timedelta(days=200)
        first, second = (client.get(insats.get_absolute_url()) for _time in range(2))
        client.post(url("insats_status", insats), typed(first, status="ongoing", follow_up_on=later))
        client.post(url("insats_status", insats), typed(second, status="done"))
        insats.refresh_from_db()
        assert insats.followed_up_next == later

    def test_what_another_told_meanwhile_is_not_undone(self, as_user, approved, insats):
        client = as_user("personal")
        first, second = (client.get(insats.get_absolute_url()) for _time in range(2))
        client.post(url("insats_status", insats), typed(first, status="done"))
        response = client.post(url("insats_status", insats), typed(second, status="ongoing"))
        insats.refresh_from_db()
        assert (response.status_code, insats.status) in ((409, "done"), (422, "done"))


class TestLostUpdates:
    def test_two_who_begin_a_repliplats_see_both_texts(self, as_user, kartlaggning):
        observation = make_observation(kartlaggning, kind="samling")
        page = url("observation_repliplats", observation)
        one, other = as_user("personal"), as_user("enhetschef")
        first, second = typed(one.get(page)), typed(other.get(page))
        assert one.post(page, first | {"points": ["shelter"], "note": "Taket är helt."}).status_code == 302
        response = other.post(page, second | {"points": ["bins"], "note": "Ingen korg."})
        assert response.status_code == 409
        assert "Taket är helt." in response.content.decode()
        assert RepliplatsCheck.objects.get().note == "Taket är helt."

    def test_two_who_send_back_at_once_go_back_one_step(self, as_user, kartlaggning):
        kartlaggning.step = "plan"
        kartlaggning.save()
        page = url("kartlaggning_send_back", kartlaggning)
        one, other = as_user("personal"), as_user("enhetschef")
        first, second = one.get(page), other.get(page)
        one.post(page, typed(first, comment="Frågorna saknar svar."))
        other.post(page, typed(second, comment="Analysen är tunn."))
        kartlaggning.refresh_from_db()
        assert kartlaggning.step == "analys"

    def test_the_photo_is_taken_away_and_nothing_else(self, cast, kartlaggning):
        observation = make_observation(kartlaggning)
        stale = Observation.objects.get(pk=observation.pk)
        observation.text = "Två lampor är trasiga."
        save_record(record=observation, by=cast["personal"])
        walks.remove_photo(observation=stale, by=cast["personal"])
        observation.refresh_from_db()
        assert observation.text == "Två lampor är trasiga."

    def test_an_insats_is_taken_away_as_it_was_written(self, cast, insats):
        stale = Insats.objects.select_related("plan").get(pk=insats.pk)
        insats.problem = "Det regnar in."
        save_record(record=insats, by=cast["personal"])
        plans.remove_insats(insats=stale, by=cast["personal"])
        insats.refresh_from_db()
        assert insats.problem == "Det regnar in."


class TestConflict:
    """Who saves second is shown both texts, whatever kind of field they stand in."""

    def second(self, client, cast, page, row, **mine):
        opened = typed(client.get(page))
        save_record(record=row, by=cast["enhetschef"])
        response = client.post(page, {**opened, **mine})
        assert response.status_code == 409
        return response.content.decode()

    def test_of_an_area(self, as_user, cast, kartlaggning):
        page = url("kartlaggning_area", kartlaggning)
        client = as_user("personal")
        opened = typed(client.get(page))
        kartlaggning.area = {"centre": [57.68, 12.01], "radius": 400}
        save_record(record=kartlaggning, by=cast["enhetschef"])
        response = client.post(page, {**opened, "area": f"{HERE}, 777"})
        assert response.status_code == 409
        assert "57.68, 12.01, 400" in response.content.decode()
        assert f"{HERE}, 777" in response.content.decode()

    def test_of_a_way(self, as_user, cast, kartlaggning, function):
        way = Route.objects.create(kartlaggning=kartlaggning, function=function, line=[[57.68, 12.01], [57.69, 12.01]])
        text = self.second(as_user("personal"), cast, url("route_update", way), way, line=f"{HERE}\n57.7, 12.1")
        assert "57.7, 12.1" in text
        assert "57.69, 12.01" in text

    def test_of_an_insats(self, as_user, cast, insats):
        text = self.second(as_user("personal"), cast, url("insats_update", insats), insats, title="Riv", principles=[3])
        assert "Riv" in text
        assert WHOLE["title"] in text

    def test_of_a_walk(self, as_user, cast, kartlaggning):
        walk = Walk.objects.create(kartlaggning=kartlaggning, planned_on=TODAY, time_of_day="day", route="Parken")
        text = self.second(as_user("personal"), cast, url("walk_update", walk), walk, route="Bussen")
        assert "Parken" in text
        assert "Bussen" in text

    def test_an_id_that_is_anothers_is_no_500(self, as_user, kartlaggning):
        client, pages = as_user("personal"), [("utsidan", "Skylten."), ("omradet", "Lampan.")]
        sent = str(uuid.uuid4())
        answers = [
            client.post(
                reverse("kartlaggning:levelstep_update", args=["kalleback", step]), {"submission": sent, "note": note}
            )
            for step, note in pages
        ]
        assert [answer.status_code for answer in answers] == [302, 422]

    def test_a_version_that_is_not_sent_overwrites_nothing(self, as_user, cast, plan, insats):
        """What was read is approved, and a form without its version was made by no page."""
        assert as_user("enhetschef").post(url("plan_approve", plan)).status_code == 409


class TestApprovedInTheModel:
    def test_an_approved_insats_is_immutable_below_the_verbs_too(self, cast, approved, insats):
        insats.title = "Något annat"
        with pytest.raises(Immutable):
            save_record(record=insats, by=cast["personal"])


class TestReview:
    def test_it_builds_on_the_latest_round(self, as_user, cast, kartlaggning, approved):
        later = start_round(kartlaggning=Kartlaggning(boende=cast.kalleback, year=2027), by=cast["personal"])
        as_user("personal").post(url("plan_review", approved))
        assert Plan.objects.get(previous=approved).kartlaggning == later

    def test_what_was_learned_of_an_insats_is_found_in_the_next_edition(self, as_user, cast, approved, insats):
        insats.evaluations.create(effect="GRANNARNAGLADA", verdict="keep")
        second = plans.review(plan=approved, by=cast["personal"])
        page = as_user("personal").get(second.insatser.get().get_absolute_url()).content.decode()
        assert "GRANNARNAGLADA" in page

    def test_a_plan_is_reviewed_on_a_day_to_come(self, cast, plan, insats):
        plan.review_on = TODAY - timedelta(days=700)
        plans.save_plan(plan=plan, by=cast["personal"])
        with pytest.raises(Refused):
            plans.approve(plan=plan, by=cast["enhetschef"])


class TestSentTwice:
    """Back in the browser and another day chosen: the form has the id of the row that is saved already."""

    def twice(self, client, page, first, second):
        opened = typed(client.get(page))
        assert client.post(page, {**opened, **first}).status_code == 302
        return client.post(page, {**opened, **second}).status_code

    def test_a_second_walk_is_not_dropped(self, as_user, kartlaggning):
        page = url("walk_create", kartlaggning)
        first = {"planned_on": TODAY, "time_of_day": "day"}
        second = {"planned_on": TODAY + timedelta(days=1), "time_of_day": "night"}
        assert self.twice(as_user("personal"), page, first, second) == 422 or Walk.objects.count() == 2

    def test_a_second_way_is_not_dropped(self, as_user, kartlaggning, function):
        page = url("route_create", kartlaggning)
        first = {"function": function.pk, "line": f"{HERE}\n57.69, 12.02"}
        second = {"function": function.pk, "line": f"{HERE}\n57.67, 12.01"}
        assert self.twice(as_user("personal"), page, first, second) == 422 or Route.objects.count() == 2

    def test_a_second_year_is_not_dropped(self, as_user):
        page = reverse("kartlaggning:kartlaggning_create", args=["kalleback"])
        status = self.twice(as_user("personal"), page, {"year": 2026}, {"year": 2027})
        assert status == 422 or Kartlaggning.objects.count() == 2

    def test_the_very_same_walk_is_one(self, as_user, kartlaggning):
        sent = {"planned_on": TODAY, "time_of_day": "day"}
        assert self.twice(as_user("personal"), url("walk_create", kartlaggning), sent, sent) == 302
        assert Walk.objects.count() == 1
