# SPDX-License-Identifier: EUPL-1.2
"""Verbs of an årsrapport: begin it, write in it, freeze its figures, approve it, correct it by a new edition."""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from boenden.models import Forvaltning
from platssamverkan.audit.actions import log_event
from platssamverkan.documents.actions import store_document
from platssamverkan.documents.models import StoredDocument
from platssamverkan.ground.actions import (
    EditConflict,
    Refused,
    action,
    archive_record,
    put_away,
    restore_record,
    save_record,
)
from platssamverkan.reports.annual.belonging import chapters_in
from platssamverkan.reports.annual.economy import propose
from platssamverkan.reports.annual.figures import figures_of_each
from platssamverkan.reports.annual.filling import begin_economy, copy_texts, fill
from platssamverkan.reports.annual.outline import COVER, OUTLINE
from platssamverkan.reports.annual.paper import archive_paper
from platssamverkan.reports.annual.reading import Document
from platssamverkan.reports.models import (
    AnnualComment,
    AnnualCover,
    AnnualEconomy,
    AnnualFreeze,
    AnnualReport,
    AnnualSection,
    AnnualShare,
    OutlineSection,
)


def locked(report: AnnualReport) -> AnnualReport:
    """What is stored now, held until the verb is done."""
    rows = AnnualReport.objects.select_for_update(of=("self",)).select_related("forvaltning", "previous", "document")
    return rows.get(pk=report.pk)


def refuse_unless_draft(report: AnnualReport) -> AnnualReport:
    """What is stored now. Raises Refused for an approved report: it stands still."""
    stored = locked(report)
    if not stored.is_draft:
        raise Refused([_("Årsrapporten är godkänd och ändras inte. Gör en rättelse som en ny version.")])
    return stored


def read_mark(document: Document) -> str:
    """What tells one reading of a report from another: a digest of the versions of all that stands in it."""
    return mark_of(document.rows)


def key_mark(economy: AnnualEconomy | None, shares: Iterable[AnnualShare]) -> str:
    """The same of the total and the parts."""
    return mark_of([*shares, *([economy] if economy else [])])


def mark_of(rows: Iterable[Any]) -> str:
    """A digest of the versions of some rows."""
    versions = sorted(f"{row.pk} {row.version}" for row in rows)
    return hashlib.sha256("\n".join(versions).encode()).hexdigest()[:32]


# ---------- the template ----------


@action
def start_outline(*, forvaltning: Forvaltning, by: Any) -> list[OutlineSection]:
    """The förvaltning's template, made from the usual outline the first time."""
    Forvaltning.objects.select_for_update().get(pk=forvaltning.pk)  # two who begin at once make it once
    found = list(OutlineSection.objects.filter(forvaltning=forvaltning).for_list())
    if found or OutlineSection.objects.filter(forvaltning=forvaltning).exists():
        return found
    return [
        save_record(
            record=OutlineSection(
                forvaltning=forvaltning, part=part, position=place * 10, title=str(title), guidance=str(guidance),
                kind=kind, is_required=needed, is_carried=carried,
            ),
            by=by,
        )
        for place, (part, title, guidance, kind, needed, carried) in enumerate(OUTLINE, start=1)
    ]  # fmt: skip


# ---------- beginning ----------


@action
def start_report(*, forvaltning: Forvaltning, year: int, by: Any) -> AnnualReport:
    """The report of a förvaltning and a year: the draft or the approved one there is, else a first edition.

    A draft that was taken away comes back as it was. Raises Refused for a year that has not begun.
    """
    if year > timezone.localdate().year:
        raise Refused([_("Året har inte börjat än.")])
    outline = start_outline(forvaltning=forvaltning, by=by)
    found = AnnualReport.objects.filter(forvaltning=forvaltning, year=year).for_list().first()
    if found:
        return found
    taken_away = AnnualReport.objects.filter(forvaltning=forvaltning, year=year).select_for_update(of=("self",)).first()
    if taken_away:
        return restore_record(record=taken_away, by=by)
    report = save_record(record=AnnualReport(forvaltning=forvaltning, year=year), by=by)
    earlier = AnnualReport.objects.filter(
        forvaltning=forvaltning, year=year - 1, status=AnnualReport.Status.APPROVED
    ).first()
    begin_economy(report, earlier, by)
    fill(report=report, outline=outline, earlier=earlier, by=by)
    save_record(record=AnnualCover(report=report, **{name: str(text) for name, text in COVER.items()}), by=by)
    return report


