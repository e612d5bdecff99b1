# SPDX-License-Identifier: EUPL-1.2
"""Distances between places, from plain latitude and longitude."""

from math import asin, cos, radians, sin, sqrt
from typing import Protocol

EARTH_RADIUS_M = 6_371_008.8  # the mean radius, IUGG


class Place(Protocol):
    """Anything with coordinates in degrees, or without."""

    latitude: float | None
    longitude: float | None


def distance_m(here: Place, there: Place) -> int | None:
    """Whole metres along the earth's surface (the haversine formula), or None when one of them has no place."""
    if None in (here.latitude, here.longitude, there.latitude, there.longitude):
        return None
    latitude, other_latitude = radians(here.latitude or 0), radians(there.latitude or 0)
    north = other_latitude - latitude
    east = radians((there.longitude or 0) - (here.longitude or 0))
    chord = sin(north / 2) ** 2 + cos(latitude) * cos(other_latitude) * sin(east / 2) ** 2
    return round(2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(chord))))
