# SPDX-License-Identifier: EUPL-1.2
"""Whether a row's place is an actor's."""

from boenden.geometry import distance_m
from boenden.imports.rows import Row, same_name
from boenden.models import Actor

SAME_PLACE_M = 50  # two of the same name so near each other are one (issue 3, "Import of actors")


class Spot:
    """A place that a row names."""

    def __init__(self, row: Row) -> None:
        self.latitude: float | None = row.values.get("actor.latitude")
        self.longitude: float | None = row.values.get("actor.longitude")


def has_place(row: Row) -> bool:
    """Whether the row says where."""
    return bool(row.text("actor.address") or row.text("actor.latitude"))


def is_branch(actor: Actor, row: Row) -> bool:
    """Whether one number stands for two places: a chain's shops have different names and different places."""
    if same_name(actor.name) == same_name(row.text("actor.name")):
        return False
    metres = distance_m(Spot(row), actor)
    if metres is not None:
        return metres > SAME_PLACE_M
    here, there = same_name(row.text("actor.address")), same_name(actor.address)
    return bool(here and there and here != there)


def is_at(actor: Actor, row: Row) -> bool:
    """Whether the row's place is the actor's: within 50 m, or where that is not known, at the same address."""
    metres = distance_m(Spot(row), actor)
    if metres is not None:
        return metres <= SAME_PLACE_M
    address = same_name(row.text("actor.address"))
    return bool(address) and address == same_name(actor.address)
