# SPDX-License-Identifier: EUPL-1.2
"""The way back to the page that a task was begun on: ?tillbaka= with one of the system's own addresses.

Only pages that a room has named in `returns` are led back to, by their path alone: no address from outside, no words
from the address.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

PARAMETER = "tillbaka"
returns: dict[str, Any] = {}  # view name → the words of the link back; registered by the room that has the page


@dataclass(frozen=True)
class WayBack:
    """Where to, and the words of the link there."""

    url: str
    words: Any

    @property
    def query(self) -> str:
        """What carries it on to the next page of the task."""
        return urlencode({PARAMETER: self.url})


def way_back(request: HttpRequest) -> WayBack | None:
    """The way back that the address asks for, or None where it asks for none or for one that is not ours."""
    asked = request.GET.get(PARAMETER, "")
    if not url_has_allowed_host_and_scheme(asked, None):  # None: no host at all, a path
        return None
    path = urlsplit(asked).path
    try:
        words = returns.get(resolve(path).view_name)
    except Resolver404:
        return None
    return WayBack(path, words) if words else None


def with_way_back(request: HttpRequest, url: str) -> str:
    """An address of the same task, carrying the way back on."""
    back = way_back(request)
    return f"{url}?{back.query}" if back else url
