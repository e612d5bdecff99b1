# SPDX-License-Identifier: EUPL-1.2
"""How far each boende has come, on one page: what stands there, for whom, and that many cost no more."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from kartlaggning.actions import plans
from kartlaggning.actions.rounds import start_round
from kartlaggning.models import Insats, Kartlaggning, Plan
from platssamverkan.start.registry import menu_for
from tests.factories import BoendeFactory

URL = "/kartlaggning/"
TODAY = timezone.localdate()


def approved_plan(cast, review_on) -> Plan:
    plan = plans.start_plan(boende=cast.kalleback, by=cast["personal"])
    plan.review_on = review_on
    plans.save_plan(plan=plan, by=cast["personal"])
    Insats.objects.create(
        plan=plan, title="Bänkar", problem="Inget att sitta på.", responsible=cast["personal"], follow_up_on=review_on
    )
    return plans.approve(plan=plan, by=cast["enhetschef"])


def years_later(plan: Plan) -> None:
    """The day of review comes and goes."""
    plan.review_on = TODAY - timedelta(days=1)
    plan.save()


def test_the_latest_round_and_the_plan_in_force_stand_there(cast, as_user):
    for year in (2025, 2026):
        start_round(kartlaggning=Kartlaggning(boende=cast.kalleback, year=year), by=cast["personal"])
    plan = approved_plan(cast, TODAY + timedelta(days=9))
    years_later(plan)
    plans.start_plan(boende=cast.kalleback, by=cast["personal"])
    BoendeFactory(forvaltning=cast.sydvast, name="Nybygget")
    page = as_user("forvaltningschef").get(URL).content.decode()
    assert ">2026<" in page
    assert ">2025<" not in page
    assert plan.get_absolute_url() in page
    assert "Försenat" in page
    assert "Ingen plan" in page
    assert "Alma" not in page


def test_it_is_not_there_for_those_without_the_right(as_user):
    for who in ("granne", "boendeombud", "ended", "systemforvaltare"):
        assert as_user(who).get(URL).status_code == 404


def test_it_is_in_the_menu_of_those_with_several_boenden(cast):
    assert reverse("kartlaggning:overview") not in [entry.url for entry in menu_for(cast["enhetschef"])]
    BoendeFactory(forvaltning=cast.sydvast)
    assert reverse("kartlaggning:overview") in [entry.url for entry in menu_for(cast["forvaltningschef"])]
