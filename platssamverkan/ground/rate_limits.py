# SPDX-License-Identifier: EUPL-1.2
"""How often one address may ask for a page that is open to everyone. Counted in the cache, which survives Redis."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def is_too_often(request: HttpRequest, *, what: str, most: int, seconds: int) -> bool:
    """Count this request; whether the person's address has asked for `what` more than `most` times in `seconds`."""
    key = f"rate:{what}:{get_adapter(request).get_client_ip(request)}"
    cache.add(key, 0, seconds)
    try:
        return bool(cache.incr(key) > most)
    except ValueError:  # it ran out between the two
        return False
