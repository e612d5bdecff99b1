# SPDX-License-Identifier: EUPL-1.2
"""Felanmälningar: written with a photo, sent or noted as sent, reminded of, mended; prioritised."""

import io
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from incidents.felanmalan_actions import note_sent, save_felanmalan
from incidents.felanmalan_registration import felanmalningar_due
from incidents.models import Felanmalan, FelanmalanPhoto
from incidents.synpunkt_actions import become_felanmalan
from platssamverkan.notices.actions import post_notice
from platssamverkan.notices.models import Notice
from platssamverkan.notices.outbox import drain
from tests import factories
from tests.queries import queries_of
from tests.voices import synpunkt

LIST = reverse("incidents:felanmalan_list")
CREATE = reverse("incidents:felanmalan_create", args=["kalleback"])
TYPED = {"what": "Lampan är släckt", "text": "Mörkt efter klockan fyra.", "ground": "area", "place_text": "gångvägen",
         "term": "short", "priority": "1"}  # fmt: skip


def photo():
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "grey").save(file, "JPEG")
    return SimpleUploadedFile("lampa.jpg", file.getvalue())


@pytest.fixture
def recipient(cast):
    actor = factories.ActorFactory(forvaltning=cast.sydvast, name="Stadsmiljö", email="stadsmiljo@example.org")
    factories.NeighbourFactory(boende=cast.kalleback, actor=actor)
    return actor


@pytest.fixture
def lamp(cast, recipient):
    return Felanmalan.objects.create(
        boende=cast.kalleback, what="Lampan är släckt", place_text="gångvägen", recipient=recipient
    )


def step(name, felanmalan):
    return reverse(f"incidents:felanmalan_{name}", args=[felanmalan.pk])


def test_is_written_directly_with_a_photo_and_read(as_user, cast, recipient):
    client = as_user("personal")
    answer = client.post(CREATE, {**TYPED, "recipient": str(recipient.pk), "photo_file": photo()})
    made = Felanmalan.objects.get()
    assert answer.status_code == 302 and made.recipient == recipient and made.created_by == cast["personal"]
    page = client.get(made.get_absolute_url()).content.decode()
    assert "gångvägen" in page and "Skicka med mail" in page and "Foto 1" in page
    picture = reverse("incidents:felanmalan_photo", args=[FelanmalanPhoto.objects.get().pk])
    assert client.get(picture)["Content-Type"] == "image/jpeg"
    for who in ("outsider", "granne", "boendeombud", "medlem"):
        assert as_user(who).get(picture).status_code == 404


@pytest.mark.parametrize("content", [b"MZ\x90\x00", b"<svg onload='x'/>", b"<html>", b""])
def test_what_is_no_photo_is_refused_and_the_text_kept(as_user, content):
    answer = as_user("personal").post(CREATE, {**TYPED, "photo_file": SimpleUploadedFile("bild.jpg", content)})
    assert answer.status_code == 422 and "Mörkt efter klockan fyra." in answer.content.decode()
    assert not Felanmalan.objects.exists()


def test_a_personnummer_is_refused(as_user):
    answer = as_user("personal").post(CREATE, {**TYPED, "text": "Ring 19811218-9876."})
    assert answer.status_code == 422 and not Felanmalan.objects.exists()


def test_goes_out_once_by_mail(as_user, lamp):
    client = as_user("personal")
    client.post(step("send", lamp))
    client.post(step("send", lamp))
    lamp.refresh_from_db()
    letter = Notice.objects.get(what="felanmalan")
    assert letter.email == "stadsmiljo@example.org" and "gångvägen" in letter.text
    assert (lamp.status, lamp.channel, lamp.sent_on) == ("sent", "mail", timezone.localdate())


def test_the_place_is_written_with_a_comma_or_a_point_on_the_map(as_user, cast):
    data = {**TYPED, "latitude": "57,679", "longitude": "12.019172"}
    assert as_user("personal").post(CREATE, data).status_code == 302
    assert (Felanmalan.objects.get().latitude, Felanmalan.objects.get().longitude) == (57.679, 12.019172)
    wrong = as_user("personal").post(CREATE, data | {"latitude": "här"})
    assert wrong.status_code == 422 and "Skriv ett tal, till exempel 57,68." in wrong.content.decode()


