# SPDX-License-Identifier: EUPL-1.2
"""Verbs of activities and costs."""

from typing import Any

from django.utils.translation import gettext as _

from forum.actions.meetings import Refused
from forum.models import Activity, Contribution
from platssamverkan.ground.actions import action, save_record


def refuse_unless_planned(activity: Activity) -> Activity:
    """What is stored now; raises Refused unless it is still planned."""
    stored = Activity.objects.select_for_update().get(pk=activity.pk)
    if not stored.is_planned:
        raise Refused([_("Aktiviteten är inte planerad längre.")])
    return stored


@action
def hold(*, activity: Activity, by: Any) -> Activity:
    """It has taken place. Raises Refused before its day."""
    stored = refuse_unless_planned(activity)
    if not stored.may_be_held:
        raise Refused([_("Aktiviteten har inte varit än. Ändra dagen om den blev tidigare.")])
    stored.status = Activity.Status.HELD
    return save_record(record=stored, by=by)


@action
def cancel(*, activity: Activity, by: Any) -> Activity:
    """It will not be held. Raises Refused once it has been."""
    stored = refuse_unless_planned(activity)
    stored.status = Activity.Status.CANCELLED
    return save_record(record=stored, by=by)


@action
def evaluate(*, activity: Activity, by: Any, opened_version: int | None = None) -> Activity:
    """Write what it gave. Raises Refused with what is missing, EditConflict."""
    stored = Activity.objects.select_for_update().get(pk=activity.pk)
    if stored.is_cancelled:
        raise Refused([_("Aktiviteten är inställd.")])
    if stored.is_planned and not stored.may_be_held:
        raise Refused([_("Aktiviteten har inte varit än. Ändra dagen om den blev tidigare.")])
    missing = activity.missing_for_evaluation()
    if missing:
        raise Refused(list(missing.values()))
    activity.status = Activity.Status.EVALUATED
    return save_record(record=activity, by=by, opened_version=opened_version)


@action
def save_contribution(*, contribution: Contribution, by: Any, opened_version: int | None = None) -> Contribution:
    """A party's part of a cost. A förvaltning is always a municipal party."""
    if contribution.forvaltning_id:
        contribution.is_municipal = True
    return save_record(record=contribution, by=by, opened_version=opened_version)
