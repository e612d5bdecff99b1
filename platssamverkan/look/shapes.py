# SPDX-License-Identifier: EUPL-1.2
"""Drawings put straight into the page: icons from bootstrap-icons, and the shapes that carry status."""

import re
from datetime import date, timedelta
from functools import cache

from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from platssamverkan.look.words import day_near, day_short

INSIDE_SVG = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)

SHAPES = {
    "klart": '<circle cx="10" cy="10" r="9"/><path class="sign" d="m6 10.4 2.8 2.8L14.2 7.6"/>',
    "pagar": '<circle class="outline" cx="10" cy="10" r="8"/><path d="M10 4.8a5.2 5.2 0 0 1 0 10.4z"/>',
    "planerat": '<circle class="outline" cx="10" cy="10" r="8"/>',
    "snart": '<path d="M10 1.2 19.4 18H.6z" stroke="currentColor" stroke-linejoin="round"/>'
    '<path class="sign" d="M10 7.6v4.6M10 15.2v.1"/>',
    "forsenat": '<path d="M10 .4 19.6 10 10 19.6.4 10z" stroke="currentColor" stroke-linejoin="round"/>'
    '<path class="sign" d="M10 5.6v5M10 13.9v.1"/>',
    "installt": '<circle class="outline" cx="10" cy="10" r="8"/><path class="outline" d="m4.6 15.4 10.8-10.8"/>',
    "uppskjutet": '<path class="outline" d="M2 3.5h9.5l6.5 6.5-6.5 6.5H2z" stroke-linejoin="round"/>',
}
SIGN = re.compile(r'<path class="sign"[^>]*/>')
WORDS = {
    "klart": _("Klart"),
    "pagar": _("Pågår"),
    "planerat": _("Planerat"),
    "snart": _("Snart dags"),
    "forsenat": _("Försenat"),
    "installt": _("Inställt"),
    "uppskjutet": _("Uppskjutet"),
}
SOON = timedelta(days=1)


@cache
def icon_paths(name: str) -> SafeString:
    """What is drawn in an icon. Raises FileNotFoundError for a name that bootstrap-icons has not."""
    drawing = INSIDE_SVG.search((settings.ICONS_DIR / f"{name}.svg").read_text())
    return mark_safe(drawing[1].strip() if drawing else "")  # from the package, never from a person


@cache
def icon(name: str, css_class: str = "") -> SafeString:
    """An icon as big as the text beside it; a word always stands with it, so it is hidden from screen readers."""
    return format_html(
        '<svg class="icon{}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>',
        f" {css_class}" if css_class else "",
        icon_paths(name),
    )


def shape(kind: str) -> SafeString:
    """The shape of a status. Raises KeyError for a status there is not."""
    return format_html(
        '<svg class="shape st-{}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">{}</svg>',
        kind,
        mark_safe(SHAPES[kind]),  # written above
    )


@cache
def status_plain(kind: str) -> SafeString:
    """A status's shape without its sign, in a square of twenty: for a drawing that writes a number in it."""
    return mark_safe(SIGN.sub("", SHAPES[kind]))  # written above


def status(kind: str, word: str = "") -> SafeString:
    """Shape and word: the colour only helps."""
    return format_html('<span class="status st-{}">{}{}</span>', kind, shape(kind), word or WORDS[kind])


def kind_for(due_on: date) -> str:
    """Late, today or tomorrow, or later."""
    left = due_on - timezone.localdate()
    return "forsenat" if left < timedelta(0) else "snart" if left <= SOON else "planerat"


def todo_shape(due_on: date) -> SafeString:
    """The shape for something due, with its word for those who hear the page."""
    kind = kind_for(due_on)
    return format_html('{}<span class="visually-hidden">{}: </span>', shape(kind), WORDS[kind])


def due_status(due_on: date) -> SafeString:
    """Shape, word and day of something to do by a day: "Försenat, 20 nov.", "I dag", "Planerat, 3 dec." """
    kind = kind_for(due_on)
    return status(kind, capfirst(day_near(due_on)) if kind == "snart" else f"{WORDS[kind]}, {day_short(due_on)}")
