# SPDX-License-Identifier: EUPL-1.2
"""Pages of a forum's members."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, ListView, UpdateView

from forum.access import Place, forum_for
from forum.actions.forums import add_member, end_member, invite_member, note_called, save_member
from forum.attending import absent_members
from forum.forms.forums import MemberForm, NewMemberForm
from forum.models import Forum, Member
from forum.views.forms import ForumFormMixin
from forum.views.of_forum import OfForum
from platssamverkan.ground.forms import VERSION_FIELD
from platssamverkan.ground.gates import writable


def keeper_of(user: Any, pk: UUID) -> tuple[Forum, Place]:
    """The forum for someone who looks after its members: the sammankallande, and the enhetschef who appoints her."""
    forum, place = forum_for(user, pk)
    if not (place.convenes or place.appoints):
        raise PermissionDenied
    return forum, place


def member_for(user: Any, pk: UUID) -> Member:
    """The member, for someone who may change her place. Raises Http404 or PermissionDenied."""
    visible = Member.objects.visible_to(user).active().with_names().select_related("forum")
    return writable(visible, Member.objects.editable_by(user), pk)


class MemberListView(OfForum, ListView):
    """Who is in the forum, and who has been missed."""

    template_name = "forum/member_list.html"
    context_object_name = "members"
    file_view = "forum:member_list_export"

    def get_queryset(self) -> Any:
        self.forum, self.place = forum_for(self.request.user, self.kwargs["pk"])
        return Member.objects.for_list().filter(forum=self.forum)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_keep = self.place.convenes or self.place.appoints
        return super().get_context_data(
            forum=self.forum,
            place=self.place,
            may_keep=may_keep,
            absent=absent_members([self.forum]) if may_keep else [],
            **kwargs,
        )


class MemberCreateView(ForumFormMixin, CreateView):
    """Let someone in."""

    model = Member
    form_class = NewMemberForm
    template_name = "forum/member_form.html"
    success_message = _("Medlemmen är tillagd.")

    def get_form_kwargs(self) -> dict[str, Any]:
        forum, place = keeper_of(self.request.user, self.kwargs["pk"])
        return {
            **super().get_form_kwargs(),
            "instance": Member(forum=forum),
            "by": self.request.user,
            "may_appoint": place.appoints,
        }

    def save(self, form: Any) -> Member:
        return add_member(member=form.instance, by=self.request.user)

    def get_success_url(self) -> str:
        return reverse("forum:member_list", args=[self.object.forum_id])


class MemberUpdateView(ForumFormMixin, UpdateView):
    """Another capacity, or a last day."""

    model = Member
    form_class = MemberForm
    template_name = "forum/member_form.html"
    success_message = _("Ändringen är sparad.")

    def get_object(self, queryset: Any = None) -> Member:
        return member_for(self.request.user, self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        place = forum_for(self.request.user, self.object.forum_id)[1]
        return {**super().get_form_kwargs(), "may_appoint": place.appoints}

    def save(self, form: Any) -> Member:
        version = form.cleaned_data.get(VERSION_FIELD)
        return save_member(member=form.instance, by=self.request.user, opened_version=version)

    def get_success_url(self) -> str:
        return reverse("forum:member_list", args=[self.object.forum_id])


@require_POST
def member_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let someone go, at once."""
    member = member_for(request.user, pk)
    end_member(member=member, by=request.user)
    messages.success(request, __("%(name)s är inte längre med. Det gäller direkt.") % {"name": member})
    if Forum.objects.visible_to(request.user).filter(pk=member.forum_id).exists():
        return redirect("forum:member_list", pk=member.forum_id)
    return redirect("forum:forum_list")


@require_POST
def member_invite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mail her the way to an account."""
    member = member_for(request.user, pk)
    if member.account or not member.email:
        messages.error(request, __("Medlemmen har redan ett konto, eller saknar e-post."))
        return redirect("forum:member_list", pk=member.forum_id)
    try:
        invite_member(member=member, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, __("En inbjudan till ett konto är på väg till %(name)s.") % {"name": member})
    return redirect("forum:member_list", pk=member.forum_id)


@require_POST
def member_called(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Somebody has telephoned her."""
    member = member_for(request.user, pk)
    note_called(member=member, by=request.user)
    messages.success(request, __("Samtalet är antecknat."))
    return redirect("forum:member_list", pk=member.forum_id)
