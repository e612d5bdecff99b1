# SPDX-License-Identifier: EUPL-1.2
"""What examples add: their place in the menu, and the demonstration's."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy

from boenden.rights import has_right
from incidents.demo import make
from kartlaggning.forms.examples import TEXTS
from kartlaggning.models import Example
from kartlaggning.principles_demo import make_examples
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.search import Terms, found
from platssamverkan.start import registry
from platssamverkan.start.registry import Hit, MenuEntry, SearchSource


def register() -> None:
    """Called once when Django starts."""
    registry.menu_providers.append(menu)
    make.more_rooms.append(make_examples)
    registry.search_sources.append(
        SearchSource("exempel", gettext_lazy("Exempel"), "lightbulb", find, order=70, all_url=all_url)
    )


def menu(user: Any) -> Iterator[MenuEntry]:
    """The examples of all boenden, for those who work with platssamverkan."""
    if has_right(user, Right.READ_KARTLAGGNING):
        yield MenuEntry(gettext_lazy("Exempel"), reverse("kartlaggning:example_list"), "lightbulb", order=60)


def find(user: Any, terms: Terms, limit: int) -> list[Hit]:
    """What the list of examples finds: those that are published, and the drafts of the user's own boenden."""
    if not has_right(user, Right.READ_KARTLAGGNING):
        return []
    rows = found(Example.objects.visible_to(user).for_list(), terms, *TEXTS, "boende__name")
    return [
        Hit(example.title, example.get_absolute_url(), f"{example.get_principle_display()} · {example.boende}")
        for example in rows[:limit]
    ]


def all_url(user: Any, terms: Terms) -> str:
    """Their list, filtered."""
    return reverse("kartlaggning:example_list") + "?" + urlencode({"q": terms.words})
