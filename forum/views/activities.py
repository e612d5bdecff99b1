# SPDX-License-Identifier: EUPL-1.2
"""Pages of activities: a boende's list, one activity, and its steps."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, DetailView, UpdateView
from django_filters.views import FilterView

from boenden.rights import has_right, rights_at
from boenden.views.at_boende import AtBoende
from boenden.views.list_files import HasFile
from forum.actions import activities as actions
from forum.actions.meetings import Refused
from forum.cost_table import CostTable
from forum.forms.activities import ActivityFilter, ActivityForm, EvaluationForm
from forum.models import Activity, Cost
from forum.sharing import shown_count
from kartlaggning.models import Walk
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.gates import writable
from platssamverkan.ground.paging import UncountedPaginator
from platssamverkan.ground.plain_forms import PlainFormMixin


class ActivityListView(HasFile, AtBoende, FilterView):
    """A boende's activities, the latest first."""

    file_view = "forum:activity_export"
    reads = Right.READ_ACTIVITIES
    filterset_class = ActivityFilter
    template_name = "forum/activity_list.html"
    paginate_by = 50
    paginator_class = UncountedPaginator
    page_kwarg = "sida"
    strict = False

    def get_queryset(self) -> Any:
        return Activity.objects.visible_to(self.request.user).filter(boende=self.boende).for_list()


class ActivityDetailView(DetailView):
    """One activity, with what it cost. Small counts are for the boende's own people."""

    template_name = "forum/activity_detail.html"
    object: Activity

    def get_queryset(self) -> Any:
        return Activity.objects.visible_to(self.request.user).select_related("boende__forvaltning", "forum")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        activity, user = self.object, self.request.user
        is_outsider = is_outside(user, activity)
        costs = Cost.objects.visible_to(user).filter(activity=activity).for_table()
        return super().get_context_data(
            activity=activity,
            is_outsider=is_outsider,
            brukare=shown_count(activity.brukare_count, is_outsider=is_outsider),
            neighbours=shown_count(activity.neighbour_count, is_outsider=is_outsider),
            may_edit=Activity.objects.editable_by(user).filter(pk=activity.pk).exists(),
            table=CostTable(costs),
            walk=walk_shown(user, activity),
            may_plan_walk=Right.EDIT_KARTLAGGNING in rights_at(user, activity.boende),
            **kwargs,
        )


def walk_shown(user: Any, activity: Activity) -> Walk | None:
    """Its promenad with the number of observations, for those who read the boende's kartläggning; others see none."""
    if activity.walk_id is None or not has_right(user, Right.READ_KARTLAGGNING):
        return None
    found: Walk | None = Walk.objects.visible_to(user).filter(pk=activity.walk_id).for_list().first()
    return found


def is_outside(user: Any, activity: Activity) -> bool:
    """Whether small counts are hidden from the user: she has no role at the boende."""
    return Right.READ_ACTIVITIES not in rights_at(user, activity.boende)


class ActivityFormView(PlainFormMixin):
    """What the forms of an activity share."""

    success_message = _("Aktiviteten är sparad.")
    submit = _("Spara aktiviteten")


class ActivityCreateView(AtBoende, ActivityFormView, CreateView):
    """A new activity, by those who work at the boende, the ombud among them."""

    reads = Right.READ_ACTIVITIES
    writes = Right.EDIT_ACTIVITIES
    form_class = ActivityForm
    heading = _("Ny aktivitet")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": Activity(boende=self.boende), "by": self.request.user}

    def get_sub(self) -> Any:
        return self.boende

    def get_crumbs(self) -> list[tuple[str, Any]]:
        back = reverse("forum:activity_list", args=[self.boende.slug])
        return [(self.boende.get_absolute_url(), self.boende), (back, _("Aktiviteter"))]

    def save(self, form: Any) -> Activity:
        return actions.save_activity(activity=form.instance, by=self.request.user)


class ActivityChangeView(ActivityFormView, UpdateView):
    """An activity that is there."""

    object: Activity

    def get_object(self, queryset: Any = None) -> Activity:
        return activity_to_write(self.request, self.kwargs["pk"])

    def get_sub(self) -> Any:
        return self.object.title

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return [(self.object.get_absolute_url(), self.object.title)]


class ActivityUpdateView(ActivityChangeView):
    """What it is about."""

    form_class = ActivityForm
    heading = _("Ändra aktiviteten")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def save(self, form: Any) -> Activity:
        return actions.save_activity(activity=form.instance, by=self.request.user, opened_version=self.opened(form))


class ActivityEvaluateView(ActivityChangeView):
    """What it gave."""

    form_class = EvaluationForm
    heading = _("Utvärdera aktiviteten")
    submit = _("Spara utvärderingen")
    success_message = _("Utvärderingen är sparad.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "is_outsider": is_outside(self.request.user, self.object)}

    def save(self, form: Any) -> Activity:
        return actions.evaluate(activity=form.instance, by=self.request.user, opened_version=self.opened(form))


def activity_to_write(request: HttpRequest, pk: UUID) -> Activity:
    """The activity, for someone who may change it. Raises Http404 or PermissionDenied."""
    rows = Activity.objects.visible_to(request.user).select_related("boende", "forum")
    return writable(rows, Activity.objects.editable_by(request.user), pk)


def take_step(request: HttpRequest, pk: UUID, step: Any, success: str) -> HttpResponse:
    """Do a step with an activity, or say why not."""
    activity = activity_to_write(request, pk)
    try:
        step(activity=activity, by=request.user)
        messages.success(request, success)
    except Refused as refused:
        messages.error(request, " ".join(refused.missing))
    return redirect(get_object_or_404(Activity, pk=pk))


@require_POST
def activity_hold(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It has taken place."""
    return take_step(request, pk, actions.hold, __("Aktiviteten är hållen. Skriv vad den gav medan ni minns."))


@require_POST
def activity_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It will not be held."""
    return take_step(request, pk, actions.cancel, __("Aktiviteten är inställd."))
