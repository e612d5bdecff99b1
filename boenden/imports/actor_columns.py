# SPDX-License-Identifier: EUPL-1.2
"""The columns of a file of actors with their contact persons: out and in."""

import re
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from boenden.imports.columns import (
    ImportColumn,
    choice_reader,
    choice_shower,
    field_reader,
    read_day,
    read_number,
    read_past_day,
    read_yes_or_no,
)
from boenden.models import Actor, ContactPerson, Neighbour
from platssamverkan.ground.fields import clean_organisation_number, show_telephone

FIRST_OF_MANY = re.compile(r"\s*(?:;|\n|,|\beller\b| / )\s*", re.IGNORECASE)
EXTENSION = re.compile(r"\s*(?:,|\banknytning\b|\bankn\.?|\bvxl\b|\bväxel\b).*$", re.IGNORECASE)
PREFIX = re.compile(r"^(?:tel|tfn|telefon|mobil|mob)\.?:?\s*", re.IGNORECASE)
ADDRESS_IN = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@lru_cache(maxsize=4096)  # a row's number is read for the actor and for the person
def read_phone(text: str) -> str:
    """A telephone number however it was written; of several the first. Raises ValidationError."""
    first = FIRST_OF_MANY.split(PREFIX.sub("", text))[0]
    number: str = field_reader(Actor, "phone")(re.sub(r"\(0\)", "", EXTENSION.sub("", first)))
    return number


def read_email(text: str) -> str:
    """An e-mail address, with or without "mailto:" and angle brackets; of several the first. Raises ValidationError."""
    found = ADDRESS_IN.search(text)
    address: str = field_reader(Actor, "email")(found[0] if found and found[0] != text else text)
    return address


def read_website(text: str) -> str:
    """An address on the web, with https:// if it says nothing. Raises ValidationError."""
    return str(field_reader(Actor, "website")(text if "://" in text else f"https://{text}"))


def read_organisation_number(text: str) -> str:
    """Ten digits, also where the century 16 or a VAT number's SE and 01 stand around them. Raises ValidationError."""
    digits = re.sub(r"[\s-]", "", text).upper()
    if len(digits) == 14 and digits.startswith("SE") and digits.endswith("01"):
        digits = digits[2:12]
    if len(digits) == 12 and digits.startswith("16"):
        digits = digits[2:]
    return clean_organisation_number(digits)


def show_organisation_number(digits: str) -> str:
    """As people write it: 556036-0793."""
    return f"{digits[:6]}-{digits[6:]}"


# What others call the columns; case, spaces and signs aside.
OTHER_NAMES = {
    "actor.name": "aktör|aktörens namn|organisation|verksamhet|verksamhetens namn|verksamhetsnamn|företag|företagsnamn"
    "|föreningens namn|förening|benämning|name|company",
    "actor.category": "kategori|typ|typ av verksamhet|verksamhetstyp|typ av aktör|aktörstyp|bransch|category|type"
    "|slag av verksamhet|funktion",
    "actor.address": "gatuadress|besöksadress|address|street|gata|postadress",
    "extra.postcode": "postnr|postkod|zip",
    "extra.town": "postort|stad|city|kommun",
    "actor.phone": "tfn|tel|telefonnummer|telnr|tfnnr|telefonnr|mobil|mobilnummer|mobiltelefon|phone|telephone|växel",
    "actor.email": "mejl|mail|email|epostadress|mejladress|mailadress|e-mail",
    "actor.website": "hemsida|webb|webbadress|url|website|www|länk",
    "actor.organisation_number": "orgnr|org.nr|organisationsnr|orgnummer|vat",
    "actor.latitude": "lat|latitude|y",
    "actor.longitude": "lon|lng|long|longitude|x",
    "actor.is_person": "privatperson|enskild",
    "actor.consent_on": "samtycke|samtyckesdatum",
    "actor.note": "anteckningar|kommentar|notering|övrigt|beskrivning",
    "neighbour.affected": "berörs|påverkan",
    "neighbour.interest": "intresse",
    "neighbour.is_bridge": "bro",
    "neighbour.is_resource": "resurs",
    "neighbour.next_step_on": "senast",
    "person.name": "kontakt|kontaktpersonens namn|ordförande|kontaktperson och roll|contact|ansvarig|kontaktnamn",
    "person.role": "roll|befattning|titel|uppdrag|role",
    "person.phone": "kontaktpersonens telefonnummer|kontakt telefon|telefon kontaktperson|kontaktpersonens tfn"
    "|tfn kontaktperson|direkttelefon|telefon till kontaktperson",
    "person.email": "kontaktpersonens mejl|kontakt e-post|e-post kontaktperson|mejl kontaktperson"
    "|kontaktpersonens mail|e-post till kontaktperson",
    "person.lawful_ground": "laglig grund",
    "person.source": "källa",
    "person.verified_on": "kontrollerad|verifierad",
}


