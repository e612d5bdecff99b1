# SPDX-License-Identifier: EUPL-1.2
"""Verbs of a protokoll: make it of the meeting, write in it, send it for comments, justera it, correct it."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from forum.actions.agenda import carry_on
from forum.actions.incidents import withdrawn_texts, without_withdrawn
from forum.actions.meetings import Refused
from forum.actions.protokoll_files import make_paper
from forum.models import AgendaItem, Attendance, Justering, Meeting, Protokoll, ProtokollItem
from forum.protokoll_letters import Occasion, tell
from forum.protokoll_text import checksum, compose, item_extras, letters_in, meeting_facts
from platssamverkan.audit.actions import log_event
from platssamverkan.ground.actions import action, archive_record, save_record
from platssamverkan.ground.fields import refuse_personal_number

State = Protokoll.State
STEPS = ("state", "comments_until", "opened_at", "frozen")  # what the steps write, and no form


class TextChanged(Exception):
    """The text is another than the one she read: what she justerar is what she has read."""


def locked(protokoll: Protokoll) -> Protokoll:
    """What is stored now, held until the verb is done: an edit and a justering at once wait for each other."""
    stored = Protokoll.objects.select_for_update(of=("self",)).select_related("meeting__forum", "replaces")
    return stored.get(pk=protokoll.pk)


def writable(protokoll: Protokoll) -> Protokoll:
    """What is stored, if it may still be changed. Raises ValidationError once it is justerat."""
    stored = locked(protokoll)
    if stored.is_sealed:
        raise ValidationError(_("Protokollet är justerat och ändras inte. Gör en rättad utgåva i stället."))
    return stored


@action
def make_protokoll(*, meeting: Meeting, by: Any) -> Protokoll:
    """Make the protokoll of a meeting of its agenda, notes, decisions, åtgärder and attendance.

    The one there is, is given back. What the meeting did not finish goes on to the next, if that is planned already.
    Raises Refused before the meeting was held.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("forum").get(pk=meeting.pk)
    if made := Protokoll.objects.active().filter(meeting=meeting, edition=1).first():
        return made
    if not meeting.is_held:
        raise Refused([_("Anteckna först att mötet är hållet.")])
    protokoll = Protokoll(meeting=meeting, frozen=meeting_facts(meeting))
    save_record(record=protokoll, by=by)
    for item in AgendaItem.objects.in_order().filter(meeting=meeting).select_related("meeting__forum"):
        take_over(ProtokollItem(protokoll=protokoll, item=item), item, by)
    carry_on(forum=meeting.forum, by=by)
    return protokoll


def take_over(record: ProtokollItem, item: AgendaItem, by: Any) -> None:
    """Write an item of the protokoll as the agenda's says now."""
    record.position, record.title = item.position, item.title
    record.text, record.decision = item.outcome, item.decision
    record.extras = item_extras(item)
    save_record(record=record, by=by)


@action
def renew_protokoll(*, protokoll: Protokoll, by: Any) -> list[str]:
    """Take over what was changed in the meeting since, attendance and åtgärder too. What was written in the protokoll
    itself stays; the titles of those items are given back. Raises as `writable`, ValidationError for a correction."""
    stored = writable(protokoll)
    if stored.replaces_id:
        raise ValidationError(_("En rättad utgåva utgår från det justerade protokollet, inte från mötet."))
    stored.frozen = meeting_facts(stored.meeting)
    save_record(record=stored, by=by)
    taken = {row.item_id: row for row in ProtokollItem.objects.active().filter(protokoll=stored)}
    left: list[str] = []
    agenda = AgendaItem.objects.in_order().filter(meeting=stored.meeting).select_related("meeting__forum")
    for item in agenda:
        row = taken.pop(item.pk, None) or ProtokollItem(protokoll=stored, item=item)
        if row.is_edited:
            left.append(row.title)
            row.extras, row.position = item_extras(item), item.position
            save_record(record=row, by=by)
        else:
            take_over(row, item, by)
    for row in taken.values():
        if not row.is_edited:
            archive_record(record=row, by=by)
    void_justeringar(stored, by=by)
    return left


