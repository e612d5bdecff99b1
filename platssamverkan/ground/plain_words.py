# SPDX-License-Identifier: EUPL-1.2
"""What a field says when it cannot take what was written: what to do, in the house's words instead of Django's."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

# Django looks a validator's words up by its code in the field's own messages, so that a form's own words go first
BY_CODE = {
    "max_length": _("Skriv högst %(limit_value)d tecken (nu %(show_value)d)."),
    "min_length": _("Skriv minst %(limit_value)d tecken (nu %(show_value)d)."),
    "min_value": _("Skriv ett tal, %(limit_value)s eller mer."),
    "max_value": _("Skriv ett tal, högst %(limit_value)s."),
    "max_digits": _("Skriv ett kortare tal, högst %(max)s siffror."),
    "max_decimal_places": _("Skriv talet med högst %(max)s decimaler."),
    "max_whole_digits": _("Skriv ett mindre tal, högst %(max)s siffror före kommatecknet."),
}
# the first kind that fits
INVALID: list[tuple[type[forms.Field], Any]] = [
    (forms.DecimalField, _("Skriv ett tal, till exempel 12,5.")),
    (forms.FloatField, _("Skriv ett tal, till exempel 57,68.")),
    (forms.IntegerField, _("Skriv ett heltal, till exempel 12.")),
    (forms.URLField, _("Skriv en webbadress, till exempel https://exempel.se.")),
    (forms.EmailField, _("Skriv en e-postadress, till exempel namn@exempel.se.")),
    (forms.DateField, _("Skriv ett datum, till exempel 2026-11-23.")),
    (forms.TimeField, _("Skriv ett klockslag, till exempel 17.30.")),
]
CHOICE = _("Välj något av alternativen.")
OF_ANY_FIELD = {*BY_CODE, "invalid", "invalid_choice"}  # the summary names the field beside these


def speak_plainly(field: forms.Field) -> None:
    """Give a field of a form the house's messages, where it has none of its own."""
    messages = field.error_messages
    for code, words in BY_CODE.items():
        messages.setdefault(code, words)
    example = next((words for kind, words in INVALID if isinstance(field, kind)), None)
    if example and is_djangos(field, "invalid"):
        messages["invalid"] = example
    if "invalid_choice" in messages and is_djangos(field, "invalid_choice"):
        messages["invalid_choice"] = CHOICE


def is_djangos(field: forms.Field, code: str) -> bool:
    """Whether a field has Django's own words for a code, or (an address) leaves them to a validator."""
    kinds = [kind for kind in type(field).__mro__ if kind.__module__.startswith("django.")]
    own = [kind.__dict__.get("default_error_messages", {}).get(code) for kind in kinds]
    found = field.error_messages.get(code)
    return found is None or any(found is words for words in own)


def cut_nothing(field: forms.Field) -> None:
    """Take away the browser's limit, which cuts a pasted text without a word; the field says how much is too much."""
    field.widget.attrs.pop("maxlength", None)
