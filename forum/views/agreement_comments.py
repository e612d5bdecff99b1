# SPDX-License-Identifier: EUPL-1.2
"""Pages of comments on an agreement's draft."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.generic import CreateView, UpdateView

from forum.actions.agreement_comments import answer_comment, comment_draft
from forum.agreement_reading import version_for, version_to_edit
from forum.forms.agreement_comments import AgreementCommentAnswerForm, AgreementCommentForm
from forum.models import AgreementComment
from platssamverkan.ground.plain_forms import PlainFormMixin


class AgreementCommentCreateView(PlainFormMixin, CreateView):
    """A synpunkt of someone who reads a draft that has been shown. 403 for every other version."""

    form_class = AgreementCommentForm
    heading = _("Lämna en synpunkt")
    submit = _("Skicka synpunkten")
    success_message = _("Synpunkten är skickad till sammankallande.")

    def get_form_kwargs(self) -> dict[str, Any]:
        self.version = version_for(self.request.user, self.kwargs["pk"])
        if not self.version.takes_comments:
            raise PermissionDenied
        instance = AgreementComment(agreement_version=self.version)
        return {**super().get_form_kwargs(), "instance": instance}

    def get_sub(self) -> Any:
        return self.version

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return [(self.version.get_absolute_url(), self.version.agreement.title)]

    def save(self, form: Any) -> AgreementComment:
        return comment_draft(comment=form.instance, by=self.request.user)


class AgreementCommentAnswerView(PlainFormMixin, UpdateView):
    """What became of a synpunkt, by the sammankallande."""

    form_class = AgreementCommentAnswerForm
    template_name = "forum/agreementcomment_answer.html"
    heading = _("Svara på synpunkten")
    submit = _("Spara svaret")
    success_message = _("Svaret är sparat.")
    object: AgreementComment

    def get_object(self, queryset: Any = None) -> AgreementComment:
        rows = AgreementComment.objects.visible_to(self.request.user).for_list()
        found = get_object_or_404(rows, pk=self.kwargs["pk"])
        found.agreement_version = version_to_edit(self.request.user, found.agreement_version_id)
        return found

    def get_sub(self) -> Any:
        return self.object.author

    def get_crumbs(self) -> list[tuple[str, Any]]:
        version = self.object.agreement_version
        return [(version.get_absolute_url(), version.agreement.title)]

    def save(self, form: Any) -> AgreementComment:
        return answer_comment(comment=form.instance, by=self.request.user, opened_version=self.opened(form))
