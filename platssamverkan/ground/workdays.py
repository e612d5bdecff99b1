# SPDX-License-Identifier: EUPL-1.2
"""Working days in Sweden: no Saturdays, no Sundays, no red days, and not the eves on which offices are closed."""

from datetime import date, timedelta
from functools import cache

import holidays
from django.utils import timezone


@cache
def closed_days() -> holidays.HolidayBase:
    """The days on which offices are closed, worked out year by year when asked for."""
    return holidays.country_holidays("SE", categories=(holidays.PUBLIC, holidays.DE_FACTO))


def is_workday(day: date) -> bool:
    """Whether people are at their desks."""
    return day.weekday() < 5 and day not in closed_days()


def workday_on_or_before(day: date) -> date:
    """The day itself if it is a working day, else the last one before it: what is due then is done in time."""
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def next_workday(day: date | None = None) -> date:
    """The first working day after a day (today)."""
    day = (day or timezone.localdate()) + timedelta(days=1)
    while not is_workday(day):
        day += timedelta(days=1)
    return day
