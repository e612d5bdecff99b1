# SPDX-License-Identifier: EUPL-1.2
"""Pages of costs and contributions: a forum's table, a boende's table, one cost, the file."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.generic import CreateView, UpdateView

from boenden.models import Boende
from boenden.rights import rights_at
from boenden.views.at_boende import boende_for
from boenden.views.list_files import may_take_out
from forum.access import convened_forum, forum_for
from forum.actions.activities import save_contribution
from forum.cost_table import CostReading, CostTable
from forum.forms.activities import ContributionForm, CostForm
from forum.models import Contribution, Cost
from platssamverkan.accounts.roles import Right
from platssamverkan.export.asking import gives_file
from platssamverkan.export.columns import Column, getter
from platssamverkan.export.taking_out import TakeOut, take_out
from platssamverkan.ground.actions import put_away, save_record
from platssamverkan.ground.gates import writable
from platssamverkan.ground.plain_forms import PlainFormMixin


def part_of(path: str) -> Callable[[Any], Any]:
    """What a column reads of a line's part: nothing where the cost has none."""
    get = getter(path)
    return lambda row: get(row[1])


COLUMNS = [
    Column(_("Dag"), lambda row: row[0].cost.day),
    Column(_("Vad det gäller"), lambda row: row[0].cost.title),
    Column(_("Aktivitet"), lambda row: row[0].cost.activity),
    Column(_("Räknas i"), lambda row: row[0].cost.get_unit_display()),
    Column(_("Budget"), lambda row: row[0].cost.budget),
    Column(_("Utfall"), lambda row: row[0].cost.outcome),
    Column(_("Delas"), lambda row: row[0].cost.get_sharing_display()),
    Column(_("Part"), part_of("contribution")),
    Column(_("Nyckel i procent"), part_of("contribution.percent")),
    Column(_("Del av budget"), part_of("of_budget")),
    Column(_("Del av utfall"), part_of("of_outcome")),
    Column(_("Har lovat"), part_of("contribution.pledged")),
    Column(_("Har gett"), part_of("contribution.given")),
]


@require_http_methods(["GET", "HEAD"])
def forum_contributions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a forum does together costs, and who has contributed what."""
    forum, place = forum_for(request.user, pk)
    if forum.is_internal:
        raise Http404
    table = CostTable(Cost.objects.visible_to(request.user).filter(forum=forum).for_table())
    context = {"forum": forum, "table": table, "may_edit": place.convenes}
    context["file_url"] = reverse("forum:forum_contributions_export", args=[pk]) if place.may_take_out else ""
    return render(request, "forum/cost_table.html", context)


@require_http_methods(["GET", "HEAD"])
def boende_contributions(request: HttpRequest, slug: str) -> HttpResponse:
    """What a boende's activities cost, with a forum or without."""
    boende = boende_for(request.user, slug, reads=Right.READ_COSTS)
    table = CostTable(Cost.objects.visible_to(request.user).filter(boende=boende).for_table())
    may_edit = Right.EDIT_COSTS in rights_at(request.user, boende)
    context = {"boende": boende, "table": table, "may_edit": may_edit}
    url = reverse("forum:boende_contributions_export", args=[slug])
    context["file_url"] = url if may_take_out(request.user, boende) else ""
    return render(request, "forum/cost_table.html", context)


