# SPDX-License-Identifier: EUPL-1.2
"""When an entry of the årshjul falls: its rule, and the occasions that follow from it."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from platssamverkan.ground.workdays import workday_on_or_before

LAST_OF_MONTH = 31
LEADS = (30, 7, 0)  # days before, when nothing else is chosen
CHIEF_AFTER, FORVALTNING_AFTER = 14, 30  # days late


class Rule(TextChoices):
    """How often, and what the day follows from."""

    YEARLY = "yearly", gettext_lazy("varje år")
    SECOND_YEAR = "second", gettext_lazy("vartannat år")
    QUARTERLY = "quarterly", gettext_lazy("varje kvartal")
    BEFORE = "before", gettext_lazy("veckor före ett datum")
    DATA = "data", gettext_lazy("följer det som är planerat i systemet")


@dataclass(frozen=True)
class Falls:
    """One time that an entry falls: its name within the entry, from when what is done counts, and the last day."""

    occasion: str
    counts_from: date
    due_on: date


def day_in(year: int, month: int, day: int | None) -> date:
    """The day of a month, the month's last where it is shorter or none is chosen."""
    return date(year, month, min(day or LAST_OF_MONTH, monthrange(year, month)[1]))


def occasions_of(entry: Any, first: date, last: date) -> list[Falls]:
    """Those whose last day lies between two days, both counted. A weekend or a red day moves it back to a working day.

    `entry` has rule, month, day, weeks and is_odd. None for what follows the data: a source tells those.
    """
    found = (
        Falls(occasion, counts_from, workday_on_or_before(day))
        for year in range(first.year, last.year + 2)  # a date in January is prepared in December
        for occasion, counts_from, day in nominal(entry, year)
    )
    return [falls for falls in found if first <= falls.due_on <= last]


def nominal(entry: Any, year: int) -> Iterator[tuple[str, date, date]]:
    """(occasion, from when it counts, day by the calendar) of the occasions of a year."""
    if entry.rule == Rule.YEARLY:
        yield str(year), date(year, 1, 1), day_in(year, entry.month, entry.day)
    elif entry.rule == Rule.SECOND_YEAR and year % 2 == int(entry.is_odd):
        yield str(year), date(year - 1, 1, 1), day_in(year, entry.month, entry.day)
    elif entry.rule == Rule.QUARTERLY:
        for quarter in range(4):
            begins = quarter * 3 + 1
            day = day_in(year, begins + (entry.month - 1) % 3, entry.day)
            yield f"{year}-{quarter + 1}", date(year, begins, 1), day
    elif entry.rule == Rule.BEFORE:
        target = day_in(year, entry.month, entry.day)
        yield str(year), day_in(year - 1, entry.month, entry.day), target - timedelta(weeks=entry.weeks)


def in_words(entry: Any) -> str:
    """ "varje år i oktober", "varje kvartal, senast i dess tredje månad", "6 veckor före 6 juni"."""
    month = str(MONTHS[entry.month]) if entry.month else ""
    by = _("senast %(day)s %(month)s") % {"day": entry.day, "month": month} if entry.day else ""
    if entry.rule == Rule.YEARLY:
        return _("varje år, %(when)s") % {"when": by or _("i %(month)s") % {"month": month}}
    if entry.rule == Rule.SECOND_YEAR:
        years = _("udda år") if entry.is_odd else _("jämna år")
        return _("vartannat år (%(years)s), %(when)s") % {
            "years": years,
            "when": by or _("i %(month)s") % {"month": month},
        }
    if entry.rule == Rule.QUARTERLY:
        which = [_("första"), _("andra"), _("tredje")][(entry.month - 1) % 3]
        return _("varje kvartal, i dess %(which)s månad") % {"which": which}
    if entry.rule == Rule.BEFORE:
        day = entry.day or _("sista dagen i")
        return _("%(weeks)s veckor före %(day)s %(month)s") % {"weeks": entry.weeks, "day": day, "month": month}
    return str(Rule.DATA.label)
