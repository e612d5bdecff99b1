# SPDX-License-Identifier: EUPL-1.2
"""Where the links in letters lead: no account, no sign-in, and nothing beyond what the letter is about."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import CreateView, FormView, UpdateView

from forum.actions.action_items import report
from forum.actions.agenda import ask
from forum.actions.meetings import answer
from forum.calendar import calendar_of, event_of
from forum.forms.action_items import ReportForm
from forum.forms.agenda import QuestionForm
from forum.forms.meetings import AnswerForm
from forum.letters import invitation_link
from forum.models import ActionItem, Attachment, Invitation, Question
from forum.reading import Papers
from forum.views.forms import ForumFormMixin
from platssamverkan.documents.responses import as_file, document_response
from platssamverkan.ground.forms import VERSION_FIELD

open_to_all = [login_not_required, never_cache]


def link_gone(request: HttpRequest) -> HttpResponse:
    """The same words whether the link is made up, too old, or of someone who has left."""
    return render(request, "forum/link_gone.html", status=404)


def invitation_with(token: str) -> Invitation | None:
    """The invitation whose link this is."""
    return Invitation.objects.open().with_token(token)


class InvitationLink:
    """For a view behind an invitation's link: `self.invitation`, or the page that says that the link is gone."""

    invitation: Invitation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Through the link's gate before anything else."""
        invitation = invitation_with(kwargs["token"])
        if invitation is None:
            return link_gone(request)
        self.invitation = invitation
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The papers, which a member reads by her link as she would signed in."""
        meeting = self.invitation.meeting
        return super().get_context_data(  # type: ignore[misc]
            invitation=self.invitation, meeting=meeting, forum=meeting.forum, reading=Papers(meeting), **kwargs
        )

    def back(self) -> str:
        """The invitation's own page."""
        return reverse("forum:invitation_open", args=[self.kwargs["token"]])  # type: ignore[attr-defined]


@method_decorator(open_to_all, name="dispatch")
class InvitationView(InvitationLink, FormView):
    """Time, place, papers, and yes, no or maybe. Looking changes nothing; pressing does."""

    form_class = AnswerForm
    template_name = "forum/invitation_open.html"

    def get_initial(self) -> dict[str, Any]:
        return {"answer": self.invitation.answer, "word": self.invitation.word}

    def get_form(self, form_class: Any = None) -> Any:
        """The heading above asks by name whether she comes."""
        form = super().get_form(form_class)
        form.fields["answer"].label = _("Ditt svar")
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        chosen = form.cleaned_data
        try:
            answer(invitation=self.invitation, answer=chosen["answer"], word=chosen["word"], by=None)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, _("Tack, ditt svar är sparat. Du kan ändra det här fram till mötet."))
        return HttpResponseRedirect(self.back())

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = Question.objects.active().filter(member=self.invitation.member, meeting=self.invitation.meeting)
        questions = list(own.order_by("created_at"))
        return super().get_context_data(questions=questions, token=self.kwargs["token"], **kwargs)


@method_decorator(open_to_all, name="dispatch")
class InvitationQuestionView(InvitationLink, ForumFormMixin, CreateView):
    """A question for the agenda, by the link."""

    model = Question
    form_class = QuestionForm
    template_name = "forum/question_open.html"
    success_message = gettext_lazy("Frågan är skickad till sammankallande, som svarar dig.")

    def get_form_kwargs(self) -> dict[str, Any]:
        question = Question(meeting=self.invitation.meeting, member=self.invitation.member)
        return {**super().get_form_kwargs(), "instance": question}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=self.back(), **kwargs)

    def save(self, form: Any) -> Question:
        return ask(question=form.instance, by=None)

    def already_saved(self, form: Any) -> Any:
        """Made by nobody who is signed in, so told by the member instead."""
        pk = form.cleaned_data.get("submission")
        return Question.objects.filter(pk=pk, member=self.invitation.member).first() if pk else None

    def get_success_url(self) -> str:
        return self.back()


@login_not_required
@never_cache
@require_safe
def invitation_attachment(request: HttpRequest, token: str, pk: UUID) -> HttpResponseBase:
    """A file of the meeting, by the link."""
    invitation = invitation_with(token)
    if invitation is None:
        return link_gone(request)
    files = Attachment.objects.active().filter(item__meeting=invitation.meeting_id, item__archived_at__isnull=True)
    found = files.select_related("document").filter(pk=pk).first()
    return document_response(found.document) if found else link_gone(request)


@login_not_required
@never_cache
@require_safe
def invitation_calendar(request: HttpRequest, token: str) -> HttpResponseBase:
    """The meeting for the member's own calendar, by the link."""
    invitation = invitation_with(token)
    if invitation is None:
        return link_gone(request)
    event = event_of(invitation.meeting, url=invitation_link(invitation))
    name = f"{invitation.meeting}.ics"
    return as_file(HttpResponse(calendar_of([event])), filename=name, content_type="text/calendar; charset=utf-8")


@method_decorator(open_to_all, name="dispatch")
class ActionItemOpenView(ForumFormMixin, UpdateView):
    """How an åtgärd goes, by the link in its letter."""

    model = ActionItem
    form_class = ReportForm
    template_name = "forum/actionitem_open.html"
    success_message = gettext_lazy("Tack. Forumet ser det på nästa möte.")
    found: ActionItem

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Through the link's gate before anything else."""
        found = ActionItem.objects.with_token(kwargs["token"])
        if found is None:
            return link_gone(request)
        self.found = found
        return super().dispatch(request, *args, **kwargs)

    def get_object(self, queryset: Any = None) -> ActionItem:
        return self.found

    def save(self, form: Any) -> ActionItem:
        return report(item=form.instance, by=None, opened_version=form.cleaned_data.get(VERSION_FIELD))

    def get_success_url(self) -> str:
        return self.request.path
