# SPDX-License-Identifier: EUPL-1.2
"""The protokoll by the link in a member's letter: read it, say something of it, take the PDF. No account needed."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import CreateView

from forum.actions.protokoll_comments import comment
from forum.forms.protokoll import CommentForm
from forum.models import Invitation, Protokoll, ProtokollComment, ProtokollFile
from forum.protokoll_text import checksum, compose, thaw
from forum.views.forms import ForumFormMixin
from forum.views.open import link_gone
from platssamverkan.documents.responses import document_response


def opened_by(token: str) -> tuple[Invitation, Protokoll] | None:
    """The call whose link this is, and what is released of its meeting; None for a forged link, for a former member,
    and for an internal forum, which no aktör reads."""
    invitation = Invitation.objects.linked().with_token(token)
    if invitation is None:
        return None
    released = Protokoll.objects.released().filter(meeting=invitation.meeting_id)
    protokoll = released.select_related("meeting__forum", "replaces").order_by("-edition").first()
    return (invitation, protokoll) if protokoll else None


@method_decorator([login_not_required, never_cache], name="dispatch")
class ProtokollOpenView(ForumFormMixin, CreateView):
    """The protokoll, and while it is out for comments a form for one."""

    model = ProtokollComment
    form_class = CommentForm
    template_name = "forum/protokoll_open.html"
    success_message = _("Tack. Synpunkten är skickad till sammankallande.")
    invitation: Invitation
    protokoll: Protokoll

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Through the link's gate before anything else."""
        found = opened_by(kwargs["token"])
        if found is None:
            return link_gone(request)
        self.invitation, self.protokoll = found
        if request.method == "POST" and not self.protokoll.takes_comments:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        instance = ProtokollComment(protokoll=self.protokoll, member=self.invitation.member)
        return {**super().get_form_kwargs(), "instance": instance}

    def save(self, form: Any) -> ProtokollComment:
        return comment(comment=form.instance, by=None)

    def already_saved(self, form: Any) -> Any:
        """Made by nobody who is signed in, so told by the member instead."""
        pk = form.cleaned_data.get("submission")
        return ProtokollComment.objects.filter(pk=pk, member=self.invitation.member).first() if pk else None

    def get_success_url(self) -> str:
        return self.request.path

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        content = compose(self.protokoll)
        own = ProtokollComment.objects.for_list().filter(protokoll=self.protokoll, member=self.invitation.member)
        return super().get_context_data(
            protokoll=self.protokoll,
            meeting=self.protokoll.meeting,
            forum=self.protokoll.meeting.forum,
            text=thaw(content),
            sha256=checksum(content),
            signatures=thaw(self.protokoll.signatures),
            comments=list(own),
            token=self.kwargs["token"],
            **kwargs,
        )


@login_not_required
@never_cache
@require_safe
def protokoll_open_pdf(request: HttpRequest, token: str) -> HttpResponseBase:
    """The justerade protokoll's file, by the link."""
    found = opened_by(token)
    file = ProtokollFile.objects.filter(protokoll=found[1]).select_related("document").first() if found else None
    if file is None or file.document is None:
        return link_gone(request)
    return document_response(file.document, disposition="inline")
