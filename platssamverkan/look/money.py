# SPDX-License-Identifier: EUPL-1.2
"""Whole kronor: how people write them, and how many that can be meant."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from platssamverkan.look.words import number

MOST_KRONOR = 10_000_000_000  # more is a slip of the finger: the whole city spends some fifty milliard a year
MOST_TKR = MOST_KRONOR // 1000
SPACED = re.compile(r"[\s\u00a0\u202f]+")
AMOUNT = re.compile(r"(?P<digits>.*?)(?P<unit>tkr|kronor|kr|[:,]-)?\.?")
IN_KRONOR = _("Skriv beloppet i kronor, inte i tusen kronor.")
IN_TKR = _("Skriv beloppet i tusen kronor (tkr), inte i kronor.")
WHOLE = _("Skriv hela tal utan punkt eller komma, till exempel 450 000.")


def too_much(most: int) -> Any:
    """What is said of a number above `most`."""
    return format_lazy(_("Talet är för stort. Skriv högst {most}."), most=number(most))


AT_MOST_KRONOR = [MaxValueValidator(MOST_KRONOR, too_much(MOST_KRONOR))]
AT_MOST_TKR = [MaxValueValidator(MOST_TKR, too_much(MOST_TKR))]


class WholeField(forms.IntegerField):
    """Kronor as people write them: "4 187 500", "4187500 kr"; with `is_tkr` thousands of them, "4 187 tkr".

    The other unit is refused, and a point too: to some it parts thousands, to others decimals, and a guess would be
    wrong by a factor of a thousand.
    """

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, *, is_tkr: bool = False, **kwargs: Any) -> None:
        self.is_tkr = is_tkr
        most = MOST_TKR if is_tkr else MOST_KRONOR
        # of a model's field comes the highest that the database can hold: nobody means that
        super().__init__(**{"min_value": 0, **kwargs, "max_value": most})
        self.error_messages["max_value"] = too_much(most)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            said = AMOUNT.fullmatch(SPACED.sub("", value).lower())
            value, unit = (said["digits"], said["unit"]) if said else (value, None)
            if unit and self.is_tkr != (unit == "tkr"):
                raise ValidationError(IN_TKR if self.is_tkr else IN_KRONOR)
            if re.search(r"\d[.,:]\d", value):
                raise ValidationError(WHOLE)
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return number(value) if isinstance(value, int) else value
