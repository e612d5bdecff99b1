# SPDX-License-Identifier: EUPL-1.2
"""What a document may fetch while it is rendered: our own static files and data: addresses, nothing else.

WeasyPrint's own fetcher reads nine kinds of address, the server's files among them (faults.md, case 16).
"""

import mimetypes
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils._os import safe_join
from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "static:"  # static:css/document.css, in our templates and stylesheets
TYPES = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}


class AddressRefused(ValueError):
    """The document asked for something that is not ours. The document is rendered without it."""


def static_file(name: str) -> Path:
    """Where a static file lies on disk; raises AddressRefused if there is none by that name."""
    found = finders.find(name) or safe_join(str(settings.STATIC_ROOT), name)
    path = Path(str(found))
    if not path.is_file():
        raise AddressRefused(f"no static file {name!r}")
    return path


class OwnFilesFetcher(URLFetcher):
    """Opens no connection and no path of the caller's choice. A plain function would crash WeasyPrint 70."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """A response with our own file or the data in the address; raises AddressRefused for all else."""
        if url.startswith(SCHEME):
            path = static_file(url.removeprefix(SCHEME))
            kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
        if url[:5].lower() == "data:":
            return super().fetch(url, headers)
        raise AddressRefused(f"refused address with scheme {url.partition(':')[0]!r}")
