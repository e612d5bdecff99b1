# SPDX-License-Identifier: EUPL-1.2
"""Photos and places as browsers and maps send them: what is taken, what is refused, and where it says so."""

import io
import struct

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from kartlaggning.actions.rounds import start_round
from kartlaggning.models import (
    Function,
    Kartlaggning,
    Observation,
    Route,
)
from platssamverkan.documents.photos import bare_photo
from platssamverkan.ground.actions import save_record

TODAY = timezone.localdate()
HERE = "57.6809, 12.0121"
DOUBTFUL = "Anders i lgh 1203, ring 070-174 06 12."


@pytest.fixture
def kartlaggning(cast) -> Kartlaggning:
    return start_round(kartlaggning=Kartlaggning(boende=cast.kalleback, year=2026), by=cast["personal"])


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


def photo(name="bild.jpg", **options) -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.new("RGB", (40, 30)).save(written, "JPEG", **options)
    return SimpleUploadedFile(name, written.getvalue(), content_type="image/jpeg")


class TestPhotos:
    SENT = {"kind": "belysning", "text": "Lampan är trasig.", "seen_on": TODAY, "place_text": "gångvägen"}

    @pytest.mark.parametrize(
        "broken",
        [
            struct.pack(">HHI4s", 0x100, 7, 4, b"abcd"),
            struct.pack(">HHI4s", 0x11A, 2, 2, b"ab\0\0"),
            struct.pack(">HHIf", 0x13B, 11, 1, 1.0),
            struct.pack(">HHIi", 0x100, 9, 1, -5),
        ],
        ids=["struct", "type", "attribute", "range"],
    )
    def test_odd_words_of_a_camera_are_no_500(self, broken):
        turned = struct.pack(">HHIHH", 0x112, 3, 1, 6, 0)
        rows = sorted([turned, broken])
        exif = b"Exif\0\0MM\x00*\x00\x00\x00\x08" + struct.pack(">H", 2) + b"".join(rows) + b"\0\0\0\0"
        assert Image.open(io.BytesIO(bare_photo(photo(exif=exif)))).size == (30, 40)

    def test_a_photo_that_is_dropped_is_told(self, as_user, kartlaggning):
        sent = {**self.SENT, "text": DOUBTFUL, "photo_file": photo()}
        response = as_user("personal").post(url("observation_create", kartlaggning), sent)
        assert response.status_code == 422
        assert response.context["form"].errors.get("photo_file") or "fotot igen" in response.content.decode()

    def test_a_photo_that_is_dropped_in_a_conflict_is_told(self, as_user, cast, kartlaggning):
        observation = make_observation(kartlaggning)
        client, page = as_user("personal"), url("observation_update", observation)
        opened = typed(client.get(page))
        save_record(record=observation, by=cast["enhetschef"])
        response = client.post(page, {**opened, "text": "Mörkt.", "photo_file": photo()})
        assert response.status_code == 409
        assert response.context["form"].errors.get("photo_file") or "fotot igen" in response.content.decode()

    @pytest.mark.parametrize("content", [b"<svg/>", b"MZ\x90\x00", b"<html>", b"\x89PNG\r\n\x1a\n", b"GIF89a", b""])
    def test_what_is_no_photo_is_refused(self, as_user, kartlaggning, content):
        sent = {**self.SENT, "photo_file": SimpleUploadedFile("../../a\\b.jpg", content)}
        response = as_user("personal").post(url("observation_create", kartlaggning), sent)
        assert response.status_code == 422
        assert "photo_file" in response.context["form"].errors


class TestPlaces:
    def test_a_point_is_taken_as_the_map_writes_it(self, as_user, kartlaggning):
        sent = {**TestPhotos.SENT, "place_text": "", "latitude": "57,680900", "longitude": "12,012100"}
        response = as_user("personal").post(url("observation_create", kartlaggning), sent)
        assert response.status_code == 302
        assert Observation.objects.get().latitude == 57.6809

    @pytest.mark.parametrize("bad", ["nan", "inf", "1e400", "-1e9", "9" * 5000])
    def test_a_point_that_is_none_is_refused(self, as_user, kartlaggning, bad):
        sent = {**TestPhotos.SENT, "latitude": bad, "longitude": "12.01"}
        response = as_user("personal").post(url("observation_create", kartlaggning), sent)
        assert response.status_code == 422
        assert "latitude" in response.context["form"].errors

    @pytest.mark.parametrize(
        "area", [f"{HERE}, {'9' * 400}", f"{HERE}\n{HERE}\n{HERE}", "\n".join([HERE, "57.69, 12.02"] * 1000)]
    )
    def test_an_area_that_is_none_is_refused(self, as_user, kartlaggning, area):
        page = url("kartlaggning_area", kartlaggning)
        client = as_user("personal")
        response = client.post(page, typed(client.get(page), area=area))
        assert response.status_code == 422
        assert "area" in response.context["form"].errors

    def test_a_way_goes_somewhere(self, as_user, kartlaggning, function):
        sent = {"function": function.pk, "line": f"{HERE}\n{HERE}"}
        assert as_user("personal").post(url("route_create", kartlaggning), sent).status_code == 422

    def test_the_map_of_the_boende_shows_what_the_round_found(self, as_user, kartlaggning, function):
        make_observation(kartlaggning, latitude=57.681, longitude=12.013)
        Route.objects.create(kartlaggning=kartlaggning, function=function, line=[[57.68, 12.01], [57.69, 12.01]])
        page = as_user("personal").get("/boenden/kalleback/karta/").content.decode()
        assert "Till Mataffären" in page
        assert "Belysning, gångvägen" in page

    def test_a_map_to_point_at_can_be_passed_by_with_the_keyboard(self, as_user, kartlaggning):
        page = as_user("personal").get(url("observation_create", kartlaggning)).content.decode()
        assert "Hoppa över kartan" in page
