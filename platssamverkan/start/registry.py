# SPDX-License-Identifier: EUPL-1.2
"""What the rooms above register when they start: menu entries, things to do, panels of Min dag.

A provider takes the signed-in user and starts at `visible_to`; it must not run more queries for more rows.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone


@dataclass(frozen=True)
class MenuEntry:
    """A link of the menu. `icon` is a name in bootstrap-icons; `section` groups a boende's own pages under its name."""

    label: Any
    url: str
    icon: str
    order: int = 50
    section: str = ""
    short_label: Any = ""  # for the phone's bottom bar
    in_tabbar: bool = False
    is_new: bool = False  # the round button in the middle of the phone's bottom bar


@dataclass(frozen=True)
class Todo:
    """A line under "Att göra": what, when at the latest, and where to do it. Late ones come first."""

    title: Any
    url: str
    due_on: date
    about: Any = ""
    children: bool = False
    mine: bool = False  # the user is the one who said she would do it


@dataclass(frozen=True)
class Panel:
    """A part of Min dag: a template, and what it reads as `panel.…`. `aside` puts it in the narrow column."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 50
    aside: bool = False


MenuProvider = Callable[[Any], Iterable[MenuEntry]]
TodoProvider = Callable[[Any], Iterable[Todo]]
PanelProvider = Callable[[Any], Iterable[Panel]]
BoendePageProvider = Callable[[Any, Any], Iterable[MenuEntry]]  # user, boende
BoendePanelProvider = Callable[[Any, Any], Iterable[Panel]]  # user, boende
LandingProvider = Callable[[Any], str | None]
TitleProvider = Callable[[Any], Iterable[str]]

menu_providers: list[MenuProvider] = []
todo_providers: list[TodoProvider] = []
panel_providers: list[PanelProvider] = []
boende_page_providers: list[BoendePageProvider] = []  # a boende's own pages: in the rail, and under its header
boende_panel_providers: list[BoendePanelProvider] = []  # what the rooms above add to a boende's overview
landing_providers: list[LandingProvider] = []  # where someone without a Min dag of her own lands
title_providers: list[TitleProvider] = []  # what someone is here: "personal, Kallebäcks boende"


def menu_for(user: Any) -> list[MenuEntry]:
    """Every entry the user has, in order."""
    return sorted((entry for provide in menu_providers for entry in provide(user)), key=lambda entry: entry.order)


def todos_for(user: Any) -> list[Todo]:
    """Everything due for the user: her own that is due today or late, then the rest, earliest first."""
    today = timezone.localdate()
    todos = [todo for provide in todo_providers for todo in provide(user)]
    return sorted(todos, key=lambda todo: (not (todo.mine and todo.due_on <= today), todo.due_on))


def panels_for(user: Any) -> list[Panel]:
    """The panels of the user's Min dag, in order."""
    return sorted((panel for provide in panel_providers for panel in provide(user)), key=lambda panel: panel.order)


def boende_pages_for(user: Any, boende: Any) -> list[MenuEntry]:
    """The boende's own pages that the user may open, in order. The rail shows them for someone with few boenden."""
    entries = (entry for provide in boende_page_providers for entry in provide(user, boende))
    return sorted(entries, key=lambda entry: entry.order)


def boende_panels_for(user: Any, boende: Any) -> list[Panel]:
    """What the rooms above show on the boende's overview, in order."""
    panels = (panel for provide in boende_panel_providers for panel in provide(user, boende))
    return sorted(panels, key=lambda panel: panel.order)


def landing_for(user: Any) -> str | None:
    """Where the user lands instead of on Min dag, if anywhere."""
    return next((url for provide in landing_providers if (url := provide(user))), None)


def titles_for(user: Any) -> list[str]:
    """What the user is here, one line each."""
    return [title for provide in title_providers for title in provide(user)]
