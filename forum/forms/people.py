# SPDX-License-Identifier: EUPL-1.2
"""Choosing a person who is either a user or a contact person: one field for both."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from boenden.models import Boende, ContactPerson
from boenden.rights import people_with, rights_at
from forum.models import Forum, Member
from platssamverkan.accounts.models import User
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.collation import swedish_key

USER, PERSON = "u", "p"
Choice = tuple[str, str]


def key_of(row: Any) -> str:
    """How the field names the one a member or an åtgärd points at; empty for none yet."""
    if row.user_id:
        return f"{USER}:{row.user_id}"
    return f"{PERSON}:{row.person_id}" if row.person_id else ""


def point(row: Any, key: str) -> None:
    """Let the row point at the one that the key names. The key has come through the field's choices."""
    kind, _colon, pk = key.partition(":")
    row.user_id = UUID(pk) if kind == USER else None
    row.person_id = UUID(pk) if kind == PERSON else None


def staff_of(boenden: Iterable[Boende], right: Right) -> list[User]:
    """Those with a role of their own at one of the boenden that gives the right, by name."""
    found = {user.pk: user for boende in boenden for user in people_with(right, boende)}
    return sorted(found.values(), key=lambda user: swedish_key(user.name))


def can_be_members(forum: Forum, user: Any) -> list[tuple[str, list[Choice]]]:
    """Whom the user may let into the forum, in groups: staff of its boenden, contact persons of actors around them.

    Someone who does not read the boende's actors is shown the contact persons who may be shared with others only.
    """
    boenden = list(forum.boenden.all())
    right = Right.READ_INTERNAL_FORUMS if forum.is_internal else Right.READ_FORUMS
    staff = [(f"{USER}:{person.pk}", str(person)) for person in staff_of(boenden, right)]
    groups = [(_("Medarbetare"), staff)]
    if not forum.is_internal:
        groups.insert(0, (_("Kontaktpersoner"), contact_persons(boenden, user)))
    taken = {key_of(member) for member in Member.objects.active().filter(forum=forum)}
    free = [(name, [choice for choice in choices if choice[0] not in taken]) for name, choices in groups]
    return [(name, choices) for name, choices in free if choices]


def contact_persons(boenden: list[Boende], user: Any) -> list[Choice]:
    """The contact persons around the boenden, by actor and name."""
    found: dict[Any, ContactPerson] = {}
    for boende in boenden:
        persons = ContactPerson.objects.around(boende).select_related("actor")
        if Right.READ_ACTORS not in rights_at(user, boende):
            persons = persons.filter(visibility=ContactPerson.Visibility.DELAD)
        found |= {person.pk: person for person in persons}
    ordered = sorted(found.values(), key=lambda person: swedish_key(f"{person.actor} {person}"))
    return [(f"{PERSON}:{person.pk}", f"{person.actor}, {person}") for person in ordered]


def members_as_choices(forum: Forum, stored: Any = None) -> list[Choice]:
    """The forum's people of today as those who can take on an åtgärd, with whoever has it already."""
    members = Member.objects.current().filter(forum=forum).with_names()
    named = {key_of(member): f"{member.organisation}, {member}" if member.person else str(member) for member in members}
    if stored is not None and (key := key_of(stored)):
        named.setdefault(key, stored.responsible)
    return sorted(named.items(), key=lambda choice: swedish_key(choice[1]))
