# SPDX-License-Identifier: EUPL-1.2
"""The demonstration's årsrapporter: last year's approved, this year's in writing."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from platssamverkan.reports.annual import actions
from platssamverkan.reports.annual import demo_texts as texts
from platssamverkan.reports.models import (
    AnnualBudget,
    AnnualComment,
    AnnualReport,
    AnnualSection,
    AnnualShare,
    AnnualStaffing,
)

LEFT_OUT = ("Nästa år", "Året i korthet", "Behov som inte är mötta")  # what is still to be written this year


def make_reports(maker: Any) -> dict[str, int]:
    """Both, for the förvaltning whose förvaltningschef can sign in."""
    forvaltning, by, year = maker.forvaltningar["sydvast"], maker.users["chef"], maker.today.year
    last = actions.start_report(forvaltning=forvaltning, year=year - 1, by=by)
    write(last, by)
    fill_tables(last, by)
    actions.freeze(report=last, through=date(year - 1, 12, 31), by=by)
    actions.approve(report=last, by=by)
    actions.keep_archive_copy(report=last, by=by)
    this = actions.start_report(forvaltning=forvaltning, year=year, by=by)
    write(this, by, left_out=LEFT_OUT)
    actions.freeze(report=this, through=this.last_day, by=by)
    section = AnnualSection.objects.filter(report=this, title="Arbete under året").order_by("boende__name").first()
    if section:
        comment = AnnualComment(report=this, section=section, boende=section.boende, text=texts.COMMENT)
        actions.save_in_report(record=comment, by=by)
    return {"årsrapporter": AnnualReport.objects.count()}


def write(report: AnnualReport, by: Any, left_out: tuple[str, ...] = ()) -> None:
    """The texts; those left out are still to be written."""
    for section in AnnualSection.objects.filter(report=report, text="").exclude(title__in=left_out):
        own = texts.CALLED.get(section.boende.slug, {}) if section.boende else {}
        text = own.get(section.title) or (texts.OF_BOENDE if section.boende else texts.SHARED).get(section.title)
        if text:
            section.text = text
            actions.save_in_report(record=section, by=by)


def fill_tables(report: AnnualReport, by: Any) -> None:
    """Roles, budgets, the fördelningsnyckel and the cover."""
    rows = AnnualBudget.objects.filter(report=report).select_related("boende").order_by("boende__name")
    for row, money in zip(rows, texts.BUDGETS, strict=False):
        row.budget, row.outcome, row.budget_before, row.outcome_before = money
        actions.save_in_report(record=row, by=by)
        for role, now, before in texts.ROLES:
            staffing = AnnualStaffing(report=report, boende=row.boende, role=role)
            staffing.now, staffing.before = Decimal(now), Decimal(before)
            actions.save_in_report(record=staffing, by=by)
    economy = report.economy
    economy.total, economy.total_before = texts.TOTAL, texts.TOTAL_BEFORE
    economy.repayment, economy.forecast_on = texts.REPAYMENT, date(report.year, 10, 31)
    actions.save_in_report(record=economy, by=by)
    for name, percent, kronor, percent_before, kronor_before in texts.KEY:
        share = AnnualShare(report=report, name=name, kronor=kronor, kronor_before=kronor_before)
        share.percent, share.percent_before = Decimal(percent), Decimal(percent_before)
        actions.save_in_report(record=share, by=by)
    cover = report.cover
    for name, text in texts.COVER.items():
        setattr(cover, name, text)
    cover.is_gone_through = True
    cover.dated = date(report.year + 1, 2, 1) - timedelta(days=4)
    actions.save_cover(cover=cover, by=by)
