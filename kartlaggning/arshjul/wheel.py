# SPDX-License-Identifier: EUPL-1.2
"""The year as a wheel: twelve months, and in each its activities as the shapes that carry status. Drawn on the server.

Everything in it stands in the list beside it; the drawing is one picture with a sentence for those who hear the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, pi, sin
from typing import Any

from django.utils import timezone
from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from platssamverkan.look.words import MONTHS_SHORT

CENTRE, OUTER, INNER, NAMES = 200, 192, 62, 178
RINGS, SIDES = (92, 120, 148), (-8.5, 8.5)  # where the marks of a month stand: radii, degrees from its middle
PLACES = [(radius, side) for radius in reversed(RINGS) for side in SIDES]
MARK = 20  # the shapes are drawn in a square of twenty
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
    return Standing("pagar", _("Uppskjutet")) if activity.postponed_from else Standing("planerat", _("Planerat"))


def with_standing(rows: Iterable[Any]) -> list[Any]:
    """The activities, each knowing how it stands today."""
    today = timezone.localdate()
    found = list(rows)
    for activity in found:
        activity.standing = standing_of(activity, today)
    return found


def place(radius: float, degrees: float) -> tuple[float, float]:
    """A point of the wheel; the year begins at the top and goes round with the clock."""
    angle = (degrees - 90) * pi / 180
    return round(CENTRE + radius * cos(angle), 1), round(CENTRE + radius * sin(angle), 1)


@dataclass(frozen=True)
class Mark:
    """An activity in the drawing: its shape and where its corner is."""

    kind: str
    x: float
    y: float
    words: str


@dataclass(frozen=True)
class Month:
    """A sector: its outline, its name and where that stands, its marks, and how many there was no room for."""

    number: int
    name: str
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
    for activity, (radius, side) in zip(shown, PLACES, strict=False):
        x, y = place(radius, middle + side * RINGS[1] / radius)
        words = f"{activity.title}: {activity.standing.word}"
        marks.append(Mark(activity.standing.kind, round(x - MARK / 2, 1), round(y - MARK / 2, 1), words))
    x, y = place(NAMES, middle)
    radius, side = PLACES[-1]
    more_x, more_y = place(radius, middle + side * RINGS[1] / radius)
    is_now = (year, number) == (today.year, today.month)
    name = str(MONTHS_SHORT[number - 1]).rstrip(".")[:3]
    more = len(activities) - len(shown)
    return Month(number, name, outline(start), x, y, marks, more, more_x, more_y, is_now)


@dataclass(frozen=True)
class Wheel:
    """The drawing of a year."""

    year: int
    months: list[Month]
    summary: str
    now_x: float | None = None
    now_y: float | None = None


def wheel_of(year: int, activities: Iterable[Any]) -> Wheel:
    """The wheel of a year's activities, each with its `standing`."""
    today = timezone.localdate()
    by_month: dict[int, list[Any]] = {number: [] for number in MONTHS_3}
    counted: dict[str, int] = {}
    for activity in activities:
        by_month[activity.due_on.month].append(activity)
        counted[activity.standing.word] = counted.get(activity.standing.word, 0) + 1
    months = [month_of(number, rows, year, today) for number, rows in by_month.items()]
    told = ", ".join(f"{number} {word.lower()}" for word, number in counted.items()) or _("inget är planerat")
    summary = _("Årshjulet %(year)s: %(told)s. Listan visar samma sak.") % {"year": year, "told": told}
    if year != today.year:
        return Wheel(year, months, summary)
    degrees = (today - date(year, 1, 1)).days / 366 * 360
    return Wheel(year, months, summary, *place(INNER, degrees))
