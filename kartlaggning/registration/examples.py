# SPDX-License-Identifier: EUPL-1.2
"""What examples add: their place in the menu, and the demonstration's."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from boenden.rights import has_right
from incidents.demo import make
from kartlaggning.principles_demo import make_examples
from platssamverkan.accounts.roles import Right
from platssamverkan.start import registry
from platssamverkan.start.registry import MenuEntry


def register() -> None:
    """Called once when Django starts."""
    registry.menu_providers.append(menu)
    make.more_rooms.append(make_examples)


def menu(user: Any) -> Iterator[MenuEntry]:
    """The examples of all boenden, for those who work with platssamverkan."""
    if has_right(user, Right.READ_KARTLAGGNING):
        yield MenuEntry(gettext_lazy("Exempel"), reverse("kartlaggning:example_list"), "lightbulb", order=60)
