# SPDX-License-Identifier: EUPL-1.2
"""The contact list as it is read."""

from datetime import date
from itertools import groupby
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST
from django.views.generic import DetailView, ListView

from boenden.actions.contact_lists import start_list
from boenden.list_lines import answers_of
from boenden.models import Boende, ContactList, ContactListEntry
from boenden.rights import rights_at
from platssamverkan.accounts.roles import Right
from platssamverkan.audit.actions import log_reading

ENTRIES_AT_EASE = 9  # lines that fit on one A4 in full size


def visible_list(user: Any, slug: str) -> ContactList:
    """The list, if it exists for the user, whole or in its shared part; else 404."""
    lists = ContactList.objects.visible_to(user).select_related("boende__forvaltning")
    return get_object_or_404(lists, boende__slug=slug)


def list_with_right(user: Any, slug: str, right: Right) -> ContactList:
    """The list for someone who holds a right at its boende; who only reads it is refused."""
    contact_list = visible_list(user, slug)
    if right not in rights_at(user, contact_list.boende):
        raise PermissionDenied
    return contact_list


class Reading:
    """A list as one user may read it: page, print and files all take their lines from here and nowhere else."""

    def __init__(self, contact_list: ContactList, user: Any) -> None:
        self.contact_list = contact_list
        self.boende = contact_list.boende
        self.rights = rights_at(user, self.boende)
        self.is_whole = Right.READ_LIST in self.rights
        entries = ContactListEntry.objects.visible_to(user).filter(group__contact_list=contact_list)
        self.entries = list(entries.for_list())

    @property
    def reads_boende(self) -> bool:
        """Whether she has more of the boende than its list."""
        return Right.READ_BOENDE in self.rights

    @property
    def emergency(self) -> ContactListEntry | None:
        """112, which stands above the groups."""
        return next((entry for entry in self.entries if entry.is_emergency), None)

    @property
    def groups(self) -> list[tuple[Any, list[ContactListEntry]]]:
        """The groups with their lines, in order."""
        rest = (entry for entry in self.entries if not entry.is_emergency)
        return [(group, list(lines)) for group, lines in groupby(rest, key=lambda entry: entry.group)]

    @property
    def updated_on(self) -> date:
        """The day something that the user sees here was last changed."""
        sources = [source for e in self.entries for source in (e, e.person, e.actor, e.common) if source]
        return timezone.localdate(max([self.contact_list.changed_at, *(source.changed_at for source in sources)]))

    @property
    def is_long(self) -> bool:
        """Whether it must be set closer to fit on one A4."""
        return len(self.entries) > ENTRIES_AT_EASE

    @property
    def answers(self) -> str:
        """When the akutnummer is answered, as the beginning of a sentence."""
        return answers_of(self.boende)


class ContactListView(DetailView):
    """The list. A reader's opening it is logged, staff's is not (the one write a GET makes)."""

    object: ContactList

    def get_object(self, queryset: Any = None) -> ContactList:
        return visible_list(self.request.user, self.kwargs["slug"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reading = Reading(self.object, self.request.user)
        if not reading.is_whole:
            log_reading(record=self.object, by=self.request.user)
        rights = reading.rights
        return super().get_context_data(
            reading=reading,
            boende=self.object.boende,
            may_edit=Right.EDIT_LIST in rights,
            may_share=Right.SHARE_LIST in rights,
            may_read_boende=reading.reads_boende,
            **kwargs,
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The page; where a boende has no list yet, the offer to make one."""
        if ContactList.objects.filter(boende__slug=kwargs["slug"]).exists():
            return super().get(request, *args, **kwargs)
        return ContactListMissingView.as_view()(request, *args, **kwargs)


class ContactListMissingView(DetailView):
    """A boende without a list, for those who would read it."""

    template_name = "boenden/contactlist_missing.html"
    context_object_name = "boende"

    def get_queryset(self) -> Any:
        return Boende.objects.active().with_right(self.request.user, Right.READ_LIST)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_edit = Right.EDIT_LIST in rights_at(self.request.user, self.object)
        return super().get_context_data(may_edit=may_edit, **kwargs)


@require_POST
def contactlist_start(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the list of a boende that has none."""
    boende = get_object_or_404(Boende.objects.active().with_right(request.user, Right.READ_LIST), slug=slug)
    if Right.EDIT_LIST not in rights_at(request.user, boende):
        raise PermissionDenied
    return HttpResponseRedirect(start_list(boende=boende, by=request.user).get_absolute_url())


class ContactListListView(ListView):
    """The lists someone reads, where they are several."""

    def get_queryset(self) -> Any:
        return ContactList.objects.visible_to(self.request.user).select_related("boende").order_by("boende__name")
