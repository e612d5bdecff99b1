# SPDX-License-Identifier: EUPL-1.2
"""Pages of promenader: plan one, note that it was walked, and what it gave."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import DetailView

from kartlaggning.access import may_edit
from kartlaggning.beside import walk_panels
from kartlaggning.forms.walks import WalkedForm, WalkForm
from kartlaggning.models import Observation, Walk
from kartlaggning.views.pages import Crumbs, OfRoundCreateView, OfRoundUpdateView, archive, round_crumbs


class WalkDetailView(DetailView):
    """One promenad with its observations."""

    template_name = "kartlaggning/walk_detail.html"
    object: Walk

    def get_queryset(self) -> Any:
        return Walk.objects.visible_to(self.request.user).select_related("kartlaggning__boende__forvaltning")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kartlaggning = self.object.kartlaggning
        return super().get_context_data(
            kartlaggning=kartlaggning,
            boende=kartlaggning.boende,
            may_edit=may_edit(self.request.user, kartlaggning.boende),
            observations=list(Observation.objects.filter(walk=self.object).for_list()),
            panels=walk_panels(self.request.user, self.object),
            **kwargs,
        )


class WalkCreateView(OfRoundCreateView):
    """A new promenad; ?tid= says which time of day it is to cover."""

    form_class = WalkForm
    heading = _("Ny promenad")
    submit = _("Spara promenaden")
    success_message = _("Promenaden är planerad.")

    def new(self) -> Walk:
        asked = self.request.GET.get("tid", "")
        return Walk(kartlaggning=self.kartlaggning, time_of_day=asked if asked in Walk.TimeOfDay.values else "")

    def save(self, form: Any) -> Walk:
        """What is said afterwards depends on whether its day is to come."""
        saved: Walk = super().save(form)
        if saved.is_late:
            self.success_message = _("Promenaden är sparad. Har ni gått den? Öppna den och anteckna det.")
        return saved

    def get_success_url(self) -> str:
        return self.kartlaggning.get_absolute_url()


class WalkChangeView(OfRoundUpdateView):
    """What the forms of a promenad share."""

    model = Walk

    def get_crumbs(self) -> Crumbs:
        stored = Walk.objects.get(pk=self.object.pk)  # the form may hold a day that is not saved
        return [*round_crumbs(self.kartlaggning), (stored.get_absolute_url(), stored)]


class WalkUpdateView(WalkChangeView):
    """When it is to be walked."""

    form_class = WalkForm
    heading = _("Ändra promenaden")
    submit = _("Spara promenaden")
    success_message = _("Promenaden är ändrad.")


class WalkDoneView(WalkChangeView):
    """That it was walked, and what it was like."""

    form_class = WalkedForm
    heading = _("Promenaden är gången")
    submit = _("Spara")
    success_message = _("Promenaden är antecknad. Skriv in det ni såg, en observation i taget.")


@require_POST
def walk_archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It is not to be walked. Its observations stay in the round."""
    return archive(request, Walk, pk, __("Promenaden är borttagen."))
