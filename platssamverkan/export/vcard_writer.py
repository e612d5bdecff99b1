# SPDX-License-Identifier: EUPL-1.2
"""Rows as vCard 3.0, which every telephone reads."""

from collections.abc import Iterable, Sequence
from typing import Any

import vobject

from platssamverkan.export.columns import Column, getter

PROPERTIES = {"phone": "tel", "email": "email", "role": "title", "note": "note"}


def card_for(fields: dict[str, list[str]]) -> str:
    """One card. Without a person's name it is the organisation's."""
    card = vobject.vCard()
    person = " ".join(fields.get("name", []))
    organisation = " ".join(fields.get("org", []))
    given, _, family = person.rpartition(" ")
    card.add("n").value = vobject.vcard.Name(family=family, given=given)
    card.add("fn").value = person or organisation or "?"
    if organisation:
        card.add("org").value = [organisation]
    for kind, name in PROPERTIES.items():
        for value in fields.get(kind, []):
            card.add(name).value = value
    return str(card.serialize())


def one_line(text: str) -> str:
    """Names and numbers are one line each: no line end can begin a property of its own."""
    return " ".join(text.split())


def vcards(rows: Iterable[Any], columns: Sequence[Column]) -> bytes:
    """Every row as a card, of the columns that say what they are on one."""
    named = [(column.vcard, getter(column.key)) for column in columns if column.vcard]
    cards = []
    for row in rows:
        fields: dict[str, list[str]] = {}
        for kind, get in named:
            value = get(row)
            text = "" if value is None else str(value)
            if text := text if kind == "note" else one_line(text):
                fields.setdefault(kind, []).append(text)
        cards.append(card_for(fields))
    return "".join(cards).encode("utf-8", "replace")
