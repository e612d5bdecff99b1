# SPDX-License-Identifier: EUPL-1.2
"""Verbs of an incident: write it, follow it up, close it, let outsiders read about it and take that back."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from incidents.models import Incident, IncidentTextVersion, ReleasedText
from incidents.models.querysets import folded
from platssamverkan.audit.actions import log_event
from platssamverkan.ground.actions import EditConflict, Refused, action, save_record
from platssamverkan.ground.workdays import next_workday

INTERNAL = ("internal_text", "handled")
FORUM = ("forum_what", "forum_handled")


# What rooms above do when a forum text is withdrawn, in the same transaction: (incident, by)
when_withdrawn: list[Callable[[Incident, Any], None]] = []


def locked(incident: Incident) -> Incident:
    """What is stored now, held until the verb is done: what somebody else has just written is not written over."""
    return Incident.objects.select_for_update().get(pk=incident.pk)


def fill_search(incident: Incident) -> None:
    """Write the columns that the lists search: one that every reader may search, and the internal one."""
    open_texts = (incident.headline, incident.place_text, incident.handled, incident.forum_what, incident.forum_handled)
    incident.search_open = folded(" ".join(filter(None, open_texts)))
    incident.search_internal = folded(" ".join(filter(None, (incident.internal_text, incident.follow_up_note))))


def fill_in(incident: Incident, stored: Incident | None) -> None:
    """What writes itself: the headline, the day of follow-up where children are concerned, the search columns."""
    if not incident.headline or (stored and incident.headline == stored.neutral_headline):
        incident.headline = incident.neutral_headline
    if Incident.Done.NOTHING in incident.done and len(incident.done) > 1:
        incident.done = [key for key in incident.done if key != Incident.Done.NOTHING]
    is_news = incident.children and not (stored and stored.children)
    if is_news and not incident.follow_up_on and incident.status != Incident.Status.CLOSED:
        incident.follow_up_on = next_workday()
    fill_search(incident)


def changed(stored: Incident, incident: Incident, names: tuple[str, ...]) -> bool:
    """Whether one of the texts says something else than what is stored."""
    return any(getattr(stored, name) != getattr(incident, name) for name in names)


@action
def save_incident(*, incident: Incident, by: Any, opened_version: int | None = None) -> Incident:
    """Write an incident, new or changed. An internal text that is replaced is kept, behind the incident's gate.

    A forum text that is changed after its release is withdrawn: outsiders never read what nobody has released
    (docs/decisions/0014). Raises EditConflict as save_record does.
    """
    stored = None if incident.is_new else locked(incident)
    fill_in(incident, stored)
    if stored and opened_version in (None, stored.version):
        if changed(stored, incident, INTERNAL):
            version = IncidentTextVersion(incident=incident, internal_text=stored.internal_text, handled=stored.handled)
            save_record(record=version, by=by)
        if stored.is_released and changed(stored, incident, FORUM):
            withdraw(incident, by)
    save_record(record=incident, by=by, opened_version=opened_version)
    return incident


@action
def plan_follow_up(*, incident: Incident, by: Any, opened_version: int | None = None) -> Incident:
    """Follow it up by a day, or note how that went. A closed one is opened by it."""
    incident.status = Incident.Status.FOLLOW_UP
    return save_incident(incident=incident, by=by, opened_version=opened_version)


@action
def close_incident(*, incident: Incident, by: Any) -> Incident:
    """Close it. Raises Refused while it is not written what was done."""
    stored = locked(incident)
    if missing := stored.missing_for_closing():
        raise Refused(missing)
    stored.status = Incident.Status.CLOSED
    return save_incident(incident=stored, by=by)


@action
def reopen_incident(*, incident: Incident, by: Any) -> Incident:
    """Open a closed one again. A day of follow-up that has passed is taken away: it was for the time before."""
    stored = locked(incident)
    stored.status = Incident.Status.OPEN
    if stored.follow_up_on and stored.follow_up_on < timezone.localdate():
        stored.follow_up_on = None
    return save_incident(incident=stored, by=by)


@action
def release_forum_text(*, incident: Incident, by: Any, opened_version: int | None = None) -> Incident:
    """Let outsiders read the forum text: the very one that was read through, kept as it was released.

    Raises Refused while a part is missing, and EditConflict if it was changed since it was read through.
    """
    stored = locked(incident)
    if opened_version is not None and opened_version != stored.version:
        raise EditConflict(stored)
    if missing := stored.missing_for_release():
        raise Refused(missing)
    if stored.is_released:
        return stored
    stored.released_at, stored.released_by = timezone.now(), by
    stored.withdrawn_at, stored.withdrawn_by = None, None
    text = ReleasedText(incident=stored, forum_what=stored.forum_what, forum_handled=stored.forum_handled)
    save_record(record=text, by=by)
    save_record(record=stored, by=by)
    log_event(record=stored, by=by, event="forum_text_released")
    return stored


@action
def withdraw_forum_text(*, incident: Incident, by: Any) -> Incident:
    """Take the forum text back. What was released stays on record; outsiders read it no more."""
    stored = locked(incident)
    if stored.is_released:
        withdraw(stored, by)
        save_record(record=stored, by=by)
    return stored


def withdraw(incident: Incident, by: Any) -> None:
    """Mark the forum text as withdrawn, on the incident (for its caller to save) and on what was released."""
    now = timezone.now()
    incident.released_at, incident.released_by = None, None
    incident.withdrawn_at, incident.withdrawn_by = now, by
    for text in ReleasedText.objects.filter(incident=incident.pk, withdrawn_at__isnull=True):
        text.withdrawn_at, text.withdrawn_by = now, by
        save_record(record=text, by=by)
    for tell in when_withdrawn:
        tell(incident, by)
    log_event(record=incident, by=by, event="forum_text_withdrawn")
