# SPDX-License-Identifier: EUPL-1.2
"""Which pages of the handbook are about someone, and where it explains the pages of boenden and of people."""

from collections.abc import Iterator
from typing import Any

from boenden.registration.contact_lists import reader_of
from boenden.rights import assignments_of
from platssamverkan.start.registry import handbook_providers, help_topics

TOPICS = {
    "kontaktlistan": [
        "boenden:contactlist_detail", "boenden:contactlist_list", "boenden:contactlist_update",
        "boenden:contactlistentry_create", "boenden:contactlistentry_update", "boenden:contactlistgroup_create",
        "boenden:contactlistgroup_update",
    ],
    "dela-kontaktlistan": ["boenden:contactlistreader_list", "boenden:contactlistreader_create"],
    "aktorer-och-kontaktpersoner": [
        "boenden:neighbour_list", "boenden:neighbour_create", "boenden:neighbour_detail", "boenden:neighbour_update",
        "boenden:actor_update", "boenden:person_create", "boenden:person_update", "boenden:boende_map",
    ],
    "importera-aktorer": [
        "boenden:actorimport_list", "boenden:actorimport_create", "boenden:actorimport_detail",
        "boenden:actorimport_columns",
    ],
    "bekraftelser": ["boenden:verification_list", "boenden:removal_keep"],
    "min-sida": ["boenden:corner"],
    "kontakter": [
        "boenden:contact_list", "boenden:contact_start", "boenden:contact_create", "boenden:contact_detail",
        "boenden:contact_update",
    ],
    "boendets-uppgifter": ["boenden:boende_detail", "boenden:boende_update"],
    "fore-oppningen": ["boenden:opening", "boenden:opening_step"],
    "boenden-och-forvaltningar": [
        "boenden:boende_list", "boenden:boende_create", "boenden:boende_archive_list", "people:forvaltning_list",
        "people:forvaltning_create", "people:forvaltning_update",
    ],
    "gemensamma-nummer": [
        "boenden:commonentry_list", "boenden:commonentry_create", "boenden:commonentry_update",
    ],
    "dina-uppgifter": ["boenden:own_data", "boenden:own_data_update"],
    "bjuda-in-och-ge-roller": [
        "people:user_list", "people:user_detail", "people:invite_list", "people:invite_create",
        "people:assignment_create", "people:assignment_update",
    ],
    "loggen": ["people:audit_list"],
    "uttag": ["people:export_list"],
    "logga-in": ["people:profile"],
}  # fmt: skip


def register() -> None:
    """Called once when Django starts."""
    handbook_providers.append(pages)
    help_topics.update({view: anchor for anchor, views in TOPICS.items() for view in views})


def pages(user: Any) -> Iterator[str]:
    """A page for each role of today, and the neighbours' for those who read a list that is shared with them."""
    for assignment in assignments_of(user):
        yield str(assignment.role)
    lists, has_own_data = reader_of(user)
    if lists or has_own_data:
        yield "granne"
