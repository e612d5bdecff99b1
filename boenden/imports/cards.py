# SPDX-License-Identifier: EUPL-1.2
"""vCards as a table: the organisation, and the person at it whose card it is."""

from collections.abc import Iterator
from typing import Any

import vobject
from django.core.exceptions import ValidationError
from vobject.base import ParseError

from boenden.imports.tables import UNREADABLE, Line, Table, filled, tidy
from boenden.imports.uploads import decoded

HEADERS = ["Namn", "Kontaktperson", "Kontaktpersonens roll", "Telefon", "E-post",
           "Kontaktpersonens telefon", "Kontaktpersonens e-post"]  # fmt: skip


def value_of(card: Any, name: str) -> str:
    """The first value of a property; empty where there is none."""
    found = card.contents.get(name, [])
    value = found[0].value if found else ""
    return tidy(" ".join(value) if isinstance(value, list) else str(value))


def cells_of(card: Any) -> list[str]:
    """A card's row. One without a person's name of its own is the organisation's."""
    name, organisation = value_of(card, "fn"), value_of(card, "org")
    phone, email = value_of(card, "tel"), value_of(card, "email")
    if not organisation or organisation == name:
        return [name, "", "", phone, email, "", ""]
    return [organisation, name, value_of(card, "title"), "", "", phone, email]


def card_lines(content: bytes) -> Iterator[Line]:
    """A row for each card, numbered from 1. Notes are not brought in, but looked through for a personnummer."""
    try:
        for number, card in enumerate(vobject.readComponents(decoded(content), ignoreUnreadable=True), start=1):
            rest = [str(line.value) for lines in card.contents.values() for line in lines]
            yield number, [*cells_of(card), tidy("\n".join(rest))]
    except (ParseError, ValueError, AttributeError, IndexError, KeyError) as error:
        raise ValidationError(UNREADABLE, code="unreadable") from error


def card_table(content: bytes) -> Table:
    """The file as a table; raises ValidationError if it cannot be read."""
    return Table(HEADERS, filled(card_lines(content)), kept=len(HEADERS))
