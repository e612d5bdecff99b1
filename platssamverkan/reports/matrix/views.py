# SPDX-License-Identifier: EUPL-1.2
"""The implementation report: the page, and the file made of it."""

from typing import Any

from django.core.paginator import EmptyPage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from platssamverkan.documents.renderer import render_pdf
from platssamverkan.export.asking import Asking, gives_file
from platssamverkan.export.taking_out import Lazily, TakeOut, take_out
from platssamverkan.ground.paging import UncountedPaginator
from platssamverkan.reports.figures.views import boenden_of_reports
from platssamverkan.reports.figures.whose import about_words
from platssamverkan.reports.matrix.columns import file_columns
from platssamverkan.reports.matrix.forms import MatrixForm
from platssamverkan.reports.matrix.report import Report, Row

PAGE_SIZE = 50


def asked(request: HttpRequest) -> tuple[MatrixForm, Report]:
    """The filter as it was filled in, and what it leaves. Raises Http404 for someone who reads no reports."""
    form = MatrixForm(request.GET, boenden=boenden_of_reports(request.user))
    return form, Report(form.narrowed, only_left=form.only_left, order=form.order, done=form.done)


@require_safe
def implementation(request: HttpRequest) -> HttpResponse:
    """Every boende of the reader's, a line each, and below what is left at each."""
    form, report = asked(request)
    if form.is_wrong:
        return wrong(request, form, report)
    try:
        page = UncountedPaginator(report.rows, PAGE_SIZE).page(request.GET.get("sida", 1))
    except EmptyPage as error:
        raise Http404 from error
    context = {"filter_form": form, "report": report, "page_obj": page, "rows": page.object_list}
    context |= {"totals": [(total, form.done_url(total.key)) for total in report.totals]}
    context |= {"figures": [(total, form.done_url(total.key)) for total in report.figures]}
    return render(request, "reports/matrix/implementation.html", context)


def wrong(request: HttpRequest, form: MatrixForm, report: Report, status: int = 200) -> HttpResponse:
    """The page with what is wrong at its field, and no boende."""
    context = {"filter_form": form, "report": report, "rows": []}
    return render(request, "reports/matrix/implementation.html", context, status=status)


@gives_file
@require_http_methods(["GET", "HEAD", "POST"])
def implementation_export(request: HttpRequest) -> HttpResponseBase:
    """The same as a tagged PDF, Excel or CSV: first what for, then the file."""
    form, report = asked(request)
    boenden = report.boenden
    if form.is_wrong:
        return HttpResponse(status=422) if isinstance(request, Asking) else wrong(request, form, report, 422)
    if not boenden and not form.boenden:
        raise Http404
    whose = about_words(request.user, boenden) if boenden else ""
    return take_out(
        request,
        TakeOut(
            rows=Lazily(lambda: report.rows),
            columns=file_columns(report.today),
            what=_("genomförande"),
            filename=_("Genomförande %(day)s") % {"day": report.today.isoformat()},
            list_name=_("Genomförande"),
            back=reverse("reports:implementation"),
            scope=whose,
            scope_id=boenden[0].pk if len(boenden) == 1 else None,
            paper=lambda rows: paper(form, report, rows, whose),
            size=len(boenden),
            reach=[str(boende.pk) for boende in boenden],
            filter_words=form.words,
        ),
    )


def paper(form: MatrixForm, report: Report, rows: list[Row], whose: str) -> bytes:
    """The report on A4, lying."""
    facts: list[tuple[Any, Any]] = [(_("Läget den"), report.day)]
    if form.words:
        facts.append((_("Urval"), form.words))
    context = {
        "report": report,
        "rows": rows,
        "facts": facts,
        "boende": whose,
    }
    return render_pdf(template="documents/implementation.html", context=context, title=_("Genomförande"))
