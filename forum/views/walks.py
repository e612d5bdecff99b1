# SPDX-License-Identifier: EUPL-1.2
"""The page where staff plan the promenad of a trygghetsvandring, in their boende's kartläggning."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import CreateView

from boenden.rights import rights_at
from forum.actions.activities import plan_walk
from forum.forms.walks import ActivityWalkForm
from forum.models import Activity
from kartlaggning.models import Walk
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.plain_forms import PlainFormMixin


class ActivityWalkView(PlainFormMixin, CreateView):
    """The promenad of a trygghetsvandring. For those who work with the boende's kartläggning."""

    form_class = ActivityWalkForm
    heading = _("Planera promenaden")
    submit = _("Spara promenaden")
    success_message = _("Promenaden är planerad i kartläggningen. Skriv in det ni ser när den är gången.")

    @cached_property
    def activity(self) -> Activity:
        """The activity. Raises Http404, also where there is no promenad to plan, and PermissionDenied."""
        rows = Activity.objects.visible_to(self.request.user).select_related("boende__forvaltning", "walk")
        found = get_object_or_404(rows, pk=self.kwargs["pk"])
        if Right.EDIT_KARTLAGGNING not in rights_at(self.request.user, found.boende):
            raise PermissionDenied
        if not found.is_walk or found.is_cancelled:
            raise Http404
        return found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """There already: go there."""
        if request.user.is_authenticated and (walk := self.activity.own_walk):
            return redirect(walk)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        walk = Walk(planned_on=self.activity.happens_on, route=self.activity.place)
        return {**super().get_form_kwargs(), "instance": walk}

    def get_sub(self) -> Any:
        return self.activity.title

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return [(self.activity.get_absolute_url(), self.activity.title)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "boende": self.activity.boende}

    def save(self, form: Any) -> Walk:
        return plan_walk(activity=self.activity, walk=form.instance, by=self.request.user)
