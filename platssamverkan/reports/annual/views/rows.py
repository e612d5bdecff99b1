# SPDX-License-Identifier: EUPL-1.2
"""The rows of a report's tables: a boende's roles and budget; the fördelningsnyckel's parts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import CreateView, UpdateView

from platssamverkan.ground.actions import EditConflict, Refused
from platssamverkan.ground.plain_forms import PlainFormMixin
from platssamverkan.reports.annual import actions
from platssamverkan.reports.annual.access import boende_in, report_to_edit, report_to_read, row_to_write
from platssamverkan.reports.annual.economy import kronor_words, percent_words, propose
from platssamverkan.reports.annual.forms import BudgetForm, EconomyForm, ShareForm, StaffingForm
from platssamverkan.reports.annual.reading import Document
from platssamverkan.reports.annual.tables import forecast_words, share_table
from platssamverkan.reports.annual.views.reports import Crumbs, report_crumbs, stands_still
from platssamverkan.reports.models import AnnualBudget, AnnualReport, AnnualSection, AnnualShare, AnnualStaffing


def place_of(row: Any) -> str:
    """Where a row's table stands: at its boende's section, on the page of the economy."""
    if isinstance(row, AnnualStaffing | AnnualBudget):
        section = (
            AnnualSection.objects.active()
            .filter(report=row.report, boende=row.boende, kind=AnnualSection.Kind.STAFFING)
            .first()
        )
        return (section or row.report).get_absolute_url()
    return reverse("reports:annual_economy", args=[row.report_id])


class ReportRowView(PlainFormMixin):
    """What the forms of a report's rows share."""

    object: Any
    submit = _("Spara")
    success_message = _("Raden är sparad.")

    @property
    def report(self) -> AnnualReport:
        """The report that the page is about."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The form; of an approved report what is read of it. What was typed before that is kept when it is sent."""
        if self.report.is_draft:
            return super().get(request, *args, **kwargs)  # type: ignore[misc]
        return stands_still(request, self.place())

    def place(self) -> str:
        """Where the table is read."""
        return self.report.get_absolute_url()

    def get_crumbs(self) -> Crumbs:
        return report_crumbs(self.report)

    def get_sub(self) -> Any:
        return self.report.forvaltning_name

    def save(self, form: Any) -> Any:
        opened = None if form.instance.is_new else self.opened(form)
        return actions.save_in_report(record=form.instance, by=self.request.user, opened_version=opened)

    def get_success_url(self) -> str:
        """Back to its table."""
        return place_of(self.object)


class RowUpdateView(ReportRowView, UpdateView):
    """A row that is there."""

    model: Any = None
    related: tuple[str, ...] = ()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Through the gate first."""
        self.object = self.get_object()
        return super().get(request, *args, **kwargs)

    def place(self) -> str:
        """The row's table."""
        return place_of(self.object)

    def get_object(self, queryset: Any = None) -> Any:
        return row_to_write(self.model, self.request.user, self.kwargs["pk"], *self.related)

    @property
    def report(self) -> AnnualReport:
        """The row's."""
        found: AnnualReport = self.object.report
        return found


