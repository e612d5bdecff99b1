# SPDX-License-Identifier: EUPL-1.2
"""A trygghetsvandring owns a promenad of the boende's kartläggning: made once, moved with it, seen by staff alone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from forum.actions.activities import cancel, plan_walk, save_activity
from forum.models import Activity
from kartlaggning.models import Kartlaggning, Observation, Walk

TODAY = timezone.localdate()
SENT = {"time_of_day": "evening", "route": "Gångvägen bakom skolan"}


@pytest.fixture
def vandring(cast) -> Activity:
    return Activity.objects.create(
        boende=cast.kalleback, forum=cast.forum, kind="vandring", title="Vandring i mörkret", happens_on=TODAY
    )


def plan_page(activity) -> str:
    return reverse("forum:activity_walk", args=[activity.pk])


def test_staff_plan_the_promenad_and_each_page_links_the_other(as_user, cast, vandring):
    client, page = as_user("personal"), plan_page(vandring)
    assert page in client.get(vandring.get_absolute_url()).content.decode()
    refused = client.post(page, {"route": "Gångvägen bakom skolan"})
    assert refused.status_code == 422
    assert "Gångvägen bakom skolan" in refused.content.decode()
    assert client.post(page, SENT).status_code == 302
    walk = Walk.objects.get()
    assert client.post(page, SENT).url == walk.get_absolute_url()
    assert (walk.planned_on, walk.kartlaggning) == (TODAY, Kartlaggning.objects.get(boende=cast.kalleback))
    assert walk.kartlaggning.tools.count() == 4  # begun as any round
    Observation.objects.create(
        kartlaggning=walk.kartlaggning, walk=walk, seen_on=TODAY, kind="belysning", text="Mörkt.", place_text="tunneln"
    )
    there = client.get(vandring.get_absolute_url()).content.decode()
    assert walk.get_absolute_url() in there
    assert "1 observation." in there
    assert vandring.get_absolute_url() in client.get(walk.get_absolute_url()).content.decode()


def test_it_joins_the_latest_round(as_user, cast, vandring):
    for year in (2024, 2026):
        Kartlaggning.objects.create(boende=cast.kalleback, year=year)
    as_user("enhetschef").post(plan_page(vandring), SENT)
    assert Walk.objects.get().kartlaggning.year == 2026


def test_it_joins_the_round_of_its_own_year(as_user, cast, vandring):
    for year in (TODAY.year, TODAY.year + 1):
        Kartlaggning.objects.create(boende=cast.kalleback, year=year)
    as_user("enhetschef").post(plan_page(vandring), SENT)
    assert Walk.objects.get().kartlaggning.year == TODAY.year


def test_nobody_outside_the_staff_sees_it(as_user, cast, vandring):
    walk = plan_walk(activity=vandring, walk=Walk(**SENT), by=cast["personal"])
    for who in ("boendeombud", "sammankallande", "medlem"):
        client = as_user(who)
        page = client.get(vandring.get_absolute_url()).content.decode()
        assert walk.get_absolute_url() not in page
        assert "Gångvägen bakom skolan" not in page
        assert "Promenaden" not in page
        assert client.get(plan_page(vandring)).status_code == 403
    assert as_user("outsider").get(plan_page(vandring)).status_code == 404
    assert as_user("forvaltningschef").get(plan_page(vandring)).status_code == 403


def test_it_moves_and_is_called_off_with_the_activity(cast, vandring):
    walk = plan_walk(activity=vandring, walk=Walk(**SENT), by=cast["personal"])
    vandring.refresh_from_db()
    vandring.happens_on = TODAY + timedelta(days=7)
    save_activity(activity=vandring, by=cast["boendeombud"])
    walk.refresh_from_db()
    assert walk.planned_on == vandring.happens_on
    cancel(activity=vandring, by=cast["personal"])
    walk.refresh_from_db()
    assert walk.archived_at


def test_what_is_walked_stands_whatever_becomes_of_the_activity(cast, vandring):
    walk = plan_walk(activity=vandring, walk=Walk(**SENT), by=cast["personal"])
    walk.walked_on, walk.walkers = TODAY, "Två ur personalen"
    walk.save()
    vandring.refresh_from_db()
    vandring.happens_on = TODAY + timedelta(days=7)
    save_activity(activity=vandring, by=cast["personal"])
    cancel(activity=vandring, by=cast["personal"])
    walk.refresh_from_db()
    assert (walk.planned_on, walk.archived_at) == (TODAY, None)


def test_only_a_trygghetsvandring_has_one(as_user, cast, vandring):
    vandring.kind = "cafe"
    vandring.save()
    client = as_user("personal")
    assert client.get(plan_page(vandring)).status_code == 404
    assert plan_page(vandring) not in client.get(vandring.get_absolute_url()).content.decode()
