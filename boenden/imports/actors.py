# SPDX-License-Identifier: EUPL-1.2
"""The plan of a file of actors: which actor a row speaks of, and what it says that is not known yet."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _

from boenden.actions.actors import measure_distances
from boenden.actions.removals import unshare_person
from boenden.geometry import distance_m
from boenden.imports.actor_columns import COLUMNS
from boenden.imports.categories import usual_name
from boenden.imports.columns import folded
from boenden.imports.persons_at import lend_reach, plan_person
from boenden.imports.places import has_place, is_at, is_branch
from boenden.imports.plans import Faulty, Judgement, Outcome, Plan
from boenden.imports.rows import Row, by_key, same_name
from boenden.models import Actor, ActorCategory, ContactPerson, Neighbour
from platssamverkan.accounts.roles import Right
from platssamverkan.ground import identity_guard
from platssamverkan.ground.coordinates import are_swapped
from platssamverkan.ground.records import Record

CHECKED = ("name", "latitude", "longitude", "is_person", "organisation_number", "consent_on")
BY_KEY = {column.key: column for column in COLUMNS}


class ActorPlan(Plan):
    """Actors around a boende with how they stand to it and their contact persons; one row an actor and person."""

    columns = COLUMNS
    required: ClassVar[tuple[str, ...]] = ("actor.name",)
    right = Right.EDIT_ACTORS
    order: ClassVar[tuple[type[Record], ...]] = (Actor, Neighbour, ContactPerson)

    def load(self) -> None:
        forvaltning = self.boende.forvaltning
        known = list(
            Actor.objects.filter(forvaltning=forvaltning).select_related("category").order_by("created_at", "pk")
        )
        actors = [actor for actor in known if actor.archived_at is None]
        self.by_name = by_key(actors, lambda actor: same_name(actor.name))
        self.by_number = by_key([actor for actor in actors if actor.organisation_number], number_of)
        self.numbers = {(actor.organisation_number, actor.name): actor for actor in known if actor.organisation_number}
        self.neighbours = {neighbour.actor_id: neighbour for neighbour in Neighbour.objects.filter(boende=self.boende)}
        persons = ContactPerson.objects.active().filter(actor__forvaltning=forvaltning).order_by("created_at", "pk")
        self.persons = by_key(persons, lambda person: person.actor_id)
        self.categories = {folded(category.name): category for category in ActorCategory.objects.active()}
        self.moved: list[Actor] = []

    def sources(self) -> Any:
        forvaltning = self.boende.forvaltning
        yield Actor.objects.filter(forvaltning=forvaltning)
        yield ContactPerson.objects.filter(actor__forvaltning=forvaltning)
        yield Neighbour.objects.filter(boende=self.boende)

    # ---------- reading ----------

    def row_of(self, cells: list[str]) -> Row:
        row = super().row_of(cells)
        self.read_category(row)
        town = " ".join(filter(None, [row.text("extra.postcode"), row.text("extra.town")]))
        if town and row.text("actor.address"):
            row.put(BY_KEY["actor.address"], f"{row.text('actor.address')}, {town}")
        return row

    def read_category(self, row: Row) -> None:
        """The kind of actor by the guide's name or another; what is not known is what was chosen for the file."""
        text = row.text("actor.category")
        if not text:
            return
        known = self.categories.get(folded(text)) or self.categories.get(folded(usual_name(text)))
        if category := known or self.actor_import.category:
            row.values["actor.category"] = category
        else:
            row.faults["actor.category"] = _("Slag: ”%(text)s” finns inte. Välj ett slag för sådana rader.") % {
                "text": text[:60]
            }

    # ---------- which actor ----------

    def find(self, row: Row) -> tuple[Actor | None, str]:
        """The actor that the row speaks of, and how it is known; raises Faulty when it may be one of several."""
        number = row.values.get("actor.organisation_number", "")
        numbered = self.by_number.get(number, []) if number else []
        named = self.by_name.get(same_name(row.text("actor.name")), [])
        for actor in [*numbered, *named]:
            if self.says_nothing_new("actor", actor, row):
                return actor, _("Finns redan.")
        if same := [actor for actor in numbered if not is_branch(actor, row)]:
            named_too = [actor for actor in same if actor in named]
            return (named_too or same)[0], _("Samma organisationsnummer.")
        if number:
            named = [actor for actor in named if actor.organisation_number in ("", number)]
        if near := [actor for actor in named if is_at(actor, row)]:
            return near[0], _("Samma namn och plats.")
        return self.by_name_alone(row, named)

    def by_name_alone(self, row: Row, named: list[Actor]) -> tuple[Actor | None, str]:
        """Where the row or the actor has no place, the name must do: among the boende's own first."""
        tied = [actor for actor in named if self.is_tied(actor)]
        if not has_place(row):
            if len(named) == 1 or len(tied) == 1:
                return (tied or named)[0], _("Samma namn.")
            if named:
                raise Faulty(_("Flera aktörer heter så. Skriv adress eller organisationsnummer."))
        placeless = [actor for actor in tied if not actor.address and actor.latitude is None]
        return (placeless[0], _("Samma namn.")) if len(placeless) == 1 else (None, "")

    def is_tied(self, actor: Actor) -> bool:
        """Whether the actor is the boende's neighbour today."""
        neighbour = self.neighbours.get(actor.pk)
        return neighbour is not None and neighbour.archived_at is None

    # ---------- what it does ----------

    def judge_row(self, line: int, row: Row) -> Judgement:
        if not row.text("actor.name"):
            raise Faulty(_("Namn saknas."))
        actor, why = self.find(row)
        is_new = actor is None
        if actor is not None:
            lend_reach(self, row, actor, self.persons.get(actor.pk, []))
        anew = self.differences("actor", actor, row)
        if actor is None:
            actor = self.new_actor(line, anew)
        self.check_actor(actor, anew)
        tie, tied_anew = self.tie(line, actor, row)
        is_untied = actor.pk not in self.neighbours
        persons = self.persons.setdefault(actor.pk, [])
        person, is_new_person, person_anew, notes = plan_person(self, line, row, actor, persons)
        changed = bool(anew or tied_anew or is_untied or person_anew)
        reasons = self.earlier(actor.pk, line, changes=changed)
        reasons = reasons or [why if not is_new else _("Finns inte i förvaltningen.")]
        reasons += self.apply_actor(actor, anew, is_new) + self.apply_tie(tie, tied_anew)
        reasons += self.apply_person(person, is_new_person, person_anew) + notes
        self.note_said(line, row, actor=actor, neighbour=tie, person=person)
        outcome = Outcome.NEW if is_new else Outcome.UPDATED if changed else Outcome.UNCHANGED
        return Judgement(outcome, reasons, record_id=actor.pk)

    def new_actor(self, line: int, anew: dict[str, Any]) -> Actor:
        """An actor that is not there yet, or one of the same name and number that was put away."""
        if "category" not in anew:
            if self.actor_import.category is None:
                raise Faulty(_("Slag saknas. Välj ett slag för sådana rader."))
            anew["category"] = self.actor_import.category
        archived = self.numbers.get((anew.get("organisation_number", ""), anew["name"]))
        if archived is not None and archived.archived_at is not None:
            anew["archived_at"] = None
            return archived
        return Actor(id=self.new_id("actor", line), forvaltning=self.boende.forvaltning)

    def check_actor(self, actor: Actor, anew: dict[str, Any]) -> None:
        """The model's rules for the actor as it would be; raises Faulty."""
        would_be = {name: anew.get(name, getattr(actor, name)) for name in CHECKED}
        latitude, longitude = would_be["latitude"], would_be["longitude"]
        if (latitude is None) != (longitude is None) or not within(latitude, 90) or not within(longitude, 180):
            raise Faulty(_("Skriv både latitud (−90 till 90) och longitud (−180 till 180), eller ingen."))
        if are_swapped(latitude, longitude):
            raise Faulty(_("Latitud och longitud har bytt plats."))
        if would_be["is_person"] and (would_be["organisation_number"] or not would_be["consent_on"]):
            raise Faulty(
                _("En enskild granne behöver ha gett samtycke. Skriv vilken dag, och lämna organisationsnumret tomt.")
            )
        taken = self.numbers.get((would_be["organisation_number"], would_be["name"]))
        if would_be["organisation_number"] and taken is not None and taken.pk != actor.pk:
            raise Faulty(_("En annan aktör har redan namnet och organisationsnumret."))
        if "note" in anew and identity_guard.doubts(anew["note"]):
            raise Faulty(_("Anteckning: texten kan peka ut någon. Ta bort namn, nummer och lägenheter."))

    def tie(self, line: int, actor: Actor, row: Row) -> tuple[Neighbour, dict[str, Any]]:
        """How the actor stands to the boende, and what the row says anew of that; raises Faulty."""
        neighbour = self.neighbours.get(actor.pk)
        anew = self.differences("neighbour", neighbour, row)
        if neighbour is None:
            neighbour = Neighbour(id=self.new_id("neighbour", line), boende=self.boende, actor=actor)
        elif neighbour.archived_at is not None:
            anew["archived_at"] = None
        step = anew.get("next_step", neighbour.next_step)
        if anew.get("next_step_on", neighbour.next_step_on) and not step:
            raise Faulty(_("Skriv vad nästa steg är, eller ta bort datumet."))
        return neighbour, anew

    # ---------- applying ----------

    def apply_actor(self, actor: Actor, anew: dict[str, Any], is_new: bool) -> list[str]:
        """Plan the actor; gives what to say of it."""
        if not anew:
            return []
        changes = "" if is_new else self.changes_of("actor", actor, anew)
        self.forget(actor)
        if is_new and "archived_at" not in anew:
            self.ledger.add(actor)
        self.ledger.change(actor, anew)
        self.remember(actor)
        if {"latitude", "longitude"} & anew.keys():
            self.moved.append(actor)
        if "archived_at" in anew:
            return [_("Aktören var arkiverad och tas fram igen.")]
        return [] if is_new else [_("Ändras: %(names)s.") % {"names": changes}]

    def forget(self, actor: Actor) -> None:
        """Take an actor out of what it is known by, before that changes."""
        for index, key in ((self.by_name, same_name(actor.name)), (self.by_number, actor.organisation_number)):
            if actor in index.get(key, []):
                index[key].remove(actor)
        self.numbers.pop(number_and_name(actor), None)

    def remember(self, actor: Actor) -> None:
        """What an actor is known by."""
        self.by_name.setdefault(same_name(actor.name), []).append(actor)
        if actor.organisation_number:
            self.by_number.setdefault(actor.organisation_number, []).append(actor)
            self.numbers[number_and_name(actor)] = actor

    def apply_tie(self, neighbour: Neighbour, anew: dict[str, Any]) -> list[str]:
        """Plan the tie; gives what to say of it."""
        actor = neighbour.actor if neighbour.actor_id not in self.neighbours else None
        if actor is not None:
            neighbour.distance_m = distance_m(self.boende, actor)
            self.neighbours[actor.pk] = neighbour
            self.ledger.add(neighbour)
            self.ledger.change(neighbour, anew)
            return [_("Knyts till boendet.")] if actor.pk not in self.ledger.new else []
        if not anew:
            return []
        changes = self.changes_of("neighbour", neighbour, anew)
        self.ledger.change(neighbour, anew)
        if "archived_at" in anew:
            return [_("Knyts till boendet igen.")]
        return [_("Ändras: %(names)s.") % {"names": changes}]

    def apply_person(self, person: ContactPerson | None, is_new: bool, anew: dict[str, Any]) -> list[str]:
        """Plan the person; gives what to say of her."""
        if person is None or not anew:
            return []
        changes = "" if is_new else self.changes_of("person", person, anew)
        if is_new:
            self.ledger.add(person)
            self.persons[person.actor_id].append(person)
        self.ledger.change(person, anew)
        if is_new:
            return [_("Ny kontaktperson: %(name)s.") % {"name": person.name}]
        return [_("%(name)s ändras: %(names)s.") % {"name": person.name, "names": changes}]

    def write(self) -> None:
        super().write()
        old = [actor.pk for actor in self.moved if actor.pk not in self.ledger.new]
        for start in range(0, len(old), 500):
            rows = Neighbour.objects.filter(actor__in=old[start : start + 500]).select_related("boende", "actor")
            measure_distances(neighbours=rows, by=self.by)
        for record in self.ledger.changed.values():
            if isinstance(record, ContactPerson) and record.visibility == ContactPerson.Visibility.BOENDET:
                unshare_person(person=record, by=self.by)


def number_of(actor: Actor) -> str:
    """What an organisation is known by."""
    return actor.organisation_number


def number_and_name(actor: Actor) -> tuple[str, str]:
    """What no two actors of a förvaltning share."""
    return actor.organisation_number, actor.name


def within(degrees: float | None, limit: int) -> bool:
    """Whether a coordinate is one."""
    return degrees is None or -limit <= degrees <= limit
