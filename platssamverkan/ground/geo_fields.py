# SPDX-License-Identifier: EUPL-1.2
"""Model fields for a line and an area on the map, each with its own form field and no way around the rules."""

from typing import Any

from django.db import models

from platssamverkan.ground.geo import check_area, check_line
from platssamverkan.ground.geo_forms import AreaFormField, LineFormField


class LineField(models.JSONField):
    """A line: [[latitude, longitude], …] within Sweden. Use with `default=list`."""

    description = "line on a map"
    default_validators = [check_line]
    form_class: type = LineFormField

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """The last gate, also for `update` and `bulk_create`: raises ValidationError."""
        if value and not hasattr(value, "resolve_expression"):
            for check in self.default_validators:
                check(value)
        return super().get_db_prep_save(value, connection)

    def formfield(self, **kwargs: Any) -> Any:
        return models.Field.formfield(self, **{"form_class": self.form_class, **kwargs})


class AreaField(LineField):
    """An area: corners, or centre and radius (see geo.py). Use with `default=dict`."""

    description = "area on a map"
    default_validators = [check_area]
    form_class = AreaFormField
