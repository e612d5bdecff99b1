# SPDX-License-Identifier: EUPL-1.2
"""Min dag and the page "Mer"."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from platssamverkan.start import registry
from platssamverkan.start.registry import MenuEntry, Panel, Todo
from platssamverkan.start.views import greeting

STAFF = ["systemforvaltare", "forvaltningschef", "enhetschef", "personal", "boendeombud"]


@pytest.fixture
def rooms(monkeypatch):
    """Rooms of the test's own; the test fills in what they register."""
    for kind in ("todo", "panel", "menu", "landing"):
        monkeypatch.setattr(registry, f"{kind}_providers", [])
    return registry


def todo(days: int, title: str = "Återkom", **more) -> Todo:
    return Todo(title, "/dit/", timezone.localdate() + timedelta(days=days), **more)


@pytest.mark.parametrize(
    ("hour", "words"),
    [(0, "God natt"), (4, "God natt"), (5, "God morgon"), (10, "God dag"), (17, "God dag"), (18, "God kväll")],
)
def test_the_greeting_is_of_the_hour(hour, words):
    assert greeting(time(hour)) == words


@pytest.mark.parametrize("name", STAFF)
def test_everyone_with_a_role_has_a_day(as_user, name):
    assert as_user(name).get("/").status_code == 200


def test_the_greeting_uses_the_clock_here_and_the_first_name(as_user):
    with time_machine.travel(datetime(2026, 11, 23, 22, 40, tzinfo=ZoneInfo("Europe/Stockholm"))):
        html = as_user("personal").get("/").content.decode()
    assert "God kväll, Personal" in html
    assert "Måndag 23 november · Kallebäcks boende" in html


def test_a_list_reader_lands_on_her_list(as_user):
    response = as_user("granne").get("/")
    assert response.status_code == 302
    assert as_user("granne").get(response.headers["Location"]).status_code == 200
    assert "Min dag" not in as_user("granne").get("/mer/").content.decode()


def test_somebody_unknown_is_asked_to_sign_in(as_user):
    for address in ("/", "/mer/"):
        assert as_user("anonymous").get(address).headers["Location"].startswith("/konto/login/")


def test_the_main_thing_to_write_down_is_the_one_primary_button(as_user, rooms):
    rooms.menu_providers.append(
        lambda user: [
            MenuEntry("Ny händelse", "/h/ny/", "plus-lg", 1, is_new=True),
            MenuEntry("Ny kontakt", "/k/ny/", "person-plus", 2, is_new=True),
        ]
    )
    html = as_user("personal").get("/").content.decode()
    assert html.count("btn-primary") == 1
    assert '<a class="btn btn-primary btn-main" href="/h/ny/"' in html
    assert '<a class="btn btn-secondary btn-main" href="/k/ny/"' in html


def test_late_comes_first_with_its_shape_and_children_are_marked(as_user, rooms):
    rooms.todo_providers += [
        lambda user: [todo(5, "Senare sak")],
        lambda user: [todo(-2, "Försenad sak", children=True, about="Brf Utsikten"), todo(0, "Dagens sak")],
    ]
    html = as_user("personal").get("/").content.decode()
    assert html.index("Försenad sak") < html.index("Dagens sak") < html.index("Senare sak")
    assert "Försenat: " in html
    assert "Rör barn" in html
    assert "Brf Utsikten" in html


def test_seven_things_and_the_rest_on_demand(as_user, rooms):
    rooms.todo_providers.append(lambda user: [todo(n, f"Sak nummer {n}.") for n in range(9)])
    client = as_user("personal")
    html = client.get("/").content.decode()
    assert "Sak nummer 6." in html
    assert "Sak nummer 7." not in html
    assert ">Alla 9<" in html
    everything = client.get("/?alla=1").content.decode()
    assert "Sak nummer 8." in everything
    assert "Alla 9" not in everything


def test_seven_are_all(as_user, rooms):
    rooms.todo_providers.append(lambda user: [todo(n) for n in range(7)])
    assert "?alla=1" not in as_user("personal").get("/").content.decode()


def test_an_empty_day_says_what_will_be_there(as_user, rooms):
    assert "Inget att göra just nu" in as_user("personal").get("/").content.decode()


def test_panels_stand_in_order_in_their_columns(as_user, rooms):
    context = {"title": "sist"}
    rooms.panel_providers.append(
        lambda user: [
            Panel("components/pager.html", {"next_url": "?sist"}, order=2),
            Panel("components/pager.html", {"next_url": "?först"}, order=1),
            Panel("components/pager.html", {"next_url": "?bredvid"}, aside=True),
        ]
    )
    response = as_user("personal").get("/", context)
    assert [panel.context["next_url"] for panel in response.context["panels"]] == ["?först", "?sist"]
    assert [panel.context["next_url"] for panel in response.context["asides"]] == ["?bredvid"]
    assert 'class="stack-large aside"' in response.content.decode()


def test_more_lists_the_whole_menu(as_user, rooms):
    rooms.menu_providers.append(
        lambda user: [
            MenuEntry("Ny händelse", "/h/ny/", "plus-lg", is_new=True),
            MenuEntry("Händelser", "/h/", "journal"),
            MenuEntry("Kontaktlista", "/b/lista/", "telephone", section="Kallebäck"),
        ]
    )
    html = as_user("personal").get("/mer/").content.decode().split("<main")[1]
    for words in ("Ny händelse", "Händelser", "Kallebäck", "Kontaktlista", "Ljust", "Mörkt", "Logga ut"):
        assert words in html


@pytest.mark.parametrize("name", ["post", "put", "delete"])
def test_a_day_is_only_read(as_user, name):
    assert getattr(as_user("personal"), name)("/").status_code == 405
