# SPDX-License-Identifier: EUPL-1.2
"""Pages of the contact persons at the actors around a boende."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, UpdateView

from boenden.actions.persons import save_person, verify_person
from boenden.actions.removals import archive_person
from boenden.forms.actors import ContactPersonForm
from boenden.models import Boende, ContactPerson, Neighbour
from boenden.views.actors import editable_neighbours
from boenden.views.at_boende import AtBoende, boende_for
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.forms import VERSION_FIELD
from platssamverkan.ground.views import RecordFormMixin


class PersonFormView(AtBoende, RecordFormMixin):
    """What making and changing a person share."""

    reads = Right.READ_ACTORS
    writes = Right.EDIT_ACTORS
    form_class: Any = ContactPersonForm
    template_name: Any = "boenden/contactperson_form.html"
    success_message = _("Kontaktpersonen är sparad.")

    @cached_property
    def neighbour(self) -> Neighbour:
        """The actor she belongs to, as the boende's neighbour."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(neighbour=self.neighbour, **kwargs)

    def save(self, form: Any) -> ContactPerson:
        opened = form.cleaned_data.get(VERSION_FIELD)
        return save_person(person=form.instance, by=self.request.user, opened_version=opened)

    def get_success_url(self) -> str:
        return self.neighbour.get_absolute_url()


class PersonCreateView(PersonFormView, CreateView):
    """A new contact person at an actor."""

    @cached_property
    def neighbour(self) -> Neighbour:
        return get_object_or_404(editable_neighbours(self.request.user, self.boende), pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": ContactPerson(actor=self.neighbour.actor)}


class PersonUpdateView(PersonFormView, UpdateView):
    """A contact person's data."""

    object: ContactPerson

    @cached_property
    def neighbour(self) -> Neighbour:
        return neighbour_of(self.object, self.boende)

    def get_queryset(self) -> Any:
        return editable_persons(self.request.user, self.boende)


def editable_persons(user: Any, boende: Boende) -> Any:
    """The contact persons around the boende that the user may change."""
    return ContactPerson.objects.editable_by(user).around(boende).select_related("actor")


def neighbour_of(person: ContactPerson, boende: Boende) -> Neighbour:
    """The person's actor as the boende's neighbour."""
    return person.actor.neighbours.select_related("boende", "actor").get(boende=boende)


def person_to_write(request: HttpRequest, slug: str, pk: UUID) -> tuple[ContactPerson, Neighbour]:
    """The person and her actor at the boende, for someone who may change them; Http404 or PermissionDenied else."""
    boende = boende_for(request.user, slug, reads=Right.READ_ACTORS, writes=Right.EDIT_ACTORS)
    person = get_object_or_404(editable_persons(request.user, boende), pk=pk)
    return person, neighbour_of(person, boende)


@require_POST
def person_verify(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """The data were checked today; the button pressed says how."""
    person, neighbour = person_to_write(request, slug, pk)
    how = request.POST.get("how", "")
    if how in ContactPerson.VerifiedHow.values:
        verify_person(person=person, how=how, by=request.user)
        messages.success(request, __("%(person)s är kontrollerad i dag.") % {"person": person})
    else:
        messages.error(request, __("Välj hur uppgiften kontrollerades."))
    return redirect(neighbour)


@require_POST
def person_archive(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Put the person away, and take her off the contact lists."""
    person, neighbour = person_to_write(request, slug, pk)
    archive_person(person=person, by=request.user)
    messages.success(request, __("Kontaktpersonen är arkiverad och står inte längre på kontaktlistan."))
    return redirect(neighbour)
