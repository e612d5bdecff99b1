# SPDX-License-Identifier: EUPL-1.2
"""What stands on the map of a boende: the boende, the actors around it, and what the rooms above add."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from boenden.models import Boende, Neighbour
from platssamverkan.ground.maps import Feature, Map, Mark
from platssamverkan.look.words import distance

# What the rooms above put on the map of a boende (walks, routes, the area); each starts at its own gate
LayerProvider = Callable[[Any, Boende], Iterable[Feature]]  # user, boende
layer_providers: list[LayerProvider] = []

MOST_ACTORS = 500  # the nearest; the list of actors has them all


def map_of(user: Any, boende: Boende, neighbours: Iterable[Neighbour]) -> Map:
    """The map of a boende with these actors on it, kind by kind."""
    layers = [feature for provide in layer_providers for feature in provide(user, boende)]
    return Map(
        [boende_mark(boende), *sorted(map(actor_mark, neighbours), key=lambda mark: mark.category.casefold()), *layers],
        label=_("Karta över området kring %(boende)s") % {"boende": boende},
        centre=(boende.latitude, boende.longitude),
    )


def show_surroundings(widget: Any, boende: Boende) -> None:
    """Let a map that one draws on (a MapInput) begin at the boende, with it and its nearest actors shown."""
    if boende.latitude is None:
        return
    neighbours = boende.neighbours.in_use().for_list().filter(actor__latitude__isnull=False)[:MOST_ACTORS]
    widget.centre = (boende.latitude, boende.longitude)
    widget.around = [boende_mark(boende), *map(actor_mark, neighbours)]


def boende_mark(boende: Boende) -> Mark:
    """The boende itself, in the middle."""
    return Mark(
        key=f"boende-{boende.pk}",
        label=str(boende),
        category=_("boendet"),
        icon="house-door",
        url=boende.get_absolute_url(),
        about=boende.address,
        latitude=boende.latitude,
        longitude=boende.longitude,
        is_main=True,
    )


def actor_mark(neighbour: Neighbour) -> Mark:
    """An actor around the boende. Asks no query: the neighbour comes with actor, category and boende."""
    actor, metres = neighbour.actor, neighbour.distance_m
    return Mark(
        key=f"aktor-{neighbour.pk}",
        label=actor.name,
        category=actor.category.name,
        icon=actor.category.icon,
        url=neighbour.get_absolute_url(),
        about="" if metres is None else distance(metres),
        latitude=actor.latitude,
        longitude=actor.longitude,
    )
