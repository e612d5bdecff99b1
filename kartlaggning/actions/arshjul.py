# SPDX-License-Identifier: EUPL-1.2
"""Verbs of the årshjul: done, later, not for us, after all; what is one's own; the förvaltning's template."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kartlaggning.actions.arshjul_filling import fill
from kartlaggning.arshjul.rules import CHIEF_AFTER, FORVALTNING_AFTER
from kartlaggning.arshjul.schedule import none_told, schedule
from kartlaggning.models import ArshjulActivity, ArshjulEntry, ArshjulTemplate
from platssamverkan.audit.actions import log_event
from platssamverkan.ground.actions import EditConflict, Refused, action, archive_record, save_record
from platssamverkan.ground.workdays import workday_on_or_before

State = ArshjulActivity.State


def opened(activity: ArshjulActivity, version: int | None) -> ArshjulActivity:
    """The activity as it is stored, locked. Raises EditConflict if somebody has said something since it was opened."""
    stored = ArshjulActivity.objects.select_for_update(of=("self",)).select_related("boende").get(pk=activity.pk)
    if version is not None and stored.version != version:
        raise EditConflict(stored)
    return stored


def reschedule(activity: ArshjulActivity) -> None:
    """The days of its reminders, with those above as the förvaltning's template says."""
    template = ArshjulTemplate.objects.filter(forvaltning=activity.boende.forvaltning_id).first()
    schedule(
        activity,
        chief_after=template.chief_after if template else CHIEF_AFTER,
        forvaltning_after=template.forvaltning_after if template else FORVALTNING_AFTER,
        today=timezone.localdate(),
    )


def said(activity: ArshjulActivity, event: str, by: Any) -> ArshjulActivity:
    """Save what was said, with its word in the log."""
    saved = save_record(record=activity, by=by)
    log_event(record=saved, by=by, event=event)
    return saved


def still_open(activity: ArshjulActivity) -> None:
    """Raise Refused for one that is done or set aside."""
    if not activity.is_open:
        raise Refused([_("Aktiviteten är redan klar eller satt åt sidan. Ta upp den igen först.")])


@action
def finish(
    *, activity: ArshjulActivity, done_on: date, note: str, by: Any, opened_version: int | None = None
) -> ArshjulActivity:
    """It has been done, a day that has been. Raises EditConflict, and Refused for what is not open."""
    stored = opened(activity, opened_version)
    still_open(stored)
    stored.state, stored.done_on, stored.note = State.DONE, done_on, note
    none_told(stored)
    return said(stored, "arshjul_done", by)


@action
def postpone(
    *, activity: ArshjulActivity, due_on: date, reason: str, by: Any, opened_version: int | None = None
) -> ArshjulActivity:
    """It will be done by a later day, moved back to a working day; the first day it had is kept.

    Raises EditConflict, and Refused for what is not open and without a reason.
    """
    stored = opened(activity, opened_version)
    still_open(stored)
    if not reason.strip():
        raise Refused([_("Skriv varför.")])
    stored.postponed_from = stored.postponed_from or stored.due_on
    stored.due_on, stored.reason = workday_on_or_before(due_on), reason
    reschedule(stored)
    return said(stored, "arshjul_postponed", by)


@action
def set_aside(*, activity: ArshjulActivity, reason: str, by: Any, opened_version: int | None = None) -> ArshjulActivity:
    """It is not for this boende this time. Raises EditConflict, and Refused for what is not open and without reason."""
    stored = opened(activity, opened_version)
    still_open(stored)
    if not reason.strip():
        raise Refused([_("Skriv varför.")])
    stored.state, stored.reason = State.SKIPPED, reason
    none_told(stored)
    return said(stored, "arshjul_set_aside", by)


@action
def reopen(*, activity: ArshjulActivity, by: Any) -> ArshjulActivity:
    """It is to be done after all. Of one that is open nothing changes."""
    stored = opened(activity, None)
    if stored.is_open:
        return stored
    stored.state, stored.done_on, stored.is_told, stored.why = State.OPEN, None, False, ""
    # what the data told once they would tell again: a person's word stands against it
    stored.counts_from = None
    if stored.postponed_from is None:
        stored.reason = ""
    reschedule(stored)
    return said(stored, "arshjul_reopened", by)


@action
def save_own(*, activity: ArshjulActivity, by: Any, opened_version: int | None = None) -> ArshjulActivity:
    """Save an activity that the boende thought of. Its day is moved back to a working day. Raises EditConflict."""
    activity.due_on = workday_on_or_before(activity.due_on)
    reschedule(activity)
    return save_record(record=activity, by=by, opened_version=opened_version)


@action
def archive_own(*, activity: ArshjulActivity, by: Any) -> ArshjulActivity:
    """Take an activity of the boende's own out of its årshjul."""
    none_told(activity)
    return archive_record(record=activity, by=by)


@action
def save_template(*, template: ArshjulTemplate, by: Any, opened_version: int | None = None) -> ArshjulTemplate:
    """Save when those above hear of what is late; what is not done yet follows. Raises EditConflict."""
    saved = save_record(record=template, by=by, opened_version=opened_version)
    reschedule_all(template=saved, by=by)
    return saved


@action
def reschedule_all(*, template: ArshjulTemplate, by: Any) -> None:
    """Work out the days of those above anew for what is open in the förvaltning."""
    today = timezone.localdate()
    rows = ArshjulActivity.objects.open().filter(boende__forvaltning=template.forvaltning_id, is_reminded=True)
    changed = list(rows.order_by("pk"))
    for row in changed:
        both_told, chief_told = row.next_escalation_on is None, row.next_escalation_on == row.forvaltning_on
        schedule(row, chief_after=template.chief_after, forvaltning_after=template.forvaltning_after, today=today)
        if both_told or chief_told:  # whoever has heard does not hear again
            row.next_escalation_on = None if both_told else row.forvaltning_on
    names = ["chief_on", "forvaltning_on", "next_escalation_on"]
    ArshjulActivity.objects.bulk_update(changed, names, batch_size=500)


@action
def save_entry(*, entry: ArshjulEntry, by: Any, opened_version: int | None = None) -> ArshjulEntry:
    """Save an entry of a template; what the boenden have not done yet follows. Raises EditConflict."""
    saved = save_record(record=entry, by=by, opened_version=opened_version)
    fill(template=saved.template, by=by)
    return saved


@action
def archive_entry(*, entry: ArshjulEntry, by: Any) -> ArshjulEntry:
    """Take an entry out of the template; what the boenden have not done yet leaves their årshjul."""
    saved = archive_record(record=entry, by=by)
    fill(template=saved.template, by=by)
    return saved
