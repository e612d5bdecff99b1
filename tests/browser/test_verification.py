# SPDX-License-Identifier: EUPL-1.2
"""The whole chain: staff asks, a letter goes, she corrects without an account, the enhetschef sees it."""

import re

import pytest
from playwright.sync_api import expect

from platssamverkan.notices.outbox import drain
from tests import factories
from tests.browser.conftest import DESKTOP

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_from_question_to_correction(open_page, cast, mailoutbox, javascript):
    neighbour = factories.NeighbourFactory(
        boende=cast.kalleback, actor__forvaltning=cast.sydvast, actor__name="Brf Utsikten"
    )
    person = factories.ContactPersonFactory(actor=neighbour.actor, name="Lena Wikström", email="lena@example.org")

    staff = open_page("personal", javascript=javascript)
    staff.goto(neighbour.get_absolute_url())
    staff.get_by_role("button", name=re.compile("^Be om bekräftelse")).click()
    expect(staff.get_by_text("Ett brev är på väg till Lena Wikström.")).to_be_visible()

    assert drain() == 1
    link = re.search(r"/konto/bekrafta/\w+/", mailoutbox[0].body).group()
    she = open_page(javascript=javascript)
    she.goto(link)
    expect(she.get_by_role("heading", name="Stämmer dina uppgifter?")).to_be_visible()
    expect(she.get_by_text("070-174 06 12")).to_be_visible()
    she.get_by_text("Något ska rättas").click()
    she.get_by_label("Telefon").fill("nej")
    she.get_by_role("button", name="Spara rättelsen").click()
    expect(she.get_by_text("Skriv ett telefonnummer").first).to_be_visible()
    she.get_by_label("Telefon").fill("070-174 06 99")
    she.get_by_role("button", name="Spara rättelsen").click()
    expect(she.get_by_role("heading", name="Tack för ditt svar")).to_be_visible()
    assert not she.context.cookies()
    assert she.goto(link).status == 404
    expect(she.get_by_role("heading", name="Länken gäller inte längre")).to_be_visible()
    person.refresh_from_db()
    assert (person.phone, person.verified_how) == ("+46701740699", "self")

    chief = open_page("enhetschef", viewport=DESKTOP, javascript=javascript)
    chief.goto("/")
    chief.get_by_role("link", name="En rättelse att läsa").click()
    expect(chief.locator("del")).to_have_text("070-174 06 12")
    expect(chief.locator("ins")).to_have_text("070-174 06 99")
    chief.get_by_role("button", name=re.compile("^Jag har läst")).click()
    expect(chief.locator("ins")).to_have_count(0)
