# SPDX-License-Identifier: EUPL-1.2
"""Lines and areas on a map as people write them and as they are kept: pairs of degrees (WGS 84) within Sweden.

A line is [[latitude, longitude], …]. An area is {"corners": [[latitude, longitude], …]}, or
{"centre": [latitude, longitude], "radius": metres}. All of it can be written by hand, a point a line.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from platssamverkan.ground.coordinates import are_swapped

Point = list[float]

SOUTH, NORTH, WEST, EAST = 55.0, 69.5, 10.5, 24.5  # Sweden, with a little sea
MOST_POINTS = 500
LONGEST_NUMBER = 20  # characters; more are no degrees and no metres
LEAST_RADIUS, MOST_RADIUS = 10, 5000  # metres
NUMBER = re.compile(r"[-+−]?\d+(?:[.,]\d+)?")
BETWEEN = re.compile(r"[\s,;:°()\[\]NEm]*")


def numbers_of(row: str) -> list[float]:
    """The numbers of "57.6809, 12.0121" or "57,6809 12,0121"; none where anything else is written."""
    if not BETWEEN.fullmatch(NUMBER.sub("", row)):
        return []
    found = NUMBER.findall(row)
    return [] if any(len(text) > LONGEST_NUMBER for text in found) else [float(plain(text)) for text in found]


def plain(text: str) -> str:
    """A number as a computer writes it."""
    return text.replace("−", "-").replace(",", ".")


def rows_of(text: str) -> list[tuple[int, str]]:
    """The rows that have something on them, with their numbers."""
    return [(number, row) for number, row in enumerate(text.splitlines(), 1) if row.strip()]


def point_of(numbers: list[float], number: int) -> Point:
    """A point of two numbers; raises ValidationError with the number of its row."""
    where = {"row": number}
    if len(numbers) != 2:
        raise ValidationError(_("Rad %(row)s: skriv latitud och longitud, till exempel 57.6809, 12.0121.") % where)
    latitude, longitude = numbers
    if are_swapped(latitude, longitude):
        raise ValidationError(_("Rad %(row)s: latitud och longitud har bytt plats.") % where)
    if not in_sweden(latitude, longitude):
        raise ValidationError(_("Rad %(row)s: platsen ligger inte i Sverige.") % where)
    return [round(latitude, 6), round(longitude, 6)]


def in_sweden(latitude: float, longitude: float) -> bool:
    """Whether a point lies within Sweden's outermost degrees."""
    return SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST


def read_points(text: str) -> list[Point]:
    """The points of a text, one a row. Raises ValidationError with all that is wrong."""
    points, wrong = [], []
    for number, row in rows_of(text)[: MOST_POINTS + 1]:
        try:
            points.append(point_of(numbers_of(row), number))
        except ValidationError as error:
            wrong.append(error)
    if wrong:
        raise ValidationError(wrong[:5])
    return points


def read_area(text: str) -> dict[str, Any]:
    """A circle of one row with three numbers, else the corners, one a row; {} of nothing. Raises ValidationError."""
    rows = rows_of(text)
    if len(rows) == 1 and len(numbers := numbers_of(rows[0][1])) == 3:
        return {"centre": point_of(numbers[:2], rows[0][0]), "radius": round(numbers[2])}
    return {"corners": read_points(text)} if rows else {}


def write_points(points: Any) -> str:
    """The points as read_points takes them."""
    return "\n".join(f"{latitude}, {longitude}" for latitude, longitude in points or [])


def write_area(area: Any) -> str:
    """The area as read_area takes it."""
    if area and "radius" in area:
        return f"{write_points([area['centre']])}, {area['radius']}"
    return write_points((area or {}).get("corners"))


def is_point(value: Any) -> bool:
    """Whether a value is a pair of degrees within Sweden."""
    return (
        isinstance(value, list | tuple)
        and len(value) == 2
        and all(isinstance(degrees, int | float) and not isinstance(degrees, bool) for degrees in value)
        and in_sweden(*value)
    )


def check_points(value: Any, least: int, too_few: str) -> None:
    """Raise ValidationError unless this is a list of so many points at least."""
    if not isinstance(value, list | tuple) or not all(is_point(point) for point in value):
        raise ValidationError(_("Skriv latitud och longitud inom Sverige, en punkt på varje rad."), code="points")
    if len({tuple(point) for point in value}) < least:
        raise ValidationError(too_few, code="too_few")
    if len(value) > MOST_POINTS:
        raise ValidationError(_("Det är för många punkter. Högst %(most)s går bra.") % {"most": MOST_POINTS})


def check_line(value: Any) -> None:
    """Raise ValidationError unless this is a line: two points at least."""
    check_points(value, 2, _("En linje behöver minst två punkter, en på varje rad."))


def check_area(value: Any) -> None:
    """Raise ValidationError unless this is a circle, or three corners or more whose edges do not cross."""
    if isinstance(value, dict) and set(value) == {"centre", "radius"}:
        check_points([value["centre"]], 1, "")
        radius = value["radius"]
        if not isinstance(radius, int) or not LEAST_RADIUS <= radius <= MOST_RADIUS:
            limits = {"least": LEAST_RADIUS, "most": MOST_RADIUS}
            raise ValidationError(_("Cirkelns radie är mellan %(least)s och %(most)s meter.") % limits, code="radius")
        return
    corners = value.get("corners") if isinstance(value, dict) else None
    check_points(corners, 3, _("Ett område behöver minst tre hörn, eller en mittpunkt och en radie."))
    from shapely import LinearRing  # heavy, and few ask

    if not LinearRing(corners).is_simple:
        raise ValidationError(
            _("Områdets kanter korsar varandra. Skriv hörnen i ordning runt området."), code="crossed"
        )
