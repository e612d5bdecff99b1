# SPDX-License-Identifier: EUPL-1.2
"""The implementation report as rows of a file: a boende a row, the same words as on the page."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from platssamverkan.export.columns import Column
from platssamverkan.reports.matrix.cells import COLUMNS
from platssamverkan.reports.matrix.remaining import in_words
from platssamverkan.reports.matrix.report import Row


def text_of(number: int) -> Callable[[Row], str]:
    """The words of a step."""
    return lambda row: row.cells[number].text


def file_columns(today: date) -> list[Column]:
    """Every row says which day it stands at, so that two files can be laid beside each other."""
    steps: list[Any] = [Column(column.label, text_of(number)) for number, column in enumerate(COLUMNS)]
    return [
        Column(_("Läget den"), lambda row: today),
        Column(_("Förvaltning"), "boende.forvaltning.name"),
        Column(_("Boende"), "boende.name"),
        Column(_("Status"), lambda row: row.boende.get_status_display()),
        *steps,
        Column(_("Antal kvar"), lambda row: len(row.left)),
        Column(_("Något försenat"), lambda row: row.is_late),
        Column(_("Det som återstår"), lambda row: in_words(row.left)),
    ]
