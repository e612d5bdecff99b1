# SPDX-License-Identifier: EUPL-1.2
"""Puts the demonstration data into the database, the same for the same seed and day."""

import math
import random
import uuid
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date

from boenden.actions.contact_lists import start_list
from boenden.geometry import distance_m
from boenden.models import (
    Actor,
    ActorCategory,
    Assignment,
    Boende,
    Contact,
    ContactListEntry,
    ContactListGroup,
    ContactListReader,
    ContactPerson,
    Forvaltning,
    Neighbour,
    OpeningStep,
)
from incidents.actions import fill_search
from incidents.demo import places
from incidents.demo.crime import make_crime
from incidents.demo.felanmalningar import make_felanmalningar
from incidents.demo.files import make_imports
from incidents.demo.scenes import SCENES, TALKS
from incidents.demo.verifications import make_verifications
from incidents.demo.voices import make_voices
from incidents.models import Incident, ReleasedText
from platssamverkan.accounts.models import User
from platssamverkan.ground.actions import action

# What the rooms above add when the boenden stand: each gives the number of each noun made
more_rooms: "list[Callable[[DemoMaker], dict[str, int]]]" = []
last_rooms: "list[Callable[[DemoMaker], dict[str, int]]]" = []  # when all else stands: what follows from it

METRES_PER_DEGREE = 111_320
INCIDENTS = {"kalleback": 64, "alma": 48, "victor": 40}
CONTACTS = {"kalleback": 46, "alma": 30, "victor": 22, "hogsbohojd": 3}


def demo_email(name: str) -> str:
    """A demonstration user's address."""
    return f"{name}@demo.example"


@action
def make_demo(*, password: str, seed: int, by: Any) -> dict[str, int]:
    """Make everything, in one transaction; gives the number of each noun made."""
    maker = DemoMaker(password, seed)
    maker.make()
    rooms = (make_voices, make_crime, make_felanmalningar, *more_rooms, *last_rooms)
    added = [make_room(maker) for make_room in rooms]
    return {
        "boenden": Boende.objects.count(),
        "aktörer": Actor.objects.count(),
        "kontakter": Contact.objects.count(),
        "händelser": Incident.objects.count(),
        **{noun: number for made in added for noun, number in made.items()},
    }


