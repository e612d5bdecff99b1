# SPDX-License-Identifier: EUPL-1.2
"""What stands round every page: menu, choice of light or dark, messages, pages for what went wrong."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from platssamverkan.look.context import Frame
from platssamverkan.start import registry
from platssamverkan.start.registry import MenuEntry


@pytest.fixture
def menu(monkeypatch):
    """A menu of the test's own, whoever asks; counts how often it is asked for."""
    entries: list[MenuEntry] = []
    asked: list[object] = []

    def provide(user):
        asked.append(user)
        return entries

    monkeypatch.setattr(registry, "menu_providers", [provide])
    monkeypatch.setattr(registry, "title_providers", [lambda user: ["personal, Kallebäck"]])
    return entries, asked


def frame_at(rf, path: str, user, **cookies) -> Frame:
    request = rf.get(path)
    request.user = user
    request.COOKIES |= cookies
    return Frame(request)


class SignedIn:
    is_authenticated = True


def entry(label: str, url: str, **more) -> MenuEntry:
    return MenuEntry(label, url, "house", **more)


def test_nothing_is_asked_for_until_a_template_asks(rf, menu):
    _entries, asked = menu
    frame = frame_at(rf, "/", SignedIn())
    assert asked == []
    frame.menu, frame.pages, frame.tabs, frame.current_url  # noqa: B018
    assert len(asked) == 1


def test_somebody_unknown_has_no_menu(rf, menu):
    frame = frame_at(rf, "/", AnonymousUser())
    assert (frame.user, frame.menu, frame.titles, frame.new) == (None, [], [], None)
    assert frame.theme == "auto"


def test_a_request_refused_before_sign_in_has_a_frame_too(rf):
    assert Frame(rf.get("/")).user is None


def test_new_things_stand_apart_and_boenden_have_their_pages(rf, menu):
    entries, _asked = menu
    entries += [
        entry("Ny händelse", "/handelser/ny/", is_new=True, order=1),
        entry("Ny kontakt", "/kontakter/ny/", is_new=True, order=2),
        entry("Min dag", "/", order=3, in_tabbar=True),
        entry("Boendet", "/boenden/a/", order=4, in_tabbar=True),
        entry("Översikt", "/boenden/a/", order=10, section="A"),
        entry("Översikt B", "/boenden/b/", order=11, section="B"),
        entry("Kontakter", "/boenden/a/kontakter/", order=12, section="A"),
    ]
    frame = frame_at(rf, "/boenden/a/kontakter/1/", SignedIn())
    assert frame.new == entries[0]
    assert [e.label for e in frame.new_entries] == ["Ny händelse", "Ny kontakt"]
    assert [e.label for e in frame.pages] == ["Min dag"]  # the boende stands below already
    unfolded = [(part.name, [e.label for e in part.entries], part.is_open) for part in frame.sections]
    assert unfolded == [("A", ["Översikt", "Kontakter"], True), ("B", ["Översikt B"], False)]
    assert [e.label for e in frame.tabs] == ["Min dag", "Boendet", "Ny händelse"]
    assert frame.titles == ["personal, Kallebäck"]


@pytest.mark.parametrize(("has_new", "tabs"), [(True, ["1", "2", "Ny", "3"]), (False, ["1", "2", "3", "4"])])
def test_the_bottom_bar_holds_four_beside_more(rf, menu, has_new, tabs):
    entries, _asked = menu
    entries += [entry(str(n), f"/{n}/", order=n, in_tabbar=True) for n in range(1, 7)]
    if has_new:
        entries.append(entry("Ny", "/ny/", is_new=True, in_tabbar=True))
    assert [e.label for e in frame_at(rf, "/", SignedIn()).tabs] == tabs


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", "/"),
        ("/handelser/", "/handelser/"),
        ("/handelser/ny/", "/handelser/ny/"),
        ("/handelser/123/", "/handelser/"),
        ("/annat/", ""),
    ],
)
def test_the_nearest_entry_above_is_where_one_is(rf, menu, path, current):
    entries, _asked = menu
    entries += [entry("d", "/"), entry("h", "/handelser/"), entry("n", "/handelser/ny/", is_new=True)]
    assert frame_at(rf, path, SignedIn()).current_url == current


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ('"><script>', "auto")])
def test_the_theme_is_one_of_three(rf, cookie, theme):
    assert frame_at(rf, "/", AnonymousUser(), utseende=cookie).theme == theme


def test_light_and_dark_are_kept_in_the_browser(as_user):
    client = as_user("personal")
    assert b'data-bs-theme="' not in client.get("/mer/").content
    response = client.post("/utseende/", {"theme": "dark", "next": "/mer/"})
    assert response.headers["Location"] == "/mer/"
    assert b'data-bs-theme="dark"' in client.get("/mer/").content
    client.post("/utseende/", {"theme": "auto", "next": "/mer/"})
    assert b'data-bs-theme="' not in client.get("/mer/").content


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_choice_leads_nowhere_else(as_user, elsewhere):
    response = as_user("anonymous").post("/utseende/", {"theme": "light", "next": elsewhere})
    assert response.headers["Location"] == "/mer/"


def test_the_choice_is_posted(as_user):
    assert as_user("personal").get("/utseende/").status_code == 405


def test_every_page_is_swedish_private_and_without_inline_code(as_user):
    html = as_user("personal").get("/mer/").content.decode()
    assert '<html lang="sv"' in html
    assert '<meta name="robots" content="noindex">' in html
    assert 'href="#innehall"' in html
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html)
    assert re.search(r'<form action="/konto/logout/" method="post">', html)


def test_400_for_what_no_database_can_hold(as_user):
    response = as_user("personal").get("/mer/?q=%00")
    assert response.status_code == 400
    assert "Adressen går inte att läsa" in response.content.decode()


def test_404_is_kind(as_user):
    response = as_user("personal").get("/finns-inte/")
    assert response.status_code == 404
    assert "Sidan finns inte" in response.content.decode()


def test_403_for_an_old_form(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast["personal"])
    response = client.post("/utseende/", {"theme": "dark"})
    assert response.status_code == 403
    assert "för gammal" in response.content.decode()


def test_500_needs_nothing_that_can_be_broken(as_user, monkeypatch):
    def broken(user):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(registry, "todo_providers", [broken])
    client = as_user("personal")
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    html = response.content.decode()
    assert "Något gick fel hos oss" in html
    assert "personal@" not in html
