# SPDX-License-Identifier: EUPL-1.2
"""A report as files: PDF, Word, Excel; and the cover's PDF. Whoever takes one is noted."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from platssamverkan.audit.actions import log_reading
from platssamverkan.documents.responses import as_file, document_response, pdf_response
from platssamverkan.export.actions import record_export
from platssamverkan.export.asking import Asking, gives_file
from platssamverkan.export.models import Export
from platssamverkan.export.responses import FILES
from platssamverkan.export.taking_out import hand_over
from platssamverkan.reports.annual.access import report_to_edit, report_to_read
from platssamverkan.reports.annual.offers import ARCHIVE, boenden_of, paper_offer, purpose_of, word_offer
from platssamverkan.reports.annual.paper import cover_paper, cover_title, file_title, report_title
from platssamverkan.reports.annual.views.reports import document_to_edit
from platssamverkan.reports.annual.workbook import workbook

Format = Export.Format


@gives_file
@require_http_methods(["GET", "HEAD", "POST"])
def annual_pdf(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The stored file of an approved edition, for all its readers; of a draft one that says so, for its editor.

    A draft is asked for with POST, and so is the stored file where it is not made yet. A long one is made by a worker
    (performance.md: over ten pages always).
    """
    report = report_to_read(request.user, pk)
    if report.document and not isinstance(request, Asking):
        log_reading(record=report, by=request.user)
        return document_response(report.document, disposition="inline")
    if report.lacks_file and request.method != "POST":
        return redirect(report)  # where it is told how far it has come
    report, document = document_to_edit(request, pk)
    if request.method != "POST":
        return redirect(report)
    log_reading(record=report, by=request.user)
    purpose = purpose_of(report) if report.is_draft else str(ARCHIVE)
    return hand_over(
        request, paper_offer(document, request.user), fmt=Format.PDF, purpose=purpose, disposition="inline"
    )


@require_POST
def annual_xlsx(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Every table. It is noted how many rows they have."""
    report, document = document_to_edit(request, pk)
    content, rows = workbook(document)
    record_export(
        content=content,
        row_count=rows,
        fmt=Format.XLSX,
        what=_("årsrapport"),
        purpose=purpose_of(report),
        scope=report_title(report),
        scope_id=report.pk,
        reach=boenden_of(document),
        by=request.user,
    )
    extension, content_type = FILES[Format.XLSX]
    filename = _("%(report)s, tabeller") % {"report": file_title(report)}
    return as_file(HttpResponse(content), filename=filename + extension, content_type=content_type)


@gives_file
@require_POST
def annual_docx(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The whole report for further editing. A long one is made by a worker."""
    report, document = document_to_edit(request, pk)
    log_reading(record=report, by=request.user)
    return hand_over(request, word_offer(document), fmt=Format.DOCX, purpose=purpose_of(report))


@require_safe
def annual_cover_pdf(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The tjänsteutlåtande."""
    report = report_to_edit(request.user, pk)
    log_reading(record=report.cover, by=request.user)
    return pdf_response(cover_paper(report.cover), f"{cover_title(report.cover)}.pdf", disposition="inline")
