# SPDX-License-Identifier: EUPL-1.2
"""Model fields with the house's rules built in: guarded texts, telephone numbers, organisationsnummer."""

import re
from typing import Any

import phonenumbers
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum.se import orgnr

from platssamverkan.ground import identity_guard

SHORT_NUMBER = re.compile(r"^1\d{2,5}$")  # 112, 113 13, 114 14, 1177, 118 118


def refuse_personal_number(value: str) -> None:
    """Raise ValidationError if the text holds a personnummer or samordningsnummer (design.md rule 1)."""
    if isinstance(value, str) and identity_guard.personal_numbers(value):  # an id is no text
        raise ValidationError(
            _("Här står ett personnummer. Ta bort det: personnummer sparas aldrig i Platssamverkan."),
            code="personal_number",
        )


class GuardedMixin(models.Field):
    """A free text: refused with a personal number in it, by every form and at every write to the database."""

    default_validators = [refuse_personal_number]

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """The last gate, also for `update` and `bulk_create`: raises ValidationError."""
        if isinstance(value, str):
            refuse_personal_number(value)
        return super().get_db_prep_save(value, connection)


class GuardedCharField(GuardedMixin, models.CharField):
    """One line of free text."""


class GuardedTextField(GuardedMixin, models.TextField):
    """Free text of any length."""


def refuse_person_as_telephone(value: str) -> None:
    """Raise ValidationError for a personnummer in a telephone field: no Swedish number has ten digits without its 0."""
    digits = re.sub(r"^(?:\+|00)46", "", re.sub(r"[^\d+]", "", value))
    if not digits.startswith(("0", "+")) and identity_guard.is_personal_number(digits):
        raise ValidationError(_("Det är ett personnummer. Skriv ett telefonnummer."), code="personal_number")


def parse_telephone(value: str) -> str:
    """E.164 ("+46313900610") or a short number ("11414") for what a person wrote; raises ValidationError."""
    refuse_person_as_telephone(value)
    compact = re.sub(r"[\s\-–().]", "", value)
    if SHORT_NUMBER.match(compact):
        return compact
    try:
        number = phonenumbers.parse(value, "SE")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number) or number.italian_leading_zero:
        raise ValidationError(_("Skriv ett telefonnummer, till exempel 031-390 06 10."), code="telephone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def show_telephone(value: str) -> str:
    """A stored number as people write it: "031-390 06 10", "114 14", "+45 32 12 34 56"."""
    if SHORT_NUMBER.match(value):
        return f"{value[:3]} {value[3:]}" if len(value) > 4 else value
    try:
        number = phonenumbers.parse(value, "SE")
    except phonenumbers.NumberParseException:
        return value
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, style.NATIONAL if number.country_code == 46 else style.INTERNATIONAL)


def refuse_short_number(value: str) -> None:
    """Raise ValidationError for 112, 114 14 and the like: they are nobody's own."""
    if SHORT_NUMBER.match(value):
        raise ValidationError(
            _("Det är ett kortnummer. Skriv ett eget nummer, till exempel 031-390 06 10."), code="short_number"
        )


class TelephoneField(models.CharField):
    """A telephone number, kept as E.164 or as a short number, whichever way it was written."""

    description = "telephone number"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return parse_telephone(value) if value else value

    def formfield(self, **kwargs: Any) -> Any:
        from platssamverkan.ground.form_fields import TelephoneFormField

        return super().formfield(**{"form_class": TelephoneFormField, "max_length": 40, **kwargs})


def clean_organisation_number(value: str) -> str:
    """Ten digits for an organisation's number; raises ValidationError.

    The third digit is at least 2 for a legal person. A sole trader's number is the owner's personnummer:
    it is not stored (design.md rule 1).
    """
    digits = orgnr.compact(value)
    if not orgnr.is_valid(digits):
        if identity_guard.is_personal_number(digits):
            raise ValidationError(PERSONAL_ORGANISATION_NUMBER, code="personal_number")
        raise ValidationError(
            _("Organisationsnumret stämmer inte. Det har tio siffror, till exempel 556036-0793."),
            code="orgnr",
        )
    if int(digits[2]) < 2:
        raise ValidationError(PERSONAL_ORGANISATION_NUMBER, code="personal_number")
    return digits


PERSONAL_ORGANISATION_NUMBER = _(
    "Numret är ett personnummer (enskild firma). Lämna fältet tomt: personnummer sparas inte här."
)


class OrganisationNumberField(models.CharField):
    """An organisationsnummer, kept as ten digits, never a person's."""

    description = "organisationsnummer"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return clean_organisation_number(value) if value else value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"max_length": 20, **kwargs})
