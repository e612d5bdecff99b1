# SPDX-License-Identifier: EUPL-1.2
"""An årsrapport on paper: the draft, the archive's file of what is approved (PDF/A-3a and PDF/UA-1), and the cover."""

from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from platssamverkan.documents.renderer import render_pdf
from platssamverkan.look.words import day_year
from platssamverkan.reports.annual.outline import ASSESSMENTS, PROPOSED, left_of, part_words, proposals_in
from platssamverkan.reports.annual.reading import Document
from platssamverkan.reports.models import AnnualCover, AnnualReport


def whole(day: Any) -> str:
    """A day that no line breaks in two; "" where there is none."""
    return day_year(day).replace(" ", "\N{NO-BREAK SPACE}") if day else ""


def report_title(report: AnnualReport) -> str:
    """What the document is called."""
    return _("%(report)s för %(forvaltning)s") % {"report": report, "forvaltning": report.forvaltning_name}


def file_title(report: AnnualReport) -> str:
    """What a file of it is called: a draft says so."""
    title = report_title(report)
    return _("%(report)s, utkast") % {"report": title} if report.is_draft else title


def facts(document: Document) -> list[tuple[str, Any]]:
    """What stands at the top: year, edition, by whom and when, and through which day the figures are counted."""
    report, freeze = document.report, document.freeze
    found = [
        (_("År"), report.year),
        (_("Version"), report.edition),
        (_("Godkänd"), whole(timezone.localdate(report.approved_at)) if report.approved_at else ""),
        (_("Av"), report.approver_name if report.approved_by_id else ""),
        (_("Siffror till"), whole(freeze.through) if freeze else ""),
        (_("Räknade"), whole(freeze.counted_at) if freeze else ""),
        (_("Ersätter"), str(report.previous) if report.previous else ""),
    ]
    return [(term, value) for term, value in found if value]


def render(document: Document, *, archive: bool) -> bytes:
    """The PDF."""
    report = document.report
    context = {
        "forvaltning": report.forvaltning_name,
        "facts": facts(document),
        "report": report,
        "chapters": document.chapters,
        "definitions": document.definitions,
        "is_draft": not archive,
    }
    title = report_title(report) if archive else file_title(report)  # it stands on every page
    return render_pdf(template="documents/annual.html", context=context, title=title, archive=archive)


def draft_paper(document: Document) -> bytes:
    """A report that is not approved, marked as such."""
    return render(document, archive=False)


def archive_paper(document: Document) -> bytes:
    """The report as it is approved, for good."""
    return render(document, archive=True)


def cover_paper(cover: AnnualCover) -> bytes:
    """The tjänsteutlåtande to the nämnd."""
    report, proposals = cover.report, proposals_in(cover)

    context = {
        "forvaltning": report.forvaltning_name,
        "facts": [
            (term, value)
            for term, value in ((_("Utfärdat"), whole(cover.dated)), (_("Handläggare"), cover.handlaggare))
            if value
        ],
        "diarienummer": cover.diarienummer,
        "cover": cover,
        "report": report,
        "assessments": [(capfirst(part_words(name)), getattr(cover, name), name in proposals) for name in ASSESSMENTS],
        "proposed": PROPOSED,
        "left": left_of(cover),
    }
    return render_pdf(template="documents/annual_cover.html", context=context, title=cover_title(cover))


def cover_title(cover: AnnualCover) -> str:
    """What the cover is called."""
    return _("Tjänsteutlåtande: %(report)s") % {"report": report_title(cover.report)}
