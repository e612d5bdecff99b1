# SPDX-License-Identifier: EUPL-1.2
"""Rounds of questions, and the questions, as files. No answer is in them: those stand on each round's own page."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from boenden.views.at_boende import AtBoende
from boenden.views.list_files import WholeListFile
from forum.models import Survey
from forum.models.joining import forums_at
from forum.views.of_forum import ForumListFile, OfForum
from forum.views.survey_templates import SurveyTemplateListView
from forum.views.surveys import open_forum
from platssamverkan.accounts.roles import Right
from platssamverkan.export.columns import Column


def standing(survey: Any) -> str:
    """How far a round has come, as the list says it."""
    if survey.is_over:
        return __("avslutad") if survey.is_shown else __("slut, resultatet är inte visat")
    return __("pågår") if survey.is_going_on else __("planerad")


ROUNDS = [
    Column(_("Frågor"), "template", show=str),
    Column(_("Vilka som frågas"), lambda row: __("brukarna") if row.is_of_brukare else __("grannarna")),
    Column(_("Boende eller forum"), "about.name"),
    Column(_("Från"), "opens_on"),
    Column(_("Till och med"), "closes_on"),
    Column(_("Skickad"), "sent_on"),
    Column(_("Läge"), standing),
]


class ForumSurveyFileView(ForumListFile, OfForum, View):
    """A forum's rounds."""

    what = _("trygghetsmätningar")
    list_name = _("trygghetsmätning")
    list_view = "forum:survey_list_forum"
    columns = ROUNDS

    def get_queryset(self) -> Any:
        """Those of the forum that the address names. Raises Http404."""
        self.forum, self.place = open_forum(self.request.user, self.kwargs["pk"])
        return Survey.objects.visible_to(self.request.user).filter(forum=self.forum).for_list()


class BoendeSurveyFileView(WholeListFile, AtBoende, View):
    """A boende's rounds and those of its forums."""

    reads = Right.READ_SURVEYS
    what = _("mätningar")
    list_view = "forum:survey_list_boende"
    columns = ROUNDS

    def get_queryset(self) -> Any:
        """Both lists of the page."""
        rows = Survey.objects.visible_to(self.request.user).for_list()
        return rows.filter(Q(boende=self.boende) | Q(forum__in=forums_at([self.boende])))


class SurveyTemplateFileView(WholeListFile, SurveyTemplateListView):
    """The questions that the reader may put, a line each."""

    what = _("frågor att ställa")
    list_view = "forum:surveytemplate_list"
    columns = [
        Column(_("Frågor"), "template", show=str),
        Column(_("Gäller"), lambda row: str(row.template.forvaltning or __("Gemensam för alla"))),
        Column(_("Till"), lambda row: row.template.get_circle_display()),
        Column(_("Fråga"), "text"),
        Column(_("Svar"), lambda row: row.get_kind_display()),
    ]

    def file_rows(self, rows: Any) -> Iterable[Any]:
        for template in super().file_rows(rows):
            for question in template.questions.all():
                question.template = template
                yield question
