# SPDX-License-Identifier: EUPL-1.2
"""How far each boende has come with kartläggning and plan, for those who answer for several."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.utils import timezone
from django.views.generic import ListView

from boenden.models import Boende
from boenden.rights import has_right
from boenden.views.list_files import HasFile
from kartlaggning.models import Kartlaggning, Plan
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.paging import UncountedPaginator


class OverviewView(HasFile, ListView):
    """The boenden by name: the latest round and its step, the plan in force and its day of review. Two queries."""

    file_view = "kartlaggning:overview_export"
    template_name = "kartlaggning/overview.html"
    paginate_by = 50
    paginator_class = UncountedPaginator
    page_kwarg = "sida"

    def get_queryset(self) -> Any:
        if not has_right(self.request.user, Right.READ_KARTLAGGNING):
            raise Http404
        latest = Kartlaggning.objects.filter(boende=OuterRef("pk")).for_list()
        plans = Plan.objects.active().filter(boende=OuterRef("pk"))
        in_force, draft = plans.filter(status=Plan.Status.APPROVED), plans.filter(status=Plan.Status.DRAFT)
        boenden = Boende.objects.with_right(self.request.user, Right.READ_KARTLAGGNING).for_list()
        return boenden.annotate(
            round_id=Subquery(latest.values("pk")[:1]),
            round_year=Subquery(latest.values("year")[:1]),
            round_step=Subquery(latest.values("step")[:1]),
            plan_id=Subquery(in_force.values("pk")[:1]),
            plan_review_on=Subquery(in_force.values("review_on")[:1]),
            draft_id=Subquery(draft.values("pk")[:1]),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(steps=dict(Kartlaggning.Step.choices), **kwargs)
        today = timezone.localdate()
        for boende in context["object_list"]:
            boende.step_name = context["steps"].get(boende.round_step, "")
            boende.is_review_late = boende.plan_review_on is not None and boende.plan_review_on < today
        return context
