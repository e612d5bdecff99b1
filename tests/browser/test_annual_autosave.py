# SPDX-License-Identifier: EUPL-1.2
"""A section of the årsrapport saves itself; without the network, or when two write, nothing typed is lost."""

import pytest
from django.utils import timezone

from platssamverkan.reports.annual.actions import freeze, save_in_report, start_report
from platssamverkan.reports.models import AnnualReport, AnnualSection
from tests.browser.conftest import DESKTOP

pytestmark = pytest.mark.browser

PAUSE = 3_000  # longer than the script waits after the last key


@pytest.fixture
def section(cast) -> AnnualSection:
    year = timezone.localdate().year - 1
    report = start_report(forvaltning=cast.sydvast, year=year, by=cast["forvaltningschef"])
    return AnnualSection.objects.select_related("report").get(report=report, boende=cast.kalleback, title="Mål")


def test_a_text_saves_itself_and_is_never_lost(open_page, cast, section):
    page = open_page("enhetschef")
    page.clock.install()
    page.goto(section.get_absolute_url())
    text = page.locator("textarea[name=text]")

    def written(words: str) -> None:
        text.fill(words)
        page.clock.run_for(PAUSE)

    written("Svara inom en vecka.")
    page.get_by_text("Sparat kl.").wait_for()
    section.refresh_from_db()
    assert section.text == "Svara inom en vecka."

    page.context.set_offline(True)
    written("Svara inom två veckor.")
    page.get_by_text("Den sparas av sig själv när nätet är tillbaka.").wait_for()
    with page.expect_response(lambda response: response.url.endswith("/spara/")):
        page.context.set_offline(False)  # nobody writes or presses anything
    page.get_by_text("Nätet är tillbaka. Sparat kl.").wait_for()
    assert page.get_by_text("Vi når inte servern just nu.").locator("visible=true").count() == 0
    section.refresh_from_db()
    assert section.text == "Svara inom två veckor."

    refused = page.locator("[data-notice=unsaved]")
    assert refused.get_attribute("role") == "alert"
    written("Ring 19121212-1212.")
    refused.get_by_text("Inte sparat. Här står ett personnummer.").wait_for()
    assert refused.locator("svg").is_visible()
    assert text.get_attribute("aria-invalid") == "true"
    assert page.locator(".field.has-error textarea[name=text]").count() == 1
    written("Svara inom tre veckor.")
    refused.wait_for(state="hidden")
    assert text.get_attribute("aria-invalid") is None

    section.refresh_from_db()
    assert section.text == "Svara inom tre veckor."
    section.text = "Chefens mål."
    save_in_report(record=section, by=cast["forvaltningschef"])
    written("Mitt mål.")
    refused.get_by_text("Inte sparat. Någon annan har ändrat texten.").wait_for()
    page.locator("form[data-autosave] .btn-primary").click()
    page.locator(".conflict").wait_for()
    assert page.locator(".kept").inner_text() == "Chefens mål."
    assert page.locator(".mine").inner_text() == "Mitt mål."
    assert page.locator("textarea[name=text]").input_value() == "Mitt mål."
    assert not page.locator("form[data-autosave]").count()


AT_ONCE = """() => {
  const ask = document.querySelector("details.ask:has(form[action$='/godkann/'])");
  ask.querySelector("summary").click();
  return getComputedStyle(ask.querySelector("form button")).visibility;
}"""


def test_a_double_press_asks_and_does_not_approve(open_page, cast, section):
    """The page may move when the question opens, and the answer come to lie where the press was."""
    chief, report = cast["forvaltningschef"], section.report
    for one in AnnualSection.objects.filter(report=report):
        one.text = "Text."
        save_in_report(record=one, by=chief)
    freeze(report=report, through=report.last_day, by=chief)
    page = open_page("forvaltningschef", viewport=DESKTOP)
    page.goto(report.get_absolute_url())
    page.keyboard.press("End")
    box = page.get_by_text("Godkänn årsrapporten").bounding_box()
    page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.reload()
    assert not AnnualReport.objects.get(pk=report.pk).is_approved
    assert page.evaluate(AT_ONCE) == "hidden"
    page.get_by_role("button", name="Ja, godkänn").click()
    page.get_by_text("Årsrapporten är godkänd").first.wait_for()
    assert AnnualReport.objects.get(pk=report.pk).is_approved
