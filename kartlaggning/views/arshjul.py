# SPDX-License-Identifier: EUPL-1.2
"""A boende's årshjul as wheel and list; all boendens, late first; and what one says of an activity."""

from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, TemplateView, UpdateView
from django_filters.views import FilterView

from boenden.models import Boende
from boenden.rights import has_right, rights_at
from boenden.views.at_boende import AtBoende, boende_for
from boenden.views.list_files import HasFile
from kartlaggning.actions.arshjul import archive_own, finish, postpone, reopen, save_own, set_aside
from kartlaggning.actions.arshjul_filling import fill_boende
from kartlaggning.arshjul.people import with_people
from kartlaggning.arshjul.wheel import wheel_of, with_standing
from kartlaggning.forms.arshjul import (
    ActivityDoneForm,
    ActivityPostponeForm,
    ActivitySkipForm,
    ArshjulFilter,
    OwnActivityForm,
)
from kartlaggning.models import ArshjulActivity
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.gates import writable
from platssamverkan.ground.paging import UncountedPaginator
from platssamverkan.ground.plain_forms import PlainFormMixin

READS, WRITES = Right.READ_KARTLAGGNING, Right.EDIT_KARTLAGGNING
YEAR = "ar"  # in the address
FARTHEST = 5  # years from this one that can be asked for


