# SPDX-License-Identifier: EUPL-1.2
"""The models of boenden, a module a noun."""

from boenden.models.actors import Actor, ActorCategory, ContactPerson, Neighbour
from boenden.models.assignments import Assignment, Invite
from boenden.models.boende import Boende, Forvaltning, OpeningStep
from boenden.models.contact_lists import (
    CommonEntry,
    ContactList,
    ContactListEntry,
    ContactListGroup,
    ContactListReader,
)
from boenden.models.contacts import Contact

__all__ = [
    "Actor",
    "ActorCategory",
    "Assignment",
    "Boende",
    "CommonEntry",
    "Contact",
    "ContactList",
    "ContactListEntry",
    "ContactListGroup",
    "ContactListReader",
    "ContactPerson",
    "Forvaltning",
    "Invite",
    "Neighbour",
    "OpeningStep",
]
