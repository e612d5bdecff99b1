# SPDX-License-Identifier: EUPL-1.2
"""What the rooms above register when they start: menu entries, things to do, panels of Min dag, what can be found.

A provider takes the signed-in user and starts at `visible_to`; it must not run more queries for more rows.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from platssamverkan.ground.search import Terms


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
class CalendarDay:
    """A whole day in a person's own calendar: what, where it is read, and one id for its whole life."""

    uid: str
    day: date
    title: str
    url: str
    changed_at: datetime


@dataclass(frozen=True)
class Panel:
    """A part of Min dag: a template, and what it reads as `panel.…`. `aside` puts it in the narrow column."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 50
    aside: bool = False


@dataclass(frozen=True)
class Hit:
    """Something found: its name, where it is read, and what tells it from others of the name."""

    title: Any
    url: str
    about: Any = ""


@dataclass(frozen=True)
class SearchSource:
    """One kind of thing that can be found.

    `find(user, terms, limit)` starts at `visible_to`, takes at most two queries, and gives nothing that the user's own
    pages do not show her; no text that only a detail page may show is in a hit. `all_url(user, terms)` is the list
    that shows all of them, filtered; without one, or where it gives "", the search page itself does.
    """

    key: str  # in the address of the search page
    label: Any
    icon: str
    find: "Callable[[Any, Terms, int], list[Hit]]"
    order: int = 50
    all_url: "Callable[[Any, Terms], str] | None" = None


@dataclass(frozen=True)
class Found:
    """What one source found, and where the rest of it is shown, if there is more."""

    source: SearchSource
    hits: list[Hit]
    has_more: bool
    all_url: str


MenuProvider = Callable[[Any], Iterable[MenuEntry]]
TodoProvider = Callable[[Any], Iterable[Todo]]
PanelProvider = Callable[[Any], Iterable[Panel]]
BoendePageProvider = Callable[[Any, Any], Iterable[MenuEntry]]  # user, boende
BoendePanelProvider = Callable[[Any, Any], Iterable[Panel]]  # user, boende
ForumPageProvider = Callable[[Any, Any], Iterable[MenuEntry]]  # user, what she is in the forum (forum/access.py)
HandbookProvider = Callable[[Any], Iterable[str]]
CalendarProvider = Callable[[Any], Iterable[CalendarDay]]
LandingProvider = Callable[[Any], str | None]
TitleProvider = Callable[[Any], Iterable[str]]

menu_providers: list[MenuProvider] = []
todo_providers: list[TodoProvider] = []
panel_providers: list[PanelProvider] = []
boende_page_providers: list[BoendePageProvider] = []  # a boende's own pages: in the rail, and under its header
boende_panel_providers: list[BoendePanelProvider] = []  # what the rooms above add to a boende's overview
forum_page_providers: list[ForumPageProvider] = []  # what the rooms above add to a forum's page
own_day_providers: list[Callable[[Any], bool]] = []  # whether someone has a Min dag of her own, wherever else she reads
landing_providers: list[LandingProvider] = []  # where someone without a Min dag of her own lands
title_providers: list[TitleProvider] = []  # what someone is here: "personal, Kallebäcks boende"
calendar_providers: list[CalendarProvider] = []  # days of the calendar link that is a person's own
search_sources: list[SearchSource] = []
handbook_providers: list[HandbookProvider] = []  # the handbook's pages about what the user is: "personal", "granne"
help_topics: dict[str, str] = {}  # view name → the heading's anchor in the handbook, the same in every role's page


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


def forum_pages_for(user: Any, place: Any) -> list[MenuEntry]:
    """What the rooms above show of the forum, in order. `place` says which forum, and what the user is in it."""
    entries = (entry for provide in forum_page_providers for entry in provide(user, place))
    return sorted(entries, key=lambda entry: entry.order)


def landing_for(user: Any) -> str | None:
    """Where the user lands instead of on Min dag, if anywhere."""
    if any(has_own_day(user) for has_own_day in own_day_providers):
        return None
    return next((url for provide in landing_providers if (url := provide(user))), None)


def titles_for(user: Any) -> list[str]:
    """What the user is here, one line each."""
    return [title for provide in title_providers for title in provide(user)]


def search(user: Any, terms: Terms, limit: int, only: str = "") -> list[Found]:
    """What the user finds, at most so many of each kind, those with hits in order; of one kind alone with its key."""
    groups = []
    for source in sorted(search_sources, key=lambda source: source.order):
        if only and source.key != only:
            continue
        hits = source.find(user, terms, limit + 1)
        if hits:
            all_url = source.all_url(user, terms) if source.all_url else ""
            groups.append(Found(source, hits[:limit], len(hits) > limit, all_url))
    return groups
