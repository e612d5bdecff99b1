# SPDX-License-Identifier: EUPL-1.2
"""A place on the map: latitude and longitude in degrees (WGS 84), both or neither."""

from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _


def coordinates_constraint(name: str) -> CheckConstraint:
    """The rule for a model with `latitude` and `longitude`; the error is told at the latitude."""
    return CheckConstraint(
        condition=Q(latitude__isnull=True, longitude__isnull=True)
        | Q(
            latitude__isnull=False,
            longitude__isnull=False,
            latitude__range=(-90, 90),
            longitude__range=(-180, 180),
        ),
        name=name,
        violation_error_code="latitude",
        violation_error_message=_("Skriv både latitud (−90 till 90) och longitud (−180 till 180), eller ingen."),
    )


def are_swapped(latitude: float | None, longitude: float | None) -> bool:
    """Whether a point would lie in Sweden if its two numbers, in degrees, changed places: easily done in a file."""
    return latitude is not None and longitude is not None and 55 <= longitude <= 69.5 and 10.5 <= latitude <= 24.5
