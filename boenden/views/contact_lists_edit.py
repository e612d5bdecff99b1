# SPDX-License-Identifier: EUPL-1.2
"""The contact list as it is changed: groups and lines."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, DetailView, UpdateView

from boenden.actions.contact_lists import (
    archive_group,
    move_entry,
    move_group,
    save_entry,
    save_group,
    share_entry,
)
from boenden.forms.contact_lists import ContactListEntryForm, ContactListGroupForm, MoveEntriesForm
from boenden.models import Boende, ContactList, ContactListEntry, ContactListGroup
from boenden.rights import rights_at
from boenden.views.contact_lists import list_with_right
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.actions import put_away
from platssamverkan.ground.forms import VERSION_FIELD
from platssamverkan.ground.views import RecordFormMixin


class OfList:
    """A page of a list that the user may change: who only reads it is refused, for others it doesn't exist."""

    right = Right.EDIT_LIST
    request: Any
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.contact_list = list_with_right(request.user, kwargs["slug"], self.right)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    @property
    def boende(self) -> Boende:
        """Whose list it is."""
        found: Boende = self.contact_list.boende
        return found

    @cached_property
    def may_share(self) -> bool:
        """Whether the user decides what the readers see."""
        return Right.SHARE_LIST in rights_at(self.request.user, self.contact_list.boende)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The boende, for the page's frame, and the way back."""
        context = {"contact_list": self.contact_list, "boende": self.contact_list.boende, "may_share": self.may_share}
        return super().get_context_data(**context, **kwargs)  # type: ignore[misc]

    def get_success_url(self) -> str:
        """Back to the list as it is changed."""
        return edit_url(self.contact_list)


def edit_url(contact_list: ContactList) -> str:
    """The page where the list is changed."""
    return reverse("boenden:contactlist_update", args=[contact_list.boende.slug])


class ContactListUpdateView(OfList, DetailView):
    """The whole list with what can be done to each group and line."""

    template_name = "boenden/contactlist_update.html"

    def get_object(self, queryset: Any = None) -> ContactList:
        return self.contact_list

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = ContactListEntry.objects.for_list()
        groups = ContactListGroup.objects.active().filter(contact_list=self.contact_list)
        groups = groups.order_by("position", "name").prefetch_related(Prefetch("entries", lines, to_attr="lines"))
        return super().get_context_data(groups=groups, **kwargs)


class GroupMixin(OfList, RecordFormMixin):
    """Create and rename share everything but what they start from."""

    model = ContactListGroup
    form_class: Any = ContactListGroupForm
    success_message = gettext_lazy("Gruppen är sparad.")

    def get_queryset(self) -> Any:
        return ContactListGroup.objects.active().filter(contact_list=self.contact_list)

    def save(self, form: Any) -> ContactListGroup:
        version = form.cleaned_data.get(VERSION_FIELD)
        return save_group(group=form.instance, by=self.request.user, opened_version=version)


class ContactListGroupCreateView(GroupMixin, CreateView):
    """A new heading, last on the list."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": ContactListGroup(contact_list=self.contact_list)}


class ContactListGroupUpdateView(GroupMixin, UpdateView):
    """Rename a group, or take it away."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        move_form = MoveEntriesForm(group=self.object)
        return super().get_context_data(move_form=move_form, line_count=self.object.entries.active().count(), **kwargs)


class EntryMixin(OfList, RecordFormMixin):
    """Create and change share everything but what they start from."""

    model = ContactListEntry
    form_class: Any = ContactListEntryForm
    success_message = gettext_lazy("Raden är sparad.")

    def get_queryset(self) -> Any:
        entries = ContactListEntry.objects.active().filter(group__contact_list=self.contact_list)
        return entries.select_related("group", "person__actor", "actor", "common")

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()  # type: ignore[misc]
        return kwargs | {"contact_list": self.contact_list, "may_share": self.may_share}

    def save(self, form: Any) -> ContactListEntry:
        return save_entry(
            entry=form.instance,
            may_share=self.may_share,
            by=self.request.user,
            opened_version=form.cleaned_data.get(VERSION_FIELD),
        )


class ContactListEntryCreateView(EntryMixin, CreateView):
    """A new line; `?grupp=` says under which heading."""

    def get_initial(self) -> dict[str, Any]:
        return {"group": self.request.GET.get("grupp")}


class ContactListEntryUpdateView(EntryMixin, UpdateView):
    """Change a line, or take it away."""


# ---------- one press each ----------


def group_of(request: HttpRequest, slug: str, pk: Any) -> ContactListGroup:
    """A group of a list that the user may change."""
    contact_list = list_with_right(request.user, slug, Right.EDIT_LIST)
    return get_object_or_404(ContactListGroup.objects.active(), contact_list=contact_list, pk=pk)


def entry_of(request: HttpRequest, slug: str, pk: Any, right: Right = Right.EDIT_LIST) -> ContactListEntry:
    """A line of a list at whose boende the user holds the right."""
    contact_list = list_with_right(request.user, slug, right)
    entries = ContactListEntry.objects.active().select_related("group", "person__actor", "actor", "common")
    return get_object_or_404(entries, group__contact_list=contact_list, pk=pk)


def back_to(slug: str, anchor: Any) -> HttpResponse:
    """The page where the list is changed, at the group or line that was pressed."""
    return HttpResponseRedirect(f"{reverse('boenden:contactlist_update', args=[slug])}#rad-{anchor}")


@require_POST
def contactlistgroup_move(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """One step up or down on the list."""
    group = group_of(request, slug, pk)
    move_group(group=group, direction="up" if request.POST.get("vart") == "upp" else "down", by=request.user)
    return back_to(slug, pk)


@require_POST
def contactlistentry_move(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """One step up or down in the group."""
    entry = entry_of(request, slug, pk)
    move_entry(entry=entry, direction="up" if request.POST.get("vart") == "upp" else "down", by=request.user)
    return back_to(slug, pk)


@require_POST
def contactlistgroup_archive(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Take a group away; its lines go to the group that was chosen."""
    group = group_of(request, slug, pk)
    form = MoveEntriesForm(request.POST, group=group)
    target = form.cleaned_data["move_to"] if form.is_valid() else None
    try:
        archive_group(group=group, move_to=target, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return HttpResponseRedirect(reverse("boenden:contactlistgroup_update", args=[slug, pk]))
    messages.success(request, _("Gruppen %(name)s är borttagen.") % {"name": group})
    return HttpResponseRedirect(reverse("boenden:contactlist_update", args=[slug]))


@require_POST
def contactlistentry_archive(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Take a line off the list."""
    entry = entry_of(request, slug, pk)
    put_away(record=entry, by=request.user)
    messages.success(request, _("%(name)s är borttagen från listan.") % {"name": entry})
    return HttpResponseRedirect(reverse("boenden:contactlist_update", args=[slug]))


@require_POST
def contactlistentry_share(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Let the readers see a line, or not; for whoever shares the list."""
    entry = entry_of(request, slug, pk, Right.SHARE_LIST)
    try:
        share_entry(entry=entry, is_shared="dela" in request.POST, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return back_to(slug, pk)
