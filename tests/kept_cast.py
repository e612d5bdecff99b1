# SPDX-License-Identifier: EUPL-1.2
"""The cast's rows, made once in a process and then put back by a handful of INSERTs.

Through factories and the log the cast takes a hundred queries, half the time of a test that asks one page.
"""

import pickle
from collections.abc import Callable, Iterator
from typing import Any

import time_machine
from django.apps import apps
from django.db import connection, models, transaction


def own_models() -> Iterator[type[models.Model]]:
    """Every table that the cast may have rows in, the log among them."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model


def keys_of(model: type[models.Model]) -> set[Any]:
    """The ids of all rows of a table."""
    return set(models.QuerySet(model).values_list("pk", flat=True))


class KeptCast:
    """What `make` made, with every row that it left."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make
        self.content = b""
        self.leans_on: list[tuple[type[models.Model], set[Any]]] = []  # rows that were there before

    def __call__(self) -> Any:
        """The cast. Made anew where time is another, or where rows stay: outside a transaction."""
        if time_machine.escape_hatch.is_travelling() or not connection.in_atomic_block:
            return self.make()
        if not self.content or not all(keys <= keys_of(model) for model, keys in self.leans_on):
            return self.make_and_keep()
        cast, tables = pickle.loads(self.content)  # noqa: S301 - what this process has written itself
        with transaction.atomic():
            for rows in tables:
                models.QuerySet(type(rows[0])).bulk_create(rows)
        return cast

    def make_and_keep(self) -> Any:
        """Make the cast, and keep the rows that are new since."""
        before = {model: keys_of(model) for model in own_models()}
        cast = self.make()
        tables = [list(models.QuerySet(model).exclude(pk__in=keys)) for model, keys in before.items()]
        self.content = pickle.dumps((cast, [rows for rows in tables if rows]))
        pointed_at: dict[type[models.Model], set[Any]] = {}
        for rows in tables:
            for row in rows:
                for field in row._meta.concrete_fields:
                    if field.is_relation and (key := getattr(row, field.attname)) in before.get(
                        field.related_model, ()
                    ):
                        pointed_at.setdefault(field.related_model, set()).add(key)
        self.leans_on = list(pointed_at.items())
        return cast
