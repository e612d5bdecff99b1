# SPDX-License-Identifier: EUPL-1.2
"""The year as a wheel: twelve months, and in each its activities as the shapes that carry status. Drawn on the server.

Everything in it stands in the list beside it; the drawing is one picture with a sentence for those who hear the page.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, pi, sin
from typing import Any

from django.utils import timezone
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from platssamverkan.look.words import MONTHS_SHORT

CENTRE, OUTER, INNER, NAMES = 200, 192, 62, 178
MARK = 24  # how wide a mark is; the shapes are drawn in a square of twenty
# where the marks of a month stand: radius, and how far to the side of the month's middle
PLACES = [(150, 0), (150, -25), (150, 25), (121, -14), (121, 14), (93, 0)]
SOON = timedelta(days=30)


@dataclass(frozen=True)
class Standing:
    """How an activity stands: the kind of its shape (look/shapes.py) and a word."""

    kind: str
    word: str


def standing_of(activity: Any, today: date) -> Standing:
    """Its colour, shape and word."""
    if activity.state == activity.State.DONE:
        return Standing("klart", _("Klart"))
    if activity.state == activity.State.SKIPPED:
        return Standing("installt", _("Gäller inte"))
    if activity.due_on < today:
        return Standing("forsenat", _("Försenat"))
    if activity.due_on - today <= SOON:
        return Standing("snart", _("Snart dags"))
    if activity.postponed_from:
        return Standing("uppskjutet", _("Uppskjutet"))
    return Standing("planerat", _("Planerat"))


def counted(kind: str, number: int) -> str:
    """How many stand so, with the word in the right form: "5 klara", "1 försenad"."""
    words = {
        "klart": ngettext("%(n)s klar", "%(n)s klara", number),
        "forsenat": ngettext("%(n)s försenad", "%(n)s försenade", number),
        "snart": ngettext("%(n)s snart dags", "%(n)s snart dags", number),
        "planerat": ngettext("%(n)s planerad", "%(n)s planerade", number),
        "uppskjutet": ngettext("%(n)s uppskjuten", "%(n)s uppskjutna", number),
        "installt": ngettext("%(n)s gäller inte", "%(n)s gäller inte", number),
    }
    return words[kind] % {"n": number}


def with_standing(rows: Iterable[Any]) -> list[Any]:
    """The activities, each knowing how it stands today and its number in the year."""
    today = timezone.localdate()
    found = list(rows)
    for number, activity in enumerate(found, start=1):
        activity.standing, activity.number = standing_of(activity, today), number
    return found


def place(radius: float, degrees: float) -> tuple[float, float]:
    """A point of the wheel; the year begins at the top and goes round with the clock."""
    angle = (degrees - 90) * pi / 180
    return round(CENTRE + radius * cos(angle), 1), round(CENTRE + radius * sin(angle), 1)


@dataclass(frozen=True)
class Mark:
    """An activity in the drawing: its shape, where its corner is, its number and the words of the way to its row."""

    kind: str
    x: float
    y: float
    words: str
    number: int


@dataclass(frozen=True)
class Month:
    """A sector: its outline, its name and where that stands, its marks, and how many there was no room for."""

    number: int
    name: str
    title: str
    outline: str
    x: float
    y: float
    marks: list[Mark]
    more: int
    more_x: float
    more_y: float
    is_now: bool


def outline(start: float) -> str:
    """The path of a sector of thirty degrees."""
    (a, b), (c, d) = place(OUTER, start), place(OUTER, start + 30)
    (e, f), (g, h) = place(INNER, start + 30), place(INNER, start)
    return f"M{a} {b}A{OUTER} {OUTER} 0 0 1 {c} {d}L{e} {f}A{INNER} {INNER} 0 0 0 {g} {h}Z"


def month_of(number: int, activities: list[Any], year: int, today: date) -> Month:
    """One month with its activities, the first outermost."""
    start = (number - 1) * 30
    middle = start + 15
    shown = activities if len(activities) <= len(PLACES) else activities[: len(PLACES) - 1]
    marks = []
    for activity, (radius, aside) in zip(shown, PLACES, strict=False):
        x, y = place_aside(radius, aside, middle)
        words = f"{activity.number}. {activity.title}: {activity.standing.word}"
        corner = round(x - MARK / 2, 1), round(y - MARK / 2, 1)
        marks.append(Mark(activity.standing.kind, *corner, words, activity.number))
    x, y = place(NAMES, middle)
    more_x, more_y = place_aside(*PLACES[-1], middle)
    is_now = (year, number) == (today.year, today.month)
    name, title = str(MONTHS_SHORT[number - 1]).rstrip(".")[:3], capfirst(str(MONTHS[number]))
    more = len(activities) - len(shown)
    return Month(number, name, title, outline(start), x, y, marks, more, more_x, more_y, is_now)


def place_aside(radius: float, aside: float, degrees: float) -> tuple[float, float]:
    """A point so far to the side of a radius."""
    return place(radius, degrees + aside / radius * 180 / pi)


@dataclass(frozen=True)
class Wheel:
    """The drawing of a year."""

    year: int
    months: list[Month]
    summary: str
    done: int
    total: int
    today: tuple[float, float, float, float] | None = None  # the line of today: from the hub and outwards


def wheel_of(year: int, activities: Iterable[Any]) -> Wheel:
    """The wheel of a year's activities, each with its `standing` and number."""
    today = timezone.localdate()
    by_month: dict[int, list[Any]] = {number: [] for number in MONTHS_3}
    kinds: Counter[str] = Counter()
    for activity in activities:
        by_month[activity.due_on.month].append(activity)
        kinds[activity.standing.kind] += 1
    months = [month_of(number, rows, year, today) for number, rows in by_month.items()]
    told = ", ".join(counted(kind, number) for kind, number in kinds.items()) or _("inget är planerat")
    summary = _("Årshjulet %(year)s: %(told)s. Listan visar samma sak.") % {"year": year, "told": told}
    total = kinds.total() - kinds["installt"]
    line = line_of(today) if year == today.year else None
    return Wheel(year, months, summary, kinds["klart"], total, line)


def line_of(day: date) -> tuple[float, float, float, float]:
    """The line of a day, within its month's sector."""
    degrees = (day.month - 1 + (day.day - 0.5) / monthrange(day.year, day.month)[1]) * 30
    return *place(INNER, degrees), *place(OUTER, degrees)
