# SPDX-License-Identifier: EUPL-1.2
"""Pages of the agenda: items, notes, files, questions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, UpdateView

from forum.access import convened_item, convened_meeting, meeting_for
from forum.actions import agenda as actions
from forum.forms.agenda import AttachmentForm, ItemForm, NotesForm, QuestionAnswerForm, QuestionForm
from forum.models import AgendaItem, Attachment, Question
from forum.views.forms import ForumFormMixin
from platssamverkan.documents.responses import document_response
from platssamverkan.ground.actions import put_away
from platssamverkan.ground.forms import VERSION_FIELD
from platssamverkan.ground.gates import writable


class ItemFormView(ForumFormMixin):
    """What writing an item shares."""

    success_message: Any = _("Punkten är sparad.")

    def save(self, form: Any) -> AgendaItem:
        version = form.cleaned_data.get(VERSION_FIELD)
        return actions.save_item(item=form.instance, by=self.request.user, opened_version=version)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**kwargs, "meeting": kwargs["form"].instance.meeting}


class ItemCreateView(ItemFormView, CreateView):
    """A new item, before the closing one."""

    model = AgendaItem
    form_class = ItemForm
    template_name = "forum/agendaitem_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        meeting, _place = convened_meeting(self.request.user, self.kwargs["pk"])
        return {**super().get_form_kwargs(), "instance": AgendaItem(meeting=meeting)}


class ItemUpdateView(ItemFormView, UpdateView):
    """What an item is about."""

    model = AgendaItem
    form_class: Any = ItemForm
    template_name = "forum/agendaitem_form.html"

    def get_object(self, queryset: Any = None) -> AgendaItem:
        return convened_item(self.request.user, self.kwargs["pk"])


class NotesView(ItemUpdateView):
    """What came of an item. Two people write in different items at once without noticing each other."""

    form_class = NotesForm
    template_name = "forum/agendaitem_notes.html"
    success_message = _("Anteckningen är sparad.")


@require_POST
def agendaitem_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One step up or down."""
    item = convened_item(request.user, pk)
    actions.move_item(item=item, direction="up" if request.POST.get("vart") == "upp" else "down", by=request.user)
    return redirect(item)


@require_POST
def agendaitem_archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an item off the agenda."""
    item = convened_item(request.user, pk)
    put_away(record=item, by=request.user)
    messages.success(request, __("Punkten är borttagen från dagordningen."))
    return redirect(item.meeting)


class AttachmentCreateView(ForumFormMixin, CreateView):
    """A file to go with an item, for the sammankallande."""

    model = Attachment
    form_class = AttachmentForm
    template_name = "forum/attachment_form.html"
    success_message = _("Filen är sparad.")

    def get_form_kwargs(self) -> dict[str, Any]:
        item = convened_item(self.request.user, self.kwargs["pk"])
        return {**super().get_form_kwargs(), "instance": Attachment(item=item)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs = super().get_context_data(**kwargs)
        item = kwargs["form"].instance.item
        return {**kwargs, "item": item, "meeting": item.meeting}

    def save(self, form: Any) -> Attachment:
        content = form.cleaned_data["file"].read()
        user = self.request.user
        return actions.attach(attachment=form.instance, content=content, content_type=form.content_type, by=user)

    def get_success_url(self) -> str:
        return self.object.item.get_absolute_url()


def attachment_detail(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The file, for whoever reads the meeting."""
    files = Attachment.objects.visible_to(request.user).select_related("document")
    return document_response(get_object_or_404(files, pk=pk).document)


@require_POST
def attachment_archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a file off an item. The file is kept."""
    files = Attachment.objects.visible_to(request.user).select_related("item__meeting")
    attachment = writable(files, Attachment.objects.editable_by(request.user), pk)
    actions.refuse_sealed(attachment.item.meeting)
    put_away(record=attachment, by=request.user)
    messages.success(request, __("Filen är borttagen från punkten."))
    return redirect(attachment.item)


class QuestionCreateView(ForumFormMixin, CreateView):
    """A member asks for something to be taken up."""

    model = Question
    form_class = QuestionForm
    template_name = "forum/question_form.html"
    success_message = _("Frågan är skickad till sammankallande, som svarar dig.")

    def get_form_kwargs(self) -> dict[str, Any]:
        meeting, place = meeting_for(self.request.user, self.kwargs["pk"])
        if place.member is None:
            if place.reads_notes:
                raise PermissionDenied
            raise Http404
        return {**super().get_form_kwargs(), "instance": Question(meeting=meeting, member=place.member)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs = super().get_context_data(**kwargs)
        return {**kwargs, "meeting": kwargs["form"].instance.meeting}

    def save(self, form: Any) -> Question:
        return actions.ask(question=form.instance, by=self.request.user)

    def get_success_url(self) -> str:
        return self.object.meeting.get_absolute_url()


class QuestionAnswerView(ForumFormMixin, UpdateView):
    """The sammankallande takes a question up, or says why not."""

    model = Question
    form_class = QuestionAnswerForm
    template_name = "forum/question_answer.html"
    success_message = _("Svaret är skickat.")

    def get_object(self, queryset: Any = None) -> Question:
        visible = Question.objects.visible_to(self.request.user).select_related(
            "meeting__forum", "member__user", "member__person__actor"
        )
        return writable(visible, Question.objects.editable_by(self.request.user), self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(meeting=self.object.meeting, **kwargs)

    def save(self, form: Any) -> Question:
        return actions.answer_question(
            question=form.instance,
            accepts=form.cleaned_data["accepts"] == "ja",
            answer=form.cleaned_data["answer"],
            by=self.request.user,
            opened_version=form.cleaned_data.get(VERSION_FIELD),
        )

    def get_success_url(self) -> str:
        return self.object.meeting.get_absolute_url()
