# SPDX-License-Identifier: EUPL-1.2
"""What the latest round puts on the map of a boende: the area, brukarnas ways, what has been seen. Staff only."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from boenden.maps import layer_providers
from boenden.models import Boende
from boenden.rights import rights_at
from kartlaggning.models import Kartlaggning, Observation, Route
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.maps import Area, Feature, Line, Mark
from platssamverkan.look.words import day_year, distance

MOST = 300  # the latest observations; their list has them all


def register() -> None:
    """Called once when Django starts."""
    layer_providers.append(layers)


def layers(user: Any, boende: Boende) -> Iterator[Feature]:
    """The latest round, for those who read it. At most four queries, none for others.

    Until it has observations of its own, those of the round before are shown, and said to be.
    """
    if Right.READ_KARTLAGGNING not in rights_at(user, boende):
        return
    latest = Kartlaggning.objects.visible_to(user).filter(boende=boende).for_list().first()
    if latest is None:
        return
    if latest.area:
        yield area_of(latest)
    for route in Route.objects.filter(kartlaggning=latest).for_list():
        yield line_of(route, latest)
    seen = list(Observation.objects.filter(kartlaggning=latest).for_list()[:MOST])
    category = _("observationer")
    if not seen:
        earlier = Observation.objects.visible_to(user).filter(kartlaggning__boende=boende)
        rows = list(earlier.select_related("kartlaggning").order_by("-kartlaggning__year", "-seen_on", "pk")[:MOST])
        seen = [row for row in rows if row.kartlaggning_id == rows[0].kartlaggning_id]
        category = _("observationer från %(round)s") % {"round": str(seen[0].kartlaggning).lower()} if seen else ""
    yield from (mark_of(observation, category) for observation in seen)


def area_of(kartlaggning: Kartlaggning) -> Area:
    """The part of the neighbourhood that the round is about."""
    return Area(
        key=f"omrade-{kartlaggning.pk}",
        label=str(kartlaggning),
        category=_("området"),
        icon="bullseye",
        url=kartlaggning.get_absolute_url(),
        about=kartlaggning.area_words,
        area=kartlaggning.area,
    )


def line_of(route: Route, kartlaggning: Kartlaggning) -> Line:
    """A way that brukarna take."""
    return Line(
        key=f"vag-{route.pk}",
        label=str(route),
        category=_("vägar"),
        icon="signpost",
        url=kartlaggning.get_absolute_url(),
        about=distance(route.length_m),
        points=route.line,
    )


def mark_of(observation: Observation, category: str) -> Mark:
    """Something seen, as far as its place is known."""
    return Mark(
        key=f"observation-{observation.pk}",
        label=str(observation),
        category=category,
        icon="search",
        url=observation.get_absolute_url(),
        about=day_year(observation.seen_on),
        latitude=observation.latitude,
        longitude=observation.longitude,
    )
