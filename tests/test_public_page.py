# SPDX-License-Identifier: EUPL-1.2
"""What a boende tells everyone: released by the enhetschef, kept by any cache, found by search engines by choice."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from boenden.models import CommonEntry
from incidents.models import PublicRelease, PublicText
from incidents.public_papers import qr_code
from kartlaggning.levels import Step
from kartlaggning.levels_facts import facts_of
from platssamverkan.audit.models import AuditEntry
from platssamverkan.notices.models import Notice
from tests.voices import released_text

PAGE = "/om/kalleback/"


def test_a_page_is_found_only_once_it_is_released(cast, as_user):
    assert as_user("anonymous").get(PAGE).status_code == 404
    PublicText.objects.create(boende=cast.kalleback, kind="sida", lead="Ett utkast.")
    assert as_user("anonymous").get(PAGE).status_code == 404
    released_text(cast, kind="grannar")
    assert as_user("anonymous").get(PAGE).status_code == 404


def test_the_page_says_whom_to_call_and_names_no_staff(cast, as_user):
    release = released_text(cast)
    release.text.numbers.set(
        [CommonEntry.objects.create(name="Störningsjouren", phone="+46313900630", when_to_use="Höga röster.")]
    )
    as_user("enhetschef").post(
        reverse("incidents:publictext_release", args=["kalleback", "sida"]), {"seen": release.text.version}
    )
    page = as_user("anonymous").get(PAGE).content.decode()
    assert 'href="tel:+46313900610"' in page
    assert "031-390 06 10" in page
    assert "Störningsjouren" in page
    assert "Vi har ställt ut bänkar." in page
    assert reverse("incidents:synpunkt_open", args=["kalleback"]) in page
    for name in ("enhetschef", "personal", "forvaltningschef"):
        assert cast[name].name not in page
        assert cast[name].email not in page


def test_the_page_may_be_kept_by_anyone_and_opens_no_session(cast, as_user):
    released_text(cast)
    for address in (PAGE, "/om/kalleback/"):
        response = as_user("anonymous").get(address)
        assert response["Cache-Control"] == "public, max-age=300"
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
    signed_in = as_user("enhetschef").get(PAGE)  # the same page for everyone
    assert signed_in["Cache-Control"] == "public, max-age=300"
    assert cast["enhetschef"].name not in signed_in.content.decode()


def test_search_engines_find_it_by_choice(cast, as_user):
    released_text(cast)
    hidden = as_user("anonymous").get(PAGE)
    assert hidden["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in hidden.content.decode()
    text = PublicText.objects.get()
    text.is_indexed = True
    text.save()
    as_user("enhetschef").post(
        reverse("incidents:publictext_release", args=["kalleback", "sida"]), {"seen": text.version}
    )
    shown = as_user("anonymous").get(PAGE)
    assert "X-Robots-Tag" not in shown
    assert '<meta name="robots" content="index">' in shown.content.decode()


def test_staff_write_and_the_enhetschef_releases(cast, as_user):
    write = reverse("incidents:publictext_update", args=["kalleback", "sida"])
    personal = as_user("personal")
    response = personal.post(write, {"lead": "Vi bor på Sörängsgatan.", "body": "Vi städar parken."})
    assert response.status_code == 302
    text = PublicText.objects.get()
    release = reverse("incidents:publictext_release", args=["kalleback", "sida"])
    assert personal.post(release, {"seen": text.version}).status_code == 403
    assert as_user("outsider").post(release, {"seen": text.version}).status_code == 404
    assert as_user("enhetschef").get(release).status_code == 405
    assert as_user("enhetschef").post(release, {"seen": 0}).status_code == 409
    assert as_user("enhetschef").post(release, {"seen": text.version}).status_code == 302
    assert as_user("enhetschef").post(release, {"seen": text.version}).status_code == 302
    assert PublicRelease.objects.count() == 1
    assert "Vi städar parken." in as_user("anonymous").get(PAGE).content.decode()
    events = [entry.additional_data for entry in AuditEntry.objects.get_for_object(text) if entry.additional_data]
    assert {"event": "public_text_released"} in events


def test_a_new_page_begins_with_what_is_known(cast, as_user):
    cast.kalleback.public_description = "Vi finns på Sörängsgatan."
    cast.kalleback.save()
    entry = CommonEntry.objects.create(name="Störningsjouren", phone="+46313900630", when_to_use="Höga röster.")
    form = as_user("personal").get(reverse("incidents:publictext_update", args=["kalleback", "sida"])).context["form"]
    assert form["lead"].value() == "Vi finns på Sörängsgatan."
    assert entry.pk in form["numbers"].value()


def test_writing_on_does_not_change_what_is_released(cast, as_user):
    released_text(cast)
    text = PublicText.objects.get()
    write = reverse("incidents:publictext_update", args=["kalleback", "sida"])
    as_user("personal").post(write, {"lead": "Ett nytt utkast.", "body": "", "opened_version": text.version})
    page = as_user("anonymous").get(PAGE).content.decode()
    assert "Ett nytt utkast." not in page
    assert "Vi är grannar till er." in page
    assert "ändrad sedan dess" in as_user("personal").get(text.get_absolute_url()).content.decode()
    text.refresh_from_db()
    as_user("enhetschef").post(
        reverse("incidents:publictext_release", args=["kalleback", "sida"]), {"seen": text.version}
    )
    assert "Ett nytt utkast." in as_user("anonymous").get(PAGE).content.decode()
    assert PublicRelease.objects.active().count() == 1


def test_what_is_taken_back_or_missing_is_not_read(cast, as_user):
    released_text(cast)
    withdraw = reverse("incidents:publictext_withdraw", args=["kalleback", "sida"])
    assert as_user("personal").post(withdraw).status_code == 403
    assert as_user("enhetschef").post(withdraw).status_code == 302
    assert as_user("anonymous").get(PAGE).status_code == 404
    text = PublicText.objects.create(boende=cast.kalleback, kind="barn")
    refused = as_user("enhetschef").post(
        reverse("incidents:publictext_release", args=["kalleback", "barn"]), {"seen": text.version}
    )
    assert refused.status_code == 422
    assert "Skriv själva texten." in refused.content.decode()


def test_a_personnummer_is_refused_and_what_was_typed_kept(cast, as_user):
    write = reverse("incidents:publictext_update", args=["kalleback", "sida"])
    response = as_user("personal").post(write, {"lead": "Ring 19811218-9876.", "body": "Bänkarna står kvar."})
    assert response.status_code == 422
    assert "Bänkarna står kvar." in response.content.decode()
    assert not PublicText.objects.exists()


def test_two_who_begin_a_text_at_once_lose_nothing(cast, as_user):
    write = reverse("incidents:publictext_update", args=["kalleback", "grannar"])
    assert as_user("personal").post(write, {"title": "Om oss", "body": "Mitt."}).status_code == 302
    response = as_user("enhetschef").post(write, {"title": "Om oss", "body": "Ditt."})
    assert response.status_code in (409, 422)
    assert "Ditt." in response.content.decode()
    assert PublicText.objects.get().body == "Mitt."


def test_material_is_linked_read_and_printed_when_it_is_released(cast, as_user):
    released_text(cast)
    released_text(cast, kind="barn", title="Vilka bor i huset?", body="Här bor vuxna.\n\nDe behöver hjälp.")
    page = as_user("anonymous").get(PAGE).content.decode()
    assert "Vilka bor i huset?" in page
    material = as_user("anonymous").get("/om/kalleback/las/barn/")
    assert "Här bor vuxna." in material.content.decode()
    assert not material.cookies
    assert as_user("anonymous").get("/om/kalleback/las/grannar/").status_code == 404
    assert as_user("anonymous").get("/om/kalleback/las/sida/").status_code == 404


def test_released_material_ticks_its_step(cast):
    def told():
        return [fact for fact in facts_of([cast.kalleback])[cast.kalleback.pk] if fact.step == Step.TARGET_GROUP]

    released_text(cast)
    assert not told()
    released_text(cast, kind="grannar")
    assert [fact.is_done for fact in told()] == [True]


def test_a_closed_boende_has_no_page(cast, as_user):
    released_text(cast)
    cast.kalleback.status = "avslutat"
    cast.kalleback.save()
    assert as_user("anonymous").get(PAGE).status_code == 404


def test_the_poster_needs_the_page_and_holds_number_and_address(cast, as_user, settings):
    settings.SITE_URL = "https://platssamverkan.example"
    address = reverse("incidents:poster", args=["kalleback"])
    assert as_user("personal").get(address).status_code == 404
    released_text(cast)
    assert as_user("outsider").get(address).status_code == 404
    response = as_user("personal").get(address)
    reader = PdfReader(io.BytesIO(response.content))
    assert len(reader.pages) == 1
    text = reader.pages[0].extract_text()
    assert "031-390 06 10" in text
    assert "platssamverkan.example/om/kalleback" in text


def test_material_on_paper(cast, as_user):
    released_text(cast, kind="grannar", title="Om boendet", body="Här bor vuxna.")
    response = as_user("personal").get(reverse("incidents:publictext_pdf", args=["kalleback", "grannar"]))
    assert "Här bor vuxna." in PdfReader(io.BytesIO(response.content)).pages[0].extract_text()
    assert as_user("personal").get(reverse("incidents:publictext_pdf", args=["kalleback", "barn"])).status_code == 404


@pytest.mark.parametrize("slug", ["kalleback", "a-much-longer-name-of-a-boende-in-the-east"])
def test_the_code_is_a_picture_of_its_own(slug):
    assert qr_code(f"https://platssamverkan.example/om/{slug}/").startswith("data:image/svg+xml;base64,")


def test_those_who_release_are_told_once_a_day_that_a_text_waits(cast, as_user):
    write = reverse("incidents:publictext_update", args=["kalleback", "sida"])
    for version, lead in enumerate(("Vi bor här.", "Vi bor här nu.")):
        as_user("personal").post(write, {"lead": lead, "body": "", "opened_version": version})
    [told] = Notice.objects.filter(what="public_text_waits")
    assert told.user == cast["enhetschef"] and "Kallebäcks boende" in told.subject
    text = PublicText.objects.get()
    as_user("enhetschef").post(write, {"lead": "Mitt.", "body": "", "opened_version": text.version})
    assert Notice.objects.filter(what="public_text_waits").count() == 1
