# SPDX-License-Identifier: EUPL-1.2
"""Pages of a boende: the list of them, the overview, its facts, and the steps before it opens."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, DetailView, ListView, TemplateView, UpdateView

from boenden.actions import boende as actions
from boenden.forms.boende import BoendeFactsForm, BoendeForm, NewBoendeForm, OpeningStepForm
from boenden.models import Boende, ContactListEntry, ContactListGroup, OpeningStep
from boenden.rights import has_right, people_with, rights_at
from boenden.views.at_boende import AtBoende, boende_for
from boenden.views.list_files import HasFile
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.actions import put_away, restore_record
from platssamverkan.ground.begun import BegunOnceMixin
from platssamverkan.ground.forms import VERSION_FIELD
from platssamverkan.ground.paging import UncountedPaginator
from platssamverkan.ground.views import RecordFormMixin
from platssamverkan.start.registry import boende_panels_for

FIRST_TO_CALL = 4
LATEST_CONTACTS = 3
NEAREST_ACTORS = 6


class BoendeListView(HasFile, ListView):
    """Every boende that exists for the person."""

    file_view = "boenden:boende_export"
    paginate_by = 50
    paginator_class = UncountedPaginator
    page_kwarg = "sida"

    def get_queryset(self) -> Any:
        return Boende.objects.visible_to(self.request.user).for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_keeper = has_right(self.request.user, Right.MANAGE_UNITS)
        return super().get_context_data(
            may_create=is_keeper, has_archived=is_keeper and Boende.objects.archived().exists(), **kwargs
        )


class BoendeDetailView(AtBoende, DetailView):
    """The overview: the number to call, whom to call first, what has happened, who is around."""

    def get_object(self, queryset: Any = None) -> Boende:
        return self.boende

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, boende = self.request.user, self.boende
        rights = rights_at(user, boende)
        return super().get_context_data(
            chiefs=people_with(Right.SHARE_LIST, boende),
            first_entries=first_to_call(user, boende) if Right.READ_LIST in rights else None,
            contacts=boende.contacts.for_list()[:LATEST_CONTACTS] if Right.READ_CONTACTS in rights else None,
            neighbours=boende.neighbours.for_list()[:NEAREST_ACTORS] if Right.READ_ACTORS in rights else None,
            steps=boende.opening_list() if boende.is_planned else [],
            panels=boende_panels_for(user, boende),
            **kwargs,
        )


def first_to_call(user: Any, boende: Boende) -> Any:
    """The lines of the contact list's first group that the user may see."""
    first = ContactListGroup.objects.active().filter(contact_list__boende=boende).order_by("position", "name")
    entries = ContactListEntry.objects.visible_to(user).for_list().filter(group__in=first.values("pk")[:1])
    return entries[:FIRST_TO_CALL]


