# SPDX-License-Identifier: EUPL-1.2
"""What the field template needs to know about a form and its fields."""

from datetime import date, datetime, time
from typing import Any, NamedTuple

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.boundfield import BoundField
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from platssamverkan.ground.forms import flat_choices
from platssamverkan.ground.plain_words import OF_ANY_FIELD, cut_nothing

SHORT_CHOICE = 20  # letters
DJANGOS_EMPTY = BLANK_CHOICE_DASH[0][1]
CHOOSE = _("Välj …")  # the filters say "Alla" (FILTERS_EMPTY_CHOICE_LABEL)
PARSERS = {
    "date": (parse_date, "%Y-%m-%d"),
    "time": (parse_time, "%H:%M"),
    "datetime-local": (parse_datetime, "%Y-%m-%dT%H:%M"),
}


class Section(NamedTuple):
    """Some of a form's fields under a heading; the heading may be empty."""

    legend: Any
    fields: list[BoundField]


class Part(NamedTuple):
    """One control of a field that has several."""

    label: Any
    id: str
    html: SafeString


def sections(form: forms.BaseForm) -> list[Section]:
    """The visible fields in the form's own `sections`; what no section names comes last, without heading."""
    named = [
        Section(legend, [form[name] for name in names if name in form.fields and not form[name].is_hidden])
        for legend, names in getattr(form, "sections", [])
    ]
    placed = {field.name for section in named for field in section.fields}
    rest = [field for field in form.visible_fields() if field.name not in placed]
    return [section for section in [*named, Section("", rest)] if section.fields]


def kind(field: BoundField) -> str:
    """Which part of the field template draws this field."""
    widget = field.field.widget
    kinds: list[tuple[type, str]] = [
        (forms.CheckboxSelectMultiple, "choices"),
        (forms.RadioSelect, "choices"),
        (forms.CheckboxInput, "checkbox"),
        (forms.ClearableFileInput, "file"),
        (forms.SelectDateWidget, "control"),
        (forms.SplitDateTimeWidget, "split"),
    ]
    return next((name for of_type, name in kinds if isinstance(widget, of_type)), "control")


def add_class(widget: forms.Widget, name: str) -> None:
    """Give a widget a class beside those it has."""
    classes = widget.attrs.get("class", "").split()
    if name not in classes:
        widget.attrs["class"] = " ".join([*classes, name])


def make_native(widget: forms.Widget, value: Any) -> None:
    """Use the device's own picker for a date or time; keep what can't be read as one as text, or it would not show."""
    native = "datetime-local" if isinstance(widget, forms.DateTimeInput) else ""
    native = "date" if isinstance(widget, forms.DateInput) else native
    native = "time" if isinstance(widget, forms.TimeInput) else native
    if not native:
        return
    parse, style = PARSERS[native]
    widget.format = style  # type: ignore[attr-defined]
    is_readable = not value or isinstance(value, date | datetime | time) or can_parse(parse, str(value))
    widget.input_type = native if is_readable else "text"  # type: ignore[attr-defined]


def can_parse(parse: Any, text: str) -> bool:
    """Whether a text is a date or time, such as the browser's own picker sends."""
    try:
        return parse(text) is not None
    except ValueError:
        return False


def spoken(choices: Any) -> list[tuple[Any, Any]]:
    """A list's choices as they stand on lines of their own: a capital first, and words where nothing is chosen."""
    lines: list[tuple[Any, Any]] = []
    for key, label in choices:
        if isinstance(label, list | tuple):
            lines.append((key, spoken(label)))
        else:
            text = str(CHOOSE if label == DJANGOS_EMPTY else label)
            lines.append((key, text[:1].upper() + text[1:]))
    return lines


def control(field: BoundField) -> SafeString:
    """The control itself, with the class that its kind has."""
    widget = field.field.widget
    cut_nothing(field.field)
    if isinstance(widget, forms.CheckboxInput):
        add_class(widget, "form-check-input")
    else:
        add_class(widget, "form-select" if isinstance(widget, forms.Select) else "form-control")
    if isinstance(widget, forms.Select):
        widget.choices = spoken(widget.choices)
    make_native(widget, field.value())
    if isinstance(widget, forms.Textarea):
        widget.attrs.setdefault("rows", 4)
        widget.attrs["rows"] = 4 if widget.attrs["rows"] == "10" else widget.attrs["rows"]
    return SafeString(field)


def options(field: BoundField) -> list[Any]:
    """The radio buttons or checkboxes of a field."""
    add_class(field.field.widget, "form-check-input")
    return field.subwidgets


def parts(field: BoundField) -> list[Part]:
    """Date and time of a split field, each with its own label."""
    widget: Any = field.field.widget
    values = field.value()
    values = values if isinstance(values, list | tuple) else widget.decompress(values)
    labels = [_("Datum"), _("Klockslag")]
    attrs = field.build_widget_attrs({}, widget)
    shown = []
    for index, (inner, value) in enumerate(zip(widget.widgets, values, strict=False)):
        add_class(inner, "form-control")
        make_native(inner, value)
        part_id = f"{field.auto_id}_{index}"
        name = field.html_name + widget.widgets_names[index]
        html = inner.render(name, value, {**attrs, "id": part_id}, renderer=field.form.renderer)
        shown.append(Part(labels[index], part_id, html))
    return shown


def choices_class(field: BoundField) -> str:
    """One column where the form says so (`field.one_column`) or a choice is too long for half a phone."""
    if getattr(field.field, "one_column", False):
        return "choices one"
    longest = max((len(str(label)) for _key, label in flat_choices(field.field)), default=0)
    return "choices one" if longest > SHORT_CHOICE else "choices"


def messages_of(field: BoundField) -> list[str]:
    """The field's errors; what is only missing is said as what to do."""
    is_choice = isinstance(field.field, forms.ChoiceField | forms.ModelChoiceField)
    missing = _("Välj ett alternativ.") if is_choice else _("Fyll i det här.")
    return [str(missing) if is_missing(message) else message for message in map(str, field.errors)]


def is_missing(message: str) -> bool:
    """Whether an error is Django's own for a required field."""
    return message == str(forms.Field.default_error_messages["required"])


def summary_of(field: BoundField) -> list[str]:
    """The field's errors for the summary, where its label is out of sight."""
    label = str(field.label).rstrip("?:")
    said = []
    for error in field.errors.as_data():
        for message in error.messages:
            if is_missing(message):
                said.append(str(_("Fyll i: %(label)s") % {"label": label}))
            elif error.code in OF_ANY_FIELD:
                said.append(f"{label[:1].upper()}{label[1:]}: {message[:1].lower()}{message[1:]}")
            else:
                said.append(message)
    return said


def target(field: BoundField) -> str:
    """The id that a link to the field leads to: its first control."""
    if kind(field) in ("choices", "split"):
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


def all_errors(form: forms.BaseForm) -> list[tuple[str, str]]:
    """Every error with the id to go to; an error of the whole form has none."""
    found = [("", str(message)) for message in form.non_field_errors()]
    for section in sections(form):
        for field in section.fields:
            found += [(target(field), message) for message in summary_of(field)]
    for field in form.hidden_fields():
        found += [("", str(message)) for message in field.errors]
    return found


def used(form: forms.BaseForm) -> int:
    """How many of a filter form's fields narrow the list, or order it otherwise than it starts."""
    if not form.is_bound:
        return 0
    unused: tuple[object, ...] = (None, "", False, [], ["", ""])
    return sum(1 for field in form.visible_fields() if field.value() not in (*unused, field.initial))
