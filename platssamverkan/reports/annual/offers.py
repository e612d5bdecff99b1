# SPDX-License-Identifier: EUPL-1.2
"""A report as a file that a worker makes when it is long: the draft, what the archive keeps, and the text in Word."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from platssamverkan.export.made_actions import ask_for_file
from platssamverkan.export.models import Export, MadeFile
from platssamverkan.export.taking_out import Lazily, TakeOut, made_file
from platssamverkan.reports.annual.actions import keep_archive_copy
from platssamverkan.reports.annual.paper import draft_paper, file_title
from platssamverkan.reports.annual.reading import Document
from platssamverkan.reports.annual.word import word_file
from platssamverkan.reports.models import AnnualReport

Printed = Callable[[list[Any]], bytes]

LINES_OF_SECTION = 2  # as much paper as two lines of a list: 25 sections are about ten pages (performance.md)
DRAFT = gettext_lazy("skriva och granska utkastet till årsrapporten")
APPROVED = gettext_lazy("ta del av den godkända årsrapporten")
ARCHIVE = gettext_lazy("spara den godkända årsrapporten för gott i arkivet")


def purpose_of(report: AnnualReport) -> str:
    """What a file of the report is for; what is approved is a public document, the draft the förvaltning's own."""
    return str(DRAFT if report.is_draft else APPROVED)


def boenden_of(document: Document) -> list[UUID]:
    """The boenden that its sections are about."""
    return sorted({section.boende_id for section in document.sections if section.boende_id})


def offer(document: Document, *, paper: Printed | None = None, word: Printed | None = None) -> TakeOut:
    """A report as paper: as long as it has sections, and of all the boenden that they are about."""
    report = document.report
    name = str(report)[0].lower() + str(report)[1:]
    return TakeOut(
        rows=Lazily(lambda: document.sections),
        columns=(),
        what=_("%(report)s, utkast") % {"report": name} if report.is_draft else name,
        filename=file_title(report),
        back=report.get_absolute_url(),
        list_name=report,
        scope=report.forvaltning_name,
        scope_id=report.pk,
        size=LINES_OF_SECTION * len(document.sections),
        reach=[f"arsrapport {report.pk}", *map(str, boenden_of(document))],
        paper=paper,
        word=word,
    )


def paper_offer(document: Document, by: Any) -> TakeOut:
    """The PDF: of a draft one that says so, of what is approved the file that the archive keeps."""

    def archived(sections: Any) -> bytes:
        return keep_archive_copy(report=document.report, by=by).read_verified()

    return offer(document, paper=(lambda sections: draft_paper(document)) if document.report.is_draft else archived)


def word_offer(document: Document) -> TakeOut:
    """The whole report for further editing."""
    return offer(document, word=lambda sections: word_file(document))


def archive(request: HttpRequest, report: AnnualReport) -> MadeFile | None:
    """Make the archive's file of a report that is approved now; of a long one, gives what a worker will make."""
    what = paper_offer(Document(report), request.user)
    if not what.is_large(Export.Format.PDF):
        keep_archive_copy(report=report, by=request.user)
        return None
    address = reverse("reports:annual_pdf", args=[report.pk])
    made = made_file(request, what, Export.Format.PDF, str(ARCHIVE), at=address)
    return ask_for_file(made=made, by=request.user)


def at_work_on(report: AnnualReport, user: Any) -> MadeFile | None:
    """The archive's file that a worker is making, if the user asked for it."""
    address = reverse("reports:annual_pdf", args=[report.pk])
    return MadeFile.objects.active().visible_to(user).filter(url=address, state__in=MadeFile.AT_WORK).first()
