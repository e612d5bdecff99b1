# SPDX-License-Identifier: EUPL-1.2
"""GeoJSON (RFC 7946) as a table: OpenStreetMap's tags in our own words, one point for whatever shape a place has."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import shapely
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from shapely.errors import ShapelyError
from shapely.geometry import shape

from boenden.imports.categories import OSM_TAGS, category_of_tags
from boenden.imports.tables import MOST_COLUMNS, UNREADABLE, Known, Line, Table, filled, text_of
from boenden.imports.uploads import NO_SUCH_FILE, decoded

OSM_KEYS = {key for key, _value in OSM_TAGS} | {"addr:street", "building", "operator"}
OSM_HEADERS = ["Namn", "Slag", "Adress", "Telefon", "E-post", "Webbplats"]
IDENTITIES = {"id", "@id", "osm_id", "osm_way_id", "gid", "fid", "objectid", "globalid", "osm_timestamp"}
Properties = dict[str, str]


def features_of(content: bytes) -> list[dict[str, Any]]:
    """The features of the file; raises ValidationError if it is no GeoJSON."""
    try:
        document = json.loads(decoded(content))
    except (ValueError, RecursionError) as error:
        raise ValidationError(UNREADABLE, code="unreadable") from error
    kind = document.get("type")
    features = document.get("features") if kind == "FeatureCollection" else [document] if kind == "Feature" else None
    if not isinstance(features, list):
        raise ValidationError(NO_SUCH_FILE, code="no_such_file")
    return [feature for feature in features if isinstance(feature, dict)]


def properties_of(feature: dict[str, Any]) -> Properties:
    """What the feature says of itself, as texts; what is in lists and the like is left out."""
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        return {}
    plain = {key: text_of(value) for key, value in properties.items() if isinstance(value, str | int | float)}
    return {key: text for key, text in plain.items() if text and key.casefold() not in IDENTITIES}


def point_of(feature: dict[str, Any]) -> tuple[str, str]:
    """Latitude and longitude of a point inside the shape, seven decimals; empty where there is none."""
    try:
        geometry = shape(feature["geometry"])
        point = geometry if geometry.geom_type == "Point" else geometry.representative_point()
        if shapely.is_empty(point):
            return "", ""
        return repr(round(point.y, 7)), repr(round(point.x, 7))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, ShapelyError, RecursionError):
        return "", ""


def first(tags: Properties, *keys: str) -> str:
    """The first of some tags that is there; of several values the first."""
    found = next((tags[key] for key in keys if key in tags), "")
    return found.partition(";")[0].strip()


def address_of(tags: Properties) -> str:
    """Street and number, postcode and town."""
    street = " ".join(filter(None, [first(tags, "addr:street", "addr:place"), first(tags, "addr:housenumber")]))
    town = " ".join(filter(None, [first(tags, "addr:postcode"), first(tags, "addr:city")]))
    return ", ".join(filter(None, [street, town])) if street else ""


def name_of(tags: Properties, category: str, address: str) -> str:
    """The place's name; without one what people would call it: the owner's name, or what it is and where."""
    name = first(tags, "name:sv", "name", "official_name", "brand", "operator", "ref:name")
    if name or not (category and address):
        return name
    return _("%(category)s vid %(address)s") % {"category": category.capitalize(), "address": address.split(",")[0]}


def osm_cells(tags: Properties) -> list[str]:
    """A row in the words of OSM_HEADERS."""
    category, address = category_of_tags(tags), address_of(tags)
    return [
        name_of(tags, category, address),
        category,
        address,
        first(tags, "phone", "contact:phone", "contact:mobile"),
        first(tags, "email", "contact:email"),
        first(tags, "website", "contact:website", "url"),
    ]


def map_table(content: bytes, known: Known) -> Table:
    """The file as a table. Raises ValidationError if it is no GeoJSON, or too long."""
    features = features_of(content)
    described = [properties_of(feature) for feature in features]
    if any(OSM_KEYS & tags.keys() for tags in described):
        return mapped([*OSM_HEADERS, "Latitud", "Longitud"], rows_of(features, described, None))
    counted = Counter(key for tags in described for key in tags)
    keys = sorted(counted, key=lambda key: (-known([key]), -counted[key]))[: MOST_COLUMNS - 2]
    return mapped([*keys, "Latitud", "Longitud"], rows_of(features, described, keys))


def rows_of(features: list[Any], described: list[Properties], keys: list[str] | None) -> Iterator[Line]:
    """A row for each feature, numbered from 1; with a text that the table has no column for, it stands last.

    So a personnummer in what is not brought in is found too, and its row refused.
    """
    for number, (feature, tags) in enumerate(zip(features, described, strict=True), start=1):
        cells = osm_cells(tags) if keys is None else [tags.get(key, "") for key in keys]
        yield number, [*cells, *point_of(feature), "\n".join(tags.values())]


def mapped(headers: list[str], rows: Iterator[Line]) -> Table:
    """The table; what stands last in a row, after the coordinates, is what is not brought in."""
    return Table(headers, filled(rows), kept=len(headers))
