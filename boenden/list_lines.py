# SPDX-License-Identifier: EUPL-1.2
"""A contact list's lines as lines of a file: what leaves the system of it, and how it is told when it comes back."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boenden.models import Boende, ContactListEntry
from platssamverkan.export.columns import Column
from platssamverkan.ground.fields import show_telephone


class Line(NamedTuple):
    """A line of a file: what leaves the system, and nothing besides."""

    group: str
    name: str
    about: str
    phone: str
    email: str
    when: str
    is_checked: bool
    is_shared: bool
    person: str = ""
    organisation: str = ""
    role: str = ""


def line_for(entry: ContactListEntry, *, is_whole: bool) -> Line:
    """A line of a file; a reader's holds what she sees on the page: the mail where there is no phone."""
    person = entry.person
    return Line(
        group=str(entry.group),
        name=entry.name,
        about=entry.about,
        phone=entry.phone,
        email=entry.email if is_whole or not entry.phone else "",
        when=entry.when,
        is_checked=not entry.needs_check,
        is_shared=entry.is_out,
        person=entry.name if person else "",
        organisation=str(person.actor) if person else entry.name,
        role=person.role if person else "",
    )


def answers_of(boende: Boende) -> str:
    """When the akutnummer is answered, as the beginning of a sentence."""
    hours = boende.akutnummer_hours.strip().rstrip(".")
    return hours[:1].upper() + hours[1:]


def akutnummer_line(boende: Boende) -> Line:
    """The boende's own number, which stands before the list."""
    return Line(
        group=_("Ring boendet först"),
        name=str(boende),
        about=answers_of(boende),
        phone=boende.akutnummer,
        email="",
        when=_("Det händer något vid boendet, eller du undrar något."),
        is_checked=True,
        is_shared=True,
        organisation=str(boende),
    )


COLUMNS = [
    Column(gettext_lazy("Grupp"), "group"),
    Column(gettext_lazy("Namn"), "name"),
    Column(gettext_lazy("Roll eller svarstid"), "about"),
    Column(gettext_lazy("Telefon"), "phone", show=show_telephone),
    Column(gettext_lazy("E-post"), "email"),
    Column(gettext_lazy("När ska jag ringa?"), "when"),
    Column(gettext_lazy("Verifierad"), "is_checked"),
]
STAFF_COLUMNS = [*COLUMNS, Column(gettext_lazy("Delas"), "is_shared")]
CARD_COLUMNS = [
    Column(gettext_lazy("Namn"), "person", vcard="name"),
    Column(gettext_lazy("Organisation"), "organisation", vcard="org"),
    Column(gettext_lazy("Roll"), "role", vcard="role"),
    Column(gettext_lazy("Telefon"), "phone", vcard="phone"),
    Column(gettext_lazy("E-post"), "email", vcard="email"),
    Column(gettext_lazy("När ska jag ringa?"), "when", vcard="note"),
]
