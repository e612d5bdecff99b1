# SPDX-License-Identifier: EUPL-1.2
"""The operations of the API. All of them read, with a key; each is counted on the key's day."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Schema

from boenden.models import Boende, Forvaltning
from kartlaggning.levels import STEPS
from kartlaggning.levels_reading import steps_done
from platssamverkan.accounts.roles import Right
from platssamverkan.reports.api import schemas
from platssamverkan.reports.api.actions import note_call
from platssamverkan.reports.api.asked import BoendeRows, Readings, Rows, bad, boenden_asked, known_only, scope_asked
from platssamverkan.reports.api.rows import KINDS, RowKind
from platssamverkan.reports.api.service import PREFIX, PROBLEMS, api
from platssamverkan.reports.figures.dictionary import INDICATORS
from platssamverkan.reports.figures.indicators import GROUP_WORDS, Indicator, Reading
from platssamverkan.reports.figures.reading import Figures
from platssamverkan.reports.forms import usual_period
from platssamverkan.reports.matrix.report import Report
from platssamverkan.reports.matrix.report import Row as MatrixRow

PLACES, FIGURES, ROWS = _("Förvaltningar och boenden"), _("Nyckeltal"), _("Rader")


def service_of(request: HttpRequest) -> Any:
    """The service that the key belongs to."""
    return request.auth.assignment.user  # type: ignore[attr-defined]


def counted(request: HttpRequest, operation: str, row_count: int) -> None:
    """Note the call on the key's day."""
    note_call(key=request.auth, operation=operation, row_count=row_count, by=service_of(request))  # type: ignore[attr-defined]


# ---------- places ----------


@api.get(
    "/forvaltningar",
    response={200: list[schemas.ForvaltningOut], **PROBLEMS},
    summary=_("Förvaltningar"),
    description=_("De förvaltningar som nyckeln når, hela eller ett boende av."),
    tags=[PLACES],
    operation_id="forvaltningar",
)
def forvaltningar(request: HttpRequest) -> Any:
    """The förvaltningar of the key."""
    known_only(request, Schema())
    rows = Forvaltning.objects.with_right(service_of(request), Right.READ_API).active().order_by("name")
    found = list(rows.values("id", "name", "short_name"))
    counted(request, "forvaltningar", len(found))
    return found


def page_of_boenden(request: HttpRequest, asked: BoendeRows) -> tuple[Sequence[Boende], str | None]:
    """Some of the boenden in the order of their ids, and the next page's cursor. Raises ValidationError, Http404."""
    known_only(request, asked)
    try:
        after = UUID(asked.cursor) if asked.cursor else None
    except ValueError as error:
        raise bad("cursor", _("Skicka next precis som det står i föregående svar.")) from error
    boenden = sorted(boenden_asked(service_of(request), asked), key=lambda boende: boende.pk)
    rest = [boende for boende in boenden if after is None or boende.pk > after]
    page = rest[: asked.limit]
    return page, page[-1].pk.hex if len(rest) > len(page) else None


@api.get(
    "/boenden",
    response={200: schemas.Page[schemas.BoendeOut], **PROBLEMS},
    summary=_("Boenden"),
    description=_("Boendena som nyckeln når, med de fakta som inte är interna. Arkiverade boenden ingår inte."),
    tags=[PLACES],
    operation_id="boenden",
)
def boenden(request: HttpRequest, asked: Query[BoendeRows]) -> Any:
    """The boenden."""
    page, cursor = page_of_boenden(request, asked)
    counted(request, "boenden", len(page))
    return {"rows": page, "next": cursor}


@api.get(
    "/genomforande",
    response={200: schemas.Page[schemas.GenomforandeOut], **PROBLEMS},
    summary=_("Genomförande"),
    description=_("Hur långt varje boende har kommit i dag, steg för steg, som i rapporten Genomförande."),
    tags=[PLACES],
    operation_id="genomforande",
)
def genomforande(request: HttpRequest, asked: Query[BoendeRows]) -> Any:
    """The implementation report."""
    page, cursor = page_of_boenden(request, asked)
    report = Report(page)
    counted(request, "genomforande", len(page))
    return {"rows": [matrix_row(row, report) for row in report.all_rows], "next": cursor}


def matrix_row(row: MatrixRow, report: Report) -> dict[str, Any]:
    """A boende's line. What is left is a number: its sentences name forums."""
    steps = [
        {"step": column.key, "name": str(column.label), "state": cell.kind, "words": cell.text}
        for column, cell in row.steps
    ]
    return {
        "boende_id": row.boende.pk,
        "day": report.today,
        "left": len(row.left),
        "is_late": row.is_late,
        "steps": steps,
    }


