# SPDX-License-Identifier: EUPL-1.2
"""Pages of a meeting: the working page, its papers, when and where, the call, calling off, who came."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.generic import CreateView, DetailView, UpdateView

from forum.access import Place, convened_forum, convened_meeting, meeting_for
from forum.actions import meetings as actions
from forum.cadence import proposed_days
from forum.calendar import calendar_of, event_of
from forum.forms.meetings import AnswerForm, AttendanceForm, CancelForm, MeetingForm
from forum.models import Attendance, Forum, Invitation, Meeting
from forum.reading import Reading
from forum.views.forms import ForumFormMixin
from platssamverkan.documents.responses import as_file
from platssamverkan.ground.days import FIRST_DAY, LAST_DAY
from platssamverkan.ground.forms import VERSION_FIELD
from platssamverkan.ground.gates import read_version, writable
from platssamverkan.look.words import day


class MeetingDetailView(DetailView):
    """The meeting: for its members the papers, for the sammankallande where she prepares and notes."""

    template_name = "forum/meeting_detail.html"
    object: Meeting
    place: Place

    def get_object(self, queryset: Any = None) -> Meeting:
        meeting, self.place = meeting_for(self.request.user, self.kwargs["pk"])
        return meeting

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reading = Reading(self.object, self.place)
        own = reading.own_invitation
        return super().get_context_data(
            reading=reading,
            place=self.place,
            forum=self.object.forum,
            answer_form=AnswerForm(initial={"answer": own.answer, "word": own.word}) if own else None,
            attendances=list(Attendance.objects.for_list().filter(meeting=self.object))
            if self.object.is_held and self.place.reads_notes
            else [],
            conveners=[member for member in self.place.memberships if member.is_convener],
            **kwargs,
        )


class MeetingPapersView(DetailView):
    """The papers alone, to read on a phone or to print."""

    template_name = "forum/meeting_papers.html"
    place: Place

    def get_object(self, queryset: Any = None) -> Meeting:
        meeting, self.place = meeting_for(self.request.user, self.kwargs["pk"])
        return meeting

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            reading=Reading(self.object, self.place), forum=self.object.forum, place=self.place, **kwargs
        )


def meeting_calendar(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The meeting as a file for the reader's own calendar."""
    meeting, _place = meeting_for(request.user, pk)
    url = request.build_absolute_uri(meeting.get_absolute_url())
    content = calendar_of([event_of(meeting, url=url)])
    return as_file(HttpResponse(content), filename=f"{meeting}.ics", content_type="text/calendar; charset=utf-8")


class MeetingCreateView(ForumFormMixin, CreateView):
    """A new meeting. ?dag= is a day that the forum's rhythm proposed."""

    model = Meeting
    form_class = MeetingForm
    template_name = "forum/meeting_form.html"
    success_message = _("Mötet är planerat, med en dagordning att börja från.")
    forum: Forum

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For the sammankallande."""
        self.forum = convened_forum(request.user, kwargs["pk"])[0]
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": Meeting(forum=self.forum)}

    def get_initial(self) -> dict[str, Any]:
        """The usual place and hours, on the day that was asked for or the next that the rhythm gives."""
        forum = self.forum
        day = day_asked(self.request.GET.get("dag", "")) or next_day(forum)
        initial: dict[str, Any] = {"place": forum.place, "day": day}
        if forum.usual_start:
            end = datetime.combine(timezone.localdate(), forum.usual_start) + timedelta(minutes=forum.usual_minutes)
            initial |= {"start": forum.usual_start, "end": end.time()}
        if day and forum.question_days:
            initial["questions_until"] = max(day - timedelta(days=forum.question_days), timezone.localdate())
        return initial

    def save(self, form: Any) -> Meeting:
        return actions.plan_meeting(meeting=form.instance, by=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(forum=self.forum, **kwargs)


def day_asked(text: str) -> Any:
    """The day in an address, or none."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and FIRST_DAY <= day <= LAST_DAY else None


def next_day(forum: Forum) -> Any:
    """The next day that the forum's rhythm gives, from its latest meeting on."""
    latest = Meeting.objects.active().filter(forum=forum).order_by("-starts_at").first()
    after = max(latest.day, timezone.localdate()) if latest else timezone.localdate()
    return next(iter(proposed_days(forum, after, 1)), None)


