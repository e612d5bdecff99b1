# SPDX-License-Identifier: EUPL-1.2
"""Rounds of questions, the questions, and what a round showed, as files: numbers, never anybody's words."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from django.views.generic import View

from boenden.models import Boende
from boenden.views.at_boende import AtBoende
from boenden.views.list_files import WholeListFile
from forum.models import Survey
from forum.models.joining import forums_at
from forum.survey_results import results_of
from forum.views.of_forum import ForumListFile, OfForum
from forum.views.survey_templates import SurveyTemplateListView
from forum.views.surveys import list_url, open_forum, reads_numbers, takes_results_out
from platssamverkan.accounts.roles import Right
from platssamverkan.export.asking import gives_file
from platssamverkan.export.columns import Column
from platssamverkan.export.taking_out import Lazily, TakeOut, take_out


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


class Answers(NamedTuple):
    """How many gave one of a question's alternatives; `given` and `measure` are None where too few have answered."""

    question: str
    answer: str
    given: int | None
    total: int | None
    measure: float | None


RESULTS = [
    Column(_("Fråga"), "question"),
    Column(_("Svar"), "answer"),
    Column(_("Antal svar"), "given"),
    Column(_("Svar på frågan"), "total"),
    Column(_("Medelvärde (1–5) eller procent ja"), "measure"),
]


def answers_of(survey: Survey) -> Iterator[Answers]:
    """A row for each alternative; a question that is not shown has them without numbers."""
    for result in results_of([survey])[survey.pk].values():
        if result.question.is_text:
            continue
        for value, words in result.question.choices:
            shown = (result.counts[value], result.total, result.measure) if result.total else (None, None, None)
            yield Answers(str(result.question), str(words), *shown)


@gives_file
@require_http_methods(["GET", "HEAD", "POST"])
def survey_results_export(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """What a round showed, for those who read it in numbers. Raises Http404 while nothing is shown."""
    survey = get_object_or_404(Survey.objects.visible_to(request.user).shown().for_list(), pk=pk)
    if not (reads_numbers(request.user, survey) and takes_results_out(request.user, survey)):
        raise PermissionDenied
    boenden = Boende.objects.filter(forums=survey.forum) if survey.forum else [survey.boende]
    return take_out(
        request,
        TakeOut(
            rows=Lazily(lambda: answers_of(survey)),
            columns=RESULTS,
            what=__("resultat av en mätning"),
            filename=__("Resultat %(survey)s") % {"survey": survey},
            list_name=survey,
            back=survey.get_absolute_url(),
            crumbs=[(survey.about.get_absolute_url(), survey.about), (list_url(survey), __("Mätningar"))],
            scope=survey.about.name,
            scope_id=survey.about.pk,
            note=__("Filen har siffrorna, inte det som någon har skrivit. En fråga med färre än fem svar visas inte."),
            reach=[str(boende.pk) for boende in boenden if boende],
        ),
    )
