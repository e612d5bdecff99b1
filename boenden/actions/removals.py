# SPDX-License-Identifier: EUPL-1.2
"""Verbs of removal: propose it where the ground has ended, keep for a reason, or remove and erase (GDPR art. 17)."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from boenden.actions.erasure import erase_from_imports, known_again
from boenden.models import ContactListEntry, ContactPerson, Invite, RemovalProposal, Verification
from boenden.models.verifications import persons_long_unverified
from platssamverkan.audit.actions import log_event
from platssamverkan.documents.removed import note_removal
from platssamverkan.ground.actions import action, archive_record, save_record
from platssamverkan.notices.models import Notice

PROPOSED_A_SWEEP = 500
TOLD = ("verification", "own_data_corrected", "removal_proposed", "objection")  # notices about a person
ERASED = "erased"
UNSHARING = {RemovalProposal.Reason.OBJECTION, RemovalProposal.Reason.CONSENT}


@action
def propose_removal(
    *, person: ContactPerson, reason: str, by: Any, verification: Verification | None = None
) -> RemovalProposal:
    """Propose that a person is removed; one that was kept for the same reason is open again.

    Whose ground is in doubt (objection, consent taken back) is kept to the boende at once, off all shared lists.
    """
    proposal = RemovalProposal.objects.active().filter(person=person, reason=reason).first()
    proposal = proposal or RemovalProposal(person=person, reason=reason)
    proposal.verification = verification or proposal.verification
    proposal.kept_until, proposal.kept_why = None, ""
    save_record(record=proposal, by=by)
    if reason in UNSHARING and person.visibility != ContactPerson.Visibility.BOENDET:
        keep_to_boende(person=person, by=by)
    return proposal


def keep_to_boende(*, person: ContactPerson, by: Any) -> None:
    """Nobody outside the boende sees her from now on."""
    person.visibility = ContactPerson.Visibility.BOENDET
    save_record(record=person, by=by)
    unshare_person(person=person, by=by)


@action
def unshare_person(*, person: ContactPerson, by: Any) -> None:
    """Take a person off the readers' lists."""
    for entry in ContactListEntry.objects.filter(person=person, is_shared=True):
        entry.is_shared = False
        save_record(record=entry, by=by)


def propose_long_unverified(now: datetime) -> int:
    """Propose those whom nobody has confirmed for two years: at every sweep."""
    persons = list(persons_long_unverified(now)[:PROPOSED_A_SWEEP])
    for person in persons:
        propose_removal(person=person, reason=RemovalProposal.Reason.UNVERIFIED, by=None)
    return len(persons)


@action
def drop_proposals(*, person: ContactPerson, reasons: Iterable[str], by: Any) -> None:
    """What was proposed no longer holds: she is verified, or has the role after all."""
    for proposal in RemovalProposal.objects.active().filter(person=person, reason__in=list(reasons)):
        archive_record(record=proposal, by=by)


@action
def keep_person(*, proposal: RemovalProposal, by: Any, opened_version: int | None = None) -> RemovalProposal:
    """Keep her until the day and for the reason that the proposal says. What was unshared is shared anew by hand."""
    return save_record(record=proposal, by=by, opened_version=opened_version)


@action
def archive_person(*, person: ContactPerson, by: Any) -> ContactPerson:
    """Put a person away, and take her off every contact list."""
    for entry in person.entries.active():
        archive_record(record=entry, by=by)
    archive_record(record=person, by=by)
    return person


@action
def remove_person(*, person: ContactPerson, by: Any) -> ContactPerson:
    """Take a person off every list, archive her, and erase what tells who she was: also from letters and answers.

    What remains is that there was a contact person, and the log, which holds digests only; and her id on a list outside
    the database, so that a restored backup can be made to forget her too. Raises StorageFull if that cannot be noted.
    """
    note_removal(person.pk)
    erase_from_imports(person)
    archive_person(person=person, by=by)
    for proposal in RemovalProposal.objects.active().filter(person=person):
        proposal.kept_until, proposal.kept_why = None, ""
        archive_record(record=proposal, by=by)
    for field in ("role", "phone", "email", "verified_how"):
        setattr(person, field, "")
    person.name, person.source = _("Borttagen person"), _("borttagen")
    person.visibility, person.verified_on, person.user = ContactPerson.Visibility.BOENDET, None, None
    save_record(record=person, by=by)
    erase_traces(person=person, by=by)
    log_event(record=person, by=by, event=ERASED)
    return person


def forget_persons(ids: Collection[UUID]) -> int:
    """Remove again those of the ids whom a restored database knows; gives how many."""
    persons = known_again(ids)
    for person in persons:
        remove_person(person=person, by=None)
    return len(persons)


def erase_traces(*, person: ContactPerson, by: Any) -> None:
    """Her name, number and address where other records repeat them."""
    for verification in Verification.objects.filter(person=person):
        verification.email, verification.text, verification.changes = "", "", {}
        save_record(record=verification, by=by)
    for entry in ContactListEntry.objects.filter(person=person):
        entry.label, entry.own_phone, entry.is_shared = "", "", False
        save_record(record=entry, by=by)
    for invite in Invite.objects.waiting().filter(person=person):
        invite.name, invite.email = _("Borttagen person"), "borttagen@platssamverkan.invalid"
        archive_record(record=invite, by=by)
    told = Notice.objects.filter(what__in=TOLD, occasion__startswith=f"{person.pk}:")
    told.filter(user__isnull=True).delete()  # letters to her; one that waits must not go
    told.update(subject=_("En kontaktperson är borttagen"), text="")
