# SPDX-License-Identifier: EUPL-1.2
"""Where a survey is answered: by the link in a letter, or on a tablet that staff have opened. No account, no cookie.

The address holds the secret and nothing rides on a session, so there is no token against forged forms either: it would
be a cookie that follows from one answer to the next.
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.generic import View

from forum.actions.survey_answers import answer_by_link, answer_on_tablet
from forum.forms.surveys import AnswerForm
from forum.models import Survey, SurveyInvitation
from forum.tokens import is_same, row_of
from incidents.views.public import NOBODY
from platssamverkan.ground.actions import Refused
from platssamverkan.ground.rate_limits import is_too_often

MOST_AN_HOUR = 60  # of one address: a house may share a tablet, and an office its way out
HOUR = 3600


def hidden(response: HttpResponse) -> HttpResponse:
    """Not for search engines, and its address is told to nobody."""
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def gone(request: HttpRequest) -> HttpResponse:
    """The same words whether the link is made up, too old, used, or of someone who has left."""
    return hidden(render(request, "forum/survey_gone.html", {"frame": NOBODY}, status=404))


class AnswerView(View):
    """The questions. Looking changes nothing; pressing counts."""

    survey: Survey
    is_tablet = False

    def find(self, token: str) -> Survey | None:
        """The round that the address opens, or None."""
        raise NotImplementedError

    def take(self, form: AnswerForm) -> None:
        """Count the answer. Raises Refused."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Through the link's gate before anything else."""
        survey = self.find(kwargs["token"])
        if survey is None:
            return gone(request)
        self.survey = survey
        return super().dispatch(request, *args, **kwargs)

    def form(self, data: Any = None) -> AnswerForm:
        """The questions in order."""
        return AnswerForm(data, questions=list(self.survey.template.questions.order_by("position")))

    def page(self, form: AnswerForm, status: int = 200) -> HttpResponse:
        """The page with the questions."""
        context = {"form": form, "survey": self.survey, "is_tablet": self.is_tablet, "frame": NOBODY}
        return hidden(render(self.request, "forum/survey_open.html", context, status=status))

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """The questions, unanswered."""
        return self.page(self.form())

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """One answer."""
        form = self.form(request.POST)
        if is_too_often(request, what="survey", most=MOST_AN_HOUR, seconds=HOUR):
            return hidden(render(request, "429.html", {"frame": NOBODY}, status=429))
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            self.take(form)
        except Refused:
            return gone(request)
        return HttpResponseRedirect(self.thanks(token))

    def thanks(self, token: str) -> str:
        """Where one lands after answering."""
        return reverse("forum:survey_thanks")


@method_decorator([login_not_required, csrf_exempt, never_cache], name="dispatch")
class SurveyOpenView(AnswerView):
    """By the link in a letter."""

    invitation: SurveyInvitation

    def find(self, token: str) -> Survey | None:
        found = SurveyInvitation.objects.open().with_token(token)
        if found is None:
            return None
        self.invitation = found
        return found.survey

    def take(self, form: AnswerForm) -> None:
        answer_by_link(invitation=self.invitation, chosen=form.chosen, words=form.words, by=None)


@method_decorator([login_not_required, csrf_exempt, never_cache], name="dispatch")
class SurveyTabletView(AnswerView):
    """On a shared tablet, one answer after another."""

    is_tablet = True

    def find(self, token: str) -> Survey | None:
        rows = Survey.objects.going_on().select_related("template", "boende__forvaltning")
        found: Survey | None = rows.filter(pk__in=[row_of(token)]).first()
        if found is None or not found.tablet_is_open or not is_same(found.tablet_token, token):
            return None
        return found

    def take(self, form: AnswerForm) -> None:
        answer_on_tablet(survey=self.survey, chosen=form.chosen, words=form.words, by=None)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """The questions; after an answer, thanks and the way to the next person's."""
        if "tack" in request.GET:
            context = {"next_url": request.path, "frame": NOBODY}
            return hidden(render(request, "forum/survey_thanks.html", context))
        return super().get(request, token)

    def thanks(self, token: str) -> str:
        return f"{self.request.path}?tack=1"


@login_not_required
@never_cache
@require_safe
def survey_thanks(request: HttpRequest) -> HttpResponse:
    """Thanks: the same page for everyone."""
    return hidden(render(request, "forum/survey_thanks.html", {"frame": NOBODY}))
