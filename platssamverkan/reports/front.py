# SPDX-License-Identifier: EUPL-1.2
"""The start page of the reports: every kind of report registers its entry here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ReportEntry:
    """A line of the start page: what it is called, where it is, and what it is for."""

    label: Any
    url: str
    about: Any
    order: int = 50


report_providers: list[Callable[[Any], Iterable[ReportEntry]]] = []


def reports_for(user: Any) -> list[ReportEntry]:
    """Every entry that the user has, in order."""
    found = (entry for provide in report_providers for entry in provide(user))
    return sorted(found, key=lambda entry: entry.order)
