# SPDX-License-Identifier: EUPL-1.2
"""What is done with a contact after it is written down: the promise is kept."""

from typing import Any

from django.utils import timezone

from boenden.models import Contact
from platssamverkan.ground.actions import action, save_record


@action
def save_contact(*, contact: Contact, by: Any, opened_version: int | None = None) -> Contact:
    """Write down a contact. A promise that nobody is named for is the writer's own."""
    if not contact.follow_up:
        contact.follow_up_by = contact.followed_up_on = None
    elif contact.follow_up_by is None:
        contact.follow_up_by = by
    save_record(record=contact, by=by, opened_version=opened_version)
    return contact


@action
def note_followed_up(*, contact: Contact, by: Any) -> Contact:
    """What was promised has been done today. Doing it twice changes nothing."""
    if contact.is_open:
        contact.followed_up_on = timezone.localdate()
        save_record(record=contact, by=by)
    return contact
