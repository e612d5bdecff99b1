# SPDX-License-Identifier: EUPL-1.2
"""A map as a page shows it: its features for the browser to draw, and the equal list that the page writes itself.

The drawing is a kindness: templates/components/map.html shows the list with or without it (LOOK.md, principle 5).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil, cos, hypot, radians
from typing import Any

from django.conf import settings
from django.forms import Media
from django.forms.widgets import Script
from django.utils.translation import gettext as _

RING_METRES = [100, 250, 500, 1000]
NEAREST_M, FARTHEST_M = 500, 1000  # from the middle to the edge of a map when it opens, where no area is decided
METRES_PER_DEGREE = 111_320
MAP_MEDIA = Media(
    css={"all": ["vendor/leaflet/leaflet.css", "css/maps.css"]},
    js=[Script(path, defer=True) for path in ("vendor/leaflet/leaflet.js", "js/map.js")],  # type: ignore[misc]
)


@dataclass(frozen=True)
class Feature:
    """What every line of the list has. `key` is its name on the page; `icon` a name in bootstrap-icons."""

    key: str
    label: str
    category: str = ""
    icon: str = "geo-alt"
    url: str = ""
    about: str = ""

    @property
    def is_placed(self) -> bool:
        """Whether it can be drawn."""
        return True

    def shape(self) -> dict[str, Any]:
        """What it looks like, for the browser."""
        raise NotImplementedError

    def data(self) -> dict[str, Any]:
        """The whole of it, for the browser."""
        named = ("key", "label", "category", "icon", "url", "about")
        return {**{name: getattr(self, name) for name in named}, **self.shape()}


@dataclass(frozen=True)
class Mark(Feature):
    """A place. One without coordinates stands in the list only. `is_main` is what the map is about.

    `count` is how much there is there, written on its sign; 0 for what is not counted.
    """

    latitude: float | None = None
    longitude: float | None = None
    is_main: bool = False
    count: int = 0

    @property
    def is_placed(self) -> bool:
        return self.latitude is not None and self.longitude is not None

    def shape(self) -> dict[str, Any]:
        return {"point": [self.latitude, self.longitude], "main": self.is_main, "count": self.count}


@dataclass(frozen=True)
class Line(Feature):
    """A way somewhere, as a LineField keeps it."""

    points: list[list[float]] = field(default_factory=list)

    @property
    def is_placed(self) -> bool:
        return bool(self.points)

    def shape(self) -> dict[str, Any]:
        return {"line": self.points}


@dataclass(frozen=True)
class Area(Feature):
    """A part of the neighbourhood, as an AreaField keeps it."""

    area: dict[str, Any] = field(default_factory=dict)

    @property
    def is_placed(self) -> bool:
        return bool(self.area)

    def shape(self) -> dict[str, Any]:
        return {"area": self.area}


@dataclass(frozen=True)
class Group:
    """Some features under a heading of the list."""

    name: str
    icon: str
    features: list[Feature]


class Map:
    """What templates/components/map.html draws and lists. `centre` (latitude, longitude) is the rings' middle."""

    media = MAP_MEDIA

    def __init__(
        self, features: Iterable[Feature], *, label: str, centre: tuple[Any, Any] | None = None, key: str = "karta"
    ) -> None:
        self.features = list(features)
        self.label = label
        self.key = key
        self.centre = list(centre) if centre and None not in centre else None

    @property
    def data_id(self) -> str:
        """The id of the page's element with the features."""
        return f"{self.key}-data"

    @property
    def has_drawing(self) -> bool:
        """Whether there is anything to draw."""
        return self.centre is not None or any(feature.is_placed for feature in self.features)

    @property
    def groups(self) -> list[Group]:
        """The list: by category, in the order in which they first come."""
        found: dict[str, Group] = {}
        for feature in self.features:
            group = found.setdefault(feature.category, Group(feature.category, feature.icon, []))
            group.features.append(feature)
        return list(found.values())

    @property
    def opens_m(self) -> int:
        """How far from the middle the map shows at first: the area, else what is near; what is farther is told of."""
        if self.centre is None:
            return NEAREST_M
        areas = [feature for feature in self.features if isinstance(feature, Area) and feature.is_placed]
        if areas:
            return max(NEAREST_M, *(reach(self.centre, area.area) for area in areas))
        placed = [feature for feature in self.features if isinstance(feature, Mark) and feature.is_placed]
        apart = [metres(self.centre, [mark.latitude, mark.longitude]) for mark in placed]
        return max([NEAREST_M, *(far for far in apart if far <= FARTHEST_M)])

    @property
    def data(self) -> dict[str, Any]:
        """Everything that static/js/map.js needs."""
        features = [feature.data() for feature in self.features if feature.is_placed]
        return {**frame(self.centre), "features": features, "opens": self.opens_m}


def metres(here: list[Any], there: list[Any]) -> int:
    """How far apart two places are, near enough to choose a map's frame by."""
    north = (there[0] - here[0]) * METRES_PER_DEGREE
    east = (there[1] - here[1]) * METRES_PER_DEGREE * cos(radians(here[0]))
    return ceil(hypot(north, east))


def reach(centre: list[Any], area: dict[str, Any]) -> int:
    """How far the outermost part of an area is from the middle."""
    if "corners" in area:
        return max(metres(centre, corner) for corner in area["corners"])
    return metres(centre, area["centre"]) + ceil(area["radius"])


def frame(centre: list[float] | None) -> dict[str, Any]:
    """What every drawing has: background, the rings and their middle, and its words."""
    return {
        "tiles": {"url": settings.TILE_URL, "attribution": settings.TILE_ATTRIBUTION},
        "centre": centre,
        "rings": RING_METRES,
        "opens": NEAREST_M,
        "words": {
            "zoomIn": _("Zooma in"),
            "zoomOut": _("Zooma ut"),
            "close": _("Stäng"),
            "open": _("Öppna"),
            "show": _("Visa på kartan"),
            "north": _("Norr"),
            "outside": _("%(count)s platser ligger utanför bilden."),
            "outsideOne": _("En plats ligger utanför bilden."),
            "showAll": _("Visa alla"),
        },
    }
