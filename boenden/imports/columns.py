# SPDX-License-Identifier: EUPL-1.2
"""What a column can be: its name in our own files, the names others give it, how a cell is read and shown.

A column is the same coming in and going out: the exports are made of these, so what goes out comes in again unchanged.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isclose
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from boenden.imports.tables import tidy
from platssamverkan.export.columns import Column
from platssamverkan.export.csv_writer import cell, original

Reader = Callable[[str], Any]
Show = Callable[[Any], Any]
CENTIMETRE = 1e-7  # degrees; what a spreadsheet may round away
DATE_STYLES = ("%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y%m%d", "%d/%m/%Y", "%d.%m.%Y", "%d/%m %Y")
YES, NO = {"ja", "j", "x", "1", "true", "sant", "yes"}, {"nej", "n", "0", "false", "falskt", "no", "-"}


@dataclass(frozen=True)
class ImportColumn:
    """A column: `key` is "actor.phone", the record it belongs to and the field of it."""

    key: str
    header: Any
    read: Reader
    synonyms: tuple[str, ...] = ()
    show: Show | None = None
    is_exported: bool = True

    @property
    def owner(self) -> str:
        """The record it belongs to."""
        return self.key.partition(".")[0]

    @property
    def attribute(self) -> str:
        """The field of the record."""
        return self.key.partition(".")[2]

    def value_of(self, record: Any) -> Any:
        """What a record holds, as a file shows it."""
        value = None if record is None else getattr(record, self.attribute)
        return self.show(value) if self.show and value not in (None, "") else value

    def text_of(self, record: Any) -> str:
        """The same as the text of a cell."""
        return tidy(original(str(cell(self.value_of(record), "."))))

    def is_same(self, record: Any, text: str, value: Any) -> bool:
        """Whether a record says what a cell says. `value` is what was read of the text."""
        held = getattr(record, self.attribute)
        if isinstance(held, float) and isinstance(value, float):
            return isclose(held, value, abs_tol=CENTIMETRE)
        return held == value or self.text_of(record) == text

    def for_export(self) -> Column:
        """The column of a file whose rows have each record under its owner's name."""
        return Column(self.header, lambda row: self.value_of(getattr(row, self.owner)))


def folded(text: str) -> str:
    """A header or a name as one looks for it: letters and digits only, in lower case."""
    return re.sub(r"[\W_]+", "", str(text).casefold())


def match_headers(headers: Sequence[str], columns: Iterable[ImportColumn]) -> list[str]:
    """What each header is, by our own names first and then by others'; "" for what is not known. None twice."""
    columns = list(columns)
    own = {folded(column.header): column.key for column in columns}
    others = {folded(synonym): column.key for column in columns for synonym in reversed(column.synonyms)}
    found = [""] * len(headers)
    for names in (own, others):
        for position, header in enumerate(headers):
            key = names.get(folded(header), "")
            if key and not found[position] and key not in found:
                found[position] = key
    return found


def field_reader(model: type[models.Model], name: str) -> Reader:
    """Reads a cell as a model's field does, its rules included."""
    field: Any = model._meta.get_field(name)
    return lambda text: field.clean(text, None)


def read_number(text: str) -> float:
    """A number with a decimal comma or point; raises ValidationError."""
    try:
        number = float(re.sub(r"[\s°]", "", text).replace(",", ".").replace("−", "-"))
    except ValueError as error:
        raise ValidationError(_("Skriv ett tal, till exempel 57,6809.")) from error
    if not -1e9 < number < 1e9:
        raise ValidationError(_("Skriv ett tal, till exempel 57,6809."))
    return number


def read_day(text: str) -> date:
    """A day in a common spelling; raises ValidationError."""
    for style in DATE_STYLES:
        try:
            return datetime.strptime(text, style).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    raise ValidationError(_("Skriv ett datum, till exempel 2026-11-23."))


def read_past_day(text: str) -> date:
    """A day that has been; raises ValidationError."""
    from django.utils import timezone

    from boenden.models.actors import past_day_please

    day = read_day(text)
    if day > timezone.localdate():
        raise ValidationError(past_day_please())
    return day


def read_yes_or_no(text: str) -> bool:
    """Ja or nej; raises ValidationError."""
    word = text.casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise ValidationError(_("Skriv ja eller nej."))


def choice_reader(choices: Sequence[tuple[Any, Any]]) -> Reader:
    """Reads one of some choices, by its name on screen or its key."""

    def read(text: str) -> Any:
        known = {folded(key): key for key, _label in choices} | {folded(label): key for key, label in choices}
        if (word := folded(text)) in known:
            return known[word]
        names = ", ".join(str(label) for _key, label in choices)
        raise ValidationError(_("Välj något av: %(choices)s.") % {"choices": names})

    return read


def choice_shower(choices: Sequence[tuple[Any, Any]]) -> Show:
    """Shows a choice by its name on screen."""
    return lambda key: str(dict(choices).get(key, key))
