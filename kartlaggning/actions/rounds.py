# SPDX-License-Identifier: EUPL-1.2
"""Verbs of a round: start it, take it on to the next step, send it back, put it away."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kartlaggning.actions.ways import copy_ways
from kartlaggning.models import Analys, Insats, Kartlaggning, Observation, Plan, StepChange, ToolCheck, Walk
from kartlaggning.steps import missing_for_next, walk_please
from platssamverkan.ground.actions import Refused, action, archive_record, put_away, save_record


def locked(kartlaggning: Kartlaggning) -> Kartlaggning:
    """What is stored now, held until the verb is done."""
    rows = Kartlaggning.objects.select_for_update(of=("self",)).select_related("boende")
    return rows.get(pk=kartlaggning.pk)


@action
def start_round(*, kartlaggning: Kartlaggning, by: Any) -> Kartlaggning:
    """A new round with its four tools and its analysis. The area, functions and ways are those of the latest round."""
    earlier = Kartlaggning.objects.filter(boende=kartlaggning.boende).for_list().first()
    if earlier:
        for name in ("area", "area_note"):
            setattr(kartlaggning, name, getattr(earlier, name))
    save_record(record=kartlaggning, by=by)
    for tool in ToolCheck.Tool:
        save_record(record=ToolCheck(kartlaggning=kartlaggning, tool=tool), by=by)
    save_record(record=Analys(kartlaggning=kartlaggning), by=by)
    if earlier:
        copy_ways(earlier=earlier, to=kartlaggning, by=by)
    return kartlaggning


@action
def go_on(*, kartlaggning: Kartlaggning, from_step: str, by: Any) -> Kartlaggning:
    """Take a round to its next step. `from_step` is the one the page showed: pressed twice, it moves once.

    Raises Refused with what is missing.
    """
    stored = locked(kartlaggning)
    if stored.step != from_step or not stored.next_step:
        return stored
    if missing := missing_for_next(stored):
        raise Refused(missing)
    move(stored, stored.next_step, StepChange(kartlaggning=stored), by)
    return stored


@action
def send_back(*, change: StepChange, by: Any, from_step: str | None = None) -> StepChange:
    """Send the round to the step before; `change` says why. `from_step` is the step that the person saw.

    Raises Refused in the first step, without a comment, and if somebody has moved the round since.
    """
    stored = locked(change.kartlaggning)
    if sent_already := StepChange.objects.filter(pk=change.pk).first():
        return sent_already
    if from_step not in (None, stored.step):
        moved = {"step": stored.get_step_display()}
        raise Refused([_("Någon har redan flyttat kartläggningen. Nu är den i steget %(step)s.") % moved])
    if not stored.earlier_step:
        raise Refused([_("Kartläggningen är redan i det första steget.")])
    if not change.comment.strip():
        raise Refused([_("Skriv vad som behöver göras om.")])
    change.is_back = True
    move(stored, stored.earlier_step, change, by)
    return change


def move(stored: Kartlaggning, to_step: str, change: StepChange, by: Any) -> None:
    """Change the step and keep the row of it."""
    change.from_step, change.to_step = stored.step, to_step
    save_record(record=change, by=by)
    stored.step = to_step
    save_record(record=stored, by=by)


@action
def finish_tool(*, check: ToolCheck, by: Any) -> ToolCheck:
    """The tool has been used today, if no day is written already.

    Raises Refused for promenader that nobody has walked, unless the note says why.
    """
    stored = ToolCheck.objects.select_for_update().get(pk=check.pk)
    if stored.done_on is None:
        if stored.lacks_walk() and not stored.note.strip():
            raise Refused([walk_please()])
        stored.done_on = timezone.localdate()
        save_record(record=stored, by=by)
    return stored


@action
def put_away_round(*, kartlaggning: Kartlaggning, by: Any) -> Kartlaggning:
    """Take a round that was begun by mistake out of every list, with its promenader and observations.

    A draft that went on from it stands by itself after this. Raises Refused once something is built on it: a plan
    that has been approved, or an insats that answers what was seen. Put away twice it is put away once.
    """
    stored = locked(kartlaggning)
    if stored.archived_at:
        return stored
    plans = Plan.objects.active().filter(kartlaggning=stored)
    if plans.exclude(status=Plan.Status.DRAFT).exists():
        raise Refused([_("En godkänd plan bygger på kartläggningen. Den kan inte läggas undan.")])
    if Insats.objects.active().filter(observation__kartlaggning=stored).exists():
        raise Refused([_("En insats svarar på en observation i kartläggningen. Den kan inte läggas undan.")])
    for plan in plans:
        plan.kartlaggning = None
        save_record(record=plan, by=by)
    for model in (Walk, Observation):
        for row in model.objects.active().filter(kartlaggning=stored):
            put_away(record=row, by=by)
    return archive_record(record=stored, by=by)