def asked_year(request: HttpRequest) -> int:
    """The year of the address, if it is near; else this one."""
    this = timezone.localdate().year
    asked = request.GET.get(YEAR, "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else this
    return year if abs(year - this) <= FARTHEST else this


class ArshjulView(HasFile, AtBoende, TemplateView):
    """A boende's year."""

    reads = READS
    file_view = "kartlaggning:arshjul_export"
    template_name = "kartlaggning/arshjul.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year, this = asked_year(self.request), timezone.localdate().year
        own = ArshjulActivity.objects.visible_to(self.request.user).filter(boende=self.boende)
        rows = with_standing(own.in_year(year))
        left = own.open().filter(due_on__lt=date(year, 1, 1)).order_by("due_on", "title", "pk")
        old = with_standing(left) if year == this else []
        for activity in old:
            activity.number = None  # stands in the list only
        for activity in [*old, *rows]:
            activity.boende = self.boende
        with_people([*old, *rows])
        return super().get_context_data(
            year=year,
            wheel=wheel_of(year, rows),
            parts=parts_of(old, [activity for activity in rows if activity.is_open]),
            closed=[activity for activity in rows if not activity.is_open],
            previous_year=year - 1 if this - year < FARTHEST else None,
            next_year=year + 1 if year - this < FARTHEST else None,
            **kwargs,
        )


def parts_of(old: list[Any], rows: list[Any]) -> list[tuple[str, Any, list[Any]]]:
    """(key, heading, activities) of what is left to do: what is late or near first, then month by month."""
    near = {kind: [row for row in rows if row.standing.kind == kind] for kind in ("forsenat", "snart")}
    later = [row for row in rows if row.standing.kind not in near]
    months = groupby(later, key=lambda row: row.due_on.month)
    parts = [
        ("fjolaret", __("Kvar från förra året"), old),
        ("forsenat", __("Försenat"), near["forsenat"]),
        ("snart", __("Snart dags"), near["snart"]),
        *((str(number), MONTHS[number], list(found)) for number, found in months),
    ]
    return [part for part in parts if part[2]]


class ArshjulListView(HasFile, FilterView):
    """What all boenden that one reads have left to do, what is late first; narrowed by boende and by how it stands."""

    filterset_class = ArshjulFilter
    strict = False

    file_view = "kartlaggning:arshjul_list_export"
    template_name = "kartlaggning/arshjul_list.html"
    paginate_by = 50
    paginator_class = UncountedPaginator
    page_kwarg = "sida"

    def get_queryset(self) -> Any:
        if not has_right(self.request.user, READS):
            raise PermissionDenied
        return ArshjulActivity.objects.visible_to(self.request.user).for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        with_people(with_standing(context["object_list"]))
        return {**context, "may_edit_template": has_right(self.request.user, Right.EDIT_ARSHJUL_TEMPLATE)}


def activity_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One activity, with what can be said of it."""
    rows = ArshjulActivity.objects.visible_to(request.user).select_related("boende__forvaltning", "changed_by")
    activity = get_object_or_404(rows, pk=pk)
    with_standing([activity])
    rights = rights_at(request.user, activity.boende)
    context = {"activity": activity, "boende": activity.boende, "rights": rights, "may_edit": WRITES in rights}
    return render(request, "kartlaggning/arshjulactivity_detail.html", context)


def activity_to_write(user: Any, pk: UUID) -> ArshjulActivity:
    """The activity. Raises Http404 or PermissionDenied."""
    rows = ArshjulActivity.objects.visible_to(user).select_related("boende__forvaltning")
    return writable(rows, ArshjulActivity.objects.editable_by(user), pk)


def wheel_crumbs(boende: Boende) -> list[tuple[str, Any]]:
    """The boende and its årshjul."""
    url = reverse("kartlaggning:arshjul", args=[boende.slug])
    return [(boende.get_absolute_url(), boende), (url, _("Årshjul"))]


class ActivityFormView(PlainFormMixin, UpdateView):
    """What the pages share on which one says something of an activity."""

    object: Any
    success_message = _("Årshjulet är sparat.")

    def get_object(self, queryset: Any = None) -> ArshjulActivity:
        return activity_to_write(self.request.user, self.kwargs["pk"])

    def get_heading(self) -> Any:
        return self.heading % {"title": self.object.title}

    def get_sub(self) -> Any:
        return self.object.boende

    def get_crumbs(self) -> list[tuple[str, Any]]:
        own = (self.object.get_absolute_url(), self.object.title)
        return [*wheel_crumbs(self.object.boende), own]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "boende": self.object.boende}

    def get_success_url(self) -> str:
        """Back to the year."""
        return reverse("kartlaggning:arshjul", args=[self.object.boende.slug])


class ActivityDoneView(ActivityFormView):
    """It has been done."""

    form_class = ActivityDoneForm
    heading = _("%(title)s är klart")
    submit = _("Spara som klart")

    def save(self, form: Any) -> ArshjulActivity:
        said = {name: form.cleaned_data[name] for name in ("done_on", "note")}
        return finish(activity=form.instance, by=self.request.user, opened_version=self.opened(form), **said)


class ActivityPostponeView(ActivityFormView):
    """It will be done later."""

    form_class = ActivityPostponeForm
    heading = _("Skjut upp: %(title)s")
    submit = _("Skjut upp")

    def save(self, form: Any) -> ArshjulActivity:
        said = {name: form.cleaned_data[name] for name in ("due_on", "reason")}
        return postpone(activity=form.instance, by=self.request.user, opened_version=self.opened(form), **said)


class ActivitySkipView(ActivityFormView):
    """It is not for this boende this time."""

    form_class = ActivitySkipForm
    heading = _("Gäller inte: %(title)s")
    submit = _("Spara att det inte gäller")

    def save(self, form: Any) -> ArshjulActivity:
        reason = form.cleaned_data["reason"]
        return set_aside(activity=form.instance, reason=reason, by=self.request.user, opened_version=self.opened(form))


class OwnActivityUpdateView(ActivityFormView):
    """An activity of the boende's own, changed."""

    form_class = OwnActivityForm
    heading = _("Ändra: %(title)s")
    submit = _("Spara aktiviteten")

    def get_object(self, queryset: Any = None) -> ArshjulActivity:
        activity = super().get_object(queryset)
        own = ArshjulActivity.objects.open().filter(entry=None).select_related("boende__forvaltning")
        return get_object_or_404(own, pk=activity.pk)

    def save(self, form: Any) -> ArshjulActivity:
        return save_own(activity=form.instance, by=self.request.user, opened_version=self.opened(form))


class OwnActivityCreateView(AtBoende, PlainFormMixin, CreateView):
    """An activity of the boende's own."""

    reads = READS
    writes = WRITES
    form_class = OwnActivityForm
    heading = _("Ny aktivitet i årshjulet")
    submit = _("Spara aktiviteten")
    success_message = _("Aktiviteten står i årshjulet.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": ArshjulActivity(boende=self.boende)}

    def get_sub(self) -> Any:
        return self.boende

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return wheel_crumbs(self.boende)

    def save(self, form: Any) -> ArshjulActivity:
        return save_own(activity=form.instance, by=self.request.user)

    def get_success_url(self) -> str:
        """The year, with the new activity in it."""
        return reverse("kartlaggning:arshjul", args=[self.boende.slug])


@require_POST
def activity_reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It is to be done after all."""
    activity = reopen(activity=activity_to_write(request.user, pk), by=request.user)
    messages.success(request, __("Aktiviteten är kvar att göra."))
    return redirect(activity)


@require_POST
def activity_archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take one of the boende's own out of the year; one that follows the template is not found here."""
    activity = activity_to_write(request.user, pk)
    archive_own(activity=get_object_or_404(ArshjulActivity.objects.filter(entry=None), pk=activity.pk), by=request.user)
    messages.success(request, __("Aktiviteten är borttagen ur årshjulet."))
    return redirect("kartlaggning:arshjul", activity.boende.slug)


@require_POST
def arshjul_refresh(request: HttpRequest, slug: str) -> HttpResponse:
    """Let the year follow what has been written elsewhere now, instead of at the next sweep."""
    boende = boende_for(request.user, slug, reads=READS, writes=WRITES)
    fill_boende(boende, request.user)
    messages.success(request, __("Årshjulet stämmer med det som är antecknat."))
    return redirect("kartlaggning:arshjul", boende.slug)
