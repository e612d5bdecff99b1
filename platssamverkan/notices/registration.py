# SPDX-License-Identifier: EUPL-1.2
"""What notices add to the menu and to Min dag."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from platssamverkan.accounts.rights import has_right
from platssamverkan.accounts.roles import Right
from platssamverkan.notices.digests import send_digests
from platssamverkan.notices.models import Notice
from platssamverkan.notices.providers import register_sender
from platssamverkan.start import registry
from platssamverkan.start.registry import MenuEntry, Panel

SHOWN_ON_START = 3


def menu(user: Any) -> Iterator[MenuEntry]:
    """One entry for whoever works at a boende or with the system; the list's readers have the list and nothing else."""
    if has_right(user, Right.READ_BOENDE):
        yield MenuEntry(_("Meddelanden"), reverse("notices:notice_list"), "bell", order=68)


def panels(user: Any) -> Iterator[Panel]:
    """The latest unread, if there are any."""
    unread = list(Notice.objects.addressed_to(user).filter(read_at=None).for_list()[:SHOWN_ON_START])
    if unread:
        yield Panel("notices/_unread.html", {"notices": unread}, order=90, aside=True)


def register_all() -> None:
    """Called when the application starts."""
    registry.menu_providers.append(menu)
    registry.panel_providers.append(panels)
    register_sender("digests", send_digests)
