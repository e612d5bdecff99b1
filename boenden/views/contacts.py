# SPDX-License-Identifier: EUPL-1.2
"""Pages of the contact log."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, DetailView, ListView, UpdateView
from django_filters.views import FilterView

from boenden.actions import contacts as actions
from boenden.forms.contacts import ContactFilter, ContactForm
from boenden.models import Boende, Contact
from boenden.rights import has_right
from boenden.views.at_boende import AtBoende, boende_for
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.actions import put_away
from platssamverkan.ground.forms import VERSION_FIELD
from platssamverkan.ground.paging import UncountedPaginator
from platssamverkan.ground.views import RecordFormMixin


class ContactListView(AtBoende, FilterView):
    """The contact log of a boende, latest first."""

    reads = Right.READ_CONTACTS
    filterset_class = ContactFilter
    template_name = "boenden/contact_list.html"
    paginate_by = 50
    paginator_class = UncountedPaginator
    page_kwarg = "sida"
    strict = False

    def get_queryset(self) -> Any:
        return Contact.objects.visible_to(self.request.user).filter(boende=self.boende).for_list()

    def get_filterset_kwargs(self, filterset_class: Any) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(filterset_class), "boende": self.boende}


class ContactDetailView(AtBoende, DetailView):
    """One contact, and what was promised."""

    reads = Right.READ_CONTACTS
    template_name = "boenden/contact_detail.html"

    def get_queryset(self) -> Any:
        return Contact.objects.visible_to(self.request.user).filter(boende=self.boende).for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        actor = self.object.actor
        neighbour = self.boende.neighbours.in_use().filter(actor=actor).first() if actor else None
        if neighbour:
            neighbour.boende = self.boende
        return super().get_context_data(neighbour=neighbour, **kwargs)


class ContactFormView(AtBoende, RecordFormMixin):
    """What writing and changing a contact share."""

    reads = Right.READ_CONTACTS
    writes = Right.EDIT_CONTACTS
    form_class: Any = ContactForm
    template_name: Any = "boenden/contact_form.html"
    success_message = _("Kontakten är sparad.")

    def save(self, form: Any) -> Contact:
        version = form.cleaned_data.get(VERSION_FIELD)
        return actions.save_contact(contact=form.instance, by=self.request.user, opened_version=version)


class ContactCreateView(ContactFormView, CreateView):
    """A new contact, quick enough for a phone at the door. ?aktor= preselects whom it was with."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": Contact(boende=self.boende)}

    def get_initial(self) -> dict[str, Any]:
        chosen = self.request.GET.get("aktor", "")
        return {"follow_up_by": self.request.user.pk, "actor": chosen if is_uuid(chosen) else None}


class ContactUpdateView(ContactFormView, UpdateView):
    """A contact's text and promise."""

    def get_queryset(self) -> Any:
        rows = Contact.objects.editable_by(self.request.user).active().filter(boende=self.boende)
        return rows.select_related("boende", "actor", "person", "follow_up_by")


class ContactStartView(ListView):
    """Where a new contact belongs, for someone at several boenden; with one it is there at once."""

    template_name = "boenden/contact_start.html"

    def get_queryset(self) -> Any:
        return Boende.objects.with_right(self.request.user, Right.EDIT_CONTACTS).for_list()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not has_right(request.user, Right.EDIT_CONTACTS):
            raise PermissionDenied
        boenden = list(self.get_queryset()[:2])
        if len(boenden) == 1:
            return redirect("boenden:contact_create", slug=boenden[0].slug)
        return super().get(request, *args, **kwargs)


def is_uuid(text: str) -> bool:
    """Whether a text is an id."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def contact_to_write(request: HttpRequest, slug: str, pk: UUID) -> Contact:
    """The contact, for someone who may change it; Http404 or PermissionDenied for everyone else."""
    boende = boende_for(request.user, slug, reads=Right.READ_CONTACTS, writes=Right.EDIT_CONTACTS)
    return get_object_or_404(Contact.objects.editable_by(request.user).active().filter(boende=boende), pk=pk)


@require_POST
def contact_followed_up(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """What was promised has been done."""
    contact = contact_to_write(request, slug, pk)
    if contact.follow_up_on is None:
        messages.error(request, __("Det finns inget löfte att följa upp."))
    else:
        actions.note_followed_up(contact=contact, by=request.user)
        messages.success(request, __("Löftet är uppföljt."))
    return redirect(contact)


@require_POST
def contact_archive(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Take the contact out of the log."""
    contact = contact_to_write(request, slug, pk)
    put_away(record=contact, by=request.user)
    messages.success(request, __("Kontakten är arkiverad. Ingenting är borttaget."))
    return redirect("boenden:contact_list", slug=slug)
