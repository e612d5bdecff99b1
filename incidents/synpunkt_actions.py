# SPDX-License-Identifier: EUPL-1.2
"""Verbs of a synpunkt: take it in, take care of it, answer, close; let it become something else; forget the sender."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from incidents import synpunkt_rules as rules
from incidents.actions import save_incident
from incidents.models import Felanmalan, Incident, Synpunkt, SynpunktReply
from incidents.synpunkt_letters import TO_SENDER, Step, tell_recurring, tell_sender, tell_staff
from platssamverkan.audit.actions import log_event
from platssamverkan.documents.removed import note_removal
from platssamverkan.ground.actions import Refused, action, save_record
from platssamverkan.notices.models import Notice

FORGOTTEN = "synpunkt_sender_forgotten"
KEPT_AFTER_CLOSING = timedelta(days=90)  # long enough to ask again; then who asked is nobody's business
FORGOTTEN_A_SWEEP = 500
Status = Synpunkt.Status
INCIDENT_KINDS = {
    Synpunkt.Kind.ORO: Incident.Category.OTRYGGHET,
    Synpunkt.Kind.KLAGOMAL: Incident.Category.STORNING,
}


def locked(synpunkt: Synpunkt) -> Synpunkt:
    """What is stored now, held until the verb is done."""
    held = Synpunkt.objects.select_related("boende", "sender").select_for_update(of=("self",))
    return held.get(pk=synpunkt.pk)


@action
def receive(*, synpunkt: Synpunkt, by: Any) -> Synpunkt:
    """Take a new one in. It gets its reference and its day; sender and staff are told.

    `by` is None for whoever has no account, or wants not to be known. Raises IntegrityError where its id is stored.
    """
    synpunkt.reference = rules.new_reference()
    synpunkt.received_at = timezone.now()
    synpunkt.answer_by = rules.answer_day(rules.day_of(synpunkt), children=synpunkt.children)
    synpunkt.place_key = rules.place_key(synpunkt.place_text)
    save_record(record=synpunkt, by=by)
    flag_recurring(synpunkt=synpunkt, by=None)  # a sender changes nobody else's, and leaves her name there no more
    tell_sender(synpunkt, Step.RECEIVED, by=by)
    tell_staff(synpunkt, by=by)
    return synpunkt


@action
def flag_recurring(*, synpunkt: Synpunkt, by: Any) -> None:
    """Flag it, and those like it, when they are three within ninety days. A flag stays: what was asked was asked."""
    same = rules.alike(synpunkt)
    if not same:
        return
    is_news = not any(row.is_recurring for row in same)
    for row in same:
        if not row.is_recurring:
            row.is_recurring = True
            save_record(record=row, by=by)
    if is_news:
        tell_recurring(synpunkt, len(same), by=by)


@action
def take_care(*, synpunkt: Synpunkt, by: Any, opened_version: int | None = None) -> Synpunkt:
    """Triage: who answers by when, where it was, whether children are concerned. The sender is told the first time.

    Raises EditConflict as save_record does.
    """
    stored = locked(synpunkt)
    if synpunkt.children and not stored.children:
        synpunkt.answer_by = min(synpunkt.answer_by, rules.answer_day(timezone.localdate(), children=True))
    synpunkt.place_key = rules.place_key(synpunkt.place_text)
    is_first = stored.status == Status.NEW
    synpunkt.status = Status.TAKEN if is_first else stored.status
    save_record(record=synpunkt, by=by, opened_version=opened_version)
    flag_recurring(synpunkt=synpunkt, by=by)
    if is_first:
        tell_sender(synpunkt, Step.TAKEN, by=by)
    return synpunkt


@action
def reply(*, reply: SynpunktReply, by: Any, seen: int | None = None) -> SynpunktReply:
    """Answer the sender. The answer stands on the page for whoever has the reference.

    `seen` is how many answers the person had read. Raises Refused if another has answered since, or it is closed.
    """
    synpunkt = locked(reply.synpunkt)
    if sent_already := SynpunktReply.objects.filter(pk=reply.pk).first():
        return sent_already
    latest = synpunkt.replies.active().order_by("-created_at").first()
    if latest and seen not in (None, synpunkt.replies.active().count()):
        words = _("Någon har redan svarat: «%(text)s». Öppna sidan igen om du vill skriva mer.")
        raise Refused([words % {"text": latest.text[:300]}])
    if synpunkt.is_closed:
        raise Refused([_("Synpunkten är avslutad. Öppna den igen innan du svarar.")])
    save_record(record=reply, by=by)
    synpunkt.status = Status.ANSWERED
    synpunkt.answered_at = synpunkt.answered_at or timezone.now()
    save_record(record=synpunkt, by=by)
    tell_sender(synpunkt, Step.ANSWERED, by=by, occasion=str(reply.pk), words=reply.text)
    return reply


@action
def close(*, synpunkt: Synpunkt, by: Any, opened_version: int | None = None) -> Synpunkt:
    """Close it with what came of it and what was learnt. Raises Refused while something is missing, or EditConflict."""
    stored = locked(synpunkt)
    synpunkt.status, synpunkt.answered_at, synpunkt.closed_at = stored.status, stored.answered_at, stored.closed_at
    if missing := synpunkt.missing_for_closing():
        raise Refused(missing)
    was_open = not stored.is_closed
    synpunkt.status, synpunkt.closed_at = Status.CLOSED, stored.closed_at or timezone.now()
    save_record(record=synpunkt, by=by, opened_version=opened_version)
    if was_open:
        tell_sender(synpunkt, Step.CLOSED, by=by, occasion=str(synpunkt.version))
    return synpunkt


@action
def reopen(*, synpunkt: Synpunkt, by: Any) -> Synpunkt:
    """Open a closed one again: somebody takes care of it anew, with a day of its own."""
    stored = locked(synpunkt)
    if stored.is_closed:
        stored.status, stored.closed_at = Status.TAKEN, None
        stored.answer_by = rules.answer_day(timezone.localdate(), children=stored.children)
        save_record(record=stored, by=by)
    return stored


def as_incident(synpunkt: Synpunkt) -> dict[str, Any]:
    """What the form of its incident begins with. When it happened and what was done, staff know."""
    return {
        "category": INCIDENT_KINDS.get(Synpunkt.Kind(synpunkt.kind), Incident.Category.ANNAT),
        "internal_text": synpunkt.text,
        "place": Incident.Place.ELSEWHERE if synpunkt.place_text else Incident.Place.AT_BOENDE,
        "place_text": synpunkt.place_text,
        "latitude": synpunkt.latitude,
        "longitude": synpunkt.longitude,
        "children": synpunkt.children,
    }


@action
def become_incident(*, synpunkt: Synpunkt, incident: Incident, by: Any) -> Incident:
    """Note it as an incident too, tied to it. Raises Refused where it has another, IntegrityError where it has this."""
    stored = locked(synpunkt)
    if stored.incident_id and stored.incident_id != incident.pk:
        raise Refused([_("Synpunkten har redan en händelse: %(what)s") % {"what": stored.incident}])
    save_incident(incident=incident, by=by)
    stored.incident = incident
    save_record(record=stored, by=by)
    return incident


@action
def become_felanmalan(*, synpunkt: Synpunkt, felanmalan: Felanmalan, by: Any) -> Felanmalan:
    """Report it to be mended, tied to it. Raises Refused if that is done already."""
    stored = locked(synpunkt)
    if stored.felanmalan_id:
        raise Refused([_("Synpunkten har redan en felanmälan: %(what)s") % {"what": stored.felanmalan}])
    felanmalan.boende = stored.boende
    save_record(record=felanmalan, by=by)
    stored.felanmalan = felanmalan
    save_record(record=stored, by=by)
    return felanmalan


@action
def forget_sender(*, synpunkt: Synpunkt, by: Any) -> None:
    """Forget who sent it, in the synpunkt and in the letters: when she asks, and ninety days after it was closed.

    Its id goes on the list that outlives a restored backup. Raises StorageFull if the disk takes it not.
    """
    note_removal(synpunkt.pk)
    stored = locked(synpunkt)
    if stored.sender and stored.created_by_id == stored.sender_id:
        stored.created_by = None
    stored.sender, stored.sender_email, stored.sender_phone = None, "", ""
    stored.forgotten_at = stored.forgotten_at or timezone.now()
    save_record(record=stored, by=by)
    told = Notice.objects.filter(what__in=TO_SENDER, occasion__startswith=str(stored.pk))
    told.delete()  # one that waits must not go either
    log_event(record=stored, by=by, event=FORGOTTEN)


def with_sender() -> Any:
    """Synpunkter that tell who sent them."""
    return Synpunkt.objects.exclude(sender__isnull=True, sender_email="", sender_phone="").select_related("boende")


def forget_senders(ids: Collection[UUID]) -> int:
    """Forget again the senders of those of the ids that a restored database tells; gives how many."""
    told = list(with_sender().filter(pk__in=list(ids)).order_by("pk"))
    for synpunkt in told:
        forget_sender(synpunkt=synpunkt, by=None)
    return len(told)


def forget_old_senders(now: datetime) -> int:
    """Gallring: at every sweep, the senders of what was closed long ago; tells how many."""
    old = with_sender().filter(closed_at__lte=now - KEPT_AFTER_CLOSING)
    senders = list(old.order_by("closed_at", "pk")[:FORGOTTEN_A_SWEEP])
    for synpunkt in senders:
        forget_sender(synpunkt=synpunkt, by=None)
    return len(senders)
