# SPDX-License-Identifier: EUPL-1.2
"""Figures of whole calendar years: what bevakning costs, beside what is put into preventing (domain.md, "Reports")."""

from typing import Any

from django.db.models import BigIntegerField, Exists, OuterRef, Sum
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from forum.models import Cost
from platssamverkan.reports.figures.addresses import guard_url
from platssamverkan.reports.figures.indicators import KRONOR, Group, Indicator, Span, among
from platssamverkan.reports.figures.models import Bevakningskostnad
from platssamverkan.reports.figures.same import BOENDE_AND_YEAR
from platssamverkan.reports.figures.sources import AMOUNT, Heads, Line, Source, at
from platssamverkan.start.picture import Scope


def guard_costs(scope: Scope) -> Any:
    """What is noted for the years."""
    rows = Bevakningskostnad.objects.active().filter(at(scope), year__range=(scope.first.year, scope.last.year))
    return rows.select_related("boende")


def guarded_before(scope: Scope) -> Exists:
    """The condition on a boende that something is noted of a year up to the scope's last."""
    return Exists(Bevakningskostnad.objects.active().filter(boende=OuterRef("pk"), year__lte=scope.last.year))


def guard_line(row: Bevakningskostnad) -> Line:
    """The boende and the year."""
    return Line(str(row), row.get_absolute_url(), amount=row.kronor, unit=KRONOR)


def costs(scope: Scope) -> Any:
    """What was paid or worked in the years, where the outcome is known."""
    years = (scope.first.year, scope.last.year)
    rows = Cost.objects.active().filter(at(scope), day__year__range=years, outcome__isnull=False)
    return rows.select_related("boende")


def cost_line(row: Cost) -> Line:
    """What it was for."""
    return Line(row.title, row.get_absolute_url(), row.boende, row.day, amount=row.outcome, unit=row.get_unit_display())


def whole(field: str) -> Cast:
    """The sum of a field. Of large whole numbers PostgreSQL makes decimals, and a tally is of whole numbers."""
    return Cast(Sum(field), BigIntegerField())


SOURCES = [
    Source(
        key="bevakning",
        rows=guard_costs,
        line=guard_line,
        heads=Heads(_("Boende och år"), where="", day="", about="", amount=AMOUNT),
        order=("-year", "boende__name"),
        part=BOENDE_AND_YEAR,  # so that the two years can be told to be of the same boenden
        number=whole("kronor"),
        is_kept=True,
        began=guarded_before,
    ),
    Source(
        key="kostnader",
        rows=costs,
        line=cost_line,
        heads=Heads(_("Kostnad"), about="", amount=AMOUNT),
        order=("-day", "title"),
        part="unit",
        number=whole("outcome"),
        is_kept=True,
    ),
]

NOTHING = _("inget är antecknat")
TOGETHER = _("forumens och boendenas kostnader och bidrag")
INDICATORS = [
    Indicator(
        key="bevakning",
        name=_("Kostnad för bevakning"),
        unit=KRONOR,
        definition=_("Vad väktare, ronderingar och larm vid boendet kostade under året."),
        source=_("kostnader för bevakning, antecknade per boende och år"),
        formula=_(
            "Summan av det som är antecknat för de kalenderår som perioden ligger i. Jämförs med året före bara när "
            "samma boenden har en kostnad antecknad båda åren."
        ),
        group=Group.COSTS,
        span=Span.YEARS,
        source_key="bevakning",
        nought=NOTHING,
        listed=guard_url,
        is_by_boende=True,
    ),
    Indicator(
        key="forebyggande",
        name=_("Kostnad för det förebyggande"),
        unit=KRONOR,
        definition=_("Vad forumens och boendets aktiviteter och inköp tillsammans har kostat, vem som än betalade."),
        source=TOGETHER,
        formula=_("Summan av utfallet i kronor för kostnader med en dag i de kalenderåren. Arbetstid räknas för sig."),
        group=Group.COSTS,
        span=Span.YEARS,
        source_key="kostnader",
        matches=among(Cost.Unit.KRONOR.value),
        nought=NOTHING,
    ),
    Indicator(
        key="forebyggande_timmar",
        name=_("Arbetstid för det förebyggande"),
        unit=_("arbetstimme"),
        definition=_("Den arbetstid som är antecknad som bidrag till aktiviteter och inköp."),
        source=TOGETHER,
        formula=_("Summan av utfallet i timmar för kostnader med en dag i de kalenderåren."),
        group=Group.COSTS,
        span=Span.YEARS,
        source_key="kostnader",
        matches=among(Cost.Unit.HOURS.value),
        nought=NOTHING,
    ),
]
