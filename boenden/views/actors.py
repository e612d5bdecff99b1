# SPDX-License-Identifier: EUPL-1.2
"""Pages of the actors around a boende."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, DetailView, UpdateView
from django_filters.views import FilterView

from boenden.actions import actors as actions
from boenden.forms.actors import ActorForm, NeighbourFilter, NeighbourForm, NewNeighbourForm
from boenden.models import Actor, Boende, Neighbour
from boenden.rights import rights_at
from boenden.views.at_boende import AtBoende, boende_for
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.actions import put_away
from platssamverkan.ground.forms import VERSION_FIELD
from platssamverkan.ground.paging import UncountedPaginator
from platssamverkan.ground.views import RecordFormMixin
from platssamverkan.ground.way_back import way_back

LATEST_CONTACTS = 10


class NeighbourListView(AtBoende, FilterView):
    """The actors around a boende, nearest first."""

    reads = Right.READ_ACTORS
    filterset_class = NeighbourFilter
    template_name = "boenden/neighbour_list.html"
    paginate_by = 50
    paginator_class = UncountedPaginator
    page_kwarg = "sida"
    strict = False

    def get_queryset(self) -> Any:
        return Neighbour.objects.visible_to(self.request.user).filter(boende=self.boende).for_list()


class NeighbourDetailView(AtBoende, DetailView):
    """An actor: what it is, how it stands to the boende, its people, and what has been said."""

    reads = Right.READ_ACTORS
    template_name = "boenden/neighbour_detail.html"

    def get_queryset(self) -> Any:
        rows = Neighbour.objects.visible_to(self.request.user).in_use().filter(boende=self.boende)
        return rows.select_related("actor__category", "actor__forvaltning", "boende")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, actor = self.request.user, self.object.actor
        others = actor.neighbours.visible_to(user).in_use().exclude(pk=self.object.pk)
        contacts = None
        if Right.READ_CONTACTS in rights_at(user, self.boende):
            contacts = self.boende.contacts.for_list().filter(actor=actor)[:LATEST_CONTACTS]
        return super().get_context_data(
            actor=actor,
            persons=actor.persons.active(),
            others=others.select_related("boende").order_by("boende__name"),
            contacts=contacts,
            **kwargs,
        )


class NeighbourCreateView(AtBoende, RecordFormMixin, CreateView):
    """A new actor around the boende, or one that the förvaltning has already, tied to it."""

    reads = Right.READ_ACTORS
    writes = Right.EDIT_ACTORS
    model = Actor
    form_class = NewNeighbourForm
    template_name = "boenden/neighbour_form.html"
    neighbour: Neighbour

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "boende": self.boende}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = Actor.objects.active().filter(forvaltning=self.boende.forvaltning)
        return super().get_context_data(known=known.values_list("name", flat=True), **kwargs)

    def save(self, form: Any) -> Actor:
        if form.chosen:
            self.neighbour = actions.tie_actor(neighbour=form.neighbour, by=self.request.user)
            self.success_message = _("Aktören fanns redan och är nu knuten till boendet.")
        else:
            self.neighbour = actions.create_neighbour(neighbour=form.neighbour, by=self.request.user)
            self.success_message = _("Aktören är sparad.")
        return self.neighbour.actor

    def already_saved(self, form: Any) -> Any:
        actor = super().already_saved(form)
        if actor:
            self.neighbour = get_object_or_404(Neighbour, boende=self.boende, actor=actor)
        return actor

    def get_success_url(self) -> str:
        """Back to where one began, else to the actor."""
        back = way_back(self.request)
        return back.url if back else self.neighbour.get_absolute_url()


class NeighbourUpdateView(AtBoende, RecordFormMixin, UpdateView):
    """How the actor stands to the boende."""

    reads = Right.READ_ACTORS
    writes = Right.EDIT_ACTORS
    form_class = NeighbourForm
    template_name = "boenden/neighbour_update.html"
    success_message = _("Uppgifterna är sparade.")

    def get_queryset(self) -> Any:
        return editable_neighbours(self.request.user, self.boende)


class ActorUpdateView(AtBoende, RecordFormMixin, UpdateView):
    """The actor's own facts, the same for every boende."""

    reads = Right.READ_ACTORS
    writes = Right.EDIT_ACTORS
    form_class = ActorForm
    template_name = "boenden/actor_form.html"
    success_message = _("Uppgifterna om aktören är sparade.")

    def get_object(self, queryset: Any = None) -> Actor:
        rows = editable_neighbours(self.request.user, self.boende)
        self.neighbour = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self.neighbour.actor

    def get_form(self, form_class: Any = None) -> Any:
        """Its map begins where the boende is."""
        form = super().get_form(form_class)
        form.fields["longitude"].widget.centre = (self.boende.latitude, self.boende.longitude)
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(neighbour=self.neighbour, **kwargs)

    def save(self, form: Any) -> Actor:
        version = form.cleaned_data[VERSION_FIELD]
        return actions.update_actor(actor=form.instance, by=self.request.user, opened_version=version)

    def get_success_url(self) -> str:
        return self.neighbour.get_absolute_url()


def editable_neighbours(user: Any, boende: Boende) -> Any:
    """The actors around the boende that the user may change."""
    return Neighbour.objects.editable_by(user).in_use().filter(boende=boende).select_related("actor", "boende")


def neighbour_to_write(request: HttpRequest, slug: str, pk: UUID) -> Neighbour:
    """The neighbour, for someone who may change it; Http404 or PermissionDenied for everyone else."""
    boende = boende_for(request.user, slug, reads=Right.READ_ACTORS, writes=Right.EDIT_ACTORS)
    return get_object_or_404(editable_neighbours(request.user, boende), pk=pk)


@require_POST
def neighbour_step_done(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """The next step has been taken."""
    neighbour = neighbour_to_write(request, slug, pk)
    actions.finish_step(neighbour=neighbour, by=request.user)
    messages.success(request, __("Nästa steg är klart."))
    return redirect(neighbour)


@require_POST
def neighbour_archive(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Untie the actor from the boende. It stays in the förvaltning, to be tied again."""
    neighbour = neighbour_to_write(request, slug, pk)
    put_away(record=neighbour, by=request.user)
    messages.success(request, __("Aktören är inte längre knuten till boendet. Kontakterna med den finns kvar."))
    return redirect("boenden:neighbour_list", slug=slug)


@require_POST
def actor_archive(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Untie the actor and put it away for the whole förvaltning, unless another boende has it."""
    neighbour = neighbour_to_write(request, slug, pk)
    try:
        actions.untie_and_archive(neighbour=neighbour, by=request.user)
    except actions.StillTied:
        messages.error(request, __("Aktören är knuten till fler boenden. Ta bort den här i stället."))
        return redirect(neighbour)
    messages.success(request, __("Aktören är arkiverad. Ingenting är borttaget."))
    return redirect("boenden:neighbour_list", slug=slug)
