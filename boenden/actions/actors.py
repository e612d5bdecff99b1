# SPDX-License-Identifier: EUPL-1.2
"""What is done with actors: written down once for the förvaltning, tied to a boende, measured, put away."""

from collections.abc import Iterable
from typing import Any

from boenden.geometry import distance_m
from boenden.models import Actor, Neighbour
from platssamverkan.ground.actions import action, archive_record, save_record

TIE_FIELDS = ("affected", "interest", "is_bridge", "is_resource", "next_step", "next_step_on")


class StillTied(Exception):
    """The actor is the neighbour of some boende and can't be put away."""


@action
def measure_distances(*, neighbours: Iterable[Neighbour], by: Any) -> int:
    """Work out the distances anew after a move; gives how many changed. Derived figures: not logged."""
    moved = []
    for neighbour in neighbours:
        metres = distance_m(neighbour.boende, neighbour.actor)
        if metres != neighbour.distance_m:
            neighbour.distance_m = metres
            moved.append(neighbour)
    Neighbour.objects.bulk_update(moved, ["distance_m"])
    return len(moved)


@action
def create_neighbour(*, neighbour: Neighbour, by: Any) -> Neighbour:
    """Write down a new actor together with how it stands to the boende."""
    save_record(record=neighbour.actor, by=by)
    return tie_actor(neighbour=neighbour, by=by)


@action
def tie_actor(*, neighbour: Neighbour, by: Any) -> Neighbour:
    """Make an actor the neighbour of a boende. One that has been untied is tied again, with what is said now."""
    earlier = Neighbour.objects.filter(boende=neighbour.boende, actor=neighbour.actor).first()
    if earlier is not None:
        if earlier.archived_at is None:
            return earlier
        for name in TIE_FIELDS:
            setattr(earlier, name, getattr(neighbour, name))
        earlier.archived_at = None
        neighbour = earlier
    neighbour.distance_m = distance_m(neighbour.boende, neighbour.actor)
    save_record(record=neighbour, by=by)
    return neighbour


@action
def update_actor(*, actor: Actor, by: Any, opened_version: int | None = None) -> Actor:
    """Change an actor's facts, for every boende it neighbours; the distances follow. Raises EditConflict."""
    save_record(record=actor, by=by, opened_version=opened_version)
    measure_distances(neighbours=actor.neighbours.select_related("boende", "actor"), by=by)
    return actor


@action
def untie_and_archive(*, neighbour: Neighbour, by: Any) -> Actor:
    """Put an actor away for the whole förvaltning. Raises StillTied if it neighbours another boende as well."""
    if neighbour.actor.neighbours.active().exclude(pk=neighbour.pk).exists():
        raise StillTied
    archive_record(record=neighbour, by=by)
    archive_record(record=neighbour.actor, by=by)
    return neighbour.actor


@action
def finish_step(*, neighbour: Neighbour, by: Any) -> Neighbour:
    """The next step has been taken."""
    neighbour.next_step, neighbour.next_step_on = "", None
    save_record(record=neighbour, by=by)
    return neighbour
