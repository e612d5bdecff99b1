# SPDX-License-Identifier: EUPL-1.2
"""The plan of a file of the contact list: what stands there is known by group and name; new lines are added last.

A line that shows a contact person, an actor or a common number is changed where that is kept, not from a file. Who may
see a line is decided on the list, by the enhetschef.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from boenden.actions.contact_lists import next_position
from boenden.imports.plans import Faulty, Judgement, Outcome, Plan
from boenden.imports.records import LIST
from boenden.imports.rows import Row, by_key, same_name
from boenden.list_lines import Line, akutnummer_line, line_for
from boenden.models import ContactListEntry, ContactListGroup, ContactPerson
from platssamverkan.accounts.roles import Right

OWN = {"hours": "hours", "phone": "own_phone", "when_to_use": "when_to_use"}  # what a line with its own number holds


@dataclass
class Shown:
    """A line as the file shows it, and the entry behind it; the akutnummer has none."""

    entry: ContactListEntry | None
    group: str
    label: str
    hours: str
    phone: str
    email: str
    when_to_use: str
    is_checked: bool
    is_shared: bool

    @property
    def pk(self) -> Any:
        """What it is known by."""
        return self.entry.pk if self.entry else None


def shown(entry: ContactListEntry | None, line: Line) -> Shown:
    """An entry with its line."""
    return Shown(
        entry, line.group, line.name, line.about, line.phone, line.email, line.when, line.is_checked, line.is_shared
    )


class ListPlan(Plan):
    """The boende's contact list."""

    columns = LIST
    required: ClassVar = ("line.label", "line.group")
    right = Right.EDIT_LIST
    order: ClassVar = (ContactListEntry,)

    def load(self) -> None:
        entries = ContactListEntry.objects.filter(group__contact_list__boende=self.boende).for_list()
        lines = [shown(entry, line_for(entry, is_whole=True)) for entry in entries]
        if self.boende.akutnummer:
            lines.append(shown(None, akutnummer_line(self.boende)))
        self.known = by_key(lines, lambda line: (same_name(line.group), same_name(line.label)))
        groups = ContactListGroup.objects.active().filter(contact_list__boende=self.boende)
        self.groups = {same_name(group.name): group for group in groups}
        self.positions: dict[Any, int] = {}
        around = ContactPerson.objects.around(self.boende).select_related("actor")
        self.persons = by_key(around, lambda person: (same_name(person.name), person.phone))

    def sources(self) -> Any:
        yield ContactListEntry.objects.filter(group__contact_list__boende=self.boende)
        yield ContactListGroup.objects.filter(contact_list__boende=self.boende)
        yield ContactPerson.objects.filter(actor__forvaltning=self.boende.forvaltning)

    def judge_row(self, line: int, row: Row) -> Judgement:
        known = self.known.setdefault((same_name(row.text("line.group")), same_name(row.text("line.label"))), [])
        same = [place for place in known if self.says_nothing_new("line", place, row)]
        if same:
            return self.leave(line, same[0], row)
        if known:
            return self.change(line, known[0], row)
        return self.add(line, row, known)

    def leave(self, line: int, place: Shown, row: Row) -> Judgement:
        """The line says all that the row says."""
        said_before = self.earlier(place.pk, line, changes=False) if place.entry else []
        self.note_said(line, row, line=place)
        return Judgement(Outcome.UNCHANGED, said_before or [_("Står redan på listan.")], record_id=place.pk)

    def change(self, line: int, place: Shown, row: Row) -> Judgement:
        """What the row says anew of a line that stands there; raises Faulty for what is kept elsewhere."""
        anew = self.differences("line", place, row)
        anew.pop("is_checked", None)
        if "is_shared" in anew:
            raise Faulty(_("Vem som får se raden ändras på kontaktlistan."))
        is_own = place.entry is not None and not place.entry.points_at
        if place.entry is None or (anew.keys() - {"when_to_use"} and not (is_own and anew.keys() <= OWN.keys())):
            raise Faulty(
                _("%(names)s ändras inte från en fil. Ändra där uppgiften hör hemma.")
                % {"names": self.names_of("line", anew).capitalize()}
            )
        if not anew:
            return self.leave(line, place, row)
        reasons = [_("Ändras: %(names)s.") % {"names": self.changes_of("line", place, anew)}]
        for name, value in anew.items():
            setattr(place, name, value)
        changed = {OWN[name]: value for name, value in anew.items()}
        if {"own_phone"} & changed.keys() and self.right_to_share_is_missing():
            changed["is_shared"] = place.is_shared = False
        self.ledger.change(place.entry, changed)
        reasons = self.earlier(place.pk, line, changes=True) + reasons
        self.note_said(line, row, line=place)
        return Judgement(Outcome.UPDATED, reasons, record_id=place.entry.pk)

    def right_to_share_is_missing(self) -> bool:
        """Whether another number must wait for somebody who may share the list."""
        from boenden.rights import rights_at

        return Right.SHARE_LIST not in rights_at(self.by, self.boende)

    def add(self, line: int, row: Row, known: list[Shown]) -> Judgement:
        """A new line, last in its group, for the boende's own eyes until somebody shares it; raises Faulty."""
        anew = self.differences("line", None, row)
        group = self.groups.get(same_name(row.text("line.group")))
        if group is None:
            raise Faulty(_("Gruppen finns inte på listan. Lägg till den där, eller välj en som finns."))
        if not (anew.get("label") and anew.get("when_to_use")):
            raise Faulty(_("Skriv ett namn och när man ska ringa."))
        entry = ContactListEntry(id=self.new_id("entry", line), group=group, when_to_use=anew["when_to_use"])
        persons = self.persons.get((same_name(anew["label"]), anew.get("phone", "")), [])
        if persons:
            entry.person = persons[0]
        elif anew.get("phone"):
            entry.label, entry.own_phone, entry.hours = anew["label"], anew["phone"], anew.get("hours", "")
        else:
            raise Faulty(_("Skriv ett telefonnummer."))
        entry.position = self.positions.get(group.pk) or next_position(ContactListEntry.objects.filter(group=group))
        self.positions[group.pk] = entry.position + 1
        self.ledger.add(entry)
        place = shown(entry, line_for(entry, is_whole=True))
        known.append(place)
        self.earlier(place.pk, line, changes=True)
        self.note_said(line, row, line=place)
        return Judgement(Outcome.NEW, [_("Ny rad, bara för boendet tills någon delar den.")], record_id=entry.pk)