def test_a_photo_that_the_browser_has_let_go_of_is_asked_for_again(as_user, cast):
    answer = as_user("personal").post(CREATE, {**TYPED, "what": "", "photo_file": photo()})
    assert answer.status_code == 422 and "Välj fotot en gång till" in answer.content.decode()


def test_the_list_of_recipients_says_who_cannot_be_mailed(as_user, cast, recipient):
    factories.NeighbourFactory(
        boende=cast.kalleback, actor=factories.ActorFactory(forvaltning=cast.sydvast, name="Hyresvärden", email="")
    )
    page = as_user("personal").get(CREATE).content.decode()
    assert "Hyresvärden (e-post saknas)" in page and "Stadsmiljö (e-post saknas)" not in page


def with_photo(felanmalan, by):
    return save_felanmalan(felanmalan=felanmalan, photos=[photo().read()], by=by)


def test_the_photos_go_with_the_letter(as_user, cast, lamp):
    with_photo(lamp, cast["personal"])
    as_user("personal").post(step("send", lamp))
    drain()
    letter = next(letter for letter in mail.outbox if letter.to == ["stadsmiljo@example.org"])
    assert "Ett foto följer med." in letter.body and "Skriv till personal@example.org" in letter.body
    [attached] = letter.attachments
    assert (attached.filename, attached.mimetype) == ("foto-1.jpg", "image/jpeg")
    assert Image.open(io.BytesIO(attached.content)).size == (40, 30)


def test_a_photo_that_is_lost_stops_its_own_letter_and_no_other(as_user, cast, lamp):
    with_photo(lamp, cast["personal"])
    as_user("personal").post(step("send", lamp))
    default_storage.delete(FelanmalanPhoto.objects.get().document.file.name)
    post_notice(what="x", occasion="1", email="granne@example.org", subject="Hej", text="Text", by=None)
    assert drain() == 1
    assert [letter.to for letter in mail.outbox] == [["granne@example.org"]]
    assert Notice.objects.undelivered().get().what == "felanmalan"


def test_the_list_is_searched_in_any_case(as_user, lamp):
    assert "Lampan" in as_user("personal").get(LIST, {"q": "GÅNGVÄGEN släckt"}).content.decode()
    assert "Ingen felanmälan passar" in as_user("personal").get(LIST, {"q": "porten"}).content.decode()


def test_without_an_address_says_what_is_missing(as_user, lamp, recipient):
    recipient.email = ""
    recipient.save()
    answer = as_user("personal").post(step("send", lamp), follow=True)
    lamp.refresh_from_db()
    assert "e-postadress" in answer.content.decode() and lamp.status == "to_send"


def test_is_noted_as_reported_elsewhere_and_as_mended(as_user, lamp):
    client, today = as_user("personal"), timezone.localdate()
    tomorrow = {"day": str(today + timedelta(days=1)), "reference": "KLE-42"}
    answer = client.post(step("sent", lamp), tomorrow)
    assert answer.status_code == 422 and "KLE-42" in answer.content.decode()
    client.post(step("sent", lamp), {"day": str(today - timedelta(days=3)), "reference": "KLE-42"})
    lamp.refresh_from_db()
    assert (lamp.status, lamp.channel, lamp.reference) == ("sent", "elsewhere", "KLE-42")
    client.post(step("mended", lamp), {"day": str(today)})
    lamp.refresh_from_db()
    assert (lamp.status, lamp.mended_on) == ("mended", today)
    client.post(step("drop", lamp))  # it is closed
    lamp.refresh_from_db()
    assert lamp.status == "mended"


def test_the_chief_is_reminded_while_nobody_answers(cast, lamp):
    now = timezone.now()
    lamp.status, lamp.sent_on = "sent", timezone.localdate() - timedelta(days=13)
    lamp.save()
    assert not list(felanmalningar_due(now))
    later, much_later = (list(felanmalningar_due(now + timedelta(days=days))) for days in (1, 40))
    assert [due.user for due in later] == [cast["enhetschef"]] and "Stadsmiljö" in later[0].text
    assert later[0].occasion != much_later[0].occasion and later[0].series == much_later[0].series
    lamp.status, lamp.mended_on = "mended", timezone.localdate()
    lamp.save()
    assert not list(felanmalningar_due(now + timedelta(days=40)))


