# SPDX-License-Identifier: EUPL-1.2
"""Pages of insatser: write one, how it goes, what came of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import CreateView

from kartlaggning.access import may_edit, row_to_write
from kartlaggning.actions import plans as actions
from kartlaggning.beside import insats_panels
from kartlaggning.examples import example_of
from kartlaggning.families import Families
from kartlaggning.forms.plans import EvaluationForm, InsatsForm, StatusForm
from kartlaggning.models import Insats, InsatsEvaluation, Plan
from kartlaggning.plan_changes import mark_taken_out
from kartlaggning.views.pages import Crumbs, OfRoundUpdateView, RoundFormView
from kartlaggning.views.plans import TO_BOENDE, plan_crumbs
from platssamverkan.ground.actions import EditConflict, Refused, save_record

TO_PLAN = "plan__boende__forvaltning"


def insats_page(
    request: HttpRequest, insats: Insats, form: StatusForm | None = None, status: int = 200
) -> HttpResponse:
    """One insats; `form` is how it goes, as it was sent."""
    mark_taken_out(insats.plan, [insats])
    may_write = may_edit(request.user, insats.plan.boende)
    steps: list[tuple[str, Any]] = [(insats.status, insats.get_status_display())]
    steps += [(key, Insats.Status(key).label) for key in actions.STEPS[Insats.Status(insats.status)]]
    form = form or StatusForm(initial=how_it_goes(insats), insats=insats)
    form.fields["status"].choices = steps  # type: ignore[attr-defined]
    context = {
        "insats": insats,
        "plan": insats.plan,
        "boende": insats.plan.boende,
        "example": example_of(insats),
        "evaluations": evaluations_of(insats),
        "counts": insats.plan.status != Plan.Status.REPLACED,
        "may_edit": may_write,
        "form": form,
        "panels": insats_panels(request.user, insats),
    }
    return render(request, "kartlaggning/insats_detail.html", context, status=status)


def how_it_goes(insats: Insats) -> dict[str, Any]:
    """What the form of its status begins with."""
    return {"status": insats.status, "follow_up_on": insats.followed_up_next, "opened_version": insats.version}


def evaluations_of(insats: Insats) -> list[InsatsEvaluation]:
    """What came of it, in this edition of the plan and in those before."""
    same = Families([insats.plan.boende]).of(insats.pk)
    return list(InsatsEvaluation.objects.active().filter(insats__in=same).select_related("created_by"))


def insats_for(user: Any, pk: UUID) -> Insats:
    """The insats, for its readers. Raises Http404."""
    rows = Insats.objects.visible_to(user).select_related(TO_PLAN, "responsible", "incident", "observation", "origin")
    return get_object_or_404(rows, pk=pk)


def insats_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One insats."""
    return insats_page(request, insats_for(request.user, pk))


class InsatsFormView(RoundFormView):
    """What the forms of an insats share."""

    submit = _("Spara insatsen")

    @property
    def plan(self) -> Any:
        """The plan that the insats stands in."""
        raise NotImplementedError

    def get_crumbs(self) -> Crumbs:
        return plan_crumbs(self.plan)

    def get_boende(self) -> Any:
        return self.plan.boende

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}  # type: ignore[misc]

    def save(self, form: Any) -> Insats:
        return actions.save_insats(insats=form.instance, by=self.request.user, opened_version=self.version(form))


class InsatsCreateView(InsatsFormView, CreateView):
    """A new insats in a draft; ?observation= or ?handelse= says what it answers."""

    form_class = InsatsForm
    heading = _("Ny insats")
    success_message = _("Insatsen är sparad i planen.")

    @cached_property
    def plan(self) -> Plan:
        """The plan. Raises Http404 or PermissionDenied."""
        found: Plan = row_to_write(Plan, self.request.user, self.kwargs["pk"], TO_BOENDE, "kartlaggning")
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": Insats(plan=self.plan)}

    def get_initial(self) -> dict[str, Any]:
        return {
            "observation": self.request.GET.get("observation", ""),
            "incident": self.request.GET.get("handelse", ""),
        }

    def get_success_url(self) -> str:
        return self.plan.get_absolute_url()


class InsatsUpdateView(InsatsFormView, OfRoundUpdateView):
    """An insats of a draft."""

    model = Insats
    related = (TO_PLAN,)
    form_class = InsatsForm
    heading = _("Ändra insatsen")
    success_message = _("Insatsen är ändrad.")

    @property
    def plan(self) -> Plan:
        """Its plan."""
        found: Plan = self.object.plan
        return found


@require_POST
def insats_archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take it out of a draft."""
    insats = row_to_write(Insats, request.user, pk, TO_PLAN)
    try:
        actions.remove_insats(insats=insats, by=request.user)
        messages.success(request, __("Insatsen är borttagen ur planen."))
    except Refused as refused:
        messages.error(request, " ".join(refused.missing))
    return redirect(insats.plan)


@require_POST
def insats_status(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tell how it goes."""
    row_to_write(Insats, request.user, pk, TO_PLAN)
    insats = insats_for(request.user, pk)
    form = StatusForm(request.POST, insats=insats)
    if not form.is_valid():
        return insats_page(request, insats, form, 422)
    try:
        actions.set_status(insats=insats, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_error("follow_up_on", refused.missing)
        return insats_page(request, insats, form, 422)
    except EditConflict:
        mine = StatusForm({**request.POST.dict(), "opened_version": insats.version}, insats=insats)
        words = __("Någon har nyss ändrat läget till %(now)s. Spara igen om det ändå ska bli som du har valt.")
        mine.is_valid()
        mine.add_error(None, words % {"now": insats.get_status_display()})
        return insats_page(request, insats, mine, 409)
    messages.success(request, __("Läget är sparat."))
    return redirect(insats)


class InsatsEvaluateView(RoundFormView, CreateView):
    """What came of it; written as often as it is followed up."""

    form_class = EvaluationForm
    heading = _("Utvärdera insatsen")
    submit = _("Spara utvärderingen")
    success_message = _("Utvärderingen är sparad.")

    @cached_property
    def insats(self) -> Insats:
        """The insats. Raises Http404 or PermissionDenied."""
        found: Insats = row_to_write(Insats, self.request.user, self.kwargs["pk"], TO_PLAN)
        return found

    def get_boende(self) -> Any:
        return self.insats.plan.boende

    def get_crumbs(self) -> Crumbs:
        return [*plan_crumbs(self.insats.plan), (self.insats.get_absolute_url(), self.insats)]

    def get_sub(self) -> Any:
        return self.insats

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": InsatsEvaluation(insats=self.insats)}

    def save(self, form: Any) -> InsatsEvaluation:
        return save_record(record=form.instance, by=self.request.user)
