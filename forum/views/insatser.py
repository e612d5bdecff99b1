# SPDX-License-Identifier: EUPL-1.2
"""The page where staff tie an åtgärd to an insats of their plan."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import UpdateView

from forum.forms.insatser import TieForm
from forum.insatser import hides_tie, may_tie
from forum.models import ActionItem
from platssamverkan.ground.actions import save_record
from platssamverkan.ground.plain_forms import PlainFormMixin


class ActionItemInsatsView(PlainFormMixin, UpdateView):
    """Which insats an åtgärd belongs to. For staff of one of the forum's boenden, whoever convenes it."""

    form_class = TieForm
    heading = _("Knyt åtgärden till en insats")
    submit = _("Spara")
    success_message = _("Sparat. Åtgärden syns på insatsens sida.")
    object: ActionItem

    def get_object(self, queryset: Any = None) -> ActionItem:
        user = self.request.user
        rows = ActionItem.objects.visible_to(user).select_related("forum").prefetch_related("forum__boenden")
        action = get_object_or_404(rows, pk=self.kwargs["pk"])
        if not may_tie(user, action.forum) or hides_tie(user, action):
            raise PermissionDenied
        return action

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def get_sub(self) -> Any:
        return self.object.title

    def get_crumbs(self) -> list[tuple[str, Any]]:
        forum = self.object.forum
        return [
            (forum.get_absolute_url(), forum),
            (reverse("forum:actionitem_list", args=[forum.pk]), _("Åtgärder")),
        ]

    def save(self, form: Any) -> ActionItem:
        return save_record(record=form.instance, by=self.request.user, opened_version=self.opened(form))

    def get_success_url(self) -> str:
        return reverse("forum:actionitem_list", args=[self.object.forum_id])
