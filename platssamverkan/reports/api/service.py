# SPDX-License-Identifier: EUPL-1.2
"""The API itself: what it says of itself, and how it says that something is wrong. All of it is JSON in Swedish."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from platssamverkan.reports.api.access import SECONDS, KeyAuth
from platssamverkan.reports.api.asked import MOST_ROWS
from platssamverkan.reports.api.schemas import Problem

PREFIX = "api/v1/"
PROBLEMS = {frozenset({401, 404, 405, 422, 429}): Problem}

api = NinjaAPI(
    title=_("Platssamverkan"),
    version="1",
    description=_(
        "Läser stadens platssamverkan till ett datalager. Bara läsning, med en nyckel i huvudet Authorization. "
        "Inga texter som någon har skrivit och inga personer finns i svaren. Dagar och timmar är svensk tid, "
        "tidpunkter har tidszon."
    ),
    auth=KeyAuth(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    servers=[{"url": settings.SITE_URL}],
)

MISTAKES = {  # the beginning of the library's name of a mistake → what is said
    "date_": _("Skriv en dag, till exempel 2026-01-31."),
    "datetime_": _("Skriv en tidpunkt med tidszon, till exempel 2026-01-31T08:00:00Z."),
    "timezone_": _("Skriv en tidpunkt med tidszon, till exempel 2026-01-31T08:00:00Z."),
    "uuid_": _("Skriv ett id så som API:et ger det."),
    "int_": _("Skriv ett tal från 1 till %(most)s.") % {"most": MOST_ROWS},
    "greater_": _("Skriv ett tal från 1 till %(most)s.") % {"most": MOST_ROWS},
    "less_": _("Skriv ett tal från 1 till %(most)s.") % {"most": MOST_ROWS},
    "string_too_long": _("Värdet är för långt."),
}


def problem(status: int, detail: str, **more: Any) -> JsonResponse:
    """What went wrong, as the API says it."""
    return JsonResponse({"detail": detail, "fields": more}, status=status, json_dumps_params={"ensure_ascii": False})


def missing(_request: HttpRequest, _error: Any = None) -> HttpResponse:
    """404: not there, or not for this key: the same answer."""
    return problem(404, _("Det finns inte, eller så når nyckeln det inte."))


def told(error: dict[str, Any]) -> str:
    """A mistake in Swedish."""
    if error["type"] == "told":
        return str(error["msg"])
    found = (words for begins, words in MISTAKES.items() if error["type"].startswith(begins))
    return next(found, _("Värdet kan inte läsas."))


@api.exception_handler(ValidationError)
def mistaken(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422: which parameters, and what is wrong with them."""
    fields = {str(found["loc"][-1]): told(found) for found in error.errors}
    return problem(422, _("Något i frågan kan inte läsas."), **fields)


@api.exception_handler(HttpError)
def refused(_request: HttpRequest, error: HttpError) -> HttpResponse:
    """401 and 429: no key that opens, or too often."""
    response = problem(error.status_code, error.message)
    if error.status_code == 401:
        response["WWW-Authenticate"] = 'Bearer realm="platssamverkan"'
    if error.status_code == 429:
        response["Retry-After"] = str(SECONDS)
    return response


api.add_exception_handler(Http404, missing)


def for_programs(view: Any) -> Callable[..., HttpResponseBase]:
    """Open to whoever has a key: no sign-in, no session, nothing kept by a cache; only reading; errors in JSON."""

    @login_not_required
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            response: HttpResponseBase = problem(405, _("API:et kan bara läsas, med GET."))
            response["Allow"] = "GET, HEAD"
        else:
            request.method = "GET"  # a server leaves the body of a HEAD out by itself
            response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["Vary"] = "Authorization"
        return response

    answered.csrf_exempt = True  # type: ignore[attr-defined]  # nothing is written, and no cookie is looked at
    return answered
