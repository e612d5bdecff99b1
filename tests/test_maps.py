# SPDX-License-Identifier: EUPL-1.2
"""Maps: what is drawn stands in a list too, places are written or pointed out, only tiles that are set are let in."""

import json
import re

import pytest
from django import forms
from django.core.exceptions import ValidationError

from boenden import maps
from platssamverkan.ground.geo import check_area, check_line, read_area, read_points, write_area, write_points
from platssamverkan.ground.geo_fields import AreaField, LineField
from platssamverkan.ground.maps import Area, Line, Map, Mark
from platssamverkan.ground.tiles import BadTileUrl, tile_origin
from tests import factories

HERE, THERE, BEYOND = [57.6809, 12.0121], [57.6821, 12.0144], [57.6801, 12.0163]


def drawn_on(page: str, key: str = "karta-data") -> dict:
    """What the page gives the browser to draw."""
    found = re.search(rf'<script id="{key}" type="application/json">(.*?)</script>', page)
    return json.loads(found[1])


def words(error) -> str:
    return " ".join(error.value.messages)


class TestPointsWrittenByHand:
    @pytest.mark.parametrize(
        "text",
        [
            "57.6809, 12.0121\n57.6821, 12.0144",
            "57,6809 12,0121\n\n57,6821; 12,0144",
            "57,6809, 12,0121\n57.6821,12.0144",
        ],
    )
    def test_commas_and_points_are_read(self, text):
        assert read_points(text) == [HERE, THERE]

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("57.6809", "Rad 1: skriv latitud och longitud"),
            ("57.6809, 12.0121\nvid bron", "Rad 2: skriv latitud och longitud"),
            ("12.0121, 57.6809", "har bytt plats"),
            ("40.7, -74.0", "ligger inte i Sverige"),
        ],
    )
    def test_what_is_wrong_is_told_with_its_row(self, text, says):
        with pytest.raises(ValidationError) as error:
            read_points(text)
        assert says in words(error)

    def test_what_is_kept_is_written_as_it_is_read(self):
        circle = {"centre": HERE, "radius": 300}
        corners = {"corners": [HERE, THERE, BEYOND]}
        assert read_points(write_points([HERE, THERE])) == [HERE, THERE]
        assert read_area(write_area(circle)) == circle
        assert read_area(write_area(corners)) == corners
        assert read_area(" ") == {}

    @pytest.mark.parametrize(
        ("area", "says"),
        [
            ({"corners": [HERE, THERE]}, "minst tre hörn"),
            ({"corners": [[57.0, 12.0], [57.1, 12.1], [57.0, 12.1], [57.1, 12.0]]}, "korsar varandra"),
            ({"centre": HERE, "radius": 9000}, "mellan 10 och 5000 meter"),
            ({"centre": [12.0, 57.0], "radius": 90}, "inom Sverige"),
            ("hela stan", "latitud"),
        ],
    )
    def test_an_area_is_an_area(self, area, says):
        with pytest.raises(ValidationError) as error:
            check_area(area)
        assert says in words(error)

    @pytest.mark.parametrize("line", [[HERE], [HERE] * 501, [HERE, [True, 12.0]], "x"])
    def test_a_line_is_a_line(self, line):
        with pytest.raises(ValidationError):
            check_line(line)


class TestFields:
    def test_a_form_field_reads_keeps_and_shows_a_line(self):
        class WayForm(forms.Form):
            way = LineField(verbose_name="väg", default=list, blank=True).formfield()
            area = AreaField(verbose_name="område", default=dict, blank=True).formfield()

        form = WayForm({"way": "57.6809 12.0121\n57.6821 12.0144", "area": "57.6809, 12.0121, 300"})
        assert form.is_valid()
        assert form.cleaned_data == {"way": [HERE, THERE], "area": {"centre": HERE, "radius": 300}}
        wrong = WayForm({"way": "57.6809 12.0121\nbortåt", "area": "57.6809, 12.0121"})
        assert set(wrong.errors) == {"way", "area"}
        assert "bortåt" in str(wrong["way"])
        shown = str(WayForm(initial={"way": [HERE, THERE]})["way"])
        assert "57.6809, 12.0121\n57.6821, 12.0144" in shown
        assert drawn_on(shown, "id_way_karta")["input"]["draws"] == "line"

    def test_the_last_gate_is_at_the_database(self):
        field = LineField(default=list)
        with pytest.raises(ValidationError):
            field.get_db_prep_save([HERE], connection=None)

    def test_where_nothing_tells_where_one_points_there_is_no_map(self, settings):
        field = LineField(default=list, blank=True).formfield()
        form = type("WayForm", (forms.Form,), {"way": field})
        assert "data-map=" not in str(form()["way"])
        settings.TILE_URL = "https://tiles.example/{z}/{x}/{y}.png"
        assert "data-map=" in str(form()["way"])


