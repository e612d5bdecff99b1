# SPDX-License-Identifier: EUPL-1.2
"""As many queries for many rows as for few, on every page of the kartläggning."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kartlaggning.actions import plans, walks
from kartlaggning.actions.rounds import start_round
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
    Walk,
)
from tests.factories import ActorFactory, NeighbourFactory

TODAY = timezone.localdate()
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
def function(kartlaggning) -> Function:
    return Function.objects.create(kartlaggning=kartlaggning, name="Mataffären", importance=4, use=3)


def make_observation(kartlaggning, **fields) -> Observation:
    fields = {"kind": "belysning", "text": "Lampan är trasig.", "place_text": "gångvägen", **fields}
    return Observation.objects.create(kartlaggning=kartlaggning, **fields)


def url(name, row) -> str:
    return reverse(f"kartlaggning:{name}", args=[row.pk])


class TestGrowth:
    """As many queries for many rows as for few."""

    def more(self, cast, kartlaggning, plan, number):
        for position in range(number):
            actor = ActorFactory(forvaltning=cast.sydvast, latitude=57.681, longitude=12.0121 + position / 9000)
            NeighbourFactory(boende=cast.kalleback, actor=actor)
            walk = Walk.objects.create(
                kartlaggning=kartlaggning, planned_on=TODAY, walked_on=TODAY, walkers="två", time_of_day="day"
            )
            observation = make_observation(kartlaggning, walk=walk)
            walks.report(observation=observation, by=cast["personal"])
            row = Function.objects.create(
                kartlaggning=kartlaggning, name=f"F{number} {position}", importance=3, use=2, actor=actor
            )
            Route.objects.create(kartlaggning=kartlaggning, function=row, line=[[57.68, 12.01], [57.69, 12.02]])
            Adjustment.objects.create(analys=kartlaggning.analys, actor=actor, place=1, reason="Ser allt.")
            made = Insats.objects.create(
                plan=plan, **WHOLE, observation=observation, responsible=cast["personal"], principles=[1, 2]
            )
            made.evaluations.create(effect="God.", verdict="keep")
            Network.objects.create(
                boende=cast.kalleback, name=f"N{number} {position}", joined_on=TODAY, responsible=cast["personal"]
            )
            Example.objects.create(
                boende=cast.kalleback, title="Bänkar", principle=1, place="park", text="Så.", think_of="x"
            )
            send = kartlaggning.step_changes.create(
                from_step="analys", to_step="kartlaggning", is_back=True, comment="x", created_by=cast["personal"]
            )
            assert send.pk

    def test_of_every_page(self, as_user, cast, kartlaggning, plan):
        self.more(cast, kartlaggning, plan, 2)
        client = as_user("enhetschef")
        insats, observation, walk = Insats.objects.first(), Observation.objects.first(), Walk.objects.first()
        pages = [
            kartlaggning.get_absolute_url(),
            plan.get_absolute_url(),
            kartlaggning.analys.get_absolute_url(),
            insats.get_absolute_url(),
            observation.get_absolute_url(),
            walk.get_absolute_url(),
            url("observation_list", kartlaggning),
            url("observation_create", kartlaggning),
            url("insats_update", insats),
            url("insats_create", plan),
            url("route_create", kartlaggning),
            url("adjustment_create", kartlaggning.analys),
            reverse("kartlaggning:level_list", args=["kalleback"]),
            reverse("kartlaggning:principle_list", args=["kalleback"]),
            reverse("kartlaggning:example_list"),
            reverse("kartlaggning:plan_list", args=["kalleback"]),
            "/boenden/kalleback/karta/",
        ]

        def counts():
            found = {}
            for page in pages:
                client.get(page)
                with CaptureQueriesContext(connection) as asked:
                    assert client.get(page).status_code == 200, page
                found[page] = len(asked)
            return found

        few = counts()
        self.more(cast, kartlaggning, plan, 8)
        many = counts()
        assert {page: (few[page], many[page]) for page in pages if many[page] > few[page]} == {}

    def test_of_a_plan_that_is_reviewed(self, as_user, cast, kartlaggning, plan):
        self.more(cast, kartlaggning, plan, 2)
        plans.approve(plan=plan, by=cast["enhetschef"])
        second = plans.review(plan=plan, by=cast["personal"])
        client = as_user("enhetschef")

        def count():
            client.get(second.get_absolute_url())
            with CaptureQueriesContext(connection) as asked:
                assert client.get(second.get_absolute_url()).status_code == 200
            return len(asked)

        few = count()
        for origin in Insats.objects.filter(plan=plan):
            for _time in range(4):
                Insats.objects.create(plan=second, **{**WHOLE, "title": "Ändrad"}, origin=origin)
        assert count() == few
