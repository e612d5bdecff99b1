# SPDX-License-Identifier: EUPL-1.2
"""Pages for what went wrong, in the house's own look."""

import sys
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from platssamverkan.audit.actions import log_refusal
from platssamverkan.documents.actions import StorageFull
from platssamverkan.ground.database_away import RETRY_AFTER, is_database_away


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400: the address or the form can't be read."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403: the person sees the thing but may not do this. Noted in the log. A refusal may say why, and lead somewhere:
    `heading`, `reason`, `url`, `label`."""
    user = getattr(request, "user", None)  # absent when a middleware refused
    if user is not None and user.is_authenticated:
        log_refusal(by=user, path=path_to_log(request))
    return render(request, "403.html", {"refusal": exception}, status=403)


def path_to_log(request: HttpRequest) -> str:
    """The page's address; of one with a secret in it only its pattern."""
    match = request.resolver_match
    return f"/{match.route}" if match and "token" in match.kwargs else request.path


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404: there is no such thing for this person."""
    return render(request, "404.html", status=404)


class ButtonNotPageMiddleware:
    """405: a button's address opened as a page, most often after signing in again. Browsers show nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.content or request.method != "GET":
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was too old, or came from elsewhere."""
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a page that needs nothing that can be broken: no database, no context.

    503 while the database is away, 507 when a file could not be stored.
    """
    error = sys.exc_info()[1]
    if isinstance(error, StorageFull):
        page = loader.render_to_string("507.html", {"frame": {"theme": "auto"}})
        return HttpResponse(page, status=507, headers={"Cache-Control": "no-store"})
    if is_database_away(error):
        page = loader.render_to_string("503.html", {"frame": {"theme": "auto"}})
        return HttpResponse(page, status=503, headers={"Retry-After": RETRY_AFTER, "Cache-Control": "no-store"})
    return HttpResponse(loader.render_to_string("500.html"), status=500)
