# SPDX-License-Identifier: EUPL-1.2
"""The plan of a file of contact persons: each belongs to an actor that is there already."""

from typing import ClassVar

from django.utils.translation import gettext as _

from boenden.imports.actors import ActorPlan
from boenden.imports.persons_at import plan_person
from boenden.imports.plans import Faulty, Judgement, Outcome
from boenden.imports.records import PERSONS
from boenden.imports.rows import Row
from boenden.models import ContactPerson


class PersonPlan(ActorPlan):
    """Contact persons at the actors around a boende."""

    columns = PERSONS
    required: ClassVar = ("actor.name", "person.name")
    order: ClassVar = (ContactPerson,)

    def title_of(self, row: Row) -> str:
        return row.text("person.name")

    def judge_row(self, line: int, row: Row) -> Judgement:
        for key, message in (("actor.name", _("Aktörens namn saknas.")), ("person.name", _("Namn saknas."))):
            if not row.text(key):
                raise Faulty(message)
        actor, _why = self.find(row)
        if actor is None or not self.is_tied(actor):
            raise Faulty(_("Aktören är inte knuten till boendet. Importera eller skriv upp aktören först."))
        persons = self.persons.setdefault(actor.pk, [])
        person, is_new, anew, notes = plan_person(self, line, row, actor, persons)
        if person is None:
            raise Faulty(*notes)
        reasons = self.earlier(person.pk, line, changes=bool(anew)) + self.apply_person(person, is_new, anew)
        self.note_said(line, row, person=person)
        outcome = Outcome.NEW if is_new else Outcome.UPDATED if anew else Outcome.UNCHANGED
        return Judgement(outcome, reasons or [_("Finns redan.")], record_id=actor.pk)
