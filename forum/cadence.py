# SPDX-License-Identifier: EUPL-1.2
"""How often a forum meets, as an RRULE (RFC 5545), and the days that it proposes."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from dateutil.rrule import rrulestr
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from platssamverkan.ground.workdays import is_workday, next_workday

AHEAD = timedelta(days=800)


class Rhythm(TextChoices):
    """What a person chooses among."""

    WEEKLY = "FREQ=WEEKLY", _("varje vecka")
    FORTNIGHTLY = "FREQ=WEEKLY;INTERVAL=2", _("varannan vecka")
    MONTHLY = "FREQ=MONTHLY", _("varje månad")
    BIMONTHLY = "FREQ=MONTHLY;INTERVAL=2", _("varannan månad")
    QUARTERLY = "FREQ=MONTHLY;INTERVAL=3", _("var tredje månad")
    HALF_YEARLY = "FREQ=MONTHLY;INTERVAL=6", _("två gånger om året")


WEEKDAYS = [
    ("MO", _("måndag")),
    ("TU", _("tisdag")),
    ("WE", _("onsdag")),
    ("TH", _("torsdag")),
    ("FR", _("fredag")),
    ("SA", _("lördag")),
    ("SU", _("söndag")),
]
WEEKS = [("1", _("första")), ("2", _("andra")), ("3", _("tredje")), ("4", _("fjärde")), ("-1", _("sista"))]


def rule_of(rhythm: str, weekday: str, week: str) -> str:
    """The RRULE for what was chosen: "FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU"; empty for no rhythm."""
    if not rhythm:
        return ""
    return f"{rhythm};BYDAY={weekday}" if "WEEKLY" in rhythm else f"{rhythm};BYDAY={week}{weekday}"


def chosen_in(rule: str) -> tuple[str, str, str]:
    """Rhythm, weekday and week of a rule that rule_of made."""
    rhythm, _mark, by_day = rule.partition(";BYDAY=")
    return rhythm, by_day[-2:], by_day[:-2]


def in_words(rule: str) -> str:
    """ "första tisdagen varannan månad", "varje vecka på måndag"; empty for no rhythm."""
    if not rule:
        return ""
    rhythm, weekday, week = chosen_in(rule)
    how_often, on = str(Rhythm(rhythm).label), str(dict(WEEKDAYS)[weekday])
    if not week:
        return f"{how_often}, {on}"
    return f"{dict(WEEKS)[week]} {on}en {how_often}"


def proposed_days(forum: Any, after: date, count: int = 3) -> list[date]:
    """The next days that the forum would meet, after a day (of its latest meeting, from which the rhythm counts).

    Nothing falls in the gap. On a day when offices are closed a weekly forum leaves it out; a rarer one meets the
    next working day.
    """
    days: list[date] = []
    for proposed in occurrences(forum.rrule, after):
        day = proposed
        if in_gap(forum, day):
            continue
        if not is_workday(day) and day.weekday() < 5:
            if "WEEKLY" in forum.rrule:
                continue
            day = next_workday(day)
        days.append(day)
        if len(days) == count:
            break
    return days


def occurrences(rule: str, after: date) -> Iterator[date]:
    """The days of a rule after a day. Counted in days here, so that 14.00 stays 14.00 when the clocks change."""
    if not rule:
        return
    start = datetime.combine(after, time())
    for moment in rrulestr(rule, dtstart=start).xafter(start, inc=False):
        if moment.date() - after > AHEAD:
            return
        yield moment.date()


def in_gap(forum: Any, day: date) -> bool:
    """Whether the forum rests in the day's month; a gap may go over new year."""
    first, last = forum.gap_from_month, forum.gap_to_month
    if not first or not last:
        return False
    return first <= day.month <= last if first <= last else day.month >= first or day.month <= last
