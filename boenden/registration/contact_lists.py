# SPDX-License-Identifier: EUPL-1.2
"""What contact lists add: their entries in the menu, and where those who only read a list land."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boenden.models import Boende, ContactListReader, ContactPerson
from boenden.rights import assignments_of, has_right, rights_at
from platssamverkan.accounts.roles import Right
from platssamverkan.audit.labels import register_event
from platssamverkan.start import corner
from platssamverkan.start.registry import MenuEntry, boende_page_providers, landing_providers, menu_providers


def register() -> None:
    """Called once when Django starts."""
    menu_providers.append(menu)
    boende_page_providers.append(pages)
    landing_providers.append(landing)
    register_event("moved_up", gettext_lazy("flyttade upp"))
    register_event("moved_down", gettext_lazy("flyttade ner"))


def reader_of(user: Any) -> tuple[list[tuple[str, str]], bool]:
    """(name, slug) of each boende whose list is shared with the user, and whether there are own data to look at.

    Asked once a request, in one query.
    """
    if not user.is_authenticated:
        return [], False
    kept: tuple[list[tuple[str, str]], bool] | None = getattr(user, "_reader_of", None)
    if kept is None:
        lists = ContactListReader.objects.current().filter(user=user.pk, contact_list__archived_at__isnull=True)
        lists, own = lists.order_by(), ContactPerson.objects.own(user).order_by()  # SQLite: no order inside a union
        names = lists.values_list("contact_list__boende__name", "contact_list__boende__slug")
        found = set(names.union(own.values_list(Value(""), Value("")), all=True))
        kept = sorted(found - {("", "")}), bool(found)
        user._reader_of = kept
    return kept


def pages(user: Any, boende: Boende) -> Iterator[MenuEntry]:
    """The boende's list, for those who read it whole."""
    if Right.READ_LIST in rights_at(user, boende):
        url = reverse("boenden:contactlist_detail", args=[boende.slug])
        yield MenuEntry(gettext_lazy("Kontaktlista"), url, "telephone", order=120)


def menu(user: Any) -> Iterator[MenuEntry]:
    """The lists that are shared with the user, and her corner with what the rooms above put there."""
    lists, has_corner = reader_of(user)
    yield from shared_lists(lists)
    if has_corner:
        is_outside = not assignments_of(user)
        for page in corner.pages_for(user):
            yield MenuEntry(
                page.label, page.url, page.icon, page.order, short_label=page.short_label, in_tabbar=is_outside
            )
        yield MenuEntry(
            gettext_lazy("Min sida"),
            reverse("boenden:corner"),
            "person",
            order=90,
            short_label=gettext_lazy("Jag"),
            in_tabbar=is_outside,
        )
    if has_right(user, Right.MANAGE_UNITS):
        url = reverse("boenden:commonentry_list")
        yield MenuEntry(gettext_lazy("Gemensamma nummer"), url, "telephone-plus", order=76)


def shared_lists(lists: list[tuple[str, str]]) -> Iterator[MenuEntry]:
    """The shared lists by name; in the phone's bottom bar the only one, or the page of them."""
    for name, slug in lists:
        label = _("Kontaktlista") if len(lists) == 1 else name
        yield MenuEntry(
            label,
            reverse("boenden:contactlist_detail", args=[slug]),
            "telephone",
            order=20,
            short_label=gettext_lazy("Kontakter"),
            in_tabbar=len(lists) == 1,
        )
    if len(lists) > 1:
        yield MenuEntry(
            gettext_lazy("Kontaktlistor"),
            reverse("boenden:contactlist_list"),
            "telephone",
            order=19,
            short_label=gettext_lazy("Kontakter"),
            in_tabbar=True,
        )


def landing(user: Any) -> str | None:
    """Where someone lands who only reads lists, or only is a contact person."""
    if assignments_of(user):
        return None
    lists, has_corner = reader_of(user)
    if len(lists) == 1:
        return reverse("boenden:contactlist_detail", args=[lists[0][1]])
    if lists:
        return reverse("boenden:contactlist_list")
    return reverse("boenden:corner") if has_corner else None
