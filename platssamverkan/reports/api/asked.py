# SPDX-License-Identifier: EUPL-1.2
"""What a call asks for: which boenden, which time, which page. What cannot be read is told, field for field."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Schema
from ninja.errors import ValidationError
from pydantic import AwareDatetime

from boenden.models import Boende
from boenden.rights import assignments_of, boenden_where
from platssamverkan.accounts.roles import Right
from platssamverkan.start.picture import Scope

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
MOST_ROWS, USUAL_ROWS = 1000, 200
LONGEST = 120


def bad(field: str, words: str) -> ValidationError:
    """What is wrong with a parameter, in words: answered with 422."""
    return ValidationError([{"loc": ("query", field), "type": "told", "msg": words}])


class Where(Schema):
    """Whose rows."""

    forvaltning: UUID | None = Field(None, description=_("Bara en förvaltning: dess id"))
    boende: str | None = Field(None, max_length=LONGEST, description=_("Bara ett boende: dess slug"))


class When(Where):
    """… of which time."""

    fran: date | None = Field(None, description=_("Från och med dagen, till exempel 2026-01-01"))
    till: date | None = Field(None, description=_("Till och med dagen"))


class Paged(Schema):
    """Which page."""

    cursor: str | None = Field(None, max_length=LONGEST, description=_("next från föregående svar"))
    limit: int = Field(USUAL_ROWS, ge=1, le=MOST_ROWS, description=_("Högst så många rader i svaret"))


class BoendeRows(Where, Paged):
    """A page of what there is one of for a boende."""


class Rows(When, Paged):
    """A page of rows."""

    updated_since: AwareDatetime | None = Field(
        None, description=_("Bara rader som har ändrats sedan dess, till exempel 2026-01-31T08:00:00Z")
    )


class Readings(When):
    """Figures."""

    nyckeltal: str | None = Field(None, max_length=LONGEST, description=_("Bara ett nyckeltal: dess kod"))


def known_only(request: HttpRequest, asked: Schema) -> None:
    """Raise ValidationError for a parameter there is not, or one twice: a filter that is misspelt narrows nothing."""
    for name, values in request.GET.lists():
        if name not in type(asked).model_fields:
            raise bad(name[:LONGEST], _("Parametern finns inte."))
        if len(values) > 1:
            raise bad(name, _("Skicka parametern bara en gång."))


def boenden_asked(service: Any, asked: Where) -> list[Boende]:
    """The boenden that are asked for, of those that the key reaches. Raises Http404 for others."""
    boenden = boenden_where(service, Right.READ_API)
    if asked.forvaltning:
        held = {found.forvaltning_id for found in assignments_of(service)}
        if asked.forvaltning not in held | {boende.forvaltning_id for boende in boenden}:
            raise Http404
        boenden = [boende for boende in boenden if boende.forvaltning_id == asked.forvaltning]
    if asked.boende is not None:
        boenden = [boende for boende in boenden if boende.slug == asked.boende]
        if not boenden:
            raise Http404
    return boenden


def scope_asked(service: Any, asked: When, first: date = FIRST, last: date = LAST) -> Scope:
    """The boenden and the period, from `first` to `last` where nothing is said. Raises Http404, ValidationError."""
    for name, day in (("fran", asked.fran), ("till", asked.till)):
        if day and not FIRST <= day <= LAST:
            raise bad(name, _("Skriv ett datum från 2000 och framåt."))
    first, last = asked.fran or first, asked.till or last
    if first > last:
        raise bad("till", _("Sista dagen kan inte vara före den första."))
    return Scope(service, tuple(boenden_asked(service, asked)), first, last)


def since_asked(moment: datetime | None) -> datetime | None:
    """The moment, if one is said. Raises ValidationError for one outside every calendar of ours."""
    if moment and not FIRST.year <= moment.year <= LAST.year:
        raise bad("updated_since", _("Skriv en tidpunkt från 2000 och framåt."))
    return moment
