# SPDX-License-Identifier: EUPL-1.2
"""The årsrapport of Sydväst for last year, in writing, with frozen figures, a role, a part and a comment."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from platssamverkan.reports.annual import actions
from platssamverkan.reports.models import AnnualComment, AnnualSection, AnnualShare, AnnualStaffing, OutlineSection


def add(cast, world) -> None:
    """One of everything."""
    chief, year = cast["forvaltningschef"], timezone.localdate().year - 1
    report = actions.start_report(forvaltning=cast.sydvast, year=year, by=chief)
    actions.freeze(report=report, through=date(year, 12, 31), by=chief)
    section = AnnualSection.objects.get(report=report, boende=cast.kalleback, title="Arbete under året")
    comment = AnnualComment.objects.create(report=report, boende=cast.kalleback, section=section, text="Skriv mer.")
    staffing = AnnualStaffing.objects.create(report=report, boende=cast.kalleback, role="Stödpedagog", now=Decimal(4))
    share = AnnualShare.objects.create(report=report, name="Sydväst", percent=Decimal(100), kronor=1000)
    world["single"] |= {
        "annual": report, "annualsection": section, "annualcomment": comment, "annualstaff": staffing,
        "annualshare": share, "annualforvaltning": cast.sydvast,
        "annualoutline": OutlineSection.objects.filter(forvaltning=cast.sydvast).first(),
    }  # fmt: skip