class StaffingCreateView(ReportRowView, CreateView):
    """A new role at a boende."""

    form_class = StaffingForm
    heading = _("Ny yrkesroll")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Through the gate of the boende first."""
        boende_in(request.user, self.report, self.kwargs["slug"])
        return super().get(request, *args, **kwargs)

    def get_sub(self) -> Any:
        return boende_in(self.request.user, self.report, self.kwargs["slug"])

    def get_form_kwargs(self) -> dict[str, Any]:
        boende = boende_in(self.request.user, self.report, self.kwargs["slug"])
        return {**super().get_form_kwargs(), "instance": AnnualStaffing(report=self.report, boende=boende)}

    @property
    def report(self) -> AnnualReport:
        """The one that the address names."""
        return report_to_read(self.request.user, self.kwargs["pk"])


class StaffingUpdateView(RowUpdateView):
    """A role, changed."""

    model = AnnualStaffing
    related = ("boende",)
    form_class = StaffingForm
    heading = _("Ändra yrkesrollen")

    def get_sub(self) -> Any:
        return self.object.boende


class BudgetView(RowUpdateView):
    """The budget of a boende."""

    form_class = BudgetForm
    heading = _("Budget och utfall")
    success_message = _("Budgeten är sparad.")

    def get_object(self, queryset: Any = None) -> AnnualBudget:
        report = report_to_read(self.request.user, self.kwargs["pk"])
        boende = boende_in(self.request.user, report, self.kwargs["slug"])
        rows = AnnualBudget.objects.active().select_related("report__forvaltning", "boende")
        return get_object_or_404(rows, report=report, boende=boende)

    def get_sub(self) -> Any:
        return self.object.boende


def archive(request: HttpRequest, row: Any, success: str) -> HttpResponse:
    """Take a row out of its table, and go back to it."""
    try:
        actions.remove_from_report(record=row, by=request.user)
        messages.success(request, success)
    except Refused as refused:
        messages.error(request, " ".join(refused.missing))
    return redirect(place_of(row))


@require_POST
def staffing_archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a role out of the table."""
    return archive(request, row_to_write(AnnualStaffing, request.user, pk, "boende"), __("Rollen är borttagen."))


# ---------- economy ----------


@require_safe
def annual_economy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The fördelningsnyckel as decided, whether it sums, and what the key alone would give."""
    return economy_page(request, report_to_edit(request.user, pk))


def economy_page(
    request: HttpRequest, report: AnnualReport, *, was_changed: bool = False, status: int = 200
) -> HttpResponse:
    """The page; `was_changed` says that someone else has written since it was read."""
    document = Document(report)
    proposal = propose(document.economy, document.shares)
    proposed = []
    if proposal:
        proposed = [
            (
                share,
                percent_words(share.percent),
                kronor_words(kronor),
                kronor_words(share.kronor),
                kronor == share.kronor,
            )
            for share, kronor in zip(document.shares, proposal.kronor, strict=True)
        ]
    context = {
        "report": report,
        "economy": document.economy,
        "total": kronor_words(document.economy.total if document.economy else None),
        "total_before": kronor_words(document.economy.total_before if document.economy else None),
        "forecast": forecast_words(document.economy),
        "shares": document.shares,
        "table": share_table(document.economy, document.shares, report.year),
        "proposal": proposal,
        "proposed": proposed,
        "differs": any(not same for *_words, same in proposed),
        "read": actions.key_mark(document.economy, document.shares),
        "was_changed": was_changed,
    }
    return render(request, "reports/annual/economy.html", context, status=status)


class EconomyView(RowUpdateView):
    """What is shared, and the forecast."""

    form_class = EconomyForm
    heading = _("Summa och prognos")
    success_message = _("Ekonomin är sparad.")

    def get_object(self, queryset: Any = None) -> Any:
        return report_to_edit(self.request.user, self.kwargs["pk"]).economy


class ShareCreateView(ReportRowView, CreateView):
    """A new part."""

    form_class = ShareForm
    heading = _("Ny part i fördelningen")

    @property
    def report(self) -> AnnualReport:
        """The one that the address names."""
        return report_to_edit(self.request.user, self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": AnnualShare(report=self.report)}


class ShareUpdateView(RowUpdateView):
    """A part, changed."""

    model = AnnualShare
    form_class = ShareForm
    heading = _("Ändra parten")


@require_POST
def share_archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a part out."""
    return archive(request, row_to_write(AnnualShare, request.user, pk), __("Parten är borttagen."))


@require_POST
def annual_propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let what the key gives be the kronor."""
    report = report_to_edit(request.user, pk)
    try:
        actions.adopt_proposal(report=report, by=request.user, read=request.POST.get("read", ""))
        messages.success(request, __("Kronorna följer nu nyckeln."))
    except EditConflict:
        return economy_page(request, report, was_changed=True, status=409)
    except Refused as refused:
        messages.error(request, " ".join(refused.missing))
    return redirect("reports:annual_economy", report.pk)
