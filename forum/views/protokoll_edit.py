# SPDX-License-Identifier: EUPL-1.2
"""Writing in a protokoll: its facts and justerare, its items; comments and what became of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, UpdateView

from forum.access import convened_meeting, meeting_for
from forum.actions.meetings import Refused
from forum.actions.protokoll import make_protokoll, renew_protokoll, save_protokoll, save_protokoll_item
from forum.actions.protokoll_comments import answer_comment, comment
from forum.forms.protokoll import CommentAnswerForm, CommentForm, ProtokollForm, ProtokollItemForm
from forum.models import Protokoll, ProtokollComment, ProtokollItem
from forum.protokoll_access import open_item, open_protokoll, protokoll_for
from forum.views.forms import ForumFormMixin
from platssamverkan.ground.forms import VERSION_FIELD


@require_POST
def protokoll_create(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make the protokoll of a meeting, or go to the one there is."""
    meeting, _place = meeting_for(request.user, pk)
    made = Protokoll.objects.visible_to(request.user).filter(meeting=meeting, edition=1).first()
    if made:
        return redirect(made)
    meeting, _place = convened_meeting(request.user, pk)
    try:
        protokoll = make_protokoll(meeting=meeting, by=request.user)
    except Refused as refused:
        for sentence in refused.missing:
            messages.error(request, sentence)
        return redirect(meeting)
    return redirect(protokoll)


@require_POST
def protokoll_renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take over what has been changed in the meeting since."""
    protokoll, _place = open_protokoll(request.user, pk)
    if protokoll.replaces_id:
        raise PermissionDenied
    left = renew_protokoll(protokoll=protokoll, by=request.user)
    messages.success(request, __("Närvaro, åtgärder och anteckningar är hämtade från mötet."))
    if left:
        kept = __("De här punkterna är ändrade i protokollet och lämnades som de är: %(titles)s.")
        messages.info(request, kept % {"titles": ", ".join(left)})
    return redirect(protokoll)


class ProtokollFormView(ForumFormMixin, UpdateView):
    """A page where the sammankallande writes."""

    object: Any

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        protokoll = self.protokoll
        return super().get_context_data(
            protokoll=protokoll, meeting=protokoll.meeting, forum=protokoll.meeting.forum, **kwargs
        )

    @property
    def protokoll(self) -> Protokoll:
        """The protokoll that the page is about."""
        return self.object if isinstance(self.object, Protokoll) else self.object.protokoll

    def get_success_url(self) -> str:
        return self.object.get_absolute_url()


class ProtokollUpdateView(ProtokollFormView):
    """Diarienummer, justerare, what a correction corrects."""

    form_class = ProtokollForm
    template_name = "forum/protokoll_form.html"
    success_message = _("Sparat.")

    def get_object(self, queryset: Any = None) -> Protokoll:
        return open_protokoll(self.request.user, self.kwargs["pk"])[0]

    def save(self, form: Any) -> Protokoll:
        return save_protokoll(
            protokoll=form.instance,
            justerare=list(form.cleaned_data["justerare"]),
            by=self.request.user,
            opened_version=form.cleaned_data.get(VERSION_FIELD),
        )


class ProtokollItemUpdateView(ProtokollFormView):
    """What was said and decided on an item. Who saves second is shown both texts."""

    form_class = ProtokollItemForm
    template_name = "forum/protokollitem_form.html"
    success_message = _("Punkten är sparad.")

    def get_object(self, queryset: Any = None) -> ProtokollItem:
        return open_item(self.request.user, self.kwargs["pk"])

    def save(self, form: Any) -> ProtokollItem:
        version = form.cleaned_data.get(VERSION_FIELD)
        return save_protokoll_item(item=form.instance, by=self.request.user, opened_version=version)


class CommentCreateView(ForumFormMixin, CreateView):
    """A synpunkt of someone who reads it; ?punkt= is the item."""

    model = ProtokollComment
    form_class = CommentForm
    template_name = "forum/protokollcomment_form.html"
    success_message = _("Synpunkten är skickad till sammankallande.")
    protokoll: Protokoll

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For everyone who reads the protokoll, while it is out for comments."""
        self.protokoll, _place = protokoll_for(request.user, kwargs["pk"])
        if not self.protokoll.takes_comments:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": ProtokollComment(protokoll=self.protokoll)}

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("punkt", "")
        items = ProtokollItem.objects.in_order().filter(protokoll=self.protokoll)
        return {"item": next((item for item in items if str(item.pk) == asked), None)} if asked else {}

    def save(self, form: Any) -> ProtokollComment:
        return comment(comment=form.instance, by=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            protokoll=self.protokoll, meeting=self.protokoll.meeting, forum=self.protokoll.meeting.forum, **kwargs
        )


class CommentAnswerView(ProtokollFormView):
    """What became of a synpunkt, by the sammankallande."""

    form_class = CommentAnswerForm
    template_name = "forum/protokollcomment_answer.html"
    success_message = _("Svaret är sparat.")

    def get_object(self, queryset: Any = None) -> ProtokollComment:
        found = get_object_or_404(
            ProtokollComment.objects.visible_to(self.request.user).for_list(), pk=self.kwargs["pk"]
        )
        found.protokoll, _place = open_protokoll(self.request.user, found.protokoll_id)
        return found

    def save(self, form: Any) -> ProtokollComment:
        version = form.cleaned_data.get(VERSION_FIELD)
        return answer_comment(comment=form.instance, by=self.request.user, opened_version=version)
