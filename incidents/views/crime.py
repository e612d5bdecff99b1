# SPDX-License-Identifier: EUPL-1.2
"""Pages of crime statistics: what has been brought in, a file with its preview, and a boende's series."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, DetailView, ListView, TemplateView, UpdateView

from boenden.rights import has_right
from boenden.views.at_boende import AtBoende
from boenden.views.list_files import HasFile
from incidents.crime import actions
from incidents.crime.preview import Preview
from incidents.crime.series import CrimeSeries
from incidents.forms.crime import CrimeChoiceForm, CrimeImportForm
from incidents.models import CrimeChoice, CrimeImport
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.begun import BegunOnceMixin
from platssamverkan.ground.gates import writable
from platssamverkan.ground.paging import UncountedPaginator
from platssamverkan.ground.plain_forms import PlainFormMixin

GONE_ON = _("Importen är redan klar eller avbruten. Här ser du hur det blev.")


def reads_or_404(user: Any, *, writes: bool = False) -> None:
    """Raises Http404 for someone who reads no figures, PermissionDenied where she `writes` without the right."""
    may_write = has_right(user, Right.EDIT_STATISTICS)
    if not may_write and not has_right(user, Right.READ_LAGESBILD):
        raise Http404
    if writes and not may_write:
        raise PermissionDenied


class CrimeImportListView(HasFile, ListView):
    """What has been brought in, by whom, from where: the latest first."""

    file_view = "incidents:crimeimport_list_export"
    template_name = "incidents/crimeimport_list.html"
    paginate_by = 50
    paginator_class = UncountedPaginator
    page_kwarg = "sida"

    def get_queryset(self) -> Any:
        reads_or_404(self.request.user)
        return (
            CrimeImport.objects.visible_to(self.request.user)
            .defer("rows", "faults")
            .select_related("created_by")
            .order_by("-created_at", "pk")
        )

    def may_take_out(self) -> bool:
        """Those who keep the figures, and those who take out the rows of a boende."""
        return super().may_take_out() or has_right(self.request.user, Right.EDIT_STATISTICS)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_write = has_right(self.request.user, Right.EDIT_STATISTICS)
        return super().get_context_data(may_write=may_write, **kwargs)


class CrimeImportCreateView(PlainFormMixin, CreateView):
    """A file of figures."""

    form_class = CrimeImportForm
    template_name = "incidents/crimeimport_form.html"
    heading = _("Importera brottsstatistik")
    sub = _("Du ser vad filen skulle ändra innan något sparas.")
    submit = _("Läs filen")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        reads_or_404(request.user, writes=True)
        return super().dispatch(request, *args, **kwargs)

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return [(reverse("incidents:crimeimport_list"), _("Brottsstatistik"))]

    def save(self, form: CrimeImportForm) -> CrimeImport:
        found: CrimeImport = actions.preview_import(
            crime_import=form.instance, reading=form.reading, by=self.request.user
        )
        return found


class CrimeImportDetailView(DetailView):
    """What a file would do, or did."""

    template_name = "incidents/crimeimport_detail.html"
    context_object_name = "crime_import"

    def get_queryset(self) -> Any:
        return CrimeImport.objects.visible_to(self.request.user).defer("rows").select_related("created_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_write = has_right(self.request.user, Right.EDIT_STATISTICS)
        preview = Preview(self.object) if self.object.status == CrimeImport.Status.PREVIEW else None
        return super().get_context_data(may_write=may_write, preview=preview, **kwargs)


def import_to_write(user: Any, pk: UUID) -> CrimeImport:
    """The import, for someone who may go on with it; Http404 or PermissionDenied for everyone else."""
    rows = CrimeImport.objects.defer("rows")
    return writable(rows.visible_to(user), CrimeImport.objects.editable_by(user), pk)


@require_POST
def crimeimport_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Do what the preview shows."""
    crime_import = import_to_write(request.user, pk)
    try:
        actions.confirm_import(crime_import=crime_import, by=request.user)
        messages.success(request, __("Siffrorna är importerade."))
    except actions.NotNow:
        messages.info(request, GONE_ON)
    except IntegrityError:
        messages.warning(request, __("Någon annan importerade samma siffror samtidigt. Försök igen."))
    return redirect(crime_import)


@require_POST
def crimeimport_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Leave it."""
    crime_import = import_to_write(request.user, pk)
    try:
        actions.cancel_import(crime_import=crime_import, by=request.user)
        messages.success(request, __("Importen är avbruten. Ingenting är ändrat."))
    except actions.NotNow:
        messages.info(request, GONE_ON)
    return redirect(crime_import)


class CrimeSeriesView(AtBoende, TemplateView):
    """The figures of the boende's area beside those of another."""

    reads = Right.READ_LAGESBILD
    template_name = "incidents/crime_series.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        series = series_of(self.boende, self.request.GET)
        return super().get_context_data(choice=series.choice if series else None, series=series, **kwargs)


def series_of(boende: Any, asked: Any) -> CrimeSeries | None:
    """The series that an address asks for; None for a boende without an area."""
    choice = choice_of(boende)
    return CrimeSeries(choice, asked.get("brott", ""), monthly=asked.get("per") == "manad") if choice else None


def choice_of(boende: Any) -> CrimeChoice | None:
    """The areas of a boende, with the boende; the caller has passed its gate."""
    rows = CrimeChoice.objects.active().select_related("own", "comparison")
    choice = rows.filter(boende=boende).first()
    if choice:
        choice.boende = boende
    return choice


class CrimeChoiceView(BegunOnceMixin, AtBoende, PlainFormMixin, UpdateView):
    """Which areas the boende compares."""

    reads = Right.READ_LAGESBILD
    writes = Right.EDIT_STATISTICS
    form_class = CrimeChoiceForm
    heading = _("Välj områden i brottsstatistiken")
    submit = _("Spara områdena")
    success_message = _("Områdena är sparade.")

    def get_sub(self) -> Any:
        return self.boende

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return [(self.boende.get_absolute_url(), self.boende), (self.get_success_url(), _("Brottsstatistik"))]

    def get_success_url(self) -> str:
        """Back to the series."""
        return reverse("incidents:crime_series", args=[self.boende.slug])

    def get_object(self, queryset: Any = None) -> CrimeChoice:
        return self.stored() or CrimeChoice(boende=self.boende)

    def stored(self) -> CrimeChoice | None:
        return CrimeChoice.objects.filter(boende=self.boende).first()
