# SPDX-License-Identifier: EUPL-1.2
"""The rows of the incident list, the same on every page that shows them.

The list is hot, so its rows are lean: tuples from the database, and a compiled Jinja2 fragment that escapes everything
(performance.md, "What made the difference"). No internal text is among the columns (IncidentQuerySet.rows).
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from incidents.models import Incident
from platssamverkan.look import shapes, words
from platssamverkan.look.lean import fragment

HANDLED_LENGTH = 220
NEAR = timedelta(days=2)
NO_ID = UUID(int=0)
STANDS_OUT = Incident.Severity.HIGH  # from here on the list says how serious it was


class Row(NamedTuple):
    """A row as it is shown."""

    url: str
    iso: str
    day: str
    clock: str
    headline: str
    handled: str
    released: bool
    children: bool
    severity: str
    due: str
    due_kind: str
    boende: str


@cache
def signs(language: str | None) -> dict[str, SafeString]:
    """The signs that many rows share, each with its word."""
    return {
        "released": format_html("{}{}", shapes.icon("people"), _("Forumtext släppt")),
        "locked": format_html("{}{}", shapes.icon("lock"), _("Bara för boendet")),
        "children": format_html("{}{}", shapes.icon("exclamation-circle"), _("Rör barn")),
    }


@cache
def due_shapes() -> dict[str, Any]:
    """The shapes for a day of follow-up."""
    return {kind: shapes.shape(kind) for kind in ("forsenat", "snart", "planerat")}


class Writer:
    """Turns the database's rows into rows to show; what many rows share is worked out once."""

    def __init__(self, boenden: Mapping[UUID, str]) -> None:
        self.boenden = boenden  # names to show, where the rows are of several boenden
        self.zone = timezone.get_current_timezone()
        self.days: dict[date, str] = {}
        self.dues: dict[date, tuple[str, str]] = {}
        self.url_start, self.url_end = reverse("incidents:incident_detail", args=[NO_ID]).split(str(NO_ID))
        self.clock = _("kl. %(time)s")
        self.weekdays = [str(name).capitalize() for _number, name in sorted(WEEKDAYS.items())]
        self.months = [str(name) for name in words.MONTHS_SHORT]
        self.today = timezone.localdate()

    @cached_property
    def severities(self) -> dict[int, str]:
        """The words for what stands out."""
        return {int(kind): str(kind.label).capitalize() for kind in Incident.Severity if kind >= STANDS_OUT}

    def day(self, moment: datetime) -> str:
        """ "I dag", "Lördag 21 nov." """
        on = moment.date()
        if on not in self.days:
            self.days[on] = capfirst(words.day_near(on)) if abs(on - self.today) < NEAR else self.far_day(on)
        return self.days[on]

    def far_day(self, on: date) -> str:
        """As words.day_near, from words already translated: a long list has as many days as rows."""
        year = "" if on.year == self.today.year else f" {on.year}"
        return f"{self.weekdays[on.weekday()]} {on.day} {self.months[on.month - 1]}{year}"

    def due(self, row: Any) -> tuple[str, str]:
        """By when it is followed up, and the kind of its shape; empty when there is nothing to do."""
        on = row.follow_up_on
        if on is None or row.status == Incident.Status.CLOSED:
            return "", ""
        if on not in self.dues:
            self.dues[on] = _("Följs upp %(day)s") % {"day": words.day_short(on)}, shapes.kind_for(on)
        return self.dues[on]

    def write(self, row: Any) -> Row:
        """One row."""
        moment = row.happened_at.astimezone(self.zone)
        due, due_kind = self.due(row)
        return Row(
            url=f"{self.url_start}{row.id}{self.url_end}",
            iso=moment.isoformat(timespec="minutes"),
            day=self.day(moment),
            clock=self.clock % {"time": f"{moment.hour:02}.{moment.minute:02}"},
            headline=row.headline,
            handled=handled(row.handled, row.done),
            released=row.released_at is not None,
            children=row.children,
            severity=self.severities.get(row.severity, ""),
            due=due,
            due_kind=due_kind,
            boende=self.boenden.get(row.boende_id, ""),
        )


def handled(text: str, done: list[str]) -> str:
    """How it was handled: in the words written, else by the quick choices."""
    if text:
        return text if len(text) <= HANDLED_LENGTH else text[: HANDLED_LENGTH - 1].rstrip() + "…"
    labels = [str(Incident.Done(key).label) for key in done if key in Incident.Done.values]
    if not labels or done == [Incident.Done.NOTHING]:
        return _("Inget är antecknat om vad ni gjorde än.")
    return ", ".join(labels).capitalize() + "."


def render_rows(rows: Iterable[Any], boenden: Mapping[UUID, str] | None = None) -> Any:
    """The rows as HTML, escaped. `boenden` gives the names to show where the rows are of several boenden."""
    writer = Writer(boenden or {})
    draw = fragment("incidents/rows.jinja", "rows")
    return draw([writer.write(row) for row in rows], signs(get_language()), due_shapes())
