# SPDX-License-Identifier: EUPL-1.2
"""A great number of incidents, for measuring: seeded, so that the same numbers on the same day give the same rows."""

import random
import uuid
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import cache
from itertools import islice
from typing import Any

from django.db import connection
from django.utils import timezone
from psycopg import sql
from psycopg.types.json import Jsonb

from boenden.models import Assignment, Boende, Forvaltning
from incidents.actions import fill_search
from incidents.demo.scenes import SCENES, Scene
from incidents.models import Incident
from platssamverkan.accounts.models import User
from platssamverkan.accounts.roles import Role
from platssamverkan.ground.actions import action

PREFIX = "skala-"
YEARS = 3
A_BATCH = 2000
FORVALTNINGAR = 4  # the boenden are dealt out among so many
FIELDS = Incident._meta.concrete_fields


def scale_email(role: str, number: int) -> str:
    """The address of a user made for measuring. None has a password."""
    return f"{PREFIX}{role}-{number}@scale.example"


@action
def make_scale(*, boenden: int, incidents: int, seed: int, by: Any) -> None:
    """Make boenden, one personal each, one förvaltningschef a förvaltning, and incidents dealt out among them.

    What an earlier run made is replaced; everything else is left alone.
    """
    homes = make_boenden(boenden)
    earlier = Incident.objects.filter(boende__slug__startswith=PREFIX)
    earlier._raw_delete(earlier.db)  # a million rows in one statement, and no log of what was never real
    rows = incident_rows(homes, incidents, random.Random(seed))  # noqa: S311 - the same rows every time, nothing secret
    if connection.vendor == "postgresql":
        copy_in(rows)
        return
    while batch := [Incident(**row) for row in islice(rows, A_BATCH)]:
        Incident.objects.bulk_create(batch)


def tidy() -> None:
    """What autovacuum does in time: statistics, and the map that lets a count read the index alone."""
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE incidents_incident")


def make_user(role: str, number: int) -> User:
    """A user without a password, as she was made the first time."""
    email = scale_email(role, number)
    name = f"{role.capitalize()} för mätning {number}"
    return User.objects.filter(email=email).first() or User.objects.create_user(email, name=name)


def make_boenden(number: int) -> list[tuple[Boende, User]]:
    """The boenden, each with who writes there."""
    homes = []
    for position in range(number):
        owner = position % FORVALTNINGAR + 1
        forvaltning, _made = Forvaltning.objects.get_or_create(name=f"Förvaltning för mätning {owner}")
        chief = make_user("chef", owner)
        Assignment.objects.get_or_create(user=chief, role=Role.FORVALTNINGSCHEF, forvaltning=forvaltning)
        boende, _made = Boende.objects.get_or_create(
            slug=f"{PREFIX}{position + 1:04}",
            defaults={
                "name": f"Boende för mätning {position + 1:04}",
                "forvaltning": forvaltning,
                "type": Boende.Type.KOLLEKTIVT,
                "akutnummer": "+46313900610",
            },
        )
        writer = make_user("personal", position + 1)
        Assignment.objects.get_or_create(user=writer, role=Role.PERSONAL, boende=boende)
        homes.append((boende, writer))
    return homes


@cache
def written(scene: Scene) -> dict[str, Any]:
    """What all incidents of a scene have in common, search columns included."""
    what, how = scene.forum or ("", "")
    incident = Incident(
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
        forum_handled=how,
    )
    fill_search(incident)
    return {field.attname: getattr(incident, field.attname) for field in FIELDS}


def incident_rows(homes: list[tuple[Boende, User]], number: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Rows in the order they happened, through three years up to midnight today."""
    end = datetime.combine(timezone.localdate(), time(), tzinfo=timezone.get_current_timezone())
    step = timedelta(days=365 * YEARS) / max(number, 1)
    for position in range(number):
        boende, writer = chance.choice(homes)
        scene = chance.choice(SCENES)
        happened = end - step * (number - position)
        is_old = position < number * 0.9
        released = bool(scene.forum) and is_old
        yield written(scene) | {
            "id": uuid.UUID(int=chance.getrandbits(128), version=4),
            "boende_id": boende.pk,
            "happened_at": happened,
            "severity": chance.choices((1, 2, 3, 4), (30, 50, 15, 5))[0],
            "children": chance.random() < 0.08,
            "status": Incident.Status.CLOSED if is_old else Incident.Status.OPEN,
            "follow_up_on": None if is_old else (happened + timedelta(days=3)).date(),
            "released_at": happened + timedelta(days=1) if released else None,
            "released_by_id": writer.pk if released else None,
            "created_at": happened,
            "created_by_id": writer.pk,
            "changed_at": happened,
            "changed_by_id": writer.pk,
        }


def copy_in(rows: Iterator[dict[str, Any]]) -> None:
    """Write the rows by COPY: a million in a minute or so."""
    columns = sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in FIELDS)
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(Incident._meta.db_table), columns)
    names = [field.attname for field in FIELDS]
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            row["done"] = Jsonb(row["done"])
            copy.write_row([row[name] for name in names])
