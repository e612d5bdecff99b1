# SPDX-License-Identifier: EUPL-1.2
"""Pages for what went wrong, in the house's own look."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400: the address or the form can't be read."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403: the person sees the thing but may not do this."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404: there is no such thing for this person."""
    return render(request, "404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was too old, or came from elsewhere."""
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a page that needs nothing that can be broken: no database, no context."""
    return HttpResponse(loader.get_template("500.html").template.source, status=500)