class MeetingStepView(ForumFormMixin, UpdateView):
    """A page where the sammankallande writes in a meeting."""

    model = Meeting
    object: Meeting

    def get_object(self, queryset: Any = None) -> Meeting:
        return convened_meeting(self.request.user, self.kwargs["pk"])[0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(forum=self.object.forum, **kwargs)


class MeetingUpdateView(MeetingStepView):
    """When and where. After the call, the members are told."""

    form_class = MeetingForm
    template_name = "forum/meeting_form.html"

    def save(self, form: Any) -> Meeting:
        before = form.instance.sequence
        version = form.cleaned_data.get(VERSION_FIELD)
        meeting = actions.save_meeting(meeting=form.instance, by=self.request.user, opened_version=version)
        is_told = meeting.sequence > before
        told = __("Mötet är ändrat. Medlemmarna får ett mail med den nya tiden och platsen.")
        messages.success(self.request, told if is_told else __("Mötet är ändrat."))
        if moved_to := form.questions_moved_to:
            messages.info(self.request, __("Frågor tas nu emot till och med %(day)s.") % {"day": day(moved_to)})
        return meeting


class MeetingCancelView(MeetingStepView):
    """Calling off."""

    form_class = CancelForm
    template_name = "forum/meeting_cancel.html"
    success_message = _("Mötet är inställt. De som var kallade får veta det.")

    def save(self, form: Any) -> Meeting:
        version = form.cleaned_data.get(VERSION_FIELD)
        return actions.cancel_meeting(meeting=form.instance, by=self.request.user, opened_version=version)


class AttendanceView(MeetingStepView):
    """Who came."""

    form_class = AttendanceForm
    template_name = "forum/attendance_form.html"
    success_message = _("Närvaron är sparad.")

    def save(self, form: Any) -> Meeting:
        actions.save_attendance(
            meeting=form.instance,
            rows=form.attendances(),
            brukare_count=form.cleaned_data.get("brukare_count"),
            by=self.request.user,
            opened_version=form.cleaned_data.get(VERSION_FIELD),
        )
        return form.instance


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Look the call through, then send it; while something is missing, say what."""
    meeting, place = convened_meeting(request.user, pk)
    missing: list[str] = []
    if request.method == "POST":
        try:
            actions.call_meeting(meeting=meeting, by=request.user)
        except actions.Refused as refused:
            missing = refused.missing
        else:
            messages.success(request, __("Kallelsen är på väg till medlemmarna."))
            return redirect(meeting)
    reading = Reading(meeting, place)
    members = list(meeting.forum.members.current().with_names().order_by("kind", "pk"))
    advice = actions.advice_before_call(
        waiting_questions=len(reading.waiting_questions),
        unled_items=reading.unled,
        members=members,
        planned=reading.minutes,
        lasts=int((meeting.ends_at - meeting.starts_at).total_seconds()) // 60,
    )
    context = {
        "meeting": meeting,
        "forum": meeting.forum,
        "reading": reading,
        "members": members,
        "missing": missing,
        "advice": advice,
    }
    return render(request, "forum/meeting_call.html", context, status=422 if missing else 200)


@require_POST
def meeting_send_papers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tell the members that the papers are renewed."""
    meeting, _place = convened_meeting(request.user, pk)
    send = partial(actions.send_papers, sequence=read_version(request, "sequence"))
    return after(request, meeting, send, __("Medlemmarna får ett mail om underlagen."))


@require_POST
def meeting_hold(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The meeting took place."""
    meeting, _place = convened_meeting(request.user, pk)
    return after(request, meeting, actions.hold_meeting, __("Mötet är hållet. Anteckna närvaron nu."))


def after(request: HttpRequest, meeting: Meeting, verb: Any, done: str) -> HttpResponse:
    """Take a step and say how it went."""
    try:
        verb(meeting=meeting, by=request.user)
    except actions.Refused as refused:
        for sentence in refused.missing:
            messages.error(request, sentence)
    else:
        messages.success(request, done)
    return redirect(meeting)


@require_POST
def meeting_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A member answers her own call, signed in."""
    meeting, place = meeting_for(request.user, pk)
    invitation = Invitation.objects.active().filter(meeting=meeting, member__in=place.memberships).first()
    if invitation is None:
        if place.reads_notes:
            raise PermissionDenied
        raise Http404
    invitation.meeting = meeting
    form = AnswerForm(request.POST)
    note_answer(request, invitation, form)
    return redirect(meeting)


@require_POST
def invitation_note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The sammankallande notes what somebody answered by telephone."""
    visible = Invitation.objects.visible_to(request.user).select_related("meeting__forum")
    invitation = writable(visible, Invitation.objects.editable_by(request.user), pk)
    note_answer(request, invitation, AnswerForm(request.POST))
    return redirect(invitation.meeting)


def note_answer(request: HttpRequest, invitation: Invitation, form: AnswerForm) -> None:
    """Write an answer, or say why not."""
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
        return
    try:
        actions.answer(
            invitation=invitation,
            answer=form.cleaned_data["answer"],
            word=form.cleaned_data["word"],
            by=request.user if request.user.is_authenticated else None,
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, __("Svaret är sparat: %(answer)s.") % {"answer": invitation.get_answer_display()})