class DemoMaker:
    """Makes the rows in the order they need each other; remembers them by the names in `places`."""

    def __init__(self, password: str, seed: int) -> None:
        self.password = password
        self.random = random.Random(seed)  # noqa: S311 - the same data every time, nothing secret
        self.today = timezone.localdate()
        self.forvaltningar: dict[str, Forvaltning] = {}
        self.boenden: dict[str, Boende] = {}
        self.users: dict[str, User] = {}
        self.actors: dict[str, Actor] = {}

    def make(self) -> None:
        """Everything, ground first."""
        for key, (name, short) in places.FORVALTNINGAR.items():
            self.forvaltningar[key] = Forvaltning.objects.create(
                name=name, short_name=short, dpo_email=f"dataskyddsombud.{key}@demo.example"
            )
        for slug, facts in places.BOENDEN.items():
            self.boenden[slug] = self.boende(slug, facts)
        self.people()
        for slug, boende in self.boenden.items():
            start_list(boende=boende, by=self.chief(slug))
            for line in places.ACTORS[slug]:
                self.neighbour(boende, *line)
        self.persons()
        self.readers()
        make_verifications(self)
        for slug, number in CONTACTS.items():
            for _ in range(number):
                self.contact(slug)
        for first, (slug, number) in enumerate(INCIDENTS.items()):
            for position in range(number):
                self.incident(slug, position, first=first)
        OpeningStep.objects.create(
            boende=self.boenden["hogsbohojd"], step=OpeningStep.Step.NETWORK, done_on=self.days_ago(9)
        )
        make_imports(self)

    def new_id(self) -> uuid.UUID:
        """An id that the seed decides."""
        return uuid.UUID(int=self.random.getrandbits(128), version=4)

    def days_ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def boende(self, slug: str, facts: dict[str, Any]) -> Boende:
        fields = {**facts, "slug": slug}
        opened, tested = fields.pop("opened"), fields.pop("tested_days_ago")
        return Boende.objects.create(
            **{
                **fields,
                "forvaltning": self.forvaltningar[facts["forvaltning"]],
                "stadsomrade": self.forvaltningar.get(facts["stadsomrade"] or ""),
                "opened_on": parse_date(f"{opened}-05-01") if opened else None,
                "akutnummer_tested_on": self.days_ago(tested) if tested is not None else None,
                "status": Boende.Status.OPPET if opened else Boende.Status.PLANERAT,
            }
        )

    def people(self) -> None:
        for key, (name, role, scope) in places.USERS.items():
            self.users[key] = User.objects.create_user(demo_email(key), self.password, name=name)
            self.assign(key, role, scope)
        for key, (name, _actor) in places.READERS.items():
            self.users[key] = User.objects.create_user(demo_email(key), self.password, name=name)
        for key, role, scope in places.MORE_ROLES:
            self.assign(key, role, scope)

    def assign(self, key: str, role: str, scope: str) -> None:
        Assignment.objects.create(
            user=self.users[key],
            role=role,
            forvaltning=self.forvaltningar.get(scope),
            boende=self.boenden.get(scope),
            starts_on=self.days_ago(400),
        )

    def chief(self, slug: str) -> User:
        """The enhetschef of a boende."""
        return self.users[{"alma": "enhetschef.alma", "victor": "enhetschef.victor"}.get(slug, "enhetschef")]

    def staff(self, slug: str) -> list[User]:
        """Those who write in its logs."""
        names = {
            "kalleback": ["personal", "natt.kalleback", "enhetschef"],
            "alma": ["personal.alma", "enhetschef.alma"],
            "victor": ["personal.victor", "enhetschef.victor"],
        }
        return [self.users[name] for name in names.get(slug, ["enhetschef"])]

    def neighbour(self, boende: Any, *line: Any) -> None:
        name, category, north, east, affected, interest, bridge, resource, step, days = line
        latitude = boende.latitude + north / METRES_PER_DEGREE
        longitude = boende.longitude + east / (METRES_PER_DEGREE * math.cos(math.radians(boende.latitude)))
        actor = Actor.objects.create(
            id=self.new_id(),
            forvaltning=boende.forvaltning,
            name=name,
            category=ActorCategory.objects.get(name__iexact=category),
            email=demo_email(places.MAILED[name]) if name in places.MAILED else "",
            latitude=round(latitude, 6),
            longitude=round(longitude, 6),
        )
        self.actors[name] = actor
        Neighbour.objects.create(
            id=self.new_id(),
            boende=boende,
            actor=actor,
            distance_m=distance_m(boende, actor),
            affected=affected,
            interest=interest,
            is_bridge=bridge,
            is_resource=resource,
            next_step=step,
            next_step_on=self.today + timedelta(days=days) if step else None,
        )

    def persons(self) -> None:
        for actor_name, line in places.PERSONS.items():
            name, role, phone, mail, shared, verified, group_name, when = line
            actor = self.actors[actor_name]
            person = ContactPerson.objects.create(
                id=self.new_id(),
                actor=actor,
                user=self.users.get(mail),
                name=name,
                role=role,
                phone=phone,
                email=demo_email(mail) if mail else "",
                lawful_ground=ContactPerson.Ground.UPPDRAG,
                source="lämnade själv sina uppgifter vid ett möte",
                visibility=ContactPerson.Visibility.DELAD if shared else ContactPerson.Visibility.BOENDET,
                verified_on=self.days_ago(verified) if verified is not None else None,
                verified_how=ContactPerson.VerifiedHow.PHONE if verified is not None else "",
            )
            for neighbour in actor.neighbours.all():
                group = ContactListGroup.objects.get(contact_list__boende=neighbour.boende, name=group_name)
                position = group.entries.count()
                ContactListEntry.objects.create(
                    group=group, position=position, person=person, when_to_use=when, is_shared=shared
                )

    def readers(self) -> None:
        kalleback = self.boenden["kalleback"]
        for key, (_name, actor_name) in places.READERS.items():
            ContactListReader.objects.create(
                contact_list=kalleback.contact_list,
                user=self.users[key],
                person=ContactPerson.objects.filter(actor=self.actors[actor_name]).first(),
                shared_by=self.users["enhetschef"],
                starts_on=self.days_ago(200),
            )

    def contact(self, slug: str) -> None:
        boende = self.boenden[slug]
        channel, tone, went_out, text, promise = self.random.choice(TALKS)
        actor = self.actors[self.random.choice(places.ACTORS[slug])[0]]
        days = self.random.randrange(0, 365)
        due = self.days_ago(days) + timedelta(days=self.random.randrange(3, 15)) if promise else None
        author = self.random.choice(self.staff(slug))
        written = self.moment(days, 8, 17)
        Contact.objects.create(
            id=self.new_id(),
            boende=boende,
            actor=actor,
            person=actor.persons.first(),
            happened_on=written.date(),
            channel=channel,
            tone=tone,
            went_out=went_out,
            text=text,
            follow_up=promise,
            follow_up_on=due,
            follow_up_by=author if promise else None,
            followed_up_on=due if due and due < self.days_ago(3) else None,
            created_by=author,
            changed_by=author,
            created_at=written,
            changed_at=written,
        )

    def moment(self, days_ago: int, first_hour: int, last_hour: int) -> datetime:
        """A moment on a day, never later than now."""
        clock = time(self.random.randrange(first_hour, last_hour + 1), self.random.choice(range(0, 60, 5)))
        moment = timezone.make_aware(datetime.combine(self.days_ago(days_ago), clock))
        return min(moment, timezone.now() - timedelta(minutes=20))

    def follow_up_day(self, days_ago: int) -> date:
        """Two weeks after it happened; soon for what is new."""
        return self.days_ago(days_ago - 14) if days_ago > 4 else self.days_ago(-self.random.randrange(1, 4))

    def incident(self, slug: str, position: int, *, first: int) -> None:
        scene = SCENES[(3 * first + position) % len(SCENES)] if position < 3 else self.random.choice(SCENES)
        days = position * 2 if position < 3 else self.random.randrange(3, 365)
        author, happened = self.random.choice(self.staff(slug)), self.moment(days, 7, 23)
        is_old = days > 14
        released = scene.forum is not None and days > 1
        what, handled = scene.forum or ("", "")
        late = days < 40 and self.random.random() < 0.3
        incident = Incident(
            id=self.new_id(),
            boende=self.boenden[slug],
            happened_at=happened,
            category=scene.category,
            severity=scene.severity,
            place=Incident.Place.ELSEWHERE if scene.place else Incident.Place.AT_BOENDE,
            place_text=scene.place,
            affected_neighbourhood=scene.affected,
            children=scene.children,
            headline=scene.headline,
            internal_text=scene.internal,
            done=list(scene.done),
            handled=scene.handled,
            forum_what=what,
            forum_handled=handled,
            released_at=happened + timedelta(hours=20) if released else None,
            released_by=self.chief(slug) if released else None,
            status=Incident.Status.CLOSED if is_old and not late else Incident.Status.FOLLOW_UP,
            follow_up_on=self.follow_up_day(days) if late or not is_old else None,
            follow_up_by=author if not is_old else None,
            created_by=author,
            changed_by=author,
            created_at=happened + timedelta(minutes=15),
            changed_at=happened + timedelta(minutes=15),
        )
        fill_search(incident)
        incident.save()
        if released:
            ReleasedText.objects.create(
                id=self.new_id(),
                incident=incident,
                forum_what=what,
                forum_handled=handled,
                created_at=happened + timedelta(hours=20),
                created_by=incident.released_by,
            )
        if scene.affected:
            names = [line[0] for line in places.ACTORS[slug] if line[4] >= 4]
            incident.affected_actors.set([self.actors[name] for name in names[:2]])
