# SPDX-License-Identifier: EUPL-1.2
"""Pages of surveys for those who send and read them."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.generic import CreateView, UpdateView

from boenden.rights import rights_at
from boenden.views.at_boende import AtBoende, boende_for
from boenden.views.list_files import may_take_out
from forum.access import Place, forum_for
from forum.actions import surveys as actions
from forum.actions.survey_answers import count_paper
from forum.forms.surveys import BaselineForm, PaperForm, SurveyDaysForm, SurveyForm
from forum.models import Survey, SurveyBaseline
from forum.models.joining import forums_at
from forum.survey_broadly import broadly, earlier
from forum.survey_results import LEAST, paper_countings, trends_of
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.gates import writable
from platssamverkan.ground.plain_forms import PlainFormMixin

SHOWN = 50


def open_forum(user: Any, pk: UUID) -> tuple[Any, Place]:
    """A forum with others; an internal one has no actors to ask. Raises Http404."""
    forum, place = forum_for(user, pk)
    if forum.is_internal:
        raise Http404
    return forum, place


def sends(place: Place) -> bool:
    """Whether the user sends surveys in the forum: as its sammankallande, or as staff of one of its boenden."""
    return place.convenes or bool(place.boenden_where(Right.SEND_SURVEYS))


def survey_to_write(user: Any, pk: UUID) -> Survey:
    """The round, for someone who sends it. Raises Http404 or PermissionDenied."""
    return writable(Survey.objects.visible_to(user).for_list(), Survey.objects.editable_by(user), pk)


@require_safe
def survey_list_forum(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A forum's rounds."""
    forum, place = open_forum(request.user, pk)
    rows = Survey.objects.visible_to(request.user).filter(forum=forum).for_list()[:SHOWN]
    context = {"forum": forum, "surveys": list(rows), "may_send": sends(place) and not forum.has_ended}
    context["file_url"] = reverse("forum:survey_list_forum_export", args=[pk]) if place.may_take_out else ""
    return render(request, "forum/survey_list_forum.html", context)


@require_safe
def survey_list_boende(request: HttpRequest, slug: str) -> HttpResponse:
    """The brukare surveys of a boende, and apart from them its forums' rounds."""
    boende = boende_for(request.user, slug, reads=Right.READ_SURVEYS)
    rows = Survey.objects.visible_to(request.user).for_list()
    url = reverse("forum:survey_list_boende_export", args=[slug])
    context = {
        "boende": boende,
        "file_url": url if may_take_out(request.user, boende) else "",
        "own": list(rows.filter(boende=boende)[:SHOWN]),
        "neighbours": list(rows.filter(forum__in=forums_at([boende]))[:SHOWN]),
        "may_send": Right.SEND_SURVEYS in rights_at(request.user, boende) and not boende.is_closed,
    }
    return render(request, "forum/survey_list_boende.html", context)


@require_safe
def survey_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A round: how it goes while it does, what it showed afterwards."""
    user = request.user
    survey = get_object_or_404(Survey.objects.visible_to(user).for_list(), pk=pk)
    may_edit = Survey.objects.editable_by(user).filter(pk=pk).exists()
    trends = trends_of(survey) if survey.is_shown else []
    reads_all = may_edit or not joined_only(user, survey)
    has_file = survey.is_shown and reads_all and takes_results_out(user, survey)
    context = {
        "survey": survey,
        "may_edit": may_edit,
        "trends": trends if reads_all else [(trend, broadly(trend.result), earlier(trend)) for trend in trends],
        "reads_all": reads_all,
        "countings": paper_countings(survey) if survey.is_of_brukare else [],
        "least": LEAST,
        "asked": survey.invitations.count(),
        "tablet_url": reverse("forum:survey_tablet", args=[survey.tablet_token]) if survey.tablet_is_open else "",
        "list_url": list_url(survey),
        "file_url": reverse("forum:survey_results_export", args=[pk]) if has_file else "",
    }
    return render(request, "forum/survey_detail.html", context)


def joined_only(user: Any, survey: Survey) -> bool:
    """Whether the user reads the round as one of the forum's members alone: she is shown no numbers and no words."""
    if survey.forum is None:
        return False
    return not any(Right.READ_SURVEYS in rights_at(user, boende) for boende in list[Any](survey.forum.boenden.all()))


def reads_numbers(user: Any, survey: Survey) -> bool:
    """Whether the user reads what the round showed in numbers: who sends it, and staff who read surveys."""
    return Survey.objects.editable_by(user).filter(pk=survey.pk).exists() or not joined_only(user, survey)


def takes_results_out(user: Any, survey: Survey) -> bool:
    """Whether the user, if she reads the numbers, takes them with her."""
    return Place(user, survey.forum).may_take_out if survey.forum else may_take_out(user, survey.boende)


def list_url(survey: Survey) -> str:
    """The list that the round stands in."""
    if survey.boende:
        return reverse("forum:survey_list_boende", args=[survey.boende.slug])
    return reverse("forum:survey_list_forum", args=[survey.forum_id])


