# SPDX-License-Identifier: EUPL-1.2
"""The tile server that a setting names: what the security policy has to let through."""

import re
from urllib.parse import urlsplit


class BadTileUrl(ValueError):
    """TILE_URL is no template of a tile's address."""


def tile_origin(url: str) -> str:
    """The origin for `img-src`: "https://tiles.example", "https://*.tiles.example" for one with `{s}`; "" without one.

    Raises BadTileUrl for what is no address of tiles.
    """
    if not url:
        return ""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not all(name in url for name in ("{z}", "{x}", "{y}")):
        raise BadTileUrl("TILE_URL is written like https://tiles.example/{z}/{x}/{y}.png")
    host = parts.netloc.rpartition("@")[2].replace("{s}", "*")
    if not re.fullmatch(r"(?:\*\.)?[A-Za-z0-9.-]+(?::\d+)?", host):
        raise BadTileUrl("TILE_URL names no host that the security policy can let through")
    return f"{parts.scheme}://{host}"
