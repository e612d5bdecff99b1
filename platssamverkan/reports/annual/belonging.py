# SPDX-License-Identifier: EUPL-1.2
"""Which boenden an årsrapport is about: those it begins with, and those whose chapter can be put in."""

from datetime import date
from typing import Any

from django.db.models import Q

from boenden.models import Boende
from platssamverkan.audit.models import AuditEntry
from platssamverkan.ground.days import midnight
from platssamverkan.reports.models import AnnualReport, AnnualSection


def chapters_in(report: AnnualReport) -> Any:
    """The boenden that have a chapter in it."""
    rows = AnnualSection.objects.standing().filter(report=report, boende__isnull=False)
    return Boende.objects.filter(pk__in=rows.values("boende")).order_by("name", "pk")


def boenden_of(report: AnnualReport) -> list[Boende]:
    """The förvaltning's boenden that were there in the year, and those that have been put in by hand.

    Not those still planned, nor those that opened later or had closed before; nor those whose chapter is taken out.
    """
    left_out = AnnualSection.objects.archived().filter(report=report, boende__isnull=False).values("boende")
    opened = Q(opened_on=None) | Q(opened_on__lte=date(report.year, 12, 31))
    there = ~Q(status__in=[Boende.Status.PLANERAT, Boende.Status.AVSLUTAT]) | Q(pk__in=closed_since(report))
    of_year = opened & there & ~Q(pk__in=left_out)
    of_forvaltning = Boende.objects.active().filter(forvaltning=report.forvaltning)
    in_it = chapters_in(report).order_by().values("pk")
    return list(of_forvaltning.filter(of_year | Q(pk__in=in_it)).order_by("name", "pk"))


def closed_since(report: AnnualReport) -> list[str]:
    """The ids of the boenden that the log says have closed since the year began."""
    entries = AuditEntry.objects.get_for_model(Boende).filter(
        changes__status__1=Boende.Status.AVSLUTAT,
        action=AuditEntry.Action.UPDATE,
        timestamp__gte=midnight(date(report.year, 1, 1)),
    )
    return list(entries.order_by().values_list("object_pk", flat=True).distinct())


def may_come_in(report: AnnualReport) -> list[Boende]:
    """The förvaltning's boenden that have no chapter in it."""
    rows = Boende.objects.active().filter(forvaltning=report.forvaltning)
    return list(rows.exclude(pk__in=chapters_in(report).order_by().values("pk")).for_list())