class SurveyFormView(PlainFormMixin, CreateView):
    """What the two ways to a new round share."""

    model = Survey
    form_class = SurveyForm
    submit = _("Spara mätningen")

    def save(self, form: Any) -> Survey:
        return actions.begin_survey(survey=form.instance, by=self.request.user)

    def get_success_url(self) -> str:
        return self.object.get_absolute_url()


class ForumSurveyCreateView(SurveyFormView):
    """A trygghetsmätning among a forum's actors."""

    heading = _("Ny trygghetsmätning")
    sub = _("Högst sex korta frågor till forumets aktörer. De svarar med en egen länk, utan konto.")
    success_message = _("Mätningen är sparad. Tryck på Skicka till aktörerna när du är nöjd.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For those who send surveys there."""
        self.forum, place = open_forum(request.user, kwargs["pk"])
        if not sends(place) or self.forum.has_ended:
            raise PermissionDenied
        self.circle = {boende.forvaltning_id for boende in place.boenden}
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        own = {"instance": Survey(forum=self.forum), "by": self.request.user, "of_circle": self.circle}
        return {**super().get_form_kwargs(), **own}

    def get_crumbs(self) -> list[tuple[str, Any]]:
        back = reverse("forum:survey_list_forum", args=[self.forum.pk])
        return [(self.forum.get_absolute_url(), self.forum), (back, _("Trygghetsmätning"))]


class BoendeSurveyCreateView(AtBoende, SurveyFormView):
    """A survey among those who live at a boende."""

    reads = Right.READ_SURVEYS
    writes = Right.SEND_SURVEYS
    heading = _("Ny mätning bland dem som bor här")
    sub = _("Anonym, på papper eller på en gemensam surfplatta. Resultatet visas från fem svar.")
    success_message = _("Mätningen är sparad.")

    def get_form_kwargs(self) -> dict[str, Any]:
        circle = {self.boende.forvaltning_id}
        own = {"instance": Survey(boende=self.boende), "by": self.request.user, "of_circle": circle}
        return {**super().get_form_kwargs(), **own}

    def get_crumbs(self) -> list[tuple[str, Any]]:
        back = reverse("forum:survey_list_boende", args=[self.boende.slug])
        return [(self.boende.get_absolute_url(), self.boende), (back, _("Mätningar"))]


class SurveyUpdateView(PlainFormMixin, UpdateView):
    """Other days for a round that goes on or has not begun."""

    model = Survey
    form_class = SurveyDaysForm
    heading = _("Ändra mätningens dagar")
    submit = _("Spara dagarna")
    success_message = _("Dagarna är ändrade. Brev som redan har gått ut säger den gamla sista dagen.")

    def get_object(self, queryset: Any = None) -> Survey:
        return survey_to_write(self.request.user, self.kwargs["pk"])

    def get_sub(self) -> Any:
        return self.object

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return [(self.object.get_absolute_url(), self.object)]

    def save(self, form: Any) -> Survey:
        return actions.change_survey(survey=form.instance, by=self.request.user, opened_version=self.opened(form))


class SurveyPaperView(PlainFormMixin, UpdateView):
    """The pile of paper, counted."""

    model = Survey
    form_class = PaperForm
    heading = _("Räkna pappersenkäterna")
    sub = _(
        "Skriv hur många i hela högen som har kryssat för varje svar. Ett nytt tal ersätter det gamla. På mätningens "
        "sida står det vem som har räknat, och när."
    )
    submit = _("Spara antalen")
    success_message = _("Antalen är sparade. Riv gärna enkäterna.")

    def get_object(self, queryset: Any = None) -> Survey:
        survey = survey_to_write(self.request.user, self.kwargs["pk"])
        if not survey.is_of_brukare:
            raise Http404
        if survey.is_shown:
            raise PermissionDenied
        return survey

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return [(self.object.get_absolute_url(), self.object)]

    def save(self, form: Any) -> Survey:
        opened = self.opened(form) or 0  # a form without its version would put noughts in place of what is counted
        return count_paper(survey=form.instance, counts=form.counts, by=self.request.user, opened_version=opened)


class BaselineCreateView(PlainFormMixin, CreateView):
    """A figure from elsewhere to compare with."""

    model = SurveyBaseline
    form_class = BaselineForm
    heading = _("Ny siffra att jämföra med")
    submit = _("Spara siffran")
    success_message = _("Siffran är sparad. Den visas bredvid frågan, aldrig ihopräknad med era svar.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For those who send the round."""
        self.survey = survey_to_write(request.user, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        baseline = SurveyBaseline(forum=self.survey.forum, boende=self.survey.boende)
        return {**super().get_form_kwargs(), "instance": baseline, "survey": self.survey}

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return [(self.survey.get_absolute_url(), self.survey)]

    def get_success_url(self) -> str:
        return self.survey.get_absolute_url()
