# SPDX-License-Identifier: EUPL-1.2
"""Verbs of contact persons: save, and note that the data were checked."""

from typing import Any

from django.utils import timezone

from boenden.actions.removals import drop_proposals, unshare_person
from boenden.models import ContactPerson, RemovalProposal
from platssamverkan.ground.actions import action, save_record


@action
def save_person(*, person: ContactPerson, by: Any, opened_version: int | None = None) -> ContactPerson:
    """Save a contact person. Who is kept to the boende leaves the readers' lists at once, and stays away until someone
    who may share the list shares her anew."""
    save_record(record=person, by=by, opened_version=opened_version)
    if person.visibility == ContactPerson.Visibility.BOENDET:
        unshare_person(person=person, by=by)
    if person.is_verified:
        drop_proposals(person=person, reasons=[RemovalProposal.Reason.UNVERIFIED], by=by)
    return person


@action
def verify_person(*, person: ContactPerson, how: str, by: Any) -> ContactPerson:
    """The person's data were checked today. `how` is a ContactPerson.VerifiedHow."""
    person.verified_on, person.verified_how = timezone.localdate(), ContactPerson.VerifiedHow(how)
    return save_person(person=person, by=by)
