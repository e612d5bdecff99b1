# SPDX-License-Identifier: EUPL-1.2
"""What a document may fetch while it is rendered: our own static files and fonts, and data: addresses; nothing else.

WeasyPrint's own fetcher reads nine kinds of address, the server's files among them (faults.md, case 16).
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.utils._os import safe_join
from weasyprint.urls import URLFetcher, URLFetcherResponse

STATIC = "static:"  # static:css/document.css, in our templates and stylesheets
FONT = "font:"  # font:@fontsource/noto-emoji/…, fonts for paper alone, which no browser is sent
TYPES = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}


class AddressRefused(ValueError):
    """The document asked for something that is not ours. The document is rendered without it."""


def own_file(url: str) -> Path:
    """Where the file behind one of our own addresses lies; raises AddressRefused if there is none, or none of ours."""
    try:
        if url.startswith(STATIC):
            name = url.removeprefix(STATIC)
            path = Path(str(finders.find(name) or safe_join(settings.STATIC_ROOT, name)))
        else:
            path = Path(safe_join(settings.NODE_MODULES, url.removeprefix(FONT)))
    except SuspiciousFileOperation as error:
        raise AddressRefused("refused path") from error
    if path.suffix not in TYPES or not path.is_file():
        raise AddressRefused("no such file of ours")
    return path


class OwnFilesFetcher(URLFetcher):
    """Opens no connection and no path of the caller's choice. A plain function would crash WeasyPrint 70."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """A response with our own file, or the data in the address itself; raises AddressRefused for all else."""
        if url.startswith((STATIC, FONT)):
            path = own_file(url)
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": TYPES[path.suffix]})
        if url[:5].lower() == "data:":
            return super().fetch(url, headers)
        raise AddressRefused(f"refused address with scheme {url.partition(':')[0]!r}")
