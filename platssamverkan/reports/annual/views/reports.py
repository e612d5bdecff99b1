# SPDX-License-Identifier: EUPL-1.2
"""The list of årsrapporter, a report as a whole, and its steps: begin, fill, freeze, approve, correct."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import CreateView, FormView, ListView

from boenden.models import Boende, Forvaltning
from boenden.views.list_files import HasFile
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.actions import EditConflict, Refused
from platssamverkan.ground.plain_forms import PlainFormMixin
from platssamverkan.reports.annual import actions
from platssamverkan.reports.annual.access import (
    document_for,
    edits,
    forvaltning_to_edit,
    refuse_strangers,
    report_to_edit,
    report_to_read,
)
from platssamverkan.reports.annual.belonging import chapters_in, may_come_in
from platssamverkan.reports.annual.changes import changes_of
from platssamverkan.reports.annual.chapters import put_chapter_in, take_chapter_out
from platssamverkan.reports.annual.forms import CorrectionForm, FreezeForm, StartForm
from platssamverkan.reports.annual.offers import archive, at_work_on
from platssamverkan.reports.annual.outline import left_of
from platssamverkan.reports.annual.reading import Document
from platssamverkan.reports.annual_outline_models import forvaltningar_of
from platssamverkan.reports.models import AnnualReport

MOST_SHOWN = 200  # a förvaltning makes one or two a year
LEFT_SHOWN = 12  # of what is left; the rest unfold
Crumbs = list[tuple[str, Any]]


def report_crumbs(report: AnnualReport | None = None) -> Crumbs:
    """The pages above a page of the report."""
    crumbs: Crumbs = [
        (reverse("reports:picture_list"), _("Rapporter")),
        (reverse("reports:annual_list"), _("Årsrapporter")),
    ]
    return [*crumbs, (report.get_absolute_url(), report)] if report else crumbs


class AnnualListView(HasFile, ListView):
    """The reports that one reads, the latest first, and where a new one is begun."""

    file_view = "reports:annual_list_export"
    takes_out = Right.READ_REPORTS
    template_name = "reports/annual/list.html"

    def get_queryset(self) -> Any:
        refuse_strangers(self.request.user)
        return AnnualReport.objects.visible_to(self.request.user).for_list()[:MOST_SHOWN]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ids = forvaltningar_of(self.request.user, Right.EDIT_REPORTS)
        decided = Forvaltning.objects.active().filter(pk__in=ids).order_by("name", "pk")
        return super().get_context_data(decided=decided, start_form=StartForm(), **kwargs)


@require_POST
def annual_start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The report of a year, new if there is none."""
    forvaltning = forvaltning_to_edit(request.user, pk)
    form = StartForm(request.POST)
    if not form.is_valid():
        messages.error(request, __("Välj ett år."))
        return redirect("reports:annual_list")
    return redirect(actions.start_report(forvaltning=forvaltning, year=form.cleaned_data["year"], by=request.user))


def report_page(
    request: HttpRequest,
    report: AnnualReport,
    *,
    missing: list[str] | None = None,
    was_changed: bool = False,
    status: int = 200,
) -> HttpResponse:
    """A report; `missing` is what stopped its approval."""
    document = document_for(request.user, report)
    may_edit = edits(request.user, report)
    left = document.left() if report.is_draft else []
    context = {
        "report": report,
        "document": document,
        "may_edit": may_edit,
        "left": (left[:LEFT_SHOWN], left[LEFT_SHOWN:]),
        "outside": may_come_in(report) if report.is_draft and may_edit else [],
        "look_at": document.to_look_at() if report.is_draft and may_edit else [],
        "read": actions.read_mark(document) if may_edit else "",
        "missing": missing,
        "was_changed": was_changed,
        "at_work": at_work_on(report, request.user) if report.lacks_file else None,
        "cover_left": left_of(report.cover) if may_edit else [],
        "following": AnnualReport.objects.visible_to(request.user).filter(previous=report).first(),
    }
    return render(request, "reports/annual/detail.html", context, status=status)


@require_safe
def annual_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A report with its chapters."""
    return report_page(request, report_to_read(request.user, pk))


@require_POST
def annual_archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take away a draft that was begun by mistake."""
    report = report_to_edit(request.user, pk)
    try:
        actions.take_away_draft(report=report, by=request.user)
    except Refused as refused:
        messages.error(request, " ".join(refused.missing))
        return redirect(report)
    messages.success(request, __("Utkastet är borttaget. Börjar du på samma år igen kommer det tillbaka som det var."))
    return redirect("reports:annual_list")


