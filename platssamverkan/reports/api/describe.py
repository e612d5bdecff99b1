# SPDX-License-Identifier: EUPL-1.2
"""The OpenAPI document as a page reads it: each address with what it takes and gives, in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

KINDS = {
    "date": _("dag"),
    "date-time": _("tidpunkt"),
    "uuid": _("id"),
    "string": _("text"),
    "integer": _("heltal"),
    "number": _("tal"),
    "boolean": _("ja eller nej"),
    "array": _("lista"),
    "object": _("lista"),
}


@dataclass(frozen=True)
class Told:
    """A parameter or a field: its name, what kind of value it has, and what it is."""

    name: str
    kind: Any
    about: str


@dataclass(frozen=True)
class Operation:
    """An address: what it is for, what it takes and what stands in its rows."""

    path: str
    anchor: str
    name: str
    about: str
    takes: list[Told]
    gives: list[Told]


def kind_of(schema: dict[str, Any]) -> Any:
    """A value's kind in words; of one that may be empty, the kind it has otherwise."""
    for choice in [*schema.get("anyOf", ()), schema]:
        name = choice.get("format") or choice.get("type")
        if name in KINDS:
            return KINDS[name]
    return KINDS["object"]


def resolved(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """The schema that a reference leads to."""
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def row_of(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """What one row of an answer holds: an item of the list, of its `rows`, or of its `values`."""
    found = resolved(schema, document)
    if "anyOf" in found:  # a row, or one that has gone
        return row_of(found["anyOf"][0], document)
    if found.get("type") == "array":
        return row_of(found["items"], document)
    for name in ("rows", "values"):
        if name in found.get("properties", {}):
            return row_of(found["properties"][name], document)
    return found


def operations(document: dict[str, Any]) -> list[Operation]:
    """Every address of the document, in its order."""
    return [operation(path, methods["get"], document) for path, methods in document["paths"].items()]


def operation(path: str, found: dict[str, Any], document: dict[str, Any]) -> Operation:
    """One address."""
    answer = found["responses"][200]["content"]["application/json"]["schema"]
    takes = [
        Told(taken["name"], kind_of(taken["schema"]), taken["schema"].get("description", ""))
        for taken in found.get("parameters", ())
    ]
    gives = [
        Told(name, kind_of(schema), schema.get("description", ""))
        for name, schema in row_of(answer, document)["properties"].items()
    ]
    about = found["description"].partition("\n\n")[0]  # the words of the key figures have a page of their own
    return Operation(path, found["operationId"], found["summary"], about, takes, gives)
