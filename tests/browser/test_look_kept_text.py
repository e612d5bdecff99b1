# SPDX-License-Identifier: EUPL-1.2
"""A text is not lost when the network fails, and a form is not sent twice."""

import pytest

from incidents.models import Incident

pytestmark = pytest.mark.browser

NEW = "/boenden/kalleback/kontakter/ny/"


def write(page, text: str) -> None:
    """Open a form and write in its first long text."""
    page.goto(NEW)
    page.locator("form[data-keep] textarea").first.fill(text)


def send(page) -> None:
    page.locator("form[data-keep] .btn-primary").click()


def test_no_network_keeps_the_text_and_says_so(open_page):
    page = open_page("personal")
    write(page, "Grannen undrade över belysningen.")
    page.context.set_offline(True)
    send(page)
    page.get_by_text("Vi når inte servern just nu. Din text finns kvar.").wait_for()
    assert page.locator("form[data-keep] textarea").first.input_value() == "Grannen undrade över belysningen."
    page.context.set_offline(False)
    send(page)
    page.locator(".error-summary, .message.success").first.wait_for()
    assert not page.get_by_text("Vi når inte servern just nu.").is_visible()


@pytest.mark.parametrize("cookies", ["sessionid", "all"])
def test_signed_out_meanwhile_keeps_the_text_and_can_be_mended(open_page, cookies):
    page = open_page("personal")
    write(page, "Grannen undrade över belysningen.")
    before = page.context.cookies()
    page.context.clear_cookies(name="sessionid") if cookies == "sessionid" else page.context.clear_cookies()
    send(page)
    page.get_by_text("Du är utloggad. Din text finns kvar.").wait_for()
    assert page.locator("form[data-keep] textarea").first.input_value() == "Grannen undrade över belysningen."
    # signed in again in another tab: another token, the same person
    page.context.add_cookies([cookie for cookie in before if cookie["name"] == "sessionid"])
    page.context.clear_cookies(name="csrftoken")
    send(page)
    page.locator(".error-summary, .message.success").first.wait_for()
    assert not page.get_by_text("Du är utloggad.").is_visible()


def test_what_is_wrong_is_shown_without_leaving_and_focus_goes_there(open_page):
    page = open_page("personal")
    write(page, "Personen heter 19121212-1212.")
    send(page)
    page.locator(".error-summary").wait_for()
    assert page.evaluate("document.activeElement.id") == "fel"
    assert page.locator("form[data-keep] textarea").first.input_value() == "Personen heter 19121212-1212."


def test_a_double_click_sends_once(open_page):
    page = open_page("personal")
    page.goto("/handelser/ny/?boende=kalleback")
    posts = []
    page.on("request", lambda request: posts.append(request) if request.method == "POST" else None)
    page.locator("form[data-keep] textarea").first.fill("Höga röster i tio minuter.")
    page.locator("form[data-keep] .btn-primary").dblclick()
    page.locator(".error-summary, .message.success").first.wait_for()
    assert len(posts) == 1
    assert Incident.objects.count() <= 1
