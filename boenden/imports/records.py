# SPDX-License-Identifier: EUPL-1.2
"""The columns of files of contact persons, of the contact log and of the contact list: out and in."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from boenden.imports.actor_columns import ACTOR_COLUMNS, PERSON_COLUMNS, choice_column, column, read_phone, text_column
from boenden.imports.columns import ImportColumn, read_day, read_past_day, read_yes_or_no
from boenden.models import Contact, ContactListEntry
from platssamverkan.ground.fields import show_telephone


def renamed(columns: list[ImportColumn], headers: dict[str, Any], synonyms: dict[str, str]) -> list[ImportColumn]:
    """The same columns as they are called in another kind of file, those that have a name there."""
    known = {column.key: column for column in columns}
    return [
        ImportColumn(
            key, header, known[key].read, tuple(synonyms.get(key, "").split("|")), known[key].show
        )
        for key, header in headers.items()
    ]  # fmt: skip


PERSONS = renamed(
    [*ACTOR_COLUMNS, *PERSON_COLUMNS],
    {
        "actor.name": _("Aktör"),
        "actor.address": _("Aktörens adress"),
        "actor.organisation_number": _("Aktörens organisationsnummer"),
        "person.name": _("Namn"),
        "person.role": _("Roll"),
        "person.phone": _("Telefon"),
        "person.email": _("E-post"),
        **{column.key: column.header for column in PERSON_COLUMNS[4:]},
    },
    {
        "actor.name": "organisation|förening|företag|verksamhet|company",
        "actor.address": "adress",
        "actor.organisation_number": "organisationsnummer|orgnr|org.nr",
        "person.name": "kontaktperson|kontakt|name|kontaktpersonens namn",
        "person.role": "befattning|titel|uppdrag|kontaktpersonens roll|role",
        "person.phone": "tfn|tel|telefonnummer|mobil|mobilnummer|phone|kontaktpersonens telefon",
        "person.email": "mejl|mail|email|e-mail|epostadress|kontaktpersonens e-post",
        "person.source": "källa",
    },
)
CONTACTS = [
    column("contact.happened_on", _("När"), read_past_day),
    choice_column("contact.channel", _("Hur"), Contact.Channel.choices),
    column("contact.went_out", _("Vi gick ut och tittade"), read_yes_or_no),
    choice_column("contact.tone", _("Vad det gällde"), Contact.Tone.choices),
    text_column(Contact, "contact.text", _("Vad det handlade om")),
    column("contact.actor", _("Aktör"), str, show=str),
    column("contact.person", _("Kontaktperson"), str, show=str),
    text_column(Contact, "contact.follow_up", _("Det här lovade vi")),
    column("contact.follow_up_on", _("Lovat senast"), read_day),
    column("contact.follow_up_by", _("Ansvarig"), str, show=str),
    column("contact.followed_up_on", _("Följdes upp"), read_past_day),
]
LIST = [
    column("line.group", _("Grupp"), str),
    text_column(ContactListEntry, "line.label", _("Namn")),
    text_column(ContactListEntry, "line.hours", _("Roll eller svarstid")),
    column("line.phone", _("Telefon"), read_phone, show_telephone),
    column("line.email", _("E-post"), str),
    text_column(ContactListEntry, "line.when_to_use", _("När ska jag ringa?")),
    column("line.is_checked", _("Verifierad"), read_yes_or_no),
    column("line.is_shared", _("Delas"), read_yes_or_no),
]