@api.get(
    "/nivaer",
    response={200: schemas.Page[schemas.NivaOut], **PROBLEMS},
    summary=_("Nivåer"),
    description=_("Nivåerna av samverkan för varje boende, en rad per nivå. limit räknar boenden."),
    tags=[PLACES],
    operation_id="nivaer",
)
def nivaer(request: HttpRequest, asked: Query[BoendeRows]) -> Any:
    """The levels and their steps."""
    page, cursor = page_of_boenden(request, asked)
    done = steps_done(list(page)) if page else {}
    rows = [level_row(boende, level, done[boende.pk]) for boende in page for level in STEPS]
    counted(request, "nivaer", len(rows))
    return {"rows": rows, "next": cursor}


def level_row(boende: Boende, level: Any, done: frozenset[str]) -> dict[str, Any]:
    """How far a boende has come on a level."""
    steps = [{"step": step.value, "done": step.value in done} for step in STEPS[level]]
    return {
        "boende_id": boende.pk,
        "level": level.value,
        "done": sum(step["done"] for step in steps),
        "of": len(steps),
        "steps": steps,
    }


# ---------- key figures ----------


@api.get(
    "/nyckeltal",
    response={200: list[schemas.NyckeltalOut], **PROBLEMS},
    summary=_("Nyckeltalens ordlista"),
    description=_("Vad varje nyckeltal betyder, var det kommer ifrån och hur det räknas. Samma ord som på sidan."),
    tags=[FIGURES],
    operation_id="nyckeltal",
)
def nyckeltal(request: HttpRequest) -> Any:
    """The dictionary."""
    known_only(request, Schema())
    counted(request, "nyckeltal", len(INDICATORS))
    return [words_of(indicator) for indicator in INDICATORS.values()]


def words_of(indicator: Indicator) -> dict[str, Any]:
    """An indicator as the dictionary has it."""
    names = ("name", "unit", "definition", "source", "formula")
    return {
        "key": indicator.key,
        **{name: str(getattr(indicator, name)) for name in names},
        "span": str(indicator.span_words),
        "group": str(GROUP_WORDS[indicator.group]),
        "is_share": indicator.is_share,
        "parts": [{"key": part.key, "name": str(part.label)} for part in indicator.parts],
    }


def every_definition() -> str:
    """The dictionary as a list, for the document that describes the API."""
    lines = [
        f"- `{found.key}` {found.name} ({found.unit}). {found.definition} {found.formula} {found.span_words}"
        for found in INDICATORS.values()
    ]
    return "\n".join(lines)


@api.get(
    "/nyckeltal/varden",
    response={200: schemas.VardenOut, **PROBLEMS},
    summary=_("Nyckeltalens värden"),
    description=_(
        "Nyckeltalen för alla boenden som nyckeln når, en förvaltning eller ett boende, och för en period som du "
        "väljer: utan period året hittills. Räknade precis som i översikten."
    )
    + "\n\n"
    + every_definition(),
    tags=[FIGURES],
    operation_id="nyckeltal_varden",
)
def nyckeltal_varden(request: HttpRequest, asked: Query[Readings]) -> Any:
    """The figures, counted as the overview counts them."""
    known_only(request, asked)
    if asked.nyckeltal is not None and asked.nyckeltal not in INDICATORS:
        raise bad("nyckeltal", _("Nyckeltalet finns inte. Koderna står i /nyckeltal."))
    first, last = usual_period(timezone.localdate())
    last = asked.till or (max(timezone.localdate(), asked.fran) if asked.fran else last)
    scope = scope_asked(service_of(request), asked, first=min(first, last.replace(month=1, day=1)), last=last)
    if not scope.boenden:
        raise Http404
    figures = Figures(scope, [asked.nyckeltal] if asked.nyckeltal else None)
    values = [value_of(reading) for reading in figures.readings]
    counted(request, "nyckeltal_varden", len(values))
    return {
        "first": scope.first,
        "last": scope.last,
        "taken_on": timezone.localdate(),
        "boende_ids": [boende.pk for boende in scope.boenden],
        "note": figures.note,
        "values": values,
    }


def value_of(reading: Reading) -> dict[str, Any]:
    """A figure without the address of its rows, which is for people."""
    same = ("part", "period", "value", "count", "of", "before", "difference", "percent", "why_not", "note")
    return {
        "key": reading.indicator.key,
        "name": str(reading.label),
        "unit": str(reading.indicator.unit),
        **{name: getattr(reading, name) for name in same},
    }


# ---------- rows ----------


def add_rows(kind: RowKind) -> None:
    """An operation for a kind of row."""

    @api.get(
        f"/{kind.path}",
        response={200: schemas.ChangingPage[kind.schema], **PROBLEMS},  # type: ignore[name-defined]
        summary=kind.name,
        description=kind.about,
        tags=[ROWS],
        operation_id=kind.path,
        url_name=kind.path,
    )
    def rows(request: HttpRequest, asked: Query[Rows]) -> Any:
        known_only(request, asked)
        page = kind.page(scope_asked(service_of(request), asked), asked)
        counted(request, kind.path, len(page["rows"]))
        return page


for _kind in KINDS:
    add_rows(_kind)


def document() -> dict[str, Any]:
    """The OpenAPI document (3.1), of all operations."""
    return dict(api.get_openapi_schema(path_prefix=PREFIX))