@require_POST
def annual_fill(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring in boenden and sections of the template that the draft lacks."""
    report = report_to_edit(request.user, pk)
    try:
        made = actions.fill_report(report=report, by=request.user)
    except Refused as refused:
        messages.error(request, " ".join(refused.missing))
        return redirect(report)
    told = __("%(count)s avsnitt kom till. Det som redan stod är kvar.") % {"count": made}
    messages.success(request, told if made else __("Rapporten har redan allt som står i mallen."))
    return redirect(report)


@require_POST
def annual_chapter_out(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    """Take a boende's chapter out of the draft."""
    report = report_to_edit(request.user, pk)
    boende = get_object_or_404(chapters_in(report), slug=slug)
    try:
        take_chapter_out(report=report, boende=boende, by=request.user)
        messages.success(request, __("Kapitlet om %(boende)s är uttaget. Texterna är sparade.") % {"boende": boende})
    except Refused as refused:
        messages.error(request, " ".join(refused.missing))
    return redirect(report)


@require_POST
def annual_chapter_in(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    """Put a boende's chapter into the draft."""
    report = report_to_edit(request.user, pk)
    boende = get_object_or_404(Boende.objects.active().filter(forvaltning=report.forvaltning), slug=slug)
    try:
        put_chapter_in(report=report, boende=boende, by=request.user)
        messages.success(request, __("%(boende)s är med i rapporten.") % {"boende": boende})
    except Refused as refused:
        messages.error(request, " ".join(refused.missing))
    return redirect(report)


def stands_still(request: HttpRequest, place: str) -> HttpResponse:
    """Where an approved report is read, in place of a form that would only refuse."""
    messages.info(request, __("Årsrapporten är godkänd och ändras inte. Gör en rättelse som en ny version."))
    return redirect(place)


class AnnualFreezeView(PlainFormMixin, FormView):
    """Count the figures through a day and keep them."""

    form_class = FreezeForm
    heading = _("Frys siffrorna")
    submit = _("Räkna och frys")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Through the gate first."""
        self.report = report_to_edit(request.user, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The form; of an approved report the report."""
        if self.report.is_draft:
            return super().get(request, *args, **kwargs)
        return stands_still(request, self.report.get_absolute_url())

    def get_sub(self) -> Any:
        return _("Siffrorna räknas nu och ändras inte sedan. Du kan frysa dem igen tills rapporten är godkänd.")

    def get_crumbs(self) -> Crumbs:
        return report_crumbs(self.report)

    def get_initial(self) -> dict[str, Any]:
        return {"through": self.report.last_day}

    def form_valid(self, form: Any) -> HttpResponse:
        """Count, or say why not."""
        try:
            actions.freeze(report=self.report, through=form.cleaned_data["through"], by=self.request.user)
        except Refused as refused:
            form.add_error("through" if self.report.is_draft else None, refused.missing)
            return self.form_invalid(form)
        messages.success(self.request, __("Siffrorna är frysta."))
        return redirect(self.report)


@require_POST
def annual_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Approve the report as it was read; while something is missing, say what."""
    report = report_to_edit(request.user, pk)
    try:
        approved = actions.approve(report=report, by=request.user, read=request.POST.get("read", ""))
    except Refused as refused:
        return report_page(request, report, missing=refused.missing, status=422)
    except EditConflict:
        return report_page(request, report, was_changed=True, status=409)
    if not approved.is_approved:
        messages.error(request, __("Den här versionen är ersatt av en nyare."))
    elif archive(request, approved):
        messages.success(
            request, __("Årsrapporten är godkänd. Filen för arkivet görs nu, och du får veta när den är klar.")
        )
    else:
        messages.success(request, __("Årsrapporten är godkänd och sparad för arkivet."))
    return redirect(report)


class AnnualCorrectView(PlainFormMixin, CreateView):
    """A new edition that names the old."""

    form_class = CorrectionForm
    heading = _("Rätta årsrapporten")
    submit = _("Börja rättelsen")
    success_message = _("Det här är den nya versionen. Den gamla står kvar tills du har godkänt den här.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Through the gate first."""
        self.report = report_to_edit(request.user, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_sub(self) -> Any:
        return _("Den godkända versionen ändras inte. Rättelsen blir en ny version som säger vad som är rättat.")

    def get_crumbs(self) -> Crumbs:
        return report_crumbs(self.report)

    def get_form_kwargs(self) -> dict[str, Any]:
        report = self.report
        new = AnnualReport(
            forvaltning=report.forvaltning, year=report.year, edition=report.edition + 1, previous=report
        )
        return {**super().get_form_kwargs(), "instance": new}

    def save(self, form: Any) -> AnnualReport:
        text = form.cleaned_data["correction"]
        following = actions.correct(report=self.report, correction=text, by=self.request.user)
        if following.correction != text:  # someone else began first: both texts are shown
            raise EditConflict(following)
        return following

    def get_success_url(self) -> str:
        url: str = self.object.get_absolute_url()
        return url


@require_safe
def annual_changes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What an edition changes in the one before."""
    report = report_to_read(request.user, pk)
    changes = None
    if report.previous:
        now, before = (document_for(request.user, edition) for edition in (report, report.previous))
        changes = changes_of(now, before)
    return render(request, "reports/annual/changes.html", {"report": report, "changes": changes})


def document_to_edit(request: HttpRequest, pk: UUID) -> tuple[AnnualReport, Document]:
    """The whole report for whoever decides it. Raises Http404 or PermissionDenied."""
    report = report_to_edit(request.user, pk)
    return report, Document(report)
