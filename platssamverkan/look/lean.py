# SPDX-License-Identifier: EUPL-1.2
"""Compiled Jinja2 fragments for what is hot, and only for that: a list's rows and its filters (performance.md).

They escape everything, and look exactly as their Django templates do.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import jinja2
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from platssamverkan.look.fields import PARSERS, can_parse, spoken
from platssamverkan.look.shapes import icon


@cache
def environment() -> jinja2.Environment:
    """Where the fragments come from: the same folder as the templates."""
    loader = jinja2.FileSystemLoader(settings.BASE_DIR / "templates")
    return jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)


@cache
def fragment(template: str, macro: str) -> Any:
    """A macro, compiled once. What it gives is marked as escaped."""
    return getattr(environment().get_template(template).module, macro)


class LeanField(NamedTuple):
    """A field as the fragment draws it."""

    kind: str
    id: str
    name: str
    label: Any
    type: str
    value: str
    max_length: int | None
    options: list[tuple[Any, Any, bool]]


def lean(field: BoundField) -> LeanField | None:
    """A plain field without errors or hint; None for one that takes the form's own template."""
    widget, value = field.field.widget, field.value()
    if field.errors or field.help_text or widget.__class__ not in KINDS:
        return None
    kind, input_type = KINDS[widget.__class__]
    text = value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
    if input_type == "date" and text and not can_parse(PARSERS["date"][0], text):
        input_type = "text"
    options: list[tuple[Any, Any, bool]] = []
    if kind == "select":
        choices = spoken(field.field.choices)  # type: ignore[attr-defined]
        if any(isinstance(label, list | tuple) for _key, label in choices):
            return None  # in groups
        options = [(key, label, str(key) == text) for key, label in choices]
    limit = getattr(field.field, "max_length", None)
    text = ("on" if value else "") if kind == "checkbox" else text
    return LeanField(kind, field.auto_id, field.html_name, field.label, input_type, text, limit, options)


KINDS: dict[type[forms.Widget], tuple[str, str]] = {
    forms.TextInput: ("input", "text"),
    forms.DateInput: ("input", "date"),
    forms.Select: ("select", ""),
    forms.CheckboxInput: ("checkbox", ""),
}


def filter_fields(form: forms.BaseForm) -> SafeString:
    """The fields of a filter form, the plain ones lean."""
    draw = fragment("components/filter_field.jinja", "filter_field")
    drawn = []
    for field in form.visible_fields():
        field.field.hide_optional = True  # type: ignore[attr-defined]  # every filter is
        plain = lean(field)
        drawn.append(draw(plain) if plain else as_crispy_field(field))
    return SafeString("".join(drawn))


def menu_list(entries: Iterable[Any], current: str) -> SafeString:
    """Menu entries as a list; `current` is the address of the one that the page belongs to."""
    draw = fragment("components/menu.jinja", "menu")
    return SafeString(draw([(entry.url, entry.label, icon(entry.icon)) for entry in entries], current))


def tab_list(entries: Iterable[Any], current: str) -> SafeString:
    """The phone's bottom bar before "Mer"."""
    draw = fragment("components/menu.jinja", "tabs")
    tabs = [(entry.url, entry.short_label or entry.label, icon(entry.icon), entry.is_new) for entry in entries]
    return SafeString(draw(tabs, current, icon("plus-lg")))
