# SPDX-License-Identifier: EUPL-1.2
"""The gates of the årsrapport's pages: outside is not found, inside without the right is refused."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from boenden.models import Boende, Forvaltning
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.gates import writable
from platssamverkan.reports.annual.belonging import chapters_in
from platssamverkan.reports.annual.reading import Document
from platssamverkan.reports.annual_outline_models import forvaltningar_of
from platssamverkan.reports.models import AnnualReport

RELATED = ("forvaltning", "previous", "approved_by", "document", "cover")


def edits(user: Any, report: AnnualReport) -> bool:
    """Whether the whole report is the user's to decide."""
    return report.forvaltning_id in forvaltningar_of(user, Right.EDIT_REPORTS)


def report_to_read(user: Any, pk: UUID) -> AnnualReport:
    """The report. Raises Http404."""
    return get_object_or_404(AnnualReport.objects.visible_to(user).select_related(*RELATED), pk=pk)


def report_to_edit(user: Any, pk: UUID) -> AnnualReport:
    """The report for whoever decides it. Raises Http404 outside, PermissionDenied for those who have a part of it."""
    report = report_to_read(user, pk)
    if not edits(user, report):
        raise PermissionDenied
    return report


def document_for(user: Any, report: AnnualReport) -> Document:
    """What the user reads of a report: all of it, or the shared texts and her own boenden."""
    return Document(report) if edits(user, report) else Document(report, user)


def forvaltning_to_edit(user: Any, pk: UUID) -> Forvaltning:
    """The förvaltning whose reports are the user's to decide. Raises Http404 or PermissionDenied."""
    rows = Forvaltning.objects.active()
    reads = rows.filter(pk__in=forvaltningar_of(user, Right.READ_REPORTS))
    return writable(reads, rows.filter(pk__in=forvaltningar_of(user, Right.EDIT_REPORTS)), pk)


def row_to_write(model: Any, user: Any, pk: UUID, *related: str) -> Any:
    """A row of a report that the user writes. Raises Http404 or PermissionDenied."""
    rows = model.objects.visible_to(user).select_related("report__forvaltning", *related)
    return writable(rows, model.objects.editable_by(user), pk)


def boende_in(user: Any, report: AnnualReport, slug: str) -> Boende:
    """A boende of the report, whose tables the user writes. Raises Http404 or PermissionDenied."""
    if edits(user, report):  # every chapter of it, also of a boende that is archived
        found: Boende = get_object_or_404(chapters_in(report), slug=slug)
        return found
    visible = chapters_in(report).with_right(user, Right.READ_REPORTS)
    boende = get_object_or_404(visible, slug=slug)
    if not visible.with_right(user, Right.WRITE_REPORT_SECTIONS).filter(pk=boende.pk).exists():
        raise PermissionDenied
    return boende


def refuse_strangers(user: Any) -> None:
    """Raise Http404 for whoever reads no report anywhere."""
    if not forvaltningar_of(user, Right.READ_REPORTS):
        raise Http404
