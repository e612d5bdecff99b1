# SPDX-License-Identifier: EUPL-1.2
"""Verbs of activities and costs."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forum.actions.meetings import Refused
from forum.models import Activity, Contribution
from kartlaggning.actions.arshjul_filling import fill_after_commit
from kartlaggning.actions.rounds import start_round
from kartlaggning.models import Kartlaggning, Walk
from platssamverkan.ground.actions import action, archive_record, save_record


def refuse_unless_planned(activity: Activity) -> Activity:
    """What is stored now; raises Refused unless it is still planned."""
    stored = Activity.objects.select_for_update().get(pk=activity.pk)
    if not stored.is_planned:
        raise Refused([_("Aktiviteten är inte planerad längre.")])
    return stored


@action
def save_activity(*, activity: Activity, by: Any, opened_version: int | None = None) -> Activity:
    """Write what it is about. A promenad that it owns and nobody has walked moves with its day. Raises EditConflict."""
    save_record(record=activity, by=by, opened_version=opened_version)
    walk = activity.own_walk
    if walk and walk.walked_on is None and walk.planned_on != activity.happens_on:
        walk.planned_on = activity.happens_on
        save_record(record=walk, by=by)
    return activity


@action
def plan_walk(*, activity: Activity, walk: Walk, by: Any) -> Walk:
    """Put the activity's promenad into the boende's kartläggning of its year, else the latest.

    The year's is begun if there is none at all.

    Once: asked again it gives the one there is.
    """
    stored = Activity.objects.select_for_update(of=("self",)).select_related("walk", "boende").get(pk=activity.pk)
    if stored.own_walk:
        return stored.own_walk
    rounds = Kartlaggning.objects.filter(boende=stored.boende).for_list()
    year = timezone.localdate().year
    of_its_year = rounds.filter(year=stored.happens_on.year).first()
    walk.kartlaggning = (
        of_its_year or rounds.first() or start_round(kartlaggning=Kartlaggning(boende=stored.boende, year=year), by=by)
    )
    walk.planned_on = stored.happens_on
    save_record(record=walk, by=by)
    stored.walk = walk
    save_record(record=stored, by=by)
    return walk


@action
def hold(*, activity: Activity, by: Any) -> Activity:
    """It has taken place. Raises Refused before its day."""
    stored = refuse_unless_planned(activity)
    if not stored.may_be_held:
        raise Refused([_("Aktiviteten har inte varit än. Ändra dagen om den blev tidigare.")])
    stored.status = Activity.Status.HELD
    if stored.boende:
        fill_after_commit([stored.boende], by)
    return save_record(record=stored, by=by)


@action
def cancel(*, activity: Activity, by: Any) -> Activity:
    """It will not be held, nor its promenad walked. Raises Refused once it has been."""
    stored = refuse_unless_planned(activity)
    stored.status = Activity.Status.CANCELLED
    if stored.own_walk and stored.own_walk.walked_on is None:
        archive_record(record=stored.own_walk, by=by)
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
