# SPDX-License-Identifier: EUPL-1.2
"""Form fields for places: written by hand, or pointed out on a map that fills in the same fields."""

from typing import Any

from django import forms
from django.conf import settings

from platssamverkan.ground.geo import check_area, check_line, read_area, read_points, write_area, write_points
from platssamverkan.ground.maps import MAP_MEDIA, Feature, frame


class MapInput(forms.Widget):
    """A control with a map under it. `centre` is where the map begins; `around` what it shows beside what is drawn."""

    template_name = "components/map_input.html"
    draws = ""
    control_template = ""  # Django's own, for the control itself

    def __init__(self, attrs: Any = None, centre: tuple[Any, Any] | None = None) -> None:
        super().__init__(attrs)
        self.centre = centre
        self.around: list[Feature] = []

    @property
    def media(self) -> Any:
        """Leaflet and what draws with it."""
        return MAP_MEDIA

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """With what static/js/map.js reads."""
        context = super().get_context(name, value, attrs)
        centre = list(self.centre) if self.centre and None not in self.centre else None
        control = context["widget"]["attrs"].get("id", f"id_{name}")
        drawing = {"draws": self.draws, "control": control, "latitude": control.replace("longitude", "latitude")}
        around = [feature.data() for feature in self.around if feature.is_placed]
        data = {**frame(centre), "features": around, "input": drawing}
        is_blind = not (centre or value or settings.TILE_URL)  # nothing would tell where on earth one points
        signs = sorted({feature.icon for feature in self.around if feature.is_placed})
        shell = {"data": data, "key": f"{control}_karta", "draws": self.draws, "hide": is_blind, "signs": signs}
        return {**context, "map": shell, "control": self.control_template}


class PointInput(MapInput, forms.TextInput):
    """For a `longitude` that has its `latitude` beside it: a press on the map fills in both."""

    draws = "point"
    control_template = "django/forms/widgets/text.html"


class LineInput(MapInput, forms.Textarea):
    """A point a row, or drawn on the map."""

    draws = "line"
    control_template = "django/forms/widgets/textarea.html"


class AreaInput(LineInput):
    """Corners a row each, or one row with centre and radius, or drawn on the map."""

    draws = "area"


class LineFormField(forms.Field):
    """A line, written a point a row."""

    widget = LineInput
    default_validators = [check_line]

    def to_python(self, value: Any) -> Any:
        """The points. Raises ValidationError."""
        return read_points(value) if isinstance(value, str) else value or []

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else write_points(value)


class AreaFormField(forms.Field):
    """An area, written a corner a row, or as a circle on one row."""

    widget = AreaInput
    default_validators = [check_area]

    def to_python(self, value: Any) -> Any:
        """The area. Raises ValidationError."""
        return read_area(value) if isinstance(value, str) else value or {}

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else write_area(value)
