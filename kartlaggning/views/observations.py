# SPDX-License-Identifier: EUPL-1.2
"""Pages of observations: a round's list, one observation with its photo, its felanmälan and the eight points."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import DetailView
from django_filters.views import FilterView

from boenden.views.list_files import HasFile
from kartlaggning.access import may_edit, round_for, row_to_write
from kartlaggning.actions import walks as actions
from kartlaggning.forms.walks import ObservationFilter, ObservationForm, RepliplatsForm
from kartlaggning.models import Insats, Kartlaggning, Observation, Plan, RepliplatsCheck, Walk
from kartlaggning.views.pages import Crumbs, OfRoundCreateView, OfRoundUpdateView, archive, round_crumbs
from platssamverkan.documents.responses import document_response
from platssamverkan.ground.begun import BegunOnceMixin
from platssamverkan.ground.paging import UncountedPaginator
from platssamverkan.look.words import day as day_words


class ObservationListView(HasFile, FilterView):
    """All observations of a round, the latest first."""

    file_view = "kartlaggning:observation_export"
    filterset_class = ObservationFilter
    template_name = "kartlaggning/observation_list.html"
    paginate_by = 50
    paginator_class = UncountedPaginator
    page_kwarg = "sida"
    strict = False
    kartlaggning: Kartlaggning

    def get_queryset(self) -> Any:
        self.kartlaggning = round_for(self.request.user, self.kwargs["pk"])
        self.boende = self.kartlaggning.boende
        return Observation.objects.filter(kartlaggning=self.kartlaggning).for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        boende = self.kartlaggning.boende
        return super().get_context_data(
            kartlaggning=self.kartlaggning, boende=boende, may_edit=may_edit(self.request.user, boende), **kwargs
        )


class ObservationDetailView(DetailView):
    """One observation."""

    template_name = "kartlaggning/observation_detail.html"
    object: Observation

    def get_queryset(self) -> Any:
        rows = Observation.objects.visible_to(self.request.user)
        return rows.select_related("kartlaggning__boende__forvaltning", "walk", "felanmalan__recipient", "photo")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kartlaggning = self.object.kartlaggning
        return super().get_context_data(
            kartlaggning=kartlaggning,
            boende=kartlaggning.boende,
            may_edit=may_edit(self.request.user, kartlaggning.boende),
            check=RepliplatsCheck.objects.filter(observation=self.object).first(),
            insatser=list(Insats.objects.active().filter(observation=self.object).select_related("plan")),
            draft=Plan.objects.active().filter(boende=kartlaggning.boende, status=Plan.Status.DRAFT).first(),
            **kwargs,
        )


class ObservationFormView:
    """What the forms of an observation share."""

    form_class: Any = ObservationForm
    submit: Any = _("Spara observationen")
    request: HttpRequest

    def save(self, form: Any) -> Observation:
        """With its photo, if one was sent."""
        photo = form.cleaned_data.get("photo_file")
        version = self.version(form)  # type: ignore[attr-defined]
        return actions.save_observation(
            observation=form.instance, photo=photo, by=self.request.user, opened_version=version
        )


class ObservationCreateView(ObservationFormView, OfRoundCreateView):
    """A new observation; ?promenad= says on which walk it was made."""

    heading = _("Ny observation")
    success_message = _("Observationen är sparad.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A promenad that is to come takes none: say so, and go back to it."""
        if self.walk and self.walk.is_to_come:
            day = day_words(self.walk.planned_on)
            messages.info(request, __("Promenaden är först %(day)s. Då kan du skriva in det ni ser.") % {"day": day})
            return redirect(self.walk)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def walk(self) -> Walk | None:
        """The promenad of the address. Raises Http404 or PermissionDenied."""
        asked = self.request.GET.get("promenad", "")
        walks = Walk.objects.active().filter(kartlaggning=self.kartlaggning)
        return next((walk for walk in walks if str(walk.pk) == asked), None) if asked else None

    def new(self) -> Observation:
        made = Observation(kartlaggning=self.kartlaggning, walk=self.walk)
        if self.walk:
            made.seen_on = self.walk.day
        return made

    def get_success_url(self) -> str:
        """Back to the walk, where the next observation waits."""
        walk: Walk | None = self.object.walk
        return (walk or self.kartlaggning).get_absolute_url()


class ObservationChangeView(OfRoundUpdateView):
    """What changes of an observation share."""

    model = Observation

    def get_crumbs(self) -> Crumbs:
        return [*round_crumbs(self.kartlaggning), (self.object.get_absolute_url(), _("Observationen"))]


class ObservationUpdateView(ObservationFormView, ObservationChangeView):
    """An observation that is there."""

    heading = _("Ändra observationen")
    success_message = _("Observationen är ändrad.")


class RepliplatsView(BegunOnceMixin, OfRoundUpdateView):
    """The eight points, for a place where people gather."""

    form_class = RepliplatsForm
    heading = _("Pröva som repliplats")
    submit = _("Spara prövningen")
    success_message = _("Prövningen är sparad.")
    observation: Observation

    def get_object(self, queryset: Any = None) -> RepliplatsCheck:
        self.observation = row_to_write(Observation, self.request.user, self.kwargs["pk"])
        if not self.observation.is_gathering:
            raise Http404
        return self.stored() or RepliplatsCheck(observation=self.observation)

    def stored(self) -> RepliplatsCheck | None:
        """What is written already."""
        return RepliplatsCheck.objects.filter(observation=self.observation).first()

    @property
    def kartlaggning(self) -> Kartlaggning:
        """The round of the observation."""
        return self.observation.kartlaggning

    def get_sub(self) -> Any:
        return self.observation

    def get_crumbs(self) -> Crumbs:
        return [*round_crumbs(self.kartlaggning), (self.observation.get_absolute_url(), self.observation)]


def observation_photo(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The photo, for the readers of the observation."""
    rows = Observation.objects.visible_to(request.user).select_related("photo")
    observation = get_object_or_404(rows, pk=pk)
    if observation.photo is None:
        raise Http404
    return document_response(observation.photo, disposition="inline")


@require_POST
def observation_photo_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the photo away."""
    observation = row_to_write(Observation, request.user, pk)
    actions.remove_photo(observation=observation, by=request.user)
    messages.success(request, __("Fotot är borttaget från observationen."))
    return redirect(observation)


@require_POST
def observation_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a felanmälan of it, and go there: somebody is to be chosen who mends it."""
    observation = row_to_write(Observation, request.user, pk)
    felanmalan = actions.report(observation=observation, by=request.user)
    messages.success(request, __("Felanmälan är gjord. Den väntar på att skickas."))
    return redirect(felanmalan)


@require_POST
def observation_archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take it out of the lists."""
    return archive(request, Observation, pk, __("Observationen är borttagen."))
