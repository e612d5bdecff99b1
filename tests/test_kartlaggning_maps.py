# SPDX-License-Identifier: EUPL-1.2
"""The latest round on the map of its boende: for staff, and for nobody else who reads the map."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kartlaggning.models import Function, Kartlaggning, Observation, Route
from tests.test_maps import drawn_on

HERE, THERE = [57.6809, 12.0121], [57.6829, 12.0121]
TODAY = timezone.localdate()
MAP = reverse("boenden:boende_map", args=["kalleback"])


def see(kartlaggning, place, **fields) -> Observation:
    return Observation.objects.create(
        kartlaggning=kartlaggning, seen_on=TODAY, kind="belysning", text="Mörkt.", place_text=place, **fields
    )


@pytest.fixture
def latest(cast) -> Kartlaggning:
    """This year's round with an area, a way and something seen; and last year's."""
    earlier = Kartlaggning.objects.create(boende=cast.kalleback, year=2025)
    see(earlier, "förra årets tunnel", latitude=57.68, longitude=12.01)
    found = Kartlaggning.objects.create(boende=cast.kalleback, year=2026, area={"centre": HERE, "radius": 500})
    function = Function.objects.create(kartlaggning=found, name="Mataffären", importance=4, use=3)
    Route.objects.create(kartlaggning=found, function=function, line=[HERE, THERE])
    see(found, "tunneln", latitude=57.681, longitude=12.013)
    see(found, "busskuren")
    return found


@pytest.mark.parametrize("who", ["personal", "forvaltningschef"])
def test_the_latest_round_is_drawn_and_listed(as_user, latest, who):
    page = as_user(who).get(MAP).content.decode()
    shapes = [next(iter({"line", "area"} & set(shape)), "point") for shape in drawn_on(page)["features"]]
    assert (shapes.count("area"), shapes.count("line")) == (1, 1)
    for said in ("Till Mataffären", "Belysning, tunneln", "Belysning, busskuren", "Kartläggning 2026"):
        assert said in page
    assert page.count("Saknar plats på kartan.") >= 1
    assert "förra årets" not in page
    assert MAP in as_user(who).get(latest.get_absolute_url()).content.decode()


def test_a_new_round_shows_what_was_seen_in_the_one_before_until_it_has_its_own(cast, as_user, latest):
    following = Kartlaggning.objects.create(boende=cast.kalleback, year=2027)
    page = as_user("personal").get(MAP).content.decode()
    assert "Belysning, tunneln" in page
    assert "bservationer från kartläggning 2026" in page
    assert "förra årets" not in page
    see(following, "nya parken")
    page = as_user("personal").get(MAP).content.decode()
    assert "Belysning, nya parken" in page
    assert "Belysning, tunneln" not in page


@pytest.mark.parametrize("who", ["boendeombud", "systemforvaltare", "outsider", "granne", "medlem", "sammankallande"])
def test_a_reader_of_the_map_who_is_no_staff_sees_none_of_it(as_user, latest, who):
    page = as_user(who).get(MAP).content.decode()
    for hidden in ("Mataffären", "tunneln", "busskuren", "Kartläggning 2026", str(latest.pk)):
        assert hidden not in page


def test_it_asks_the_same_for_many(as_user, latest):
    client = as_user("personal")
    client.get(MAP)
    with CaptureQueriesContext(connection) as few:
        client.get(MAP)
    function = latest.functions.get()
    for number in range(20):
        see(latest, f"plats {number}", latitude=57.68, longitude=12.01)
        Route.objects.create(kartlaggning=latest, function=function, line=[HERE, THERE], name=f"väg {number}")
    with CaptureQueriesContext(connection) as many:
        client.get(MAP)
    assert len(many) == len(few)
