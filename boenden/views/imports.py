# SPDX-License-Identifier: EUPL-1.2
"""Pages of imports: the list, the file, its columns, the preview and what became of it."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import DetailView, FormView, ListView

from boenden.actions import imports as actions
from boenden.forms.imports import ImportColumnsForm, ImportFileForm
from boenden.imports.columns import match_headers
from boenden.imports.kinds import PLANS
from boenden.models import ActorImport, ActorImportRow, Boende
from boenden.rights import rights_at
from boenden.views.at_boende import AtBoende, boende_for
from boenden.views.list_files import HasFile
from platssamverkan.accounts.roles import Right
from platssamverkan.export.columns import Column
from platssamverkan.export.responses import export_response
from platssamverkan.ground.paging import UncountedPaginator
from platssamverkan.ground.way_back import with_way_back

ROWS_A_PAGE = 50
SHOWN = "visa"  # the outcome that the rows are narrowed to
Status, Outcome = ActorImport.Status, ActorImportRow.Outcome
GONE_ON = gettext_lazy("Importen har redan gått vidare. Här ser du hur långt.")


class AtImports(AtBoende):
    """For those who may change the boende's actors: a file may hold anything."""

    reads = Right.READ_ACTORS
    writes = Right.EDIT_ACTORS


class ImportListView(HasFile, AtImports, ListView):
    """The boende's imports, the latest first."""

    file_view = "boenden:actorimport_export"
    template_name = "boenden/actorimport_list.html"
    paginate_by = 50
    paginator_class = UncountedPaginator
    page_kwarg = "sida"

    def get_queryset(self) -> Any:
        return ActorImport.objects.visible_to(self.request.user).filter(boende=self.boende).for_list()