def test_the_list_is_prioritised_filtered_and_takes_few_queries(as_user, cast):
    def make(what, **more):
        return Felanmalan.objects.create(boende=cast.kalleback, what=what, latitude=57.68, longitude=12.01, **more)

    make("fjärde", ground="area", term="long")
    make("tredje", ground="area", priority=3)
    make("andra", ground="own", term="short", priority=2)
    make("första", ground="own", term="short", priority=1)
    make("sist", ground="own", status="dropped")
    client = as_user("forvaltningschef")
    shown = [row.what for row in client.get(LIST).context["object_list"]]
    assert shown == ["första", "andra", "tredje", "fjärde", "sist"]
    assert [row.what for row in client.get(LIST, {"sikt": "long"}).context["object_list"]] == ["fjärde"]
    few = queries_of(client, LIST)
    for number in range(20):
        make(f"till {number}")
    assert queries_of(client, LIST) == few <= 6


def test_without_the_right_or_outside(as_user, lamp):
    for who, status in (("forvaltningschef", 403), ("outsider", 404), ("granne", 404), ("boendeombud", 404)):
        assert as_user(who).post(step("send", lamp)).status_code == status
    assert as_user("personal").get(step("send", lamp)).status_code == 405
    assert as_user("granne").get(LIST).status_code == 404


@pytest.mark.parametrize("field", ["what", "place_text"])
def test_all_that_is_mailed_is_asked_about(as_user, field):
    answer = as_user("personal").post(CREATE, {**TYPED, field: "Ring Kalle Andersson lgh 1102, 070-174 06 12"})
    assert answer.status_code == 422 and not Felanmalan.objects.exists()


def test_is_tied_to_its_synpunkt_both_ways(as_user, cast):
    said = synpunkt(cast, place_text="gångvägen")
    mend = become_felanmalan(synpunkt=said, felanmalan=Felanmalan(what="Lampan", place_text="vägen"), by=None)
    client = as_user("personal")
    assert mend.get_absolute_url() in client.get(said.get_absolute_url()).content.decode()
    assert said.get_absolute_url() in client.get(mend.get_absolute_url()).content.decode()


def test_two_who_note_a_number_lose_none(as_user, cast, lamp):
    note_sent(felanmalan=lamp, day=timezone.localdate(), reference="", by=cast["personal"])
    client, url = as_user("personal"), step("sent", lamp)
    opened = {field.html_name: field.value() for field in client.get(url).context["form"]}
    note_sent(felanmalan=lamp, day=timezone.localdate(), reference="A-1", by=cast["enhetschef"])
    page = client.post(url, {**opened, "reference": "B-2"}, follow=True).content.decode()
    lamp.refresh_from_db()
    assert lamp.reference == "A-1" and "A-1" in page and "B-2" in page


def test_is_not_mended_before_it_was_reported(as_user, cast, lamp):
    note_sent(felanmalan=lamp, day=timezone.localdate(), reference="", by=cast["personal"])
    page = as_user("personal").post(step("mended", lamp), {"day": "2020-01-01"}, follow=True).content.decode()
    lamp.refresh_from_db()
    assert lamp.status == "sent" and "före det" in page


def test_an_archived_recipient_is_not_mailed_and_an_archived_boende_not_reminded(as_user, cast, lamp, recipient):
    recipient.archived_at = timezone.now()
    recipient.save()
    as_user("personal").post(step("send", lamp))
    lamp.refresh_from_db()
    assert lamp.status == "to_send" and not Notice.objects.filter(what="felanmalan").exists()
    lamp.status, lamp.sent_on = "sent", timezone.localdate() - timedelta(days=20)
    lamp.save()
    assert list(felanmalningar_due(timezone.now()))
    cast.kalleback.archived_at = timezone.now()
    cast.kalleback.save()
    assert not list(felanmalningar_due(timezone.now()))
