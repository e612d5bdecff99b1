# SPDX-License-Identifier: EUPL-1.2
"""Pages of forums: the list, one forum, a new one, its facts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, DetailView, ListView, UpdateView

from boenden.rights import has_right
from boenden.views.list_files import HasFile
from forum.access import Place, convened_forum, forum_for
from forum.actions.forums import end_forum, reopen_forum, save_forum, start_forum
from forum.attending import absent_members
from forum.cadence import in_words, proposed_days
from forum.forms.forums import ChangedForumForm, NewForumForm
from forum.insatser import may_tie, show_insatser
from forum.models import ActionItem, Forum, Meeting, Member
from forum.views.forms import ForumFormMixin
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.forms import VERSION_FIELD
from platssamverkan.start.registry import forum_pages_for

PAST_SHOWN = 12


class ForumListView(HasFile, ListView):
    """The forums that exist for the user, each with its next meeting."""

    file_view = "forum:forum_export"
    template_name = "forum/forum_list.html"
    context_object_name = "forums"

    def get_queryset(self) -> Any:
        return Forum.objects.visible_to(self.request.user).for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forums = list(self.object_list)
        coming: dict[Any, Meeting] = {}
        for meeting in Meeting.objects.coming().filter(forum__in=[forum.pk for forum in forums]):
            coming.setdefault(meeting.forum_id, meeting)
        rows = [(forum, coming.get(forum.pk)) for forum in forums]
        user = self.request.user
        return super().get_context_data(
            rows=rows,
            may_start=has_right(user, Right.START_FORUMS),
            reads_by_role=has_right(user, Right.READ_FORUMS),
            **kwargs,
        )


class ForumDetailView(DetailView):
    """One forum: its next meetings, earlier ones, open åtgärder, its people."""

    template_name = "forum/forum_detail.html"
    object: Forum
    place: Place

    def get_object(self, queryset: Any = None) -> Forum:
        forum, self.place = forum_for(self.request.user, self.kwargs["pk"])
        return forum

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forum, place = self.object, self.place
        meetings = Meeting.objects.active().filter(forum=forum)
        coming = list(meetings.coming())
        past = [m for m in meetings.order_by("-starts_at", "-pk")[: PAST_SHOWN + len(coming)] if not m.is_coming]
        latest = max([meeting.day for meeting in [*coming, *past[:1]]], default=timezone.localdate())
        after = max(latest, timezone.localdate())
        return super().get_context_data(
            place=place,
            coming=coming,
            past=past,
            proposed=proposed_days(forum, after) if place.convenes and not forum.has_ended else [],
            rhythm=in_words(forum.rrule),
            members=list(Member.objects.for_list().filter(forum=forum)),
            actions=show_insatser(self.request.user, ActionItem.objects.open().filter(forum=forum).for_list()),
            may_tie=may_tie(self.request.user, forum),
            absent=absent_members([forum]) if place.convenes else [],
            own=place.memberships,
            may_take_out=place.may_take_out,
            pages=forum_pages_for(self.request.user, place),
            **kwargs,
        )


class ForumCreateView(ForumFormMixin, CreateView):
    """A new forum, by an enhetschef."""

    model = Forum
    form_class = NewForumForm
    template_name = "forum/forum_form.html"
    success_message = _("Forumet är startat. Lägg till medlemmarna, så kan ni kalla till första mötet.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For those who start forums."""
        if not has_right(request.user, Right.START_FORUMS):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def save(self, form: Any) -> Forum:
        chosen = form.cleaned_data
        return start_forum(
            forum=form.instance, boenden=list(chosen["boenden"]), convener=chosen["convener"], by=self.request.user
        )


class ForumUpdateView(ForumFormMixin, UpdateView):
    """What the forum is for, and how it usually meets."""

    model = Forum
    form_class = ChangedForumForm
    template_name = "forum/forum_form.html"
    success_message = _("Forumet är sparat.")

    def get_object(self, queryset: Any = None) -> Forum:
        return convened_forum(self.request.user, self.kwargs["pk"])[0]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def save(self, form: Any) -> Forum:
        version = form.cleaned_data.get(VERSION_FIELD)
        added = list(form.cleaned_data.get("added") or ())
        return save_forum(forum=form.instance, added=added, by=self.request.user, opened_version=version)


@require_POST
def forum_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It meets no more, or again."""
    forum, place = forum_for(request.user, pk)
    if not (place.convenes or place.appoints):
        raise PermissionDenied
    if forum.has_ended:
        reopen_forum(forum=forum, by=request.user)
        messages.success(request, __("Forumet är i gång igen."))
    else:
        end_forum(forum=forum, by=request.user)
        messages.success(request, __("Forumet är avslutat. Allt som är skrivet finns kvar att läsa."))
    return redirect(forum)