class ImportCreateView(AtImports, FormView):
    """A file is brought in."""

    form_class = ImportFileForm
    template_name = "boenden/actorimport_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "rights": rights_at(self.request.user, self.boende)}

    def get_initial(self) -> dict[str, Any]:
        return {"kind": self.request.GET.get("slag", ActorImport.Kind.ACTORS)}

    def form_valid(self, form: ImportFileForm) -> HttpResponse:
        kind = form.cleaned_data["kind"]
        actor_import = ActorImport(
            boende=self.boende,
            kind=kind,
            file_name=form.cleaned_data["file_name"],
            format=form.format,
            headers=form.headers,
            samples=form.samples,
            mapping=match_headers(form.headers, PLANS[kind].columns),
        )
        actions.create_import(actor_import=actor_import, content=form.content, by=self.request.user)
        columns = reverse("boenden:actorimport_columns", args=[self.boende.slug, actor_import.pk])
        return redirect(with_way_back(self.request, columns))

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ImportColumnsView(AtImports, FormView):
    """What the columns are."""

    form_class = ImportColumnsForm
    template_name = "boenden/actorimport_columns.html"

    @cached_property
    def actor_import(self) -> ActorImport:
        """The import of the address."""
        return import_for(self.request.user, self.boende, self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.actor_import.status not in (Status.UPLOADED, Status.PREVIEW):
            return redirect(with_way_back(request, self.actor_import.get_absolute_url()))
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "actor_import": self.actor_import}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(actor_import=self.actor_import, **kwargs)

    def form_valid(self, form: ImportColumnsForm) -> HttpResponse:
        cleaned = form.cleaned_data
        values: dict[str, Any] = {"mapping": form.mapping}
        values |= {name: cleaned[name] for name in ("category", "lawful_ground", "source") if name in cleaned}
        try:
            actions.choose_columns(actor_import=self.actor_import, values=values, by=self.request.user)
        except actions.NotNow:
            messages.info(self.request, GONE_ON)
        return redirect(with_way_back(self.request, self.actor_import.get_absolute_url()))

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ImportDetailView(AtImports, DetailView):
    """How far the import has come; when its rows are judged, what each would do, and then what it did."""

    template_name = "boenden/actorimport_detail.html"
    context_object_name = "actor_import"
    object: ActorImport

    def get_object(self, queryset: Any = None) -> ActorImport:
        return import_for(self.request.user, self.boende, self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        actor_import = self.object
        shown = self.request.GET.get(SHOWN, "")
        rows = ActorImportRow.objects.visible_to(self.request.user).filter(actor_import=actor_import)
        if shown in Outcome.values:
            rows = rows.filter(outcome=shown)
        changed = _("Ändras") if actor_import.status == Status.PREVIEW else _("Ändrade")
        page = None
        if actor_import.status in (Status.PREVIEW, Status.DONE):
            paginator = UncountedPaginator(rows.for_list(), ROWS_A_PAGE)
            page = paginator.get_page(self.request.GET.get("sida", 1))
        counts = [
            (Outcome.NEW, _("Nya"), actor_import.new_count),
            (Outcome.UPDATED, changed, actor_import.updated_count),
            (Outcome.UNCHANGED, _("Oförändrade"), actor_import.unchanged_count),
            (Outcome.FAULTY, _("Felaktiga"), actor_import.faulty_count),
        ]
        self.link(page.object_list if page else [])
        is_queued = actor_import.is_waiting and ActorImport.objects.under_lease().exists()
        return super().get_context_data(page_obj=page, counts=counts, shown=shown, is_queued=is_queued, **kwargs)

    def link(self, rows: Any) -> None:
        """Give each row the page of its actor, where there is one."""
        ids = [row.record_id for row in rows if row.record_id]
        tied = dict(self.boende.neighbours.in_use().filter(actor__in=ids).values_list("actor", "pk")) if ids else {}
        for row in rows:
            row.neighbour_id = tied.get(row.record_id)


def import_for(user: Any, boende: Boende, pk: UUID) -> ActorImport:
    """The import, if it exists for the user; Http404 else."""
    found = ActorImport.objects.visible_to(user).select_related("category", "changed_by", "created_by")
    actor_import = get_object_or_404(found.filter(boende=boende), pk=pk)
    actor_import.boende = boende
    return actor_import


def import_to_write(request: HttpRequest, slug: str, pk: UUID) -> ActorImport:
    """The import, for someone who may go on with it; Http404 or PermissionDenied for everyone else."""
    boende = boende_for(request.user, slug, reads=Right.READ_ACTORS, writes=Right.EDIT_ACTORS)
    return import_for(request.user, boende, pk)


@require_POST
def actorimport_confirm(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Do what the preview shows."""
    actor_import = import_to_write(request, slug, pk)
    try:
        actions.confirm_import(actor_import=actor_import, by=request.user)
    except actions.NotNow:
        messages.info(request, GONE_ON)
    return redirect(with_way_back(request, actor_import.get_absolute_url()))


@require_POST
def actorimport_cancel(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Leave it."""
    actor_import = import_to_write(request, slug, pk)
    try:
        actions.cancel_import(actor_import=actor_import, by=request.user)
        messages.success(request, _("Importen är avbruten. Ingenting är ändrat, och filen finns inte kvar."))
    except actions.NotNow:
        messages.info(request, GONE_ON)
    return redirect(with_way_back(request, actor_import.get_absolute_url()))


@require_POST
def actorimport_faulty(request: HttpRequest, slug: str, pk: UUID, fmt: str) -> HttpResponseBase:
    """The faulty rows as a file, with why: to be mended and brought in again."""
    actor_import = import_to_write(request, slug, pk)
    rows = actor_import.rows.filter(outcome=Outcome.FAULTY).for_list()
    return export_response(
        rows=rows.iterator(chunk_size=1000),
        columns=faulty_columns(actor_import),
        fmt=fmt,
        filename=_("Felaktiga rader ur %(name)s") % {"name": actor_import.file_name.rpartition(".")[0] or actor_import},
        by=request.user,
        what=_("felaktiga rader i en import"),
        purpose=_("rätta raderna och importera dem igen"),
        scope=str(actor_import.boende),
        scope_id=actor_import.boende.pk,
    )


def faulty_columns(actor_import: ActorImport) -> list[Column]:
    """The file's own columns, and before them the row's number and what is wrong with it."""

    def cell_at(place: int) -> Any:
        return lambda row: row.cells[place] if place < len(row.cells) else ""

    return [
        Column(actor_import.line_name.capitalize(), "line"),
        Column(_("Att rätta"), lambda row: " ".join(row.reasons)),
        *(Column(header, cell_at(place)) for place, header in enumerate(actor_import.headers)),
    ]
