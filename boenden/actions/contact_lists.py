# SPDX-License-Identifier: EUPL-1.2
"""Verbs of the contact list: start it, put its lines in order, share it and stop sharing it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from boenden.models import (
    Boende,
    CommonEntry,
    ContactList,
    ContactListEntry,
    ContactListGroup,
    ContactListReader,
    ContactPerson,
    Invite,
)
from platssamverkan.audit.actions import log_event
from platssamverkan.ground.actions import action, archive_record, save_record
from platssamverkan.ground.records import Record
from platssamverkan.notices.actions import post_notice

Direction = Literal["up", "down"]


@action
def start_list(*, boende: Boende, by: Any) -> ContactList:
    """Make a boende's contact list with the four standard groups and the common numbers; one that exists is kept.

    The common numbers are shared from the start: they are public, no one's personal data.
    """
    contact_list, is_new = ContactList.objects.select_for_update().get_or_create(
        boende=boende, defaults={"created_by": by, "changed_by": by}
    )
    if not is_new:
        return contact_list
    groups: dict[str, ContactListGroup] = {}
    for position, place in enumerate(CommonEntry.Place):
        group = ContactListGroup(contact_list=contact_list, name=str(place.label), position=position)
        groups[place.value] = save_record(record=group, by=by)
    for position, common in enumerate(CommonEntry.objects.for_boende(boende).for_list()):
        group = groups[common.place]
        save_record(record=ContactListEntry(group=group, common=common, position=position, is_shared=True), by=by)
    return contact_list


@action
def save_group(*, group: ContactListGroup, by: Any, opened_version: int | None = None) -> ContactListGroup:
    """Create a group, last on the list, or rename one."""
    if group.is_new:
        group.position = next_position(ContactListGroup.objects.filter(contact_list=group.contact_list_id))
    return save_record(record=group, by=by, opened_version=opened_version)


@action
def archive_group(*, group: ContactListGroup, by: Any, move_to: ContactListGroup | None = None) -> ContactListGroup:
    """Take a group away. Raises ValidationError if lines stand in it and it isn't said where they should go."""
    entries = ContactListEntry.objects.active().filter(group=group)
    if move_to is not None:
        for entry in entries.order_by("position", "created_at", "pk"):
            entry.group = move_to
            entry.position = next_position(ContactListEntry.objects.filter(group=move_to))
            save_record(record=entry, by=by)
    elif entries.exists():
        raise ValidationError(_("Det står rader i gruppen. Välj vilken grupp de ska flyttas till."), code="not_empty")
    return archive_record(record=group, by=by)


@action
def save_entry(
    *, entry: ContactListEntry, may_share: bool, by: Any, opened_version: int | None = None
) -> ContactListEntry:
    """Create or change a line; a new one, or one that changes group, is put last.

    Whether it is shared is for those who may share to say; from anyone else's hand a new line, or one that now shows
    another name or number, is not. Raises ValidationError if it is shared and the person it is about has not agreed.
    """
    stored = None if entry.is_new else ContactListEntry.objects.get(pk=entry.pk)
    if not may_share:
        entry.is_shared = stored is not None and stored.is_shared and stored.shows == entry.shows
    elif entry.is_shared and entry.sharing_refusal:
        raise ValidationError({"is_shared": entry.sharing_refusal})
    if stored is None or stored.group_id != entry.group_id:
        entry.position = next_position(ContactListEntry.objects.filter(group=entry.group_id))
    return save_record(record=entry, by=by, opened_version=opened_version)


@action
def share_entry(*, entry: ContactListEntry, is_shared: bool, by: Any) -> ContactListEntry:
    """Let the readers see a line, or not. Raises ValidationError if the person it is about has not agreed."""
    if is_shared and entry.sharing_refusal:
        raise ValidationError(entry.sharing_refusal)
    entry.is_shared = is_shared
    return save_record(record=entry, by=by)


@action
def move_group(*, group: ContactListGroup, direction: Direction, by: Any) -> None:
    """Change places with the group above or below."""
    siblings = ContactListGroup.objects.active().filter(contact_list=group.contact_list_id)
    move(record=group, siblings=siblings.order_by("position", "name"), direction=direction, by=by)


@action
def move_entry(*, entry: ContactListEntry, direction: Direction, by: Any) -> None:
    """Change places with the line above or below in the same group."""
    siblings = ContactListEntry.objects.active().filter(group=entry.group_id)
    move(record=entry, siblings=siblings.order_by("position", "created_at", "pk"), direction=direction, by=by)


def move(*, record: Record, siblings: Iterable[Any], direction: Direction, by: Any) -> None:
    """Renumber the siblings with the record one step up or down; at the end of the row nothing happens.

    The version stays: an order is not a text, and who has the line open to write in it is not disturbed.
    """
    order = list(siblings)
    index = next(i for i, sibling in enumerate(order) if sibling.pk == record.pk)
    target = index + (-1 if direction == "up" else 1)
    if not 0 <= target < len(order):
        return
    order[index], order[target] = order[target], order[index]
    for position, sibling in enumerate(order):
        if sibling.position != position:
            type(sibling).objects.filter(pk=sibling.pk).update(position=position)
    log_event(record=record, by=by, event=f"moved_{direction}")


def next_position(siblings: Any) -> int:
    """The place after the last."""
    last: int | None = siblings.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


@action
def add_reader(
    *,
    contact_list: ContactList,
    user: Any,
    by: Any,
    person: ContactPerson | None = None,
    ends_on: date | None = None,
    shared_by: Any = None,
) -> ContactListReader:
    """Let a user read the shared part of a list; one who reads it already gets the new last day.

    `shared_by` is who decided it, where another (the invited person who accepts) makes it so.
    """
    reader = ContactListReader.objects.current().filter(contact_list=contact_list, user=user).first()
    if reader is None:
        reader = ContactListReader(contact_list=contact_list, user=user, shared_by=shared_by or by)
    reader.person = person or reader.person
    reader.ends_on = ends_on
    return save_record(record=reader, by=by)


@action
def share_list(
    *,
    contact_list: ContactList,
    by: Any,
    person: ContactPerson | None = None,
    name: str = "",
    email: str = "",
    ends_on: date | None = None,
) -> ContactListReader | Invite:
    """Share a list with someone by name: at once with a person who has an account, else by an invitation by e-mail."""
    from boenden.actions.invites import invite  # that module, for its part, makes readers with add_reader

    if person and person.user:
        reader = add_reader(contact_list=contact_list, user=person.user, person=person, ends_on=ends_on, by=by)
        tell_reader(reader=reader, by=by)
        return reader
    return invite(
        email=person.email if person else email,
        name=person.name if person else name,
        role="",
        boende=contact_list.boende,
        person=person,
        ends_on=ends_on,
        by=by,
    )


def tell_reader(*, reader: ContactListReader, by: Any) -> None:
    """Tell someone with an account that a list has been shared with her."""
    boende = reader.contact_list.boende
    post_notice(
        what="list_shared",
        occasion=f"{reader.pk}:{reader.version}",
        recipient=reader.user,
        subject=_("Du kan läsa kontaktlistan för %(boende)s") % {"boende": boende},
        text=_("%(name)s har delat kontaktlistan med dig. Där ser du vem du ringer och när.") % {"name": by},
        url=reader.contact_list.get_absolute_url(),
        by=by,
    )


@action
def end_reader(*, reader: ContactListReader, by: Any) -> ContactListReader:
    """Stop sharing with someone, at once."""
    reader.ends_on = max(timezone.localdate(), reader.starts_on)
    return archive_record(record=reader, by=by)
