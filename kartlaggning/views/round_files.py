# SPDX-License-Identifier: EUPL-1.2
"""How far the boenden have come, a boende's rounds and plans, and a round's promenader, as files."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from boenden.views.list_files import ListFile, WholeListFile
from kartlaggning.access import round_for
from kartlaggning.models import Kartlaggning, Walk
from kartlaggning.views.overview import OverviewView
from kartlaggning.views.plans import PlanListView
from kartlaggning.views.rounds import KartlaggningListView
from platssamverkan.export.columns import Column

STEPS = dict(Kartlaggning.Step.choices)


def plan_words(boende: Any) -> Any:
    """Whether a boende of the overview has a plan, as the list says it."""
    return _("gäller") if boende.plan_id else _("utkast") if boende.draft_id else _("ingen plan")


def is_review_late(boende: Any) -> bool:
    """Whether the day of the plan's review has passed."""
    return boende.plan_review_on is not None and boende.plan_review_on < timezone.localdate()


class OverviewFileView(ListFile, OverviewView):
    """How far each boende has come."""

    what = _("kartläggning och plan")
    list_view = "kartlaggning:overview"
    to_boende = ""
    columns = [
        Column(_("Boende"), "name"),
        Column(_("Förvaltning"), "forvaltning.name"),
        Column(_("Senaste kartläggning"), "round_year"),
        Column(_("Steg"), "round_step", show=lambda step: STEPS.get(step, "")),
        Column(_("Plan"), plan_words),
        Column(_("Ses över senast"), "plan_review_on"),
        Column(_("Översynen är försenad"), is_review_late),
    ]


class RoundFileView(WholeListFile, KartlaggningListView):
    """A boende's rounds."""

    what = _("kartläggningar")
    list_name = _("kartläggning")
    list_view = "kartlaggning:kartlaggning_list"
    columns = [
        Column(_("Boende"), "boende.name"),
        Column(_("År"), "year"),
        Column(_("Steg"), lambda row: row.get_step_display()),
        Column(_("Området"), "area_words"),
        Column(_("Om området"), "area_note"),
        Column(_("Ändrad"), "changed_at"),
    ]
    related = ("boende",)


class PlanListFileView(WholeListFile, PlanListView):
    """A boende's editions of its plan; their insatser have a file each."""

    what = _("planer")
    list_name = _("plan")
    list_view = "kartlaggning:plan_list"
    related = ("boende", "approved_by")
    columns = [
        Column(_("Boende"), "boende.name"),
        Column(_("Version"), "edition"),
        Column(_("Läge"), lambda row: row.get_status_display()),
        Column(_("Insikter"), "insights"),
        Column(_("Ses över senast"), "review_on"),
        Column(_("Godkänd"), "approved_at"),
        Column(_("Godkänd av"), "approved_by.name"),
    ]


class WalkFileView(WholeListFile, View):
    """The promenader of a round."""

    what = _("promenader")
    list_name = _("kartläggningen")
    list_view = "kartlaggning:kartlaggning_detail"
    columns = [
        Column(_("Boende"), "kartlaggning.boende.name"),
        Column(_("Kartläggning"), "kartlaggning.year"),
        Column(_("Dag"), "planned_on"),
        Column(_("Tid på dygnet"), lambda row: row.get_time_of_day_display()),
        Column(_("Vart vi går"), "route"),
        Column(_("Gicks"), "walked_on"),
        Column(_("Vilka som gick"), "walkers"),
        Column(_("Observationer"), "seen"),
        Column(_("Helhetsintryck"), "note"),
    ]
    related = ("kartlaggning__boende",)

    def get_queryset(self) -> Any:
        """Those of the round that the address names. Raises Http404."""
        kartlaggning = round_for(self.request.user, self.kwargs["pk"])
        self.boende = kartlaggning.boende
        return Walk.objects.visible_to(self.request.user).filter(kartlaggning=kartlaggning).for_list()