@action
def take_away_draft(*, report: AnnualReport, by: Any) -> AnnualReport:
    """Take a first edition that was begun by mistake out of the lists; begun again it comes back with all its texts.

    Raises Refused once approved, and for a correction: the edition that it corrects waits for it.
    """
    stored = refuse_unless_draft(report)
    if stored.previous_id:
        raise Refused([_("En rättelse tas inte bort. Den godkända versionen gäller tills rättelsen är godkänd.")])
    return archive_record(record=stored, by=by)


@action
def fill_report(*, report: AnnualReport, by: Any) -> int:
    """Bring in boenden and sections of the template that the draft lacks; gives how many sections came.

    What is there already stays as it is, also when the template has changed. Raises Refused once approved.
    """
    stored = refuse_unless_draft(report)
    outline = list(OutlineSection.objects.filter(forvaltning=stored.forvaltning).for_list())
    return fill(report=stored, outline=outline, earlier=None, by=by)


# ---------- writing ----------


@action
def save_in_report(*, record: Any, by: Any, opened_version: int | None = None) -> Any:
    """Write a section, a table's row, the economy or a comment. Raises Refused once approved, EditConflict."""
    refuse_unless_draft(record.report)
    return save_record(record=record, by=by, opened_version=opened_version)


@action
def remove_from_report(*, record: Any, by: Any) -> Any:
    """Take a row out of a table of the draft, as it is stored. Raises Refused once approved."""
    refuse_unless_draft(record.report)
    return put_away(record=record, by=by)


@action
def settle_comment(*, comment: AnnualComment, by: Any) -> AnnualComment:
    """Say that a comment has been seen to. Once; raises Refused once the report is approved."""
    refuse_unless_draft(comment.report)
    stored = AnnualComment.objects.select_for_update().get(pk=comment.pk)
    if stored.settled_at is None:
        stored.settled_at = timezone.now()
        save_record(record=stored, by=by)
    return stored


@action
def save_cover(*, cover: AnnualCover, by: Any, opened_version: int | None = None) -> AnnualCover:
    """Write the nämnd's cover, of an approved report too. Raises Refused once a newer edition counts, EditConflict."""
    if locked(cover.report).status == AnnualReport.Status.REPLACED:
        raise Refused([_("En nyare version av årsrapporten gäller. Skriv i dess tjänsteutlåtande.")])
    return save_record(record=cover, by=by, opened_version=opened_version)


@action
def adopt_proposal(*, report: AnnualReport, by: Any, read: str | None = None) -> list[AnnualShare]:
    """Put what the key gives in place of the kronor.

    `read` is the mark (key_mark) of the economy as the person had it on screen. Raises Refused where the key gives
    nothing, EditConflict if the economy was changed since it was read.
    """
    stored = refuse_unless_draft(report)
    shares = list(AnnualShare.objects.active().filter(report=report).order_by("created_at", "pk").select_for_update())
    economy = AnnualEconomy.objects.filter(report=report).first()
    proposal = propose(economy, shares)
    if proposal is None:
        raise Refused([_("Skriv summan att fördela och en andel för varje part, högst 100 % tillsammans.")])
    if read not in (None, key_mark(economy, shares)):
        raise EditConflict(stored)
    for share, kronor in zip(shares, proposal.kronor, strict=True):
        share.kronor = kronor
        save_record(record=share, by=by)
    return shares


