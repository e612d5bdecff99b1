# SPDX-License-Identifier: EUPL-1.2
"""The neighbour's corner: what the rooms above register for those who only read what is shared with them.

A room adds its page (meetings, papers, synpunkter) with one line on what it is for; it then stands in the reader's menu
and on *Min sida*. And it may add a panel on what she is told there and why. Each provider takes the signed-in user and
starts at `visible_to`; it must not run more queries for more rows.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from platssamverkan.start.registry import Panel


@dataclass(frozen=True)
class CornerPage:
    """A page of the corner. `icon` is a name in bootstrap-icons; `about` is one sentence on what she finds there."""

    label: Any
    url: str
    icon: str
    about: Any
    order: int = 50  # the contact list is 10–20, Min sida comes last
    short_label: Any = ""  # for the phone's bottom bar


PageProvider = Callable[[Any], Iterable[CornerPage]]
PanelProvider = Callable[[Any], Iterable[Panel]]

page_providers: list[PageProvider] = []
told_providers: list[PanelProvider] = []  # panels under "Vad du får veta och varför"


def pages_for(user: Any) -> list[CornerPage]:
    """The corner's pages that the user has, in order."""
    return sorted((page for provide in page_providers for page in provide(user)), key=lambda page: page.order)


def told_for(user: Any) -> list[Panel]:
    """What the user is told and why, room by room, in order."""
    return sorted((panel for provide in told_providers for panel in provide(user)), key=lambda panel: panel.order)