class TestTiles:
    def test_the_policy_gets_the_origin(self):
        assert tile_origin("") == ""
        assert tile_origin("https://tiles.example/{z}/{x}/{y}.png?key=1") == "https://tiles.example"
        assert tile_origin("https://{s}.tiles.example:8443/{z}/{x}/{y}.png") == "https://*.tiles.example:8443"

    @pytest.mark.parametrize(
        "url", ["tiles.example/{z}/{x}/{y}", "https://tiles.example/", "https://a.example;script-src */{z}/{x}/{y}"]
    )
    def test_what_is_no_tile_server_is_refused(self, url):
        with pytest.raises(BadTileUrl):
            tile_origin(url)


class TestMap:
    def test_the_list_holds_all_and_the_drawing_what_has_a_place(self):
        features = [
            Mark(key="a", label="Alma", category="boendet", latitude=HERE[0], longitude=HERE[1], is_main=True),
            Mark(key="b", label="Brf", category="förening"),
            Line(key="c", label="Till bussen", category="vägar", points=[HERE, THERE]),
            Area(key="d", label="Området", category="området", area={"centre": HERE, "radius": 300}),
        ]
        drawn = Map(features, label="Karta", centre=(None, 12.0))
        assert [group.name for group in drawn.groups] == ["boendet", "förening", "vägar", "området"]
        assert [feature["key"] for feature in drawn.data["features"]] == ["a", "c", "d"]
        assert drawn.centre is None
        assert drawn.has_drawing
        assert not Map([], label="Karta").has_drawing

    def test_it_opens_on_what_is_near_or_on_the_area_however_far_away_somebody_is(self):
        far = Mark(key="f", label="Långt bort", latitude=57.7259, longitude=12.0121)  # five kilometres
        near = Mark(key="n", label="Nära", latitude=57.6881, longitude=12.0121)  # 800 metres
        opens = [Map(marks, label="Karta", centre=HERE).data["opens"] for marks in ([far], [far, near])]
        assert opens[0] == 500
        assert 790 < opens[1] < 810
        area = Area(key="d", label="Området", area={"centre": HERE, "radius": 1400})
        assert Map([far, near, area], label="Karta", centre=HERE).data["opens"] == 1400


@pytest.fixture
def neighbours(cast):
    """A förskola 200 m off, and a butik that nobody has placed."""
    school = factories.ActorCategoryFactory(name="förskola")
    shop = factories.ActorCategoryFactory(name="butik")
    near = factories.ActorFactory(
        forvaltning=cast.sydvast, name="Förskolan </script> Eken", category=school, latitude=57.6821, longitude=12.0144
    )
    unplaced = factories.ActorFactory(forvaltning=cast.sydvast, name="Hörnbutiken", category=shop)
    factories.NeighbourFactory(boende=cast.kalleback, actor=near, distance_m=203)
    factories.NeighbourFactory(boende=cast.kalleback, actor=unplaced)
    return school


class TestTheMapOfABoende:
    def test_shows_the_boende_and_its_actors_twice(self, as_user, cast, neighbours):
        page = as_user("personal").get("/boenden/kalleback/karta/").content.decode()
        for words_ in (
            "Förskolan &lt;/script&gt; Eken",
            "200\N{NO-BREAK SPACE}m",
            "Hörnbutiken",
            "Saknar plats på kartan",
        ):
            assert words_ in page
        drawn = drawn_on(page)
        assert [feature["label"] for feature in drawn["features"]] == ["Kallebäcks boende", "Förskolan </script> Eken"]
        assert drawn["centre"] == [57.6809, 12.0121]
        assert "js/map.js" in page

    def test_is_narrowed_to_one_kind(self, as_user, neighbours):
        page = as_user("personal").get(f"/boenden/kalleback/karta/?category={neighbours.pk}").content.decode()
        assert len(drawn_on(page)["features"]) == 2
        assert "Hörnbutiken" not in page

    def test_a_room_above_adds_a_layer(self, as_user, cast, monkeypatch):
        way = Line(key="vag", label="Till bussen", category="vägar", points=[HERE, THERE])
        monkeypatch.setattr(maps, "layer_providers", [lambda user, boende: [way]])
        page = as_user("personal").get("/boenden/kalleback/karta/").content.decode()
        assert drawn_on(page)["features"][-1]["line"] == [HERE, THERE]
        assert "Till bussen" in page

    def test_says_what_is_missing_where_the_boende_has_no_place(self, as_user, cast):
        cast.kalleback.latitude = cast.kalleback.longitude = None
        cast.kalleback.save()
        page = as_user("enhetschef").get("/boenden/kalleback/karta/").content.decode()
        assert "Skriv boendets latitud och longitud" in page
        assert "data-map=" not in page
        assert as_user("boendeombud").get("/boenden/kalleback/karta/").status_code == 404

    def test_an_actors_place_is_pointed_out_beside_the_boende(self, as_user, cast):
        page = as_user("personal").get("/boenden/kalleback/aktorer/ny/").content.decode()
        assert drawn_on(page, "id_longitude_karta")["centre"] == [57.6809, 12.0121]
        assert 'name="longitude"' in page