@action
def freeze(*, report: AnnualReport, through: date, by: Any) -> AnnualFreeze:
    """Count every figure of every boende through a day, and keep what came out. Raises Refused outside the year."""
    stored = refuse_unless_draft(report)
    if not date(stored.year, 1, 1) <= through <= stored.last_day:
        raise Refused([_("Välj en dag i rapportens år som har varit.")])
    counted = figures_of_each(list(chapters_in(stored)), stored.year, through)
    rows = [{"boende": key, **figure.as_row()} for key, found in counted.items() for figure in found]
    return save_record(record=AnnualFreeze(report=stored, through=through, figures=rows), by=by)


# ---------- approval ----------


@action
def approve(*, report: AnnualReport, by: Any, read: str | None = None) -> AnnualReport:
    """Let the report stand; the edition before it is replaced. Its file is made after (keep_archive_copy).

    `read` is the mark (read_mark) of the report as the person had it on screen.
    Raises Refused with what is missing, EditConflict if it was changed since it was read.
    """
    stored = locked(report)
    if not stored.is_draft:
        return stored
    take_out_the_moved(stored, by)
    document = Document(stored)
    if read not in (None, read_mark(document)):
        raise EditConflict(stored)
    if missing := document.missing():
        raise Refused(missing)
    for earlier in AnnualReport.objects.select_for_update().filter(
        forvaltning=stored.forvaltning, year=stored.year, status=AnnualReport.Status.APPROVED
    ):
        earlier.status = AnnualReport.Status.REPLACED
        save_record(record=earlier, by=by)
    stored.status, stored.approved_at, stored.approved_by = AnnualReport.Status.APPROVED, timezone.now(), by
    stored.names = names_in(document, by)
    save_record(record=stored, by=by)
    log_event(record=stored, by=by, event="annual_approved")
    return stored


@action
def keep_archive_copy(*, report: AnnualReport, by: Any) -> StoredDocument:
    """Print an approved edition as the file that is kept for good. Once: asked again, the same.

    The edition before it comes first, for a file names the one it follows. Raises Refused for a draft, StorageFull.
    """
    stored = locked(report)
    if stored.is_draft:
        raise Refused([_("Årsrapporten är ett utkast. Den sparas för arkivet när den är godkänd.")])
    if stored.document:
        return stored.document
    before = keep_archive_copy(report=stored.previous, by=by) if stored.previous else None
    stored.document = store_document(
        content=archive_paper(Document(stored)),
        title=f"{stored}, {stored.forvaltning_name}",
        kind="arsrapport",
        by=by,
        previous=before,
    )
    save_record(record=stored, by=by)
    return stored.document


def take_out_the_moved(report: AnnualReport, by: Any) -> None:
    """What was written of boenden that are another förvaltning's by now is no part of what is approved."""
    written = AnnualSection.objects.active().filter(report=report, boende__isnull=False)
    for section in written.exclude(boende__forvaltning=report.forvaltning):
        archive_record(record=section, by=by)


def names_in(document: Document, by: Any) -> dict[str, Any]:
    """What everybody is called as the report is approved."""
    boenden = {str(section.boende_id): section.boende.name for section in document.sections if section.boende}
    return {"forvaltning": str(document.report.forvaltning), "approved_by": str(by), "boenden": boenden}


@action
def correct(*, report: AnnualReport, correction: str, by: Any) -> AnnualReport:
    """Open the next edition with all that stands in this one, and what is to be corrected. Once: asked again, the same.

    Raises Refused for a draft, and for an edition that has been replaced.
    """
    stored = locked(report)
    following = AnnualReport.objects.filter(previous=stored).first()
    if following:
        return following
    if not stored.is_approved:
        raise Refused([_("Årsrapporten är ett utkast. Ändra den som den är.")])
    new = AnnualReport(
        forvaltning=stored.forvaltning, year=stored.year, edition=stored.edition + 1, previous=stored,
        correction=correction,
    )  # fmt: skip
    save_record(record=new, by=by)
    copy_texts(stored, new, by)
    if last := AnnualFreeze.objects.filter(report=stored).order_by("-counted_at").first():
        copy = AnnualFreeze(report=new, through=last.through, figures=last.figures, counted_at=last.counted_at)
        save_record(record=copy, by=by)
    return new
