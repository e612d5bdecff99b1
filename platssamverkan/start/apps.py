# SPDX-License-Identifier: EUPL-1.2
"""The start page (Min dag), the menu and the page "Mer": places that the rooms above fill."""

from collections.abc import Iterator
from typing import Any

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class StartConfig(AppConfig):
    """Places that the rooms above fill."""

    name = "platssamverkan.start"

    def ready(self) -> None:
        from platssamverkan.start import registry

        registry.menu_providers.append(menu)
        registry.help_topics.update({"start": "min-dag", "search": "soka", "notices:notice_list": "meddelanden"})


def menu(user: Any) -> Iterator[Any]:
    """Min dag, for those who have one."""
    from platssamverkan.start import registry

    if registry.landing_for(user) is None:
        yield registry.MenuEntry(_("Min dag"), reverse("start"), "house", order=0, in_tabbar=True)
