# SPDX-License-Identifier: EUPL-1.2
"""What the page frame shows around every page: the person's menu and the choice of light or dark."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from platssamverkan.start import registry
from platssamverkan.start.handbook import help_url
from platssamverkan.start.registry import MenuEntry

THEME_COOKIE = "utseende"
TABS_BESIDE_NEW_AND_MORE = 3


class Theme(StrEnum):
    """Light, dark, or as the device says."""

    LIGHT = "light"
    DARK = "dark"
    AUTO = "auto"


@dataclass(frozen=True)
class Section:
    """A boende's pages in the menu. `is_open`: whether they are unfolded."""

    name: str
    entries: list[MenuEntry]
    is_open: bool


class Frame:
    """The page frame's contents, worked out when a template asks, once a request."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def user(self) -> Any:
        """The person signed in, or None (also where sign-in has not been looked at yet, as in an early 400)."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def menu(self) -> list[MenuEntry]:
        """Everything the person has in her menu."""
        return registry.menu_for(self.user) if self.user else []

    @cached_property
    def new_entries(self) -> list[MenuEntry]:
        """What can be written down from anywhere; the first is the main one."""
        return [entry for entry in self.menu if entry.is_new]

    @cached_property
    def new(self) -> MenuEntry | None:
        """The round button of the phone, the button of the rail."""
        return next(iter(self.new_entries), None)

    @cached_property
    def pages(self) -> list[MenuEntry]:
        """The person's own pages, before those of her boenden; none of them twice."""
        placed = {entry.url for entry in self.menu if entry.section}
        return [e for e in self.menu if not e.section and not e.is_new and e.url not in placed]

    @cached_property
    def sections(self) -> list[Section]:
        """The pages of each boende. Of several, only those of the one that the page belongs to are unfolded."""
        placed = [entry for entry in self.menu if entry.section and not entry.is_new]
        names = list(dict.fromkeys(entry.section for entry in placed))
        placed.sort(key=lambda entry: names.index(entry.section))
        grouped = [(name, list(group)) for name, group in groupby(placed, key=lambda entry: entry.section)]
        here = self.current_url
        return [
            Section(name, entries, len(grouped) == 1 or any(entry.url == here for entry in entries))
            for name, entries in grouped
        ]

    @cached_property
    def titles(self) -> list[str]:
        """What the person is here."""
        return registry.titles_for(self.user) if self.user else []

    @cached_property
    def tabs(self) -> list[MenuEntry]:
        """The phone's bottom bar before "Mer": at most four, with the round one in the middle."""
        room = TABS_BESIDE_NEW_AND_MORE + (self.new is None)
        tabs = [entry for entry in self.menu if entry.in_tabbar and not entry.is_new][:room]
        if self.new:
            tabs.insert(min(2, len(tabs)), self.new)
        return tabs

    @cached_property
    def current_url(self) -> str:
        """The address of the menu entry that the page belongs to: the nearest one above it."""
        path = self.request.path
        above = [e.url for e in self.menu if path == e.url or (e.url != "/" and path.startswith(e.url))]
        return max(above, key=len, default="")

    @cached_property
    def help_url(self) -> str:
        """Where the handbook explains this page."""
        match = self.request.resolver_match
        return help_url(self.user, match.view_name if match else "")

    @property
    def is_demo(self) -> bool:
        """Whether this is the demonstration, where letters land in a folder."""
        return bool(settings.DEMO)

    @cached_property
    def theme(self) -> str:
        """The choice in the browser's cookie."""
        chosen = self.request.COOKIES.get(THEME_COOKIE, "")
        return chosen if chosen in (Theme.LIGHT, Theme.DARK) else Theme.AUTO


def frame(request: HttpRequest) -> dict[str, Any]:
    """`frame` for every template. Costs nothing until it is asked."""
    return {"frame": Frame(request)}
