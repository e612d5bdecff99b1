# SPDX-License-Identifier: EUPL-1.2
"""A line or an area on the map, as a list of [latitude, longitude] in degrees (WGS 84); by hand one point a row."""

import math
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from platssamverkan.ground.coordinates import are_swapped

MOST_POINTS = 2000
LARGEST_LATITUDE, LARGEST_LONGITUDE = 90, 180
DECIMALS = 6  # a decimetre
NUMBER = re.compile(r"[−-]?\d+(?:[.,]\d+)?")


def refuse_bad_line(points: Any) -> None:
    """Raise ValidationError unless it is a list of pairs of numbers, latitude first, within the earth's bounds."""
    if not isinstance(points, list) or len(points) > MOST_POINTS:
        raise ValidationError(_("Skriv en lista med punkter, högst %(most)s.") % {"most": MOST_POINTS})
    for position, point in enumerate(points, start=1):
        if not is_point(point):
            raise ValidationError(
                __("Punkt %(position)s: skriv latitud (−90 till 90) och longitud (−180 till 180).")
                % {"position": position},
                code="point",
            )
        if are_swapped(*point):
            words = __("Punkt %(position)s: latitud och longitud har bytt plats.")
            raise ValidationError(words % {"position": position}, code="swapped")


def is_point(point: Any) -> bool:
    """Whether it is a pair of finite numbers that is a place on earth."""
    if not isinstance(point, list | tuple) or len(point) != 2:
        return False
    if not all(isinstance(number, int | float) and not isinstance(number, bool) for number in point):
        return False
    latitude, longitude = point
    return (
        math.isfinite(latitude)
        and math.isfinite(longitude)
        and abs(latitude) <= LARGEST_LATITUDE
        and abs(longitude) <= LARGEST_LONGITUDE
    )


def parse_points(text: str) -> list[list[float]]:
    """The points of a text with one a row, "57.6809, 12.0121"; a comma as decimal sign where a space parts the two.

    Raises ValidationError that names the row.
    """
    points = []
    for row, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        numbers = NUMBER.findall(line if "." in line else line.replace(", ", " "))
        if len(numbers) != 2:
            raise ValidationError(__("Rad %(row)s: skriv en punkt som 57.6809, 12.0121.") % {"row": row}, code="row")
        points.append([round(float(number.replace(",", ".").replace("−", "-")), DECIMALS) for number in numbers])
    return points


def show_points(points: Any) -> str:
    """Points as they are written by hand."""
    return "\n".join(f"{latitude}, {longitude}" for latitude, longitude in points)


class LineFormField(forms.CharField):
    """Points written one a row; a map may fill in the same text."""

    widget = forms.Textarea(attrs={"rows": 6, "inputmode": "text", "data-line": ""})

    def __init__(self, *args: Any, least: int = 2, **kwargs: Any) -> None:
        self.least = least
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        points = parse_points(super().to_python(value) or "")
        if points and len(points) < self.least:
            raise ValidationError(__("Skriv minst %(least)s punkter, en på varje rad.") % {"least": self.least})
        return points or None

    def prepare_value(self, value: Any) -> Any:
        return show_points(value) if isinstance(value, list) else value


class LineField(models.JSONField):
    """The points of a line (at least two) or of an area's edge (at least three)."""

    description = "line of points"
    default_validators = [refuse_bad_line]

    def __init__(self, *args: Any, least: int = 2, **kwargs: Any) -> None:
        self.least = least
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "least": self.least}

    def validate(self, value: Any, model_instance: Any) -> None:
        """As refuse_bad_line, and long enough."""
        super().validate(value, model_instance)
        if isinstance(value, list) and len(value) < self.least:
            raise ValidationError(__("Skriv minst %(least)s punkter, en på varje rad.") % {"least": self.least})

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """The last gate, also for `update` and `bulk_create`: raises ValidationError."""
        if value is not None:
            refuse_bad_line(value)
        return super().get_db_prep_save(value, connection)

    def formfield(self, **kwargs: Any) -> Any:
        own: dict[str, Any] = {"form_class": LineFormField, "least": self.least, **kwargs}
        return models.Field.formfield(self, **own)
