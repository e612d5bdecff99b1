# SPDX-License-Identifier: EUPL-1.2
"""How often one address may ask for a page that is open to everyone. Counted in the cache, which survives Redis."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def is_too_often(request: HttpRequest, *, what: str, most: int, seconds: int) -> bool:
    """Count this request; whether the person's address has asked for `what` more than `most` times in `seconds`."""
    return is_over(f"rate:{what}:{get_adapter(request).get_client_ip(request)}", most=most, seconds=seconds)


def is_over(key: str, *, most: int, seconds: int) -> bool:
    """Count once more under a key; whether that is more than `most` times in `seconds`."""
    cache.add(key, 0, seconds)
    try:
        return bool(cache.incr(key) > most)
    except ValueError:  # it ran out between the two
        return False


def at_most(most: int, *, what: str, seconds: int) -> Callable[[Any], Any]:
    """For a view: 429 for an address that asks more often. Views with the same `what` are counted together."""

    def limit(view: Any) -> Any:
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if is_too_often(request, what=what, most=most, seconds=seconds):
                return render(request, "429.html", status=429)
            answer: HttpResponse = view(request, *args, **kwargs)
            return answer

        return limited

    return limit