@action
def save_protokoll(
    *, protokoll: Protokoll, justerare: list[Any], by: Any, opened_version: int | None = None
) -> Protokoll:
    """Write its diarienummer, what a correction corrects, and who is to justera. Raises as `writable`."""
    stored = writable(protokoll)
    for name in STEPS:
        setattr(protokoll, name, getattr(stored, name))
    save_record(record=protokoll, by=by, opened_version=opened_version)
    chosen = {row.user_id: row for row in Justering.objects.active().filter(protokoll=protokoll)}
    for user in justerare:
        if chosen.pop(user.pk, None) is None:
            save_record(record=Justering(protokoll=protokoll, user=user), by=by)
    for row in chosen.values():
        row.justerat_at, row.sha256 = None, ""
        archive_record(record=row, by=by)
    void_justeringar(protokoll, by=by)
    if protokoll.waits_for_justering:
        tell(protokoll=protokoll, occasion=Occasion.JUSTERA, by=by)
    return protokoll


@action
def save_protokoll_item(*, item: ProtokollItem, by: Any, opened_version: int | None = None) -> ProtokollItem:
    """Write in an item. Raises EditConflict as save_record, and ValidationError as `writable`.

    What somebody has justerat already was another text: she is asked to justera anew.
    """
    stored = writable(item.protokoll)
    item.is_edited = True
    save_record(record=item, by=by, opened_version=opened_version)
    void_justeringar(stored, by=by)
    return item


def void_justeringar(protokoll: Protokoll, *, by: Any) -> None:
    """Justeringar of another text than the one there is now count no more; who made them is told."""
    now = checksum(compose(protokoll))
    for row in Justering.objects.for_list().filter(protokoll=protokoll, justerat_at__isnull=False).exclude(sha256=now):
        row.justerat_at, row.sha256 = None, ""
        save_record(record=row, by=by)
        log_event(record=row, by=by, event="justering_voided")
        tell(protokoll=protokoll, occasion=Occasion.CHANGED, by=by, only=row.user)


def lost_justerare(protokoll: Protokoll, chosen: list[Justering]) -> list[Justering]:
    """The chosen who cannot justera any more: no longer in the forum, or their account is closed."""
    members = protokoll.meeting.forum.members.current().order_by("pk").values_list("user", "person__user")
    held = {user for pair in members for user in pair}
    return [row for row in chosen if row.user_id not in held or not row.user.is_active]


def missing_for_comments(
    protokoll: Protokoll, items: list[ProtokollItem] | None = None, chosen: list[Justering] | None = None
) -> list[str]:
    """What is left before it can be sent for comments, as sentences. `items` and `chosen` if they have been read."""
    if items is None:
        items = list(ProtokollItem.objects.in_order().filter(protokoll=protokoll))
    if chosen is None:
        chosen = list(Justering.objects.for_list().filter(protokoll=protokoll))
    missing = []
    if not protokoll.frozen.get("attendance"):
        is_noted = Attendance.objects.active().filter(meeting=protokoll.meeting).exists()
        noted, unnoted = _("Hämta närvaron från mötet till protokollet."), _("Anteckna vilka som var med på mötet.")
        missing.append(noted if is_noted else unnoted)
    if not any(item.text or item.decision for item in items):
        missing.append(_("Skriv vad som sades eller beslutades på minst en punkt."))
    if not chosen:
        missing.append(_("Välj vem som ska justera."))
    missing += [
        _("%(name)s är inte längre med i forumet. Välj en annan justerare.") % {"name": row}
        for row in lost_justerare(protokoll, chosen)
    ]
    if protokoll.replaces_id and not protokoll.correction.strip():
        missing.append(_("Skriv vad som rättas."))
    return missing


@action
def send_for_comments(*, protokoll: Protokoll, comments_until: date, by: Any) -> Protokoll:
    """Let the members read it and say what they think until a day. They are told. Raises Refused, or as `writable`."""
    stored = writable(protokoll)
    if stored.state != State.DRAFT:
        return stored
    missing = missing_for_comments(stored)
    if comments_until < timezone.localdate():
        missing.append(_("Välj en dag som inte har varit för synpunkterna."))
    if missing:
        raise Refused(missing)
    stored.state, stored.comments_until = State.COMMENTS, comments_until
    save_record(record=stored, by=by)
    log_event(record=stored, by=by, event="protokoll_sent")
    tell(protokoll=stored, occasion=Occasion.COMMENTS, by=by)
    return stored


def missing_for_justering(protokoll: Protokoll, *read: Any) -> list[str]:
    """What is left before it can be opened for justering, as sentences. `read` as for missing_for_comments."""
    missing = missing_for_comments(protokoll, *read)
    waiting = protokoll.comments.waiting().count()
    if waiting:
        one = _("Svara på synpunkten som kommit in.")
        missing.append(one if waiting == 1 else _("Svara på de %(count)s synpunkterna.") % {"count": waiting})
    return missing


