# SPDX-License-Identifier: EUPL-1.2
"""The årshjul, a plan's insatser and a round's observations as files. An incident that an insats answers stays here."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from boenden.views.at_boende import AtBoende
from boenden.views.list_files import ListFile
from kartlaggning.models import ArshjulActivity, Insats, Plan
from kartlaggning.views.arshjul import READS, YEAR, ArshjulListView, asked_year
from kartlaggning.views.observations import ObservationListView
from platssamverkan.export.columns import Column

YEAR_COLUMNS = [
    Column(_("Boende"), "boende.name"),
    Column(_("Aktivitet"), "title"),
    Column(_("Vad som ska göras"), "about"),
    Column(_("Ansvarig"), lambda row: row.get_role_display()),
    Column(_("Senast"), "due_on"),
    Column(_("Läge"), lambda row: row.get_state_display()),
    Column(_("Försenad"), "is_late"),
    Column(_("Klart"), "done_on"),
    Column(_("Uppskjuten från"), "postponed_from"),
    Column(_("Varför"), "reason"),
    Column(_("Hur det gick"), "note"),
]


class ArshjulListFileView(ListFile, ArshjulListView):
    """What is left to do at all boenden."""

    what = _("årshjul")
    list_view = "kartlaggning:arshjul_list"
    columns = YEAR_COLUMNS


class ArshjulFileView(ListFile, AtBoende, View):
    """A boende's year, with what is done and what was set aside."""

    reads = READS
    what = _("årshjul")
    list_view = "kartlaggning:arshjul"
    columns = YEAR_COLUMNS

    def get_filter_words(self) -> str:
        return __("År: %(year)s") % {"year": asked_year(self.request)}

    def get_wrong(self) -> list[str]:
        asked = self.request.GET.get(YEAR)
        return [] if not asked or asked == str(asked_year(self.request)) else [__("År: Året finns inte i årshjulet.")]

    def get_queryset(self) -> Any:
        """The year of the address, and in this year what is left of earlier ones, as the page shows it."""
        year = asked_year(self.request)
        shown = Q(due_on__year=year)
        if year == timezone.localdate().year:
            shown |= Q(due_on__lt=date(year, 1, 1), state=ArshjulActivity.State.OPEN)
        return ArshjulActivity.objects.visible_to(self.request.user).filter(shown, boende=self.boende).for_list()


class InsatsFileView(ListFile, View):
    """The insatser of an edition of a plan."""

    what = _("insatser")
    list_name = _("planen")
    list_view = "kartlaggning:plan_detail"
    to_boende = "plan__boende__"
    related = ("plan__boende",)
    columns = [
        Column(_("Boende"), "plan.boende.name"),
        Column(_("Plan, version"), "plan.edition"),
        Column(_("Insats"), "title"),
        Column(_("Problem eller behov"), "problem"),
        Column(_("Orsak"), "cause"),
        Column(_("Principer"), lambda row: "; ".join(row.principle_labels)),
        Column(_("Värde för brukarna"), "value_brukare"),
        Column(_("Värde för omgivningen"), "value_surroundings"),
        Column(_("Sikt"), lambda row: row.get_term_display()),
        Column(_("Ansvarig"), "responsible_name"),
        Column(_("Börjar"), "start_on"),
        Column(_("Klar senast"), "due_on"),
        Column(_("Följs upp"), "follow_up_on"),
        Column(_("Läge"), lambda row: row.get_status_display()),
        Column(_("Kostnad i kronor"), "cost"),
        Column(_("Väntad effekt på kort sikt"), "effect_short"),
        Column(_("Väntad effekt på lång sikt"), "effect_long"),
        Column(_("Senast följd upp"), "latest_evaluation.evaluated_on"),
        Column(_("Vad det gav"), "latest_evaluation.effect"),
    ]

    def get_queryset(self) -> Any:
        """Those of the plan that the address names. Raises Http404."""
        plans = Plan.objects.visible_to(self.request.user).select_related("boende__forvaltning")
        plan = get_object_or_404(plans, pk=self.kwargs["pk"])
        self.boende = plan.boende
        return Insats.objects.filter(plan=plan).for_plan()


class ObservationFileView(ListFile, ObservationListView):
    """What was seen on a round's promenader."""

    what = _("observationer")
    list_view = "kartlaggning:observation_list"
    to_boende = "kartlaggning__boende__"
    related = ("kartlaggning__boende", "felanmalan")
    columns = [
        Column(_("Boende"), "kartlaggning.boende.name"),
        Column(_("När"), "seen_on"),
        Column(_("Slag"), lambda row: row.get_kind_display()),
        Column(_("Vad ni såg"), "text"),
        Column(_("Plats"), "place_text"),
        Column(_("Latitud"), "latitude"),
        Column(_("Longitud"), "longitude"),
        Column(_("Felanmälan"), lambda row: row.felanmalan.get_status_display() if row.felanmalan else ""),
    ]
