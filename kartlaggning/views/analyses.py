# SPDX-License-Identifier: EUPL-1.2
"""Pages of the analysis: the five questions with what the data say, and the ranking that people may move."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import DetailView

from kartlaggning.access import may_edit, row_to_write
from kartlaggning.evidence import Evidence
from kartlaggning.forms.analyses import AdjustmentForm, AnalysForm
from kartlaggning.models import Adjustment, Analys, Kartlaggning
from kartlaggning.views.pages import Crumbs, OfRoundCreateView, OfRoundUpdateView, round_crumbs
from platssamverkan.ground.actions import put_away

MOST_SHOWN = 20
EVIDENCE = {
    "functions_text": "kartlaggning/evidence_functions.html",
    "ways_text": "kartlaggning/evidence_ways.html",
    "area_text": "kartlaggning/evidence_area.html",
    "passed_text": "kartlaggning/evidence_passed.html",
    "affected_text": "kartlaggning/evidence_affected.html",
}


class AnalysDetailView(DetailView):
    """The five questions, each with its answer and its evidence."""

    template_name = "kartlaggning/analys_detail.html"
    object: Analys

    def get_queryset(self) -> Any:
        return Analys.objects.visible_to(self.request.user).select_related("kartlaggning__boende__forvaltning")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        analys, user = self.object, self.request.user
        boende = analys.kartlaggning.boende
        evidence = Evidence(analys, user)
        shows_all = "alla" in self.request.GET
        return super().get_context_data(
            kartlaggning=analys.kartlaggning,
            boende=boende,
            may_edit=may_edit(user, boende),
            evidence=evidence,
            questions=[
                (name, analys.question(name), getattr(analys, name), EVIDENCE[name]) for name in analys.QUESTIONS
            ],
            affected=evidence.affected if shows_all else evidence.affected[:MOST_SHOWN],
            has_more=not shows_all and len(evidence.affected) > MOST_SHOWN,
            **kwargs,
        )


class AnalysUpdateView(OfRoundUpdateView):
    """The answers."""

    model = Analys
    form_class = AnalysForm
    heading = _("Skriv analysen")
    submit = _("Spara analysen")
    success_message = _("Analysen är sparad.")

    def get_crumbs(self) -> Crumbs:
        return [*round_crumbs(self.kartlaggning), (self.object.get_absolute_url(), _("Analys"))]


class AdjustmentCreateView(OfRoundCreateView):
    """Put an actor at another place; ?aktor= says which."""

    form_class = AdjustmentForm
    heading = _("Flytta i listan")
    submit = _("Spara platsen")
    success_message = _("Listan är ändrad. Skälet står vid aktören.")

    @cached_property
    def analys(self) -> Analys:
        """The analysis. Raises Http404 or PermissionDenied."""
        found: Analys = row_to_write(Analys, self.request.user, self.kwargs["pk"])
        return found

    @property
    def kartlaggning(self) -> Kartlaggning:
        """Its round."""
        return self.analys.kartlaggning

    def new(self) -> Adjustment:
        return Adjustment(analys=self.analys)

    def get_initial(self) -> dict[str, Any]:
        return {"actor": self.request.GET.get("aktor", "")}

    def get_crumbs(self) -> Crumbs:
        return [*round_crumbs(self.kartlaggning), (self.analys.get_absolute_url(), _("Analys"))]


@require_POST
def adjustment_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the numbers decide again."""
    adjustment = row_to_write(Adjustment, request.user, pk, "analys__kartlaggning__boende__forvaltning")
    put_away(record=adjustment, by=request.user)
    messages.success(request, __("Aktören står där siffrorna sätter den."))
    return redirect(adjustment.analys)
