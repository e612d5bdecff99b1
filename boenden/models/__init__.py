# SPDX-License-Identifier: EUPL-1.2
"""The models of boenden, a module a noun."""

from boenden.models.actors import Actor, ActorCategory, ContactPerson, Neighbour
from boenden.models.assignments import Assignment
from boenden.models.boende import Boende, Forvaltning, OpeningStep
from boenden.models.common_entries import CommonEntry
from boenden.models.contact_list_entries import ContactListEntry
from boenden.models.contact_lists import (
    ContactList,
    ContactListGroup,
    ContactListReader,
)
from boenden.models.contacts import Contact
from boenden.models.imports import ActorImport, ActorImportRow
from boenden.models.invites import Invite
from boenden.models.verifications import RemovalProposal, Verification

__all__ = [
    "Actor",
    "ActorCategory",
    "ActorImport",
    "ActorImportRow",
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
    "RemovalProposal",
    "Verification",
]