@action
def open_justering(*, protokoll: Protokoll, by: Any) -> Protokoll:
    """Close the time for comments and ask the justerare. Raises Refused while something is missing."""
    stored = writable(protokoll)
    if stored.state == State.JUSTERING:
        return stored
    if stored.state != State.COMMENTS:
        raise Refused([_("Skicka protokollet för synpunkter först.")])
    if missing := missing_for_justering(stored):
        raise Refused(missing)
    stored.state, stored.opened_at = State.JUSTERING, timezone.now()
    save_record(record=stored, by=by)
    log_event(record=stored, by=by, event="justering_opened")
    tell(protokoll=stored, occasion=Occasion.JUSTERA, by=by)
    return stored


@action
def justera(*, protokoll: Protokoll, sha256: str, by: Any) -> Protokoll:
    """Justera the text with this checksum, as oneself. When all the chosen have, it is sealed for ever.

    Raises Refused for one who was not chosen or before it is open, TextChanged if the text is another one now.
    """
    stored = locked(protokoll)
    own = Justering.objects.active().filter(protokoll=stored, user=by).first()
    if own is None:
        raise Refused([_("Du är inte vald att justera det här protokollet.")])
    if stored.is_sealed:
        return stored
    if not stored.waits_for_justering:
        raise Refused([_("Protokollet är inte öppet för justering ännu.")])
    content = compose(stored)
    now = checksum(content)
    if now != sha256:
        raise TextChanged
    if own.sha256 != now:
        own.justerat_at, own.sha256 = timezone.now(), now
        save_record(record=own, by=by)
    void_justeringar(stored, by=by)
    if not Justering.objects.active().filter(protokoll=stored, justerat_at=None).exists():
        seal(stored, content, now, by)
    return stored


def seal(protokoll: Protokoll, content: dict[str, Any], sha256: str, by: Any) -> None:
    """Make it immutable, with its file. Nothing of the meeting is changed from now on."""
    for text in letters_in(content):
        refuse_personal_number(text)
    now = timezone.now()
    rows = list(Justering.objects.for_list().filter(protokoll=protokoll))
    protokoll.signatures = [
        {"name": str(row), "justerat_at": row.justerat_at.isoformat(), "sha256": row.sha256}
        for row in rows
        if row.justerat_at
    ]
    protokoll.content, protokoll.sha256 = content, sha256
    protokoll.state, protokoll.sealed_at = State.SEALED, now
    ProtokollItem.objects.filter(protokoll=protokoll).update(sealed_at=now)
    Justering.objects.filter(protokoll=protokoll).update(sealed_at=now)
    save_record(record=protokoll, by=by)
    meeting = protokoll.meeting
    if not meeting.is_sealed:
        meeting.sealed_at = now
        save_record(record=meeting, by=by)
    log_event(record=protokoll, by=by, event="protokoll_sealed")
    make_paper(protokoll=protokoll, by=by)
    tell(protokoll=protokoll, occasion=Occasion.SEALED, by=by)


@action
def correct_protokoll(*, protokoll: Protokoll, by: Any) -> Protokoll:
    """A new edition that names the justerade one and begins with its words, less forum texts withdrawn since. The one
    begun already is given back.

    Raises Refused for one that is not justerat.
    """
    old = locked(protokoll)
    if not old.is_sealed or old.content is None:
        raise Refused([_("Protokollet är inte justerat. Ändra i det som det är.")])
    if begun := Protokoll.objects.filter(replaces=old).first():
        return begun
    content, withdrawn = old.content, withdrawn_texts(old.meeting)
    facts = {name: content[name] for name in old.frozen}
    new = Protokoll(
        meeting=old.meeting, edition=old.edition + 1, replaces=old, frozen=facts, diarienummer=old.diarienummer
    )
    save_record(record=new, by=by)
    for position, text in enumerate(content["items"]):
        extras = {name: text[name] for name in ("followed", "actions", "postponed", "next") if name in text}
        extras["incidents"] = without_withdrawn(text["incidents"], withdrawn)
        words = {name: text[name] for name in ("title", "text", "decision")}
        save_record(record=ProtokollItem(protokoll=new, position=position, extras=extras, **words), by=by)
    log_event(record=new, by=by, event="protokoll_corrected")
    return new
