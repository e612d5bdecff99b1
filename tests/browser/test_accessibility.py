# SPDX-License-Identifier: EUPL-1.2
"""axe-core on every page, at phone and desktop width, light and dark; nothing wider than the phone."""

from pathlib import Path

import pytest
from django.conf import settings

from tests import factories
from tests.browser.conftest import DESKTOP, PHONE
from tests.url_table import TABLE, WHO

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = Path(settings.NODE_MODULES) / "axe-core" / "axe.min.js"
# a colour on its way from light to dark is neither
RUN = """async () => {
  document.getAnimations().filter(a => a instanceof CSSTransition).forEach(a => a.finish());
  return (await axe.run(document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
})).violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html).join(' | ')); }"""
LOOKS = (("phone", PHONE), ("desktop", DESKTOP))
TOO_WIDE = "() => document.documentElement.scrollWidth > window.innerWidth"
# each page is looked at through the eyes of the first of these who may open it
EYES = ("enhetschef", "systemforvaltare", "granne", "sammankallande", "anonymous")
SIGN_IN_PAGES = ["/konto/login/", "/konto/login/?losenord=1", "/konto/password/reset/", "/finns-inte/"]
FILES = {  # nothing to look at
    "forum:meeting_calendar", "forum:attachment_detail", "forum:signature_file", "forum:survey_blank",
    "kartlaggning:observation_photo", "incidents:felanmalan_photo", "incidents:poster", "reports:api_openapi",
}  # fmt: skip
# pages that are another thing to the sammankallande than to those who read them before her
HERS = {"start", "forum:forum_detail", "forum:meeting_detail", "forum:member_list"}
OWN_PAGES = ["/konto/password/change/", "/konto/2fa/", "/konto/2fa/totp/activate/", "/konto/logout/"]


def pages_of(who: str, world: dict) -> list[str]:
    """The addresses that are looked at as this person."""
    column = WHO.index(who)
    earlier = [WHO.index(name) for name in EYES[: EYES.index(who)]]
    addresses = [
        factories.address_of(row.name, world)
        for row in TABLE
        if row.method == "GET"
        and row.statuses[column] == 200
        and (
            not any(row.statuses[number] == 200 for number in earlier) or (who == "sammankallande" and row.name in HERS)
        )
        and not row.name.startswith("health:")
        and row.name not in FILES
        and not row.name.endswith("_pdf")
    ]
    extra = {"anonymous": [*SIGN_IN_PAGES, *pages_by_link(world)], "enhetschef": OWN_PAGES}.get(who, [])
    return addresses + extra


def pages_by_link(world: dict) -> list[str]:
    """Where the links in letters lead."""
    call = f"/forum/kallelse/{world['single']['invitation'].link_token}/"
    return [call, f"{call}fraga/", f"/forum/uppgift/{world['single']['actionitem'].link_token}/"]


def seen(page, address: str) -> list[str]:
    """What is wrong with the page that is open, in each of the looks: one load, four looks."""
    wrong = []
    page.evaluate(AXE.read_text())
    for width, viewport in LOOKS:
        page.set_viewport_size(viewport)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            wrong += [f"{address}, {width}, {scheme}: {violation}" for violation in page.evaluate(RUN)]
        if page.evaluate(TOO_WIDE):
            wrong.append(f"{address}, {width}: wider than the screen")
    return wrong


@pytest.mark.parametrize("who", EYES)
def test_axe_finds_nothing(open_page, cast, who):
    world = factories.one_of_everything(cast)
    page = open_page(who)
    wrong = []
    for address in pages_of(who, world):
        page.goto(address)
        wrong += seen(page, address)
    assert not wrong, "\n" + "\n".join(wrong)


def test_a_word_without_end_makes_no_list_wider_and_no_heading_narrower(open_page, cast):
    factories.IncidentFactory(boende=cast.kalleback, headline="Å" * 120)
    page = open_page("enhetschef")
    page.goto("/handelser/")
    assert not page.evaluate(TOO_WIDE)
    page.goto("/boenden/kalleback/kontaktlista/lasare/")
    caption = page.locator("caption").first.bounding_box()
    assert caption["width"] > caption["height"]  # not a letter a line
