# SPDX-License-Identifier: EUPL-1.2
"""What stands in a report from the start: from the template, from the year before, or from the edition it corrects.

Parts of the verbs in actions.py, within their transaction.
"""

from collections.abc import Iterable
from typing import Any

from boenden.models import Boende
from platssamverkan.ground.actions import archive_record, save_record
from platssamverkan.reports.annual.belonging import boenden_of
from platssamverkan.reports.models import (
    AnnualBudget,
    AnnualCover,
    AnnualEconomy,
    AnnualReport,
    AnnualSection,
    AnnualShare,
    AnnualStaffing,
    OutlineSection,
)

# what a correction takes over from the edition before
SECTION = ("boende_id", "part", "position", "title", "guidance", "kind", "is_required", "text")
STAFFING, BUDGET = ("boende_id", "role", "now", "before"), ("budget", "outcome", "budget_before", "outcome_before")
ECONOMY = ("total", "total_before", "repayment", "forecast_on")
SHARE = ("name", "percent", "kronor", "percent_before", "kronor_before")
COVERED = (
    "dated", "diarienummer", "handlaggare", "proposal", "summary", "economic", "ecological", "social", "children",
    "attachments", "matter", "description", "assessment", "recipients", "first_signature", "second_signature",
)  # fmt: skip


def begin_economy(report: AnnualReport, earlier: AnnualReport | None, by: Any) -> None:
    """The parts as last year, whose decisions are now those of the year before."""
    old = AnnualEconomy.objects.filter(report=earlier).first() if earlier else None
    save_record(record=AnnualEconomy(report=report, total_before=old.total if old else None), by=by)
    for share in AnnualShare.objects.active().filter(report=earlier).order_by("created_at", "pk") if earlier else ():
        new = AnnualShare(report=report, name=share.name)
        new.percent_before, new.kronor_before = share.percent, share.kronor
        save_record(record=new, by=by)


def fill(
    *,
    report: AnnualReport,
    outline: Iterable[OutlineSection],
    earlier: AnnualReport | None,
    by: Any,
    boenden: Iterable[Boende] | None = None,
) -> int:
    """Make the sections that are not there, of some boenden or of all that the report is about; gives how many."""
    kept = AnnualSection.objects.filter(report=report).values_list("boende", "part", "title")
    there = set(kept)
    texts: dict[Any, str] = {}
    if earlier:
        rows = AnnualSection.objects.active().filter(report=earlier).values_list("boende", "part", "title", "text")
        texts = {(boende, part, title): text for boende, part, title, text in rows}
    boenden = boenden_of(report) if boenden is None else list(boenden)
    made = 0
    for place, entry in enumerate(outline):
        for boende in boenden if entry.part == OutlineSection.Part.BOENDE else [None]:
            key = (boende.pk if boende else None, entry.part, entry.title)
            if key not in there:
                save_record(record=section_of(report, entry, boende, place, texts.get(key, "")), by=by)
                made += 1
    begin_tables(report, boenden, earlier, by)
    return made


def section_of(
    report: AnnualReport, entry: OutlineSection, boende: Boende | None, place: int, carried: str
) -> AnnualSection:
    """A section as its template has it, with last year's text where that goes on."""
    return AnnualSection(
        report=report, boende=boende, part=entry.part, position=place, title=entry.title, guidance=entry.guidance,
        kind=entry.kind, is_required=entry.is_required, text=carried if entry.is_carried else "",
    )  # fmt: skip


def begin_tables(report: AnnualReport, boenden: Iterable[Boende], earlier: AnnualReport | None, by: Any) -> None:
    """A budget for each boende, and last year's roles; what was this year's is now that of the year before."""
    there = set(AnnualBudget.objects.filter(report=report).values_list("boende", flat=True))
    old = {row.boende_id: row for row in AnnualBudget.objects.filter(report=earlier)} if earlier else {}
    for boende in boenden:
        if boende.pk not in there:
            row = AnnualBudget(report=report, boende=boende)
            if last := old.get(boende.pk):
                row.budget_before, row.outcome_before = last.budget, last.outcome
            save_record(record=row, by=by)
    ids = {boende.pk for boende in boenden}
    for staffing in (
        AnnualStaffing.objects.active().filter(report=earlier).order_by("created_at", "pk") if earlier else ()
    ):
        if staffing.boende_id in ids:
            new = AnnualStaffing(report=report, boende_id=staffing.boende_id, role=staffing.role, now=staffing.now)
            new.before = staffing.now
            save_record(record=new, by=by)


def copy_texts(stored: AnnualReport, new: AnnualReport, by: Any) -> None:
    """All that is written in one edition, in the next. A chapter that was taken out is kept there as it is here."""
    for model, names in (
        (AnnualSection, SECTION), (AnnualStaffing, STAFFING), (AnnualBudget, ("boende_id", *BUDGET)),
        (AnnualEconomy, ECONOMY), (AnnualShare, SHARE), (AnnualCover, COVERED),
    ):  # fmt: skip
        copy_rows(model, names, stored, new, by)
    for section in AnnualSection.objects.archived().filter(report=stored).order_by("created_at", "pk"):
        archive_record(record=copied(section, SECTION, new, by), by=by)  # taken out, and kept if it is put in again


def copy_rows(model: Any, names: Iterable[str], old: AnnualReport, new: AnnualReport, by: Any) -> None:
    """The rows of one edition in the next, in their order."""
    for row in model.objects.active().filter(report=old).order_by("created_at", "pk"):
        copied(row, names, new, by)


def copied(row: Any, names: Iterable[str], new: AnnualReport, by: Any) -> Any:
    """The same row in another edition."""
    copy = type(row)(report=new, **{name: getattr(row, name) for name in names})
    save_record(record=copy, by=by)
    return copy
