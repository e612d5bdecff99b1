# SPDX-License-Identifier: EUPL-1.2
"""Form fields that take what a person writes and show what is kept as people write it."""

from typing import Any

from django import forms

from platssamverkan.ground.fields import parse_telephone, show_telephone


class TelephoneFormField(forms.CharField):
    """Takes any spelling of a number; shows a stored one as people write it."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})

    def to_python(self, value: Any) -> str:
        value = super().to_python(value)
        return parse_telephone(value) if value else value

    def prepare_value(self, value: Any) -> Any:
        return show_telephone(value) if isinstance(value, str) and value else value
