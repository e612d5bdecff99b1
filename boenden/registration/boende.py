# SPDX-License-Identifier: EUPL-1.2
"""What boenden add: their pages in the menu, the akutnummer to try, numbers that are good to have near."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boenden.models import Boende, CommonEntry
from boenden.rights import boenden_in_menu, has_right, own_boenden, rights_at
from platssamverkan.accounts.roles import Right
from platssamverkan.start import registry
from platssamverkan.start.registry import MenuEntry, Panel, Todo

NEARBY = 4  # numbers on Min dag


def register() -> None:
    """Called once when Django starts."""
    registry.menu_providers.append(menu)
    registry.boende_page_providers.append(pages)
    registry.todo_providers.append(todos)
    registry.panel_providers.append(panels)


def menu(user: Any) -> Iterator[MenuEntry]:
    """The boenden the user reaches; few of them with all their pages."""
    if not has_right(user, Right.READ_BOENDE):
        return
    boenden = boenden_in_menu(user)
    if len(boenden) == 1:
        home = boenden[0].get_absolute_url()
        short = MenuEntry(gettext_lazy("Boendet"), home, "house-door", order=30, in_tabbar=True)
    else:
        short = MenuEntry(gettext_lazy("Boenden"), reverse("boenden:boende_list"), "houses", order=30, in_tabbar=True)
    yield short
    for boende in boenden:
        for entry in registry.boende_pages_for(user, boende):
            yield MenuEntry(entry.label, entry.url, entry.icon, order=entry.order, section=str(boende))


def pages(user: Any, boende: Boende) -> Iterator[MenuEntry]:
    """The overview, for those for whom the boende itself exists (a reader of its list sees the list alone)."""
    if Right.READ_BOENDE not in rights_at(user, boende):
        return
    yield MenuEntry(gettext_lazy("Översikt"), boende.get_absolute_url(), "compass", order=110)
    if boende.is_planned:
        url = reverse("boenden:opening", args=[boende.slug])
        yield MenuEntry(gettext_lazy("Före öppningen"), url, "list-check", order=190)


def todos(user: Any) -> Iterator[Todo]:
    """An akutnummer that nobody has tried for a year, for those who look after it at a boende of their own."""
    if not has_right(user, Right.SHARE_LIST):
        return
    own = Boende.objects.editable_by(user).filter(pk__in=[boende.pk for boende in own_boenden(user)])
    for boende in own.akutnummer_to_test():
        yield Todo(
            title=_("Provring akutnumret"),
            url=boende.get_absolute_url(),
            due_on=timezone.localdate(),
            about=str(boende),
        )


def panels(user: Any) -> Iterator[Panel]:
    """Numbers that are good to have near, for those who work at a boende."""
    boenden = own_boenden(user)
    if not boenden:
        return
    forvaltningar = {boende.forvaltning_id for boende in boenden}
    near = CommonEntry.objects.filter(Q(forvaltning__isnull=True) | Q(forvaltning__in=forvaltningar)).for_list()
    context = {"own": [boende for boende in boenden if boende.akutnummer], "entries": list(near[:NEARBY])}
    if any(context.values()):
        yield Panel("boenden/boende_nearby.html", context, order=80, aside=True)
