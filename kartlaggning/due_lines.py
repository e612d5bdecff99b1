# SPDX-License-Identifier: EUPL-1.2
"""Lines of Min dag that rooms above have of their own, asked for in the query that the årshjul and insatser make."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from platssamverkan.start.registry import Todo

COLUMNS = ("pk", "kind", "name", "place", "day", "mine")  # of a line, the same in every selection


@dataclass(frozen=True)
class DueLines:
    """One kind of lines. `rows(user, until)` gives selections of COLUMNS without a query of their own, none for
    someone who has no such thing to do; `todo(id, name, place, day)` the line in words."""

    kind: str
    rows: Callable[[Any, date], list[QuerySet]]
    todo: Callable[[Any, str, str, date], Todo]


due_lines: list[DueLines] = []
