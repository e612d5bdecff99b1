# SPDX-License-Identifier: EUPL-1.2
"""Insatser that should have been done or followed up: the same by queryset, by each insats and by plain SQL."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from kartlaggning.models import Insats, InsatsEvaluation, Plan
from platssamverkan.reports.figures.reading import Figures
from platssamverkan.start.picture import Scope
from tests import factories

TODAY = timezone.localdate()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
LATE, FOLLOW_UPS = "insatser_sena", "uppfoljningar_sena"


def approved(cast, boende, edition=1, status="approved", **more):
    return Plan.objects.create(
        boende=boende,
        status=status,
        edition=edition,
        approved_at=timezone.now(),
        approved_by=cast["enhetschef"],
        **more,
    )


def told(insats, day, verdict="keep", **more):
    return InsatsEvaluation.objects.create(
        insats=insats, evaluated_on=day, effect="Fler sitter där.", verdict=verdict, **more
    )


@pytest.fixture
def insatser(cast):
    """Every status with every pair of days at Kallebäck, and evaluations of this edition and the one before."""
    old = approved(cast, cast.kalleback, status="replaced")
    plan = approved(cast, cast.kalleback, edition=2, previous=old)
    for status, due_on, follow_up_on in product(Insats.Status.values, (None, YESTERDAY, TODAY), (YESTERDAY, TODAY)):
        title = f"{status} {due_on} {follow_up_on}"
        Insats.objects.create(plan=plan, title=title, status=status, due_on=due_on, follow_up_on=follow_up_on)
    of_old = {"follow_up_on": YESTERDAY, "plan": old}
    answered, stopped = (Insats.objects.create(title=title, **of_old) for title in ("Svarad", "Slutade förr"))
    told(answered, TODAY)
    told(stopped, YESTERDAY - timedelta(days=9), "stop")
    of_new = {"follow_up_on": YESTERDAY, "plan": plan, "status": "ongoing"}
    for origin in (answered, stopped):
        Insats.objects.create(title=origin.title, origin=origin, **of_new)
    for title, when, verdict, more in (
        ("Före sin dag", YESTERDAY - timedelta(days=1), "keep", {}),
        ("På sin dag", YESTERDAY, "change", {}),
        ("Slutar", YESTERDAY - timedelta(days=1), "stop", {}),
        ("Borttagen", YESTERDAY, "keep", {"archived_at": timezone.now()}),
    ):
        told(Insats.objects.create(title=title, **of_new), when, verdict, **more)
    again = Insats.objects.create(title="Slutade, och tas upp", **of_new)
    told(again, YESTERDAY - timedelta(days=9), "stop")
    told(again, YESTERDAY - timedelta(days=8), "keep")
    Insats.objects.create(title="Flyttad", follow_up_again_on=TOMORROW, **of_new)
    Insats.objects.create(title="Flyttad dit", **{**of_new, "follow_up_on": TOMORROW}, follow_up_again_on=YESTERDAY)
    Insats.objects.create(title="Arkiverad", due_on=YESTERDAY, archived_at=timezone.now(), **of_new)
    return plan


def test_the_querysets_say_as_each_insats_does(insatser):
    every = list(Insats.objects.for_plan())
    assert set(Insats.objects.active().late()) == {row for row in every if row.is_late} != set()
    late = {row for row in every if row.is_follow_up_late}
    assert set(Insats.objects.active().follow_up_late()) == late
    titles = {row.title for row in late if " " in row.title or row.plan == insatser}
    assert {"Före sin dag", "Borttagen", "Slutade, och tas upp", "Flyttad dit", "Slutade förr"} <= titles
    assert not {"Svarad", "På sin dag", "Slutar", "Flyttad"} & titles


def figures(cast, *boenden):
    scope = Scope(cast["forvaltningschef"], boenden or (cast.kalleback,), date(2025, 1, 1), date(2025, 6, 30))
    return Figures(scope, [LATE, FOLLOW_UPS])


def test_the_figures_equal_plain_sql_and_their_lists(cast, as_user, insatser):
    of_plans = (
        "SELECT count(*) FROM kartlaggning_insats i JOIN kartlaggning_plan p ON p.id = i.plan_id "
        "WHERE p.status = 'approved' AND i.archived_at IS NULL "
    )
    not_told = (
        "AND coalesce(i.follow_up_again_on, i.follow_up_on) < %s AND i.status IN ('planned', 'ongoing', 'continued') "
        "AND NOT EXISTS (SELECT 1 FROM kartlaggning_insatsevaluation e WHERE e.archived_at IS NULL "
        "AND (e.insats_id = i.id OR e.insats_id = i.origin_id) "
        "AND e.evaluated_on >= coalesce(i.follow_up_again_on, i.follow_up_on)) "
        "AND i.title <> 'Slutar'"
    )
    found = figures(cast)
    with connection.cursor() as cursor:
        for key, more in ((LATE, "AND i.status IN ('planned', 'ongoing') AND i.due_on < %s"), (FOLLOW_UPS, not_told)):
            cursor.execute(of_plans + more, [TODAY])
            assert found[key].value == cursor.fetchone()[0] > 0
            lines = as_user("forvaltningschef").get(found[key].url).context["lines"]
            assert len(lines) == found[key].value and {line.day for line in lines} == {YESTERDAY}
            assert "inte sparat" in found[key].why_not


def test_only_of_plans_in_force_at_boenden_in_use(cast):
    closed = factories.BoendeFactory(forvaltning=cast.sydvast, name="Victor", slug="victor", status="avslutat")
    old = approved(cast, cast.kalleback, status="replaced")
    put_away = approved(cast, cast.kalleback, edition=2, previous=old, archived_at=timezone.now())
    draft = Plan.objects.create(boende=cast.kalleback, edition=3, previous=put_away)
    for plan in (old, put_away, draft, approved(cast, closed)):
        Insats.objects.create(plan=plan, title="Bänk", due_on=YESTERDAY, follow_up_on=YESTERDAY)
    found = figures(cast, cast.kalleback, closed)
    assert (found[LATE].value, found[FOLLOW_UPS].value) == (0, 0)


def test_stand_among_what_is_late(cast, as_user, insatser):
    page = as_user("forvaltningschef").get(reverse("reports:overview")).content.decode()
    late = page.split('id="forsenat"')[1].split("<section")[0]
    assert "Försenade insatser" in late and "Insatser som skulle ha följts upp" in late
