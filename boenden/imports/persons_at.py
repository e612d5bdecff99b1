# SPDX-License-Identifier: EUPL-1.2
"""The contact person that a row speaks of, at the actor that it speaks of."""

import re
from typing import Any

from django.utils.translation import gettext as _

from boenden.imports.actor_columns import COLUMNS
from boenden.imports.plans import Faulty, Plan
from boenden.imports.rows import Row, same_name
from boenden.models import Actor, ContactPerson

NAME = next(column for column in COLUMNS if column.key == "person.name")
ROLE = next(column for column in COLUMNS if column.key == "person.role")
REACH = {column.attribute: column for column in COLUMNS if column.key in ("person.phone", "person.email")}
NAME_AND_ROLE = re.compile(r"^(\S+ \S[^,;(/–:]*?)\s*(?:[,;(/–:]|\s-\s)\s*([^\d@]+?)\)?$")
ROLES = "ordförande|ordf|kassör|sekreterare|rektor|förvaltare|butikschef|kontakt"
ROLE_AND_NAME = re.compile(rf"^({ROLES})\.?:?\s+(\S+ .+)$", re.IGNORECASE)


def split_name(text: str) -> tuple[str, str]:
    """Name and role of "Anna Ek, ordförande", "Anna Ek (ordf.)" or "Ordf: Anna Ek"; without a role, the text."""
    if match := ROLE_AND_NAME.match(text):
        return match[2], match[1].casefold()
    if match := NAME_AND_ROLE.match(text):
        return match[1], match[2].strip()
    return text, ""


def person_in(plan: Plan, row: Row, persons: list[ContactPerson]) -> ContactPerson | None:
    """The person at the actor that the row names, if she is there; else the row's name is parted from the role."""
    wanted = same_name(row.text("person.name"))
    named = [person for person in persons if same_name(person.name) == wanted]
    if not named and not row.text("person.role"):
        name, role = split_name(row.text("person.name"))
        if role:
            row.put(NAME, name)
            row.put(ROLE, role)
            named = [person for person in persons if same_name(person.name) == same_name(name)]
    return next((p for p in named if plan.says_nothing_new("person", p, row)), named[0] if named else None)


def borrow_reach(row: Row) -> None:
    """A person without a number or address of her own is reached by the organisation's."""
    if not any(row.text(column.key) for column in REACH.values()):
        for attribute, column in REACH.items():
            if text := row.text(f"actor.{attribute}"):
                row.put(column, text)
                row.borrowed.add(column.key)


def lend_reach(plan: Plan, row: Row, actor: Actor, persons: list[ContactPerson]) -> None:
    """One row for each person, one column of numbers: another person's number is hers, not the organisation's anew."""
    if not row.text("person.name") or any(row.text(column.key) for column in REACH.values()):
        return
    if person_in(plan, row, persons) is not None:
        return
    for attribute, column in REACH.items():
        key = f"actor.{attribute}"
        if row.text(key) and plan.said.get((actor.pk, key), (0, row.text(key)))[1] != row.text(key):
            row.put(column, row.take(key))


def plan_person(plan: Plan, line: int, row: Row, actor: Actor, persons: list[ContactPerson]) -> Any:
    """What the row does with a person: (the person or None, is she new, what changes, what to say).

    Raises Faulty. Nothing is planned yet: the caller applies it when the whole row is good.
    """
    if not row.text("person.name"):
        return None, False, {}, []
    person = person_in(plan, row, persons)
    if person is None:
        borrow_reach(row)
    anew = plan.differences("person", person, row)
    settle_check(person, anew, row)
    if person is not None:
        check_person(person, anew)
        return person, False, anew, []
    actor_import = plan.actor_import
    anew.setdefault("lawful_ground", actor_import.lawful_ground)
    anew.setdefault("source", actor_import.source)
    person = ContactPerson(id=plan.new_id("person", line), actor=actor)
    if not (anew.get("phone") or anew.get("email")):
        return None, False, {}, [_("Kontaktpersonen sparas inte: telefon och e-post saknas.")]
    check_person(person, anew)
    return person, True, anew, []


def settle_check(person: ContactPerson | None, anew: dict[str, Any], row: Row) -> None:
    """An older file does not set a later check back; one that says when and not how was checked by its own keeper."""
    checked_on = row.values.get("person.verified_on")
    stored = person.verified_on if person else None
    if checked_on and stored and checked_on <= stored:
        anew.pop("verified_on", None)
        anew.pop("verified_how", None)
    elif "verified_on" in anew and not row.text("person.verified_how"):
        anew["verified_how"] = ContactPerson.VerifiedHow.REGISTER


def check_person(person: ContactPerson, anew: dict[str, Any]) -> None:
    """The model's rules for a person as she would be; raises Faulty."""
    would_be = {name: anew.get(name, getattr(person, name)) for name in
                ("verified_on", "verified_how", "lawful_ground", "source")}  # fmt: skip
    if bool(would_be["verified_on"]) != bool(would_be["verified_how"]):
        raise Faulty(_("Skriv både när och hur kontaktpersonens uppgifter kontrollerades."))
    if not (would_be["lawful_ground"] and would_be["source"]):
        raise Faulty(_("Skriv varför kontaktpersonens uppgifter får sparas och varifrån de kom."))
