# SPDX-License-Identifier: EUPL-1.2
"""The plan of a file of the contact log: a contact is known by its day and its text."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _

from boenden.imports.plans import Faulty, Judgement, Outcome, Plan
from boenden.imports.records import CONTACTS
from boenden.imports.rows import Row, by_key, same_name
from boenden.imports.tables import tidy
from boenden.models import Actor, Contact, ContactPerson
from boenden.rights import people_with
from platssamverkan.accounts.roles import Right
from platssamverkan.ground import identity_guard


class ContactPlan(Plan):
    """The boende's contact log."""

    columns = CONTACTS
    required: ClassVar = ("contact.happened_on", "contact.text")
    right = Right.EDIT_CONTACTS
    order: ClassVar = (Contact,)

    def load(self) -> None:
        contacts = Contact.objects.filter(boende=self.boende).for_list()
        self.contacts = by_key(contacts, lambda contact: (contact.happened_on, tidy(contact.text)))
        around = Actor.objects.filter(pk__in=self.boende.neighbours.in_use().values("actor")).order_by("created_at")
        self.actors = by_key(around, lambda actor: same_name(actor.name))
        persons = ContactPerson.objects.around(self.boende).order_by("created_at")
        self.persons = by_key(persons, lambda person: same_name(person.name))
        self.staff = by_key(people_with(Right.EDIT_CONTACTS, self.boende), lambda user: same_name(str(user)))

    def sources(self) -> Any:
        yield Contact.objects.filter(boende=self.boende)
        yield self.boende.neighbours.all()
        yield ContactPerson.objects.filter(actor__forvaltning=self.boende.forvaltning)

    def title_of(self, row: Row) -> str:
        return " ".join(filter(None, [row.text("contact.happened_on"), row.text("contact.actor")]))

    def row_of(self, cells: list[str]) -> Row:
        """As the plan's, with the names looked up."""
        row = super().row_of(cells)
        self.look_up(row, "contact.actor", self.actors, _("Aktören är inte knuten till boendet."))
        self.look_up(row, "contact.person", self.persons, _("Kontaktpersonen finns inte hos någon aktör här."))
        self.look_up(row, "contact.follow_up_by", self.staff, _("Den ansvariga arbetar inte här."))
        return row

    def look_up(self, row: Row, key: str, known: dict[Any, list[Any]], message: str) -> None:
        """Put what is known by the name in the place of it."""
        if text := row.text(key):
            found = known.get(same_name(text), [])
            actor = row.values.get("contact.actor")
            if key == "contact.person" and isinstance(actor, Actor):
                found = [person for person in found if person.actor_id == actor.pk]
            if found:
                row.values[key] = found[0]
            else:
                row.faults[key] = message

    def judge_row(self, line: int, row: Row) -> Judgement:
        day = row.values.get("contact.happened_on")
        known = self.contacts.setdefault((day, row.text("contact.text")), [])
        same = [contact for contact in known if self.says_nothing_new("contact", contact, row)]
        contact = (same or [contact for contact in known if contact.pk not in self.lines] or [None])[0]
        is_new = contact is None
        anew = self.differences("contact", contact, row)
        contact = contact or Contact(id=self.new_id("contact", line), boende=self.boende)
        self.fill_in(anew)
        self.check(contact, anew, is_new)
        reasons = self.earlier(contact.pk, line, changes=bool(anew))
        reasons = reasons or [_("Finns inte i loggen.") if is_new else _("Samma dag och text.")]
        if is_new:
            self.ledger.add(contact)
            known.append(contact)
        elif anew:
            reasons.append(_("Ändras: %(names)s.") % {"names": self.changes_of("contact", contact, anew)})
        if anew:
            self.ledger.change(contact, anew)
        outcome = Outcome.NEW if is_new else Outcome.UPDATED if anew else Outcome.UNCHANGED
        return Judgement(outcome, reasons, record_id=contact.pk)

    def fill_in(self, anew: dict[str, Any]) -> None:
        """What follows from the rest: a person's actor, who promised."""
        if anew.get("person") and "actor" not in anew:
            anew["actor"] = anew["person"].actor
        if anew.get("follow_up") and "follow_up_by" not in anew:
            anew["follow_up_by"] = self.by

    def check(self, contact: Contact, anew: dict[str, Any], is_new: bool) -> None:
        """The model's rules for the contact as it would be; raises Faulty."""
        headers = {column.attribute: str(column.header) for column in self.columns}
        missing = [headers[name] for name in ("happened_on", "channel", "tone", "text") if is_new and name not in anew]
        if missing:
            raise Faulty(_("Saknas: %(names)s.") % {"names": ", ".join(missing)})
        would_be = {
            name: anew.get(name, getattr(contact, name))
            for name in ("actor", "person", "follow_up", "follow_up_on", "followed_up_on")
        }
        if bool(would_be["follow_up"]) != bool(would_be["follow_up_on"]):
            raise Faulty(_("Skriv både vad ni lovade och senast när."))
        if would_be["followed_up_on"] and not would_be["follow_up_on"]:
            raise Faulty(_("Det finns inget att följa upp."))
        actor, person = would_be["actor"], would_be["person"]
        if person and (actor is None or person.actor_id != actor.pk):
            raise Faulty(_("Kontaktpersonen hör till en annan aktör."))
        for name in ("text", "follow_up"):
            if name in anew and identity_guard.doubts(anew[name]):
                raise Faulty(_("%(name)s: texten kan peka ut någon. Skriv in kontakten för hand.") %
                             {"name": headers[name]})  # fmt: skip
