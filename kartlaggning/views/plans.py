# SPDX-License-Identifier: EUPL-1.2
"""Pages of plans: a boende's editions, one of them with its balance and what it changes, and its steps."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import ListView

from boenden.rights import rights_at
from boenden.views.at_boende import AtBoende, boende_for
from boenden.views.list_files import HasFile, may_take_out
from kartlaggning.access import may_edit, row_to_write
from kartlaggning.actions import plans as actions
from kartlaggning.forms.plans import PlanForm
from kartlaggning.models import Insats, Kartlaggning, Plan
from kartlaggning.plan_changes import changes, mark_taken_out
from kartlaggning.plan_reading import balance
from kartlaggning.views.pages import Crumbs, OfRoundUpdateView
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.actions import EditConflict, Refused
from platssamverkan.ground.gates import writable

TO_BOENDE = "boende__forvaltning"


def plan_crumbs(plan: Plan) -> Crumbs:
    """The pages above a page of the plan."""
    back = reverse("kartlaggning:plan_list", args=[plan.boende.slug])
    return [(plan.boende.get_absolute_url(), plan.boende), (back, _("Plan")), (plan.get_absolute_url(), plan)]


class PlanListView(HasFile, AtBoende, ListView):
    """A boende's editions, the latest first."""

    file_view = "kartlaggning:plan_list_export"
    reads = Right.READ_KARTLAGGNING
    template_name = "kartlaggning/plan_list.html"

    def get_queryset(self) -> Any:
        return Plan.objects.visible_to(self.request.user).filter(boende=self.boende).for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "has_draft": any(plan.is_draft for plan in context["object_list"])}


@require_POST
def plan_start(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft of the boende, new if there is none; `kartlaggning` says which round it comes of.

    With `handelse` on to a new insats that answers that incident; the form lets only those choose it who read it.
    """
    boende = boende_for(request.user, slug, reads=Right.READ_KARTLAGGNING, writes=Right.EDIT_KARTLAGGNING)
    rounds = Kartlaggning.objects.visible_to(request.user).filter(boende=boende).for_list()
    asked = request.POST.get("kartlaggning", "")
    kartlaggning = next((row for row in rounds if str(row.pk) == asked), rounds.first())
    plan = actions.start_plan(boende=boende, kartlaggning=kartlaggning, by=request.user)
    if incident := request.POST.get("handelse", ""):
        query = urlencode({"handelse": incident})
        return redirect(f"{reverse('kartlaggning:insats_create', args=[plan.pk])}?{query}")
    return redirect(plan)


def plan_page(
    request: HttpRequest, plan: Plan, *, was_stopped: bool = False, was_changed: bool = False, status: int = 200
) -> HttpResponse:
    """A plan with its insatser; `was_stopped` where it could not be approved for what is left."""
    insatser = list(Insats.objects.filter(plan=plan).for_plan())
    mark_taken_out(plan, insatser)
    may_write = may_edit(request.user, plan.boende)
    context = {
        "plan": plan,
        "boende": plan.boende,
        "insatser": insatser,
        "balance": balance(insatser),
        "changes": changes(plan, insatser),
        "left": actions.left_for_approval(plan, insatser) if plan.is_draft else [],
        "read": actions.read_mark(plan, insatser),
        "may_edit": may_write,
        "may_take_out": may_take_out(request.user, plan.boende),
        "may_approve": Right.APPROVE_PLAN in rights_at(request.user, plan.boende),
        "was_stopped": was_stopped,
        "was_changed": was_changed,
    }
    return render(request, "kartlaggning/plan_detail.html", context, status=status)


def plan_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One edition."""
    rows = Plan.objects.visible_to(request.user).select_related(
        TO_BOENDE, "kartlaggning", "previous", "approved_by", "document"
    )
    return plan_page(request, get_object_or_404(rows, pk=pk))


class PlanUpdateView(OfRoundUpdateView):
    """Insights and the day of review of a draft."""

    model = Plan
    related = (TO_BOENDE,)
    form_class = PlanForm
    heading = _("Insikter och översyn")
    submit = _("Spara")
    success_message = _("Planen är sparad.")

    def get_crumbs(self) -> Crumbs:
        return plan_crumbs(self.object)

    def get_boende(self) -> Any:
        return self.object.boende

    def save(self, form: Any) -> Plan:
        return actions.save_plan(plan=form.instance, by=self.request.user, opened_version=self.opened(form))


@require_POST
def plan_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Approve the plan as it was read; while something is missing, say what."""
    rows = Plan.objects.visible_to(request.user).select_related(TO_BOENDE, "kartlaggning", "previous", "approved_by")
    plan = writable(rows, Plan.objects.approvable_by(request.user), pk)
    try:
        approved = actions.approve(plan=plan, by=request.user, read=request.POST.get("read", ""))
    except Refused:
        return plan_page(request, plan, was_stopped=True, status=422)
    except EditConflict:
        return plan_page(request, plan, was_changed=True, status=409)
    if approved.is_in_force:
        messages.success(request, __("Planen är godkänd och gäller från i dag."))
    else:
        messages.error(request, __("Den här versionen är ersatt. En nyare version av planen gäller."))
    return redirect(plan)


@require_POST
def plan_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open the next edition."""
    plan = row_to_write(Plan, request.user, pk, TO_BOENDE)
    try:
        latest = Kartlaggning.objects.filter(boende=plan.boende).for_list().first()
        following = actions.review(plan=plan, kartlaggning=latest, by=request.user)
    except Refused as refused:
        messages.error(request, " ".join(refused.missing))
        return redirect(plan)
    messages.success(request, __("Det här är nästa version. Ändra det som inte längre stämmer."))
    return redirect(following)
