# SPDX-License-Identifier: EUPL-1.2
"""One person of each role does her main job, most of them on a phone without JavaScript."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from incidents.models import Incident
from platssamverkan.audit.models import AuditEntry
from platssamverkan.export.models import Export
from tests import factories
from tests.browser.conftest import DESKTOP
from tests.patience import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_the_night_shift_logs_an_incident_on_the_phone(open_page, cast, javascript):
    page = open_page("personal", javascript=javascript)
    page.goto("/")
    page.get_by_role("link", name="Ny händelse").first.click()
    page.get_by_role("radio", name="Störning").check()
    page.get_by_label("Vad hände?").fill("Höga röster i tio minuter. 19121212-1212 ringde.")
    page.get_by_role("button", name="Spara händelsen").click()
    expect(page.get_by_text("Här står ett personnummer").first).to_be_visible()
    expect(page.get_by_label("Vad hände?")).to_have_value("Höga röster i tio minuter. 19121212-1212 ringde.")
    page.get_by_label("Vad hände?").fill("Höga röster i tio minuter.")
    page.get_by_label("Talade med de berörda").check()
    page.get_by_role("button", name="Spara händelsen").click()
    expect(page.get_by_text(re.compile(r"Händelsen är sparad kl\. \d\d\.\d\d\."))).to_be_visible()
    incident = Incident.objects.get()
    assert (incident.internal_text, incident.created_by) == ("Höga röster i tio minuter.", cast["personal"])


def test_a_file_that_is_taken_out_is_a_file(open_page, cast):
    """The script that keeps a form's text sends forms itself; a file must still come as a file."""
    factories.IncidentFactory(boende=cast.kalleback)
    page = open_page("personal")
    page.goto("/handelser/uttag/")
    page.get_by_label("CSV för Excel").check()
    page.get_by_label("Vad ska uppgifterna användas till?").fill("Underlag till trygghetsforum")
    with page.expect_download() as download:
        page.get_by_role("button", name="Hämta filen").click()
    assert download.value.suggested_filename.endswith(".csv")
    until(lambda: Export.objects.get().state == Export.State.WHOLE, "the log says that the whole file was sent")


def test_personal_notes_a_contact_and_the_promise_comes_back_on_min_dag(open_page, cast):
    neighbour = factories.NeighbourFactory(
        boende=cast.kalleback, actor__forvaltning=cast.sydvast, actor__name="Brf Utsikten"
    )
    page = open_page("personal", javascript=False)
    page.goto("/boenden/kalleback/kontakter/ny/")
    page.get_by_label("Telefon").first.check()
    page.get_by_label("Oro").first.check()
    page.locator("textarea[name=text]").fill("Undrade över belysningen.")
    page.locator("select[name=actor]").select_option(label="Brf Utsikten")
    page.locator("input[name=follow_up]").fill("Ring om belysningen")
    page.locator("input[name=follow_up_on]").fill(str(timezone.localdate(neighbour.created_at)))
    page.get_by_role("button", name="Spara kontakten").click()
    page.goto("/")
    expect(page.get_by_role("link", name=re.compile("Ring om belysningen"))).to_be_visible()


def test_enhetschef_releases_a_forum_text(open_page, cast):
    incident = factories.IncidentFactory(boende=cast.kalleback)
    page = open_page("enhetschef", javascript=False, viewport=DESKTOP)
    page.goto(incident.get_absolute_url())
    page.get_by_role("link", name="Skriv forumtext").click()
    page.locator("textarea[name=forum_what]").fill("Det var höga röster vid hållplatsen.")
    page.locator("textarea[name=forum_handled]").fill("Personalen gick ut direkt.")
    page.locator("main button[type=submit].btn-primary").click()
    page.goto(f"{incident.get_absolute_url()}slapp/")
    expect(page.get_by_text("Det var höga röster vid hållplatsen.").first).to_be_visible()
    page.locator("main button[type=submit].btn-primary").click()
    expect(page.get_by_text("Forumtext släppt").first).to_be_visible()
    incident.refresh_from_db()
    assert incident.released_by == cast["enhetschef"]


def test_forvaltningschef_reads_one_incident_and_the_reading_is_logged(open_page, cast):
    incident = factories.IncidentFactory(boende=cast.kalleback)
    page = open_page("forvaltningschef", viewport=DESKTOP)
    page.goto("/handelser/")
    expect(page.get_by_text("INTERNTEXT")).to_have_count(0)
    page.get_by_role("link", name="Höga röster vid hållplatsen").click()
    expect(page.get_by_text("INTERNTEXT")).to_be_visible()
    reading = AuditEntry.objects.get(object_pk=str(incident.pk), action=AuditEntry.Action.ACCESS)
    assert reading.actor == cast["forvaltningschef"]


def test_systemforvaltare_invites_and_the_invited_signs_in(open_page, cast, mailoutbox):
    page = open_page("systemforvaltare", javascript=False)
    page.goto("/konto/anvandare/")
    page.get_by_role("link", name="Bjud in").first.click()
    expect(page.locator("input[name=email]")).to_be_visible()
    page.goto("/konto/logg/")
    expect(page.get_by_role("heading", name="Logg")).to_be_visible()
    page.goto("/handelser/")
    expect(page.get_by_text("INTERNTEXT")).to_have_count(0)


def test_boendeombud_finds_whom_to_call(open_page, cast):
    group = factories.ContactListGroupFactory(contact_list=cast.contact_list)
    factories.ContactListEntryFactory(group=group, is_shared=False)
    page = open_page("boendeombud", javascript=False)
    page.goto("/boenden/kalleback/")
    page.goto("/boenden/kalleback/kontaktlista/")
    expect(page.get_by_role("link", name="031-390 06 10").first).to_have_attribute("href", "tel:+46313900610")
    expect(page.get_by_text("Störningsjouren").first).to_be_visible()


def test_a_neighbour_signs_in_with_a_code_and_lands_on_the_list(open_page, cast, mailoutbox):
    group = factories.ContactListGroupFactory(contact_list=cast.contact_list)
    factories.ContactListEntryFactory(group=group, label="Störningsjouren", is_shared=True)
    factories.ContactListEntryFactory(group=group, label="HEMLIG RAD", is_shared=False)
    page: Page = open_page(javascript=False)
    page.goto("/")
    page.get_by_label("E-post").fill("Granne@Example.org")
    page.get_by_role("button", name="Skicka en engångskod").click()
    code = re.search(r"^\s*([A-Z0-9]{3,5}-?[A-Z0-9]{3,5})\s*$", mailoutbox[-1].body, re.MULTILINE)
    assert code, mailoutbox[-1].body
    page.locator("input[name=code]").fill(code.group(1))
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("heading", name="Kontaktlista")).to_be_visible()
    expect(page.get_by_text("Störningsjouren").first).to_be_visible()
    expect(page.get_by_text("HEMLIG RAD")).to_have_count(0)
    assert page.goto("/handelser/").status == 404