class BoendeCreateView(RecordFormMixin, CreateView):
    """A new boende, made by a systemförvaltare."""

    model = Boende
    form_class = NewBoendeForm
    success_message = _("Boendet är upplagt. Kontaktlistan har fått sina grupper och de gemensamma numren.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not has_right(request.user, Right.MANAGE_UNITS):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def save(self, form: Any) -> Boende:
        return actions.create_boende(boende=form.instance, by=self.request.user)


class BoendeUpdateView(AtBoende, RecordFormMixin, UpdateView):
    """The facts, by the enhetschef; also förvaltning and web address, by a systemförvaltare."""

    writes = Right.EDIT_BOENDE
    success_message = _("Uppgifterna är sparade.")

    def get_object(self, queryset: Any = None) -> Boende:
        return boende_for(self.request.user, self.kwargs["slug"], reads=self.reads)  # its own: the form writes in it

    def get_form_class(self) -> type[BoendeFactsForm]:
        is_keeper = Right.MANAGE_UNITS in rights_at(self.request.user, self.boende)
        return BoendeForm if is_keeper else BoendeFactsForm

    def save(self, form: Any) -> Boende:
        version = form.cleaned_data[VERSION_FIELD]
        return actions.update_boende(boende=form.instance, by=self.request.user, opened_version=version)


class OpeningView(AtBoende, TemplateView):
    """The steps before a planned boende opens, and the button that opens it."""

    template_name = "boenden/opening.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(steps=self.boende.opening_list(), missing=[], **kwargs)


class OpeningStepView(AtBoende, BegunOnceMixin, RecordFormMixin, UpdateView):
    """One step before the opening: done when, and a note."""

    writes = Right.EDIT_BOENDE
    form_class = OpeningStepForm
    template_name = "boenden/opening_step_form.html"
    success_message = _("Steget är sparat.")

    def get_object(self, queryset: Any = None) -> OpeningStep:
        step = self.kwargs["step"]
        if step not in OpeningStep.Step.values:
            raise Http404
        return self.stored() or OpeningStep(boende=self.boende, step=step)

    def stored(self) -> OpeningStep | None:
        return self.boende.opening_steps.filter(step=self.kwargs["step"]).first()

    def write(self, record: Any, opened_version: int | None) -> OpeningStep:
        return actions.save_opening_step(step=record, by=self.request.user, opened_version=opened_version)

    def get_success_url(self) -> str:
        return reverse("boenden:opening", args=[self.boende.slug])


@require_POST
def boende_open(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the boende, or answer with what is left before it can open."""
    boende = boende_for(request.user, slug, reads=Right.READ_BOENDE, writes=Right.EDIT_BOENDE)
    try:
        actions.open_boende(boende=boende, by=request.user)
    except actions.StillMissing as still:
        context = {"boende": boende, "rights": rights_at(request.user, boende), "missing": still.missing}
        return render(request, "boenden/opening.html", {**context, "steps": boende.opening_list()}, status=422)
    messages.success(request, __("Boendet är öppet."))
    return redirect(boende)


@require_POST
def boende_close(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that the boende has closed."""
    boende = boende_for(request.user, slug, reads=Right.READ_BOENDE, writes=Right.MANAGE_UNITS)
    actions.close_boende(boende=boende, by=request.user)
    messages.success(request, __("Boendet är avslutat. Allt som är antecknat finns kvar att läsa."))
    return redirect(boende)


@require_POST
def boende_archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the boende out of the lists."""
    boende = boende_for(request.user, slug, reads=Right.READ_BOENDE, writes=Right.MANAGE_UNITS)
    put_away(record=boende, by=request.user)
    messages.success(request, __("Boendet är arkiverat. Ingenting är borttaget."))
    return redirect("boenden:boende_list")


class BoendeArchiveView(HasFile, ListView):
    """The archived boenden, for the systemförvaltare to bring back."""

    file_view = "boenden:boende_archive_export"
    takes_out = Right.MANAGE_UNITS
    template_name = "boenden/boende_archive.html"
    paginate_by = 50
    paginator_class = UncountedPaginator
    page_kwarg = "sida"

    def get_queryset(self) -> Any:
        return archived_boenden(self.request.user).select_related("forvaltning").order_by("name")


def archived_boenden(user: Any) -> Any:
    """Those that the user may bring back. Raises PermissionDenied for whoever does not keep the units."""
    if not has_right(user, Right.MANAGE_UNITS):
        raise PermissionDenied
    return Boende.objects.with_right(user, Right.MANAGE_UNITS).archived()


@require_POST
def boende_restore(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring an archived boende back into the lists, as it was."""
    boende = get_object_or_404(archived_boenden(request.user), slug=slug)
    restore_record(record=boende, by=request.user)
    messages.success(request, __("Boendet är tillbaka i listorna."))
    return redirect(boende)


@require_POST
def akutnummer_tested(request: HttpRequest, slug: str) -> HttpResponse:
    """The akutnummer was called today, and answered."""
    boende = boende_for(request.user, slug, reads=Right.READ_BOENDE, writes=Right.EDIT_BOENDE)
    actions.note_akutnummer_tested(boende=boende, by=request.user)
    messages.success(request, __("Akutnumret är provringt i dag."))
    return redirect(boende)
