# SPDX-License-Identifier: EUPL-1.2
"""A boende's levels, networks and talks, and everyone's examples, as files."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from boenden.views.at_boende import AtBoende
from boenden.views.list_files import WholeListFile
from kartlaggning.levels import Level
from kartlaggning.levels_reading import Line, lists_of
from kartlaggning.models import LevelStep, Network
from kartlaggning.views.examples import ExampleListView
from kartlaggning.views.levels import READS, LevelListView
from kartlaggning.views.principles import PrincipleListView
from platssamverkan.export.columns import Column


class StepLine(NamedTuple):
    """A step with its level: a line of the file."""

    level: Level
    line: Line


class LevelFileView(WholeListFile, LevelListView):
    """The steps of the three check-lists, what is done and what ticked itself."""

    what = _("nivåer")
    list_view = "kartlaggning:level_list"
    columns = [
        Column(_("Nivå"), "level.label"),
        Column(_("Steg"), "line.step.label"),
        Column(_("Klart"), "line.is_done"),
        Column(_("Dag"), "line.done_on"),
        Column(_("Ansvarig"), "line.row.responsible.name"),
        Column(_("Anteckning"), "line.row.note"),
        Column(_("Underlag"), "line.row.evidence_url"),
        Column(_("Vad systemet ser"), lambda row: "; ".join(str(fact.why) for fact in row.line.facts)),
    ]

    def get_queryset(self) -> Any:
        """The steps that somebody has written something of."""
        rows = LevelStep.objects.visible_to(self.request.user).filter(boende=self.boende)
        return rows.select_related("responsible")

    def file_rows(self, rows: Any) -> Iterable[Any]:
        return [StepLine(level.level, line) for level in lists_of(self.boende, rows) for line in level.lines]


class NetworkFileView(WholeListFile, AtBoende, View):
    """The networks that others drive and the boende takes part in."""

    reads = READS
    what = _("nätverk")
    list_name = _("nivåer")
    list_view = "kartlaggning:level_list"
    related = ("boende",)
    columns = [
        Column(_("Boende"), "boende.name"),
        Column(_("Nätverk"), "name"),
        Column(_("Med sedan"), "joined_on"),
        Column(_("Lämnade"), "left_on"),
        Column(_("Går dit"), "responsible.name"),
        Column(_("Det vi tar med oss dit från brukarna"), "perspective"),
        Column(_("Nätverkets sida"), "evidence_url"),
    ]

    def get_queryset(self) -> Any:
        """The boende's."""
        return Network.objects.visible_to(self.request.user).filter(boende=self.boende).for_list()


class TalkFileView(WholeListFile, PrincipleListView):
    """The talks about the neighbourhood: head-counts, never names."""

    what = _("samtal om grannskapet")
    list_name = _("principerna")
    list_view = "kartlaggning:principle_list"
    related = ("boende",)
    columns = [
        Column(_("Boende"), "boende.name"),
        Column(_("När"), "held_on"),
        Column(_("Var"), lambda row: row.get_where_display()),
        Column(_("Princip"), "principle"),
        Column(_("Vad ni pratade om"), "text"),
        Column(_("Personal som var med"), "staff_count"),
        Column(_("Brukare som var med"), "brukare_count"),
    ]


class ExampleFileView(WholeListFile, ExampleListView):
    """The examples: published ones are everyone's, drafts their boende's."""

    what = _("exempel")
    list_view = "kartlaggning:example_list"
    related = ("boende__forvaltning",)
    columns = [
        Column(_("Exempel"), "title"),
        Column(_("Princip"), lambda row: row.get_principle_display()),
        Column(_("Plats"), lambda row: row.get_place_display()),
        Column(_("Boende"), "boende.name"),
        Column(_("Förvaltning"), "boende.forvaltning.name"),
        Column(_("Vad det svarade på"), "problem"),
        Column(_("Så gjorde vi"), "text"),
        Column(_("Effekt för brukarna"), "effect_brukare"),
        Column(_("Effekt för omgivningen"), "effect_around"),
        Column(_("Att tänka på"), "think_of"),
        Column(_("Publicerat"), "published_at"),
    ]
