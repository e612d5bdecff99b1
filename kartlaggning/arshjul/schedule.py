# SPDX-License-Identifier: EUPL-1.2
"""The days on which somebody is told about an activity, worked out once so that the database can sweep by them."""

from datetime import date, timedelta
from typing import Any

WEEK = timedelta(days=7)


def none_told(activity: Any) -> None:
    """Nobody is told any more: it is done, or set aside, or not of the kind one is reminded of."""
    for name in ("first_on", "second_on", "last_on", "late_on", "chief_on", "forvaltning_on"):
        setattr(activity, name, None)
    activity.next_reminder_on = activity.next_escalation_on = None


def schedule(activity: Any, *, chief_after: int, forvaltning_after: int, today: date) -> None:
    """Set the days of an open activity from its last day and its leads.

    A reminder whose day has passed is left out; of those the latest is told today, so that something that is planned
    for next week is not told three times at once. It is not saved.
    """
    if not (activity.is_open and activity.is_reminded):
        none_told(activity)
        return
    days: list[date] = sorted({activity.due_on - timedelta(days=lead) for lead in activity.leads})
    if passed := [day for day in days if day < today]:
        days = [day for day in days if day >= today]
        if today not in days and activity.due_on >= today and passed:
            days.insert(0, today)
    first, second, last = (*days, None, None, None)[:3]
    activity.first_on, activity.second_on, activity.last_on = first, second, last
    activity.late_on = activity.due_on + WEEK
    activity.chief_on = activity.due_on + timedelta(days=chief_after)
    activity.forvaltning_on = activity.due_on + timedelta(days=forvaltning_after)
    activity.next_reminder_on = first or activity.late_on
    activity.next_escalation_on = activity.chief_on


def latest_same_weekday(weekday: int, today: date) -> date:
    """The latest day until today that is such a weekday (Monday is 0): when something late was last told of."""
    return today - timedelta(days=(today.weekday() - weekday) % 7)
