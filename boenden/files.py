# SPDX-License-Identifier: EUPL-1.2
"""What can be taken out of a boende as a file: actors with their persons, contact persons, the contact log.

The columns are those that the import reads, so that the same file comes in again unchanged.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Prefetch
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from boenden.forms.actors import NeighbourFilter
from boenden.forms.contacts import ContactFilter
from boenden.imports.actor_columns import COLUMNS as ACTOR_COLUMNS
from boenden.imports.records import CONTACTS, PERSONS
from boenden.models import Actor, Boende, Contact, ContactPerson, Neighbour
from platssamverkan.accounts.roles import Right
from platssamverkan.export.columns import Column
from platssamverkan.export.responses import ROWS_AT_A_TIME
from platssamverkan.export.taking_out import Lazily
from platssamverkan.ground.fields import show_telephone


class FileRow(NamedTuple):
    """A row of a file: each record under the name that the columns know it by."""

    actor: Actor | None = None
    neighbour: Neighbour | None = None
    person: ContactPerson | None = None
    contact: Contact | None = None


@dataclass(frozen=True)
class Content:
    """Something that can be taken out: its rows and columns, those that fit on paper, and whether it makes cards.

    `filtered` is the list that the reader came from with its filter, of (boende, user, address), None where there is
    no list; `rows` are made of what it shows. An empty address narrows nothing.
    """

    label: Any
    reads: Right
    filtered: Any
    rows: Any
    columns: list[Column]
    paper: list[Column]
    has_cards: bool


def actors_shown(boende: Boende, user: Any, asked: QueryDict | None = None) -> NeighbourFilter:
    """The list of actors with its filter."""
    neighbours = Neighbour.objects.visible_to(user).filter(boende=boende).for_list()
    return NeighbourFilter(asked or None, neighbours)


def contacts_shown(boende: Boende, user: Any, asked: QueryDict | None = None) -> ContactFilter:
    """The contact log with its filter."""
    contacts = Contact.objects.visible_to(user).filter(boende=boende).for_list()
    return ContactFilter(asked or None, contacts, boende=boende)


def actor_rows(boende: Boende, user: Any, asked: QueryDict | None = None) -> Lazily:
    """A row for each actor of the list and person there, nearest first; one for an actor without persons."""
    shown = actors_shown(boende, user, asked).qs
    persons = ContactPerson.objects.active().order_by("name", "pk")
    with_persons = shown.prefetch_related(Prefetch("actor__persons", persons, to_attr="active_persons"))

    def read() -> Iterator[FileRow]:
        for neighbour in with_persons.iterator(chunk_size=ROWS_AT_A_TIME):
            found: Iterable[Any] = neighbour.actor.active_persons or [None]
            for person in found:
                yield FileRow(actor=neighbour.actor, neighbour=neighbour, person=person)

    return Lazily(read, of=shown.filter(actor__persons__archived_at=None))  # nearly as many


def person_rows(boende: Boende, user: Any, asked: QueryDict | None = None) -> Lazily:
    """A row for each contact person around the boende. They have no list of their own, so nothing narrows them."""
    around = ContactPerson.objects.visible_to(user).around(boende).select_related("actor")
    persons = around.order_by("actor__name", "name", "pk")

    def read() -> Iterator[FileRow]:
        for person in persons.iterator(chunk_size=ROWS_AT_A_TIME):
            yield FileRow(actor=person.actor, person=person)

    return Lazily(read, of=persons)


def contact_rows(boende: Boende, user: Any, asked: QueryDict | None = None) -> Lazily:
    """A row for each contact of the list, latest first."""
    contacts = contacts_shown(boende, user, asked).qs

    def read() -> Iterator[FileRow]:
        for contact in contacts.iterator(chunk_size=ROWS_AT_A_TIME):
            yield FileRow(contact=contact)

    return Lazily(read, of=contacts)


def card_name(row: FileRow) -> str:
    """The person's name on a card; a card without one is the organisation's."""
    return row.person.name if row.person else ""


def reach(attribute: str) -> Any:
    """The person's number or address, or the actor's own where there is no person."""
    return lambda row: getattr(row.person or row.actor, attribute)


CARDS = [
    Column(_("Namn"), card_name, vcard="name"),
    Column(_("Organisation"), "actor.name", vcard="org"),
    Column(_("Roll"), "person.role", vcard="role"),
    Column(_("Telefon"), reach("phone"), vcard="phone"),
    Column(_("E-post"), reach("email"), vcard="email"),
]


def exported(columns: Any) -> list[Column]:
    """The columns of a file."""
    return [column.for_export() for column in columns if column.is_exported]


CONTENTS = {
    "aktorer": Content(
        _("aktörer med kontaktpersoner"),
        Right.READ_ACTORS,
        actors_shown,
        actor_rows,
        exported(ACTOR_COLUMNS),
        [
            Column(_("Aktör"), "actor.name"),
            Column(_("Slag"), lambda row: str(row.actor.category)),
            Column(_("Adress"), "actor.address"),
            Column(
                _("Kontaktperson"), lambda row: f"{row.person}, {row.person.role}".strip(", ") if row.person else ""
            ),
            Column(_("Telefon"), reach("phone"), show=show_telephone),
            Column(_("E-post"), reach("email")),
        ],
        True,
    ),
    "personer": Content(
        _("kontaktpersoner"),
        Right.READ_ACTORS,
        None,
        person_rows,
        exported(PERSONS),
        [
            Column(_("Namn"), "person.name"),
            Column(_("Roll"), "person.role"),
            Column(_("Aktör"), "actor.name"),
            Column(_("Telefon"), "person.phone", show=show_telephone),
            Column(_("E-post"), "person.email"),
        ],
        True,
    ),
    "kontakter": Content(
        _("kontakter (loggen)"),
        Right.READ_CONTACTS,
        contacts_shown,
        contact_rows,
        exported(CONTACTS),
        [
            Column(_("När"), "contact.happened_on"),
            Column(_("Hur"), lambda row: row.contact.get_channel_display()),
            Column(_("Vem"), "contact.who"),
            Column(_("Vad det handlade om"), "contact.text"),
            Column(_("Det här lovade vi"), "contact.follow_up"),
            Column(_("Senast"), "contact.follow_up_on"),
        ],
        False,
    ),
}