@gives_file
@require_http_methods(["GET", "HEAD", "POST"])
def forum_contributions_export(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The table as a file: first why, then the file."""
    forum, place = forum_for(request.user, pk)
    if forum.is_internal:
        raise Http404
    if not place.may_take_out:
        raise PermissionDenied
    costs = Cost.objects.visible_to(request.user).filter(forum=forum)
    back = reverse("forum:forum_contributions", args=[forum.pk])
    return table_file(request, costs, forum, back, boenden=place.boenden)


@gives_file
@require_http_methods(["GET", "HEAD", "POST"])
def boende_contributions_export(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same of a boende."""
    boende = boende_for(request.user, slug, reads=Right.READ_COSTS, writes=Right.EXPORT)
    costs = Cost.objects.visible_to(request.user).filter(boende=boende)
    back = reverse("forum:boende_contributions", args=[boende.slug])
    return table_file(request, costs, boende, back, boenden=[boende])


def table_file(
    request: HttpRequest, costs: Any, about: Any, back: str, *, boenden: Sequence[Boende]
) -> HttpResponseBase:
    """The table of costs, a line for each party, as a file. `about` is the forum or the boende."""
    return take_out(
        request,
        TakeOut(
            rows=CostTable(costs.for_table()).rows,
            columns=COLUMNS,
            what=__("kostnader och bidrag"),
            filename=__("Kostnader och bidrag %(about)s") % {"about": about},
            list_name=__("Kostnader och bidrag"),
            crumbs=[(about.get_absolute_url(), about)],
            back=back,
            scope=about.name,
            scope_id=about.pk,
            reach=[str(boende.pk) for boende in boenden],
        ),
    )


def cost_for(request: HttpRequest, pk: UUID, *, writes: bool = False) -> Cost:
    """The cost with its contributions. Raises Http404 outside, PermissionDenied where she only reads."""
    cost = get_object_or_404(Cost.objects.visible_to(request.user).for_table(), pk=pk)
    if writes and not Cost.objects.editable_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    return cost


def table_of(cost: Cost) -> tuple[str, Any]:
    """(address, words) of the table that a cost stands in."""
    if cost.forum:
        return reverse("forum:forum_contributions", args=[cost.forum_id]), _("Kostnader och bidrag")
    return reverse("forum:boende_contributions", args=[cost.boende.slug]), _("Kostnader och bidrag")


def crumbs_of(cost: Cost) -> list[tuple[str, Any]]:
    """The pages above a cost."""
    above = cost.forum or cost.boende
    return [(above.get_absolute_url(), above), table_of(cost)]


@require_http_methods(["GET", "HEAD"])
def cost_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One cost: how it is shared, who has pledged and given what."""
    cost = cost_for(request, pk)
    may_edit = Cost.objects.editable_by(request.user).filter(pk=pk).exists()
    context = {"cost": cost, "reading": CostReading(cost), "may_edit": may_edit, "crumbs": crumbs_of(cost)}
    return render(request, "forum/cost_detail.html", context)


class CostFormView(PlainFormMixin):
    """What the forms of a cost share."""

    form_class: Any = CostForm
    submit = _("Spara kostnaden")
    success_message = _("Kostnaden är sparad.")
    request: Any

    def save(self, form: Any) -> Cost:
        return save_record(record=form.instance, by=self.request.user, opened_version=self.opened(form))


class CostCreateView(CostFormView, CreateView):
    """A new cost; where it belongs, its children say."""

    heading = _("Ny kostnad")
    cost: Cost

    def new_cost(self) -> Cost:
        """An empty one at its place."""
        raise NotImplementedError

    def get_form_kwargs(self) -> dict[str, Any]:
        self.cost = self.new_cost()
        return {**super().get_form_kwargs(), "instance": self.cost, "by": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"day": timezone.localdate()}

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return crumbs_of(self.cost)


class ForumCostCreateView(CostCreateView):
    """For a forum, by its sammankallande."""

    def new_cost(self) -> Cost:
        forum, place = convened_forum(self.request.user, self.kwargs["pk"])
        if forum.is_internal or not place.boenden:
            raise Http404
        return Cost(forum=forum, boende=place.boenden[0])


class BoendeCostCreateView(CostCreateView):
    """For a boende alone, by its staff."""

    def new_cost(self) -> Cost:
        reads, writes = Right.READ_COSTS, Right.EDIT_COSTS
        return Cost(boende=boende_for(self.request.user, self.kwargs["slug"], reads=reads, writes=writes))


class CostUpdateView(CostFormView, UpdateView):
    """A cost, changed."""

    heading = _("Ändra kostnaden")
    object: Cost

    def get_object(self, queryset: Any = None) -> Cost:
        return cost_for(self.request, self.kwargs["pk"], writes=True)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return [*crumbs_of(self.object), (self.object.get_absolute_url(), self.object.title)]


class ContributionFormView(PlainFormMixin):
    """What the forms of a contribution share."""

    form_class: Any = ContributionForm
    submit = _("Spara bidraget")
    success_message = _("Bidraget är sparat.")
    request: Any

    def part_of(self) -> Cost:
        """The cost."""
        raise NotImplementedError

    def get_sub(self) -> Any:
        return self.part_of().title

    def get_crumbs(self) -> list[tuple[str, Any]]:
        cost = self.part_of()
        return [*crumbs_of(cost), (cost.get_absolute_url(), cost.title)]

    def party_kwargs(self) -> dict[str, Any]:
        """What the choice of a party starts from."""
        cost = self.part_of()
        boenden = list(cost.forum.boenden.active()) if cost.forum else [cost.boende]
        return {"by": self.request.user, "forum": cost.forum, "boenden": boenden}

    def save(self, form: Any) -> Contribution:
        row = save_contribution(contribution=form.instance, by=self.request.user, opened_version=self.opened(form))
        if warning := row.warning(self.part_of().unit):
            messages.warning(self.request, warning)
        return row


class ContributionCreateView(ContributionFormView, CreateView):
    """A party's part."""

    heading = _("Lägg till ett bidrag")

    def get_form_kwargs(self) -> dict[str, Any]:
        self.cost = cost_for(self.request, self.kwargs["pk"], writes=True)
        return {**super().get_form_kwargs(), "instance": Contribution(cost=self.cost), **self.party_kwargs()}

    def part_of(self) -> Cost:
        return self.cost


class ContributionUpdateView(ContributionFormView, UpdateView):
    """A party's part, changed."""

    heading = _("Ändra bidraget")
    object: Contribution

    def get_object(self, queryset: Any = None) -> Contribution:
        rows = Contribution.objects.visible_to(self.request.user).select_related("cost__forum", "cost__boende")
        return writable(rows, Contribution.objects.editable_by(self.request.user), self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), **self.party_kwargs()}

    def part_of(self) -> Cost:
        return self.object.cost


@require_POST
def contribution_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a party's part out of a cost."""
    rows = Contribution.objects.visible_to(request.user).select_related("cost")
    row = writable(rows, Contribution.objects.editable_by(request.user), pk)
    put_away(record=row, by=request.user)
    messages.success(request, __("Bidraget är arkiverat. Ingenting är borttaget."))
    return redirect(row.cost)


@require_POST
def cost_archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a cost out of the table."""
    cost = cost_for(request, pk, writes=True)
    put_away(record=cost, by=request.user)
    messages.success(request, __("Kostnaden är arkiverad. Ingenting är borttaget."))
    return redirect(table_of(cost)[0])