def column(key: str, header: Any, read: Any, show: Any = None, is_exported: bool = True) -> ImportColumn:
    """A column with what others call it."""
    return ImportColumn(key, header, read, tuple(OTHER_NAMES.get(key, "").split("|")), show, is_exported)


def text_column(model: type[Any], key: str, header: Any) -> ImportColumn:
    """A column of plain text."""
    return column(key, header, field_reader(model, key.partition(".")[2]))


def choice_column(key: str, header: Any, choices: Any) -> ImportColumn:
    """A column of choices."""
    return column(key, header, choice_reader(choices), choice_shower(choices))


ACTOR_COLUMNS = [
    text_column(Actor, "actor.name", _("Namn")),
    column("actor.category", _("Slag"), str, show=str),
    text_column(Actor, "actor.address", _("Adress")),
    column("extra.postcode", _("Postnummer"), str, is_exported=False),
    column("extra.town", _("Ort"), str, is_exported=False),
    column("actor.phone", _("Telefon"), read_phone, show_telephone),
    column("actor.email", _("E-post"), read_email),
    column("actor.website", _("Webbplats"), read_website),
    column("actor.organisation_number", _("Organisationsnummer"), read_organisation_number, show_organisation_number),
    column("actor.latitude", _("Latitud"), read_number),
    column("actor.longitude", _("Longitud"), read_number),
    column("actor.is_person", _("Enskild granne"), read_yes_or_no),
    column("actor.consent_on", _("Samtycke gavs"), read_past_day),
    text_column(Actor, "actor.note", _("Anteckning")),
]
NEIGHBOUR_COLUMNS = [
    choice_column("neighbour.affected", _("Hur mycket den berörs"), Neighbour.AFFECTED),
    choice_column("neighbour.interest", _("Intresse av att samarbeta"), Neighbour.Interest.choices),
    column("neighbour.is_bridge", _("Bro till andra"), read_yes_or_no),
    column("neighbour.is_resource", _("Resurs för brukarna"), read_yes_or_no),
    text_column(Neighbour, "neighbour.next_step", _("Nästa steg")),
    column("neighbour.next_step_on", _("Nästa steg senast"), read_day),
]
PERSON_COLUMNS = [
    text_column(ContactPerson, "person.name", _("Kontaktperson")),
    text_column(ContactPerson, "person.role", _("Kontaktpersonens roll")),
    column("person.phone", _("Kontaktpersonens telefon"), read_phone, show_telephone),
    column("person.email", _("Kontaktpersonens e-post"), read_email),
    choice_column("person.lawful_ground", _("Grund för att spara"), ContactPerson.Ground.choices),
    text_column(ContactPerson, "person.source", _("Varifrån uppgiften kom")),
    choice_column("person.visibility", _("Vem får se"), ContactPerson.Visibility.choices),
    column("person.verified_on", _("Senast kontrollerad"), read_past_day),
    choice_column("person.verified_how", _("Hur den kontrollerades"), ContactPerson.VerifiedHow.choices),
]
COLUMNS = [*ACTOR_COLUMNS, *NEIGHBOUR_COLUMNS, *PERSON_COLUMNS]
