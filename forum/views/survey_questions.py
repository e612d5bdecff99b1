# SPDX-License-Identifier: EUPL-1.2
"""The questions of a round, for those who send it: on paper, and as those who are asked will see them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from forum.forms.surveys import AnswerForm
from forum.models import Survey
from forum.views.surveys import survey_to_write
from incidents.views.public import NOBODY
from platssamverkan.documents.renderer import render_pdf
from platssamverkan.documents.responses import as_file


@require_safe
def survey_blank(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The questions on paper, to print and put a cross in."""
    survey = get_object_or_404(Survey.objects.visible_to(request.user).for_list(), pk=pk)
    context = {"survey": survey, "questions": list(survey.template.questions.order_by("position"))}
    content = render_pdf(template="documents/survey.html", context=context, title=str(survey.template))
    return as_file(HttpResponse(content), filename=f"{survey.template}.pdf", content_type="application/pdf")


@require_safe
def survey_preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page with the questions, before anybody is asked: nothing can be sent from it."""
    survey = survey_to_write(request.user, pk)
    form = AnswerForm(questions=list(survey.template.questions.order_by("position")))
    context = {"form": form, "survey": survey, "is_tablet": survey.is_of_brukare, "is_preview": True, "frame": NOBODY}
    return render(request, "forum/survey_open.html", context)
