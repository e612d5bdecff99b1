# SPDX-License-Identifier: EUPL-1.2
"""The form every record is written with: keeps what was typed, asks about what may point out a person."""

import contextlib
import hashlib
import uuid
from dataclasses import dataclass
from typing import Any, Self

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from platssamverkan.ground import identity_guard
from platssamverkan.ground.fields import refuse_personal_number
from platssamverkan.ground.plain_words import speak_plainly

VERSION_FIELD = "opened_version"
SUBMISSION_FIELD = "submission"
CONFIRM_FIELD = "identity_confirmed"
# what a form is given anew each time; the rest of its constructor's arguments say whose form it is
OF_ONE_TIME = frozenset({"data", "files", "instance", "initial"})


@dataclass(frozen=True)
class Difference:
    """One field that two people changed: its name on screen, what is stored now, what this person wrote."""

    label: Any
    theirs: str
    mine: str
    is_text: bool = True  # else a number, a day, a choice


class GuardedForm(forms.Form):
    """A form whose texts are checked by the identity guard.

    Every text is refused with a personal number in it. Fields named in `asks_about` are also asked about: the form
    comes back with the doubts at the field and a box to tick, bound to that very text.
    """

    asks_about: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.asked = ""  # the digest of the texts that are asked about, once they are

    def _clean_fields(self) -> None:
        """Every text is guarded, in fields too that a form adds for itself."""
        for field in self.fields.values():
            speak_plainly(field)
            if isinstance(field, forms.CharField):
                field.validators.append(refuse_personal_number)
        super()._clean_fields()  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        """Ask about doubtful texts unless this very text has been confirmed."""
        cleaned = super().clean() or self.cleaned_data
        found = {
            name: findings
            for name in self.asks_about
            if (findings := identity_guard.doubts(str(cleaned.get(name) or "")))
        }
        if found:
            texts = "\0".join(str(cleaned[name]) for name in found)
            digest = hashlib.sha256(texts.encode()).hexdigest()[:32]
            if self.data.get(self.add_prefix(CONFIRM_FIELD)) != digest:
                self.asked = digest
                for name, findings in found.items():
                    for finding in findings:
                        text = f"{finding.message} «{finding.excerpt}» " + str(
                            _("Ta bort det, eller kryssa i längst ner att det inte pekar ut någon.")
                        )
                        self.add_error(name, ValidationError(text, code="identity_doubt"))
        return cleaned


class RecordForm(GuardedForm, forms.ModelForm):
    """A form for a Record: carries the opened version, and for a new one the id it will get."""

    opened_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    made_with: dict[str, Any]

    def __new__(cls, *args: Any, **kwargs: Any) -> Self:
        """Remember what a subclass asks for beside Django's arguments: show_conflict makes the form once more."""
        form = super().__new__(cls)
        form.made_with = {name: value for name, value in kwargs.items() if name not in OF_ONE_TIME}
        return form

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.differences: list[Difference] = []
        if self.instance.is_new:
            self.fields.pop(VERSION_FIELD)
            self.fields[SUBMISSION_FIELD].initial = uuid.uuid4
        else:
            self.fields.pop(SUBMISSION_FIELD)
            self.fields[VERSION_FIELD].initial = self.instance.version

    def _post_clean(self) -> None:
        if self.instance.is_new and (pk := self.cleaned_data.get(SUBMISSION_FIELD)):
            self.instance.pk = pk
        super()._post_clean()  # type: ignore[misc]
        if not self.instance.is_new and not self.errors:
            self._check_what_the_form_does_not_show()

    def _check_what_the_form_does_not_show(self) -> None:
        """Django skips a constraint that names a field outside the form; the database would not."""
        try:
            self.instance.validate_constraints()
        except ValidationError as error:
            self._update_errors(error)

    def _update_errors(self, errors: ValidationError) -> None:
        """A broken constraint whose `violation_error_code` names a field is told at that field (design.md rule 8)."""
        placed: dict[str, list[ValidationError]] = {}
        for name, found in errors.update_error_dict({}).items():
            for error in found:
                at_field = name == NON_FIELD_ERRORS and error.code in self.fields
                shown_name = name if name in self.fields else NON_FIELD_ERRORS
                placed.setdefault(str(error.code) if at_field else shown_name, []).append(error)
        super()._update_errors(ValidationError(placed))  # type: ignore[misc]

    def validate_unique(self) -> None:
        """As Django's, but the id is not a field a person can mend: a double sending is met when saving."""
        exclude = self._get_validation_exclusions() | {"id"}  # type: ignore[attr-defined]
        try:
            self.instance.validate_unique(exclude=exclude)
        except ValidationError as error:
            self._update_errors(error)

    def says_the_same_as(self, saved: Any) -> bool:
        """Whether a saved record holds all that stands in this form: then the same form was sent twice."""
        columns = [field.attname for field in saved._meta.fields if field.name in self.fields]
        return all(getattr(saved, column) == getattr(self.instance, column) for column in columns)

    def send_anew(self, message: Any) -> None:
        """Keep what was typed, under an id of its own, and say why it is not saved yet."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix(SUBMISSION_FIELD)] = str(uuid.uuid4())
        self.data = data
        self.add_error(None, message)

    @property
    def differs_in_facts(self) -> bool:
        """Whether what two people changed is no text: only numbers, days and choices."""
        return not any(difference.is_text for difference in self.differences)

    def show_conflict(self, current: Any) -> None:
        """Put what is stored now beside what was typed, and let the next save be a knowing one."""
        theirs = type(self)(instance=current, **self.made_with)
        for name, field in self.fields.items():
            if name in (VERSION_FIELD, SUBMISSION_FIELD):
                continue
            stored, typed = theirs[name].value(), self[name].value()
            if shown(field, stored) != shown(field, typed):
                is_text = isinstance(field, forms.CharField)
                told = Difference(field.label or name, shown(field, stored), shown(field, typed), is_text)
                self.differences.append(told)
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix(VERSION_FIELD)] = str(current.version)
        self.data = data
        self.conflict_by = current.changed_by


def shown(field: forms.Field, value: Any) -> str:
    """A field's value as a person reads it."""
    if isinstance(field, forms.ModelMultipleChoiceField | forms.MultipleChoiceField):
        chosen = {str(getattr(item, "pk", item)) for item in value or ()}
        return ", ".join(str(label) for key, label in flat_choices(field) if str(key) in chosen)
    if isinstance(field, forms.BooleanField):
        return str(_("ja") if value in (True, "on", "True", "true", "1") else _("nej"))
    if isinstance(field, forms.ChoiceField):
        return next(
            (str(label) for key, label in flat_choices(field) if str(key) == str("" if value is None else value)), ""
        )
    if isinstance(field, forms.TimeField):
        with contextlib.suppress(ValidationError):
            clock = field.to_python(value)
            return f"{clock:%H:%M}" if clock else ""  # nobody writes the seconds
    return "" if value is None else str(field.prepare_value(value)).replace("\r\n", "\n")


def flat_choices(field: Any) -> list[tuple[Any, Any]]:
    """Choices without their groups."""
    flat: list[tuple[Any, Any]] = []
    for key, label in field.choices:
        if isinstance(label, list | tuple):
            flat.extend(label)
        else:
            flat.append((key, label))
    return flat
