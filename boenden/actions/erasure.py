# SPDX-License-Identifier: EUPL-1.2
"""What the removal of a contact person reaches beyond the register: rows of imports, and restored backups."""

import json
import re
import uuid
from collections.abc import Iterable

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from boenden.models import ActorImportRow, ContactPerson

BETWEEN = r"[^0-9a-zA-Z]{0,3}"  # what people write between the digits of a number
LEAST_DIGITS = 6  # fewer point out nobody


def known_again(ids: Iterable[uuid.UUID]) -> list[ContactPerson]:
    """Those of the ids whom the database has data about."""
    found = ContactPerson.objects.filter(pk__in=list(ids)).select_related("actor__forvaltning")
    erased = Q(archived_at__isnull=False, phone="", email="", role="")
    return list(found.exclude(erased).order_by("pk"))


def traces_of(person: ContactPerson) -> re.Pattern[str]:
    """Her name, address and number, as the cells of a file may write them; a name is whole words, never part of one."""
    digits = re.sub(r"\D", "", person.phone)[2:]  # without the country
    texts = [rf"(?<!\w){re.escape(text)}(?!\w)" for text in (person.name, person.email) if text.strip()]
    numbers = [BETWEEN.join(digits)] if len(digits) >= LEAST_DIGITS else []
    return re.compile("|".join([*texts, *numbers]), re.IGNORECASE)


def rows_that_may_name(person: ContactPerson) -> Iterable[ActorImportRow]:
    """Rows of the förvaltning's imports for Python to look through: those that hold cells, or tell of her by name.

    JSON is kept escaped in one of the databases and as it is in the other.
    """
    rows = ActorImportRow.objects.filter(actor_import__boende__forvaltning=person.actor.forvaltning)
    kept = rows.annotate(held=Cast("cells", TextField()), told=Cast("reasons", TextField()))
    named = Q(title__icontains=person.name)
    for is_ascii in (True, False):
        named |= Q(told__contains=json.dumps(person.name, ensure_ascii=is_ascii)[1:-1])
    kept = kept.filter(~Q(held="[]") | named).order_by("pk")
    return kept.only("pk", "cells", "title", "reasons").iterator(chunk_size=2000)


def erase_from_imports(person: ContactPerson) -> None:
    """Empty what names her in rows of imports, in the caller's action. Asked while her data are still there."""
    traces = traces_of(person)
    if not traces.pattern:
        return
    named = []
    for row in rows_that_may_name(person):
        cells = ["" if traces.search(cell) else cell for cell in row.cells]
        reasons = [reason for reason in row.reasons if not traces.search(reason)]
        title = "" if traces.search(row.title) else row.title
        if (cells, reasons, title) != (row.cells, row.reasons, row.title):
            row.cells, row.reasons, row.title = cells, reasons, title
            named.append(row)
    ActorImportRow.objects.bulk_update(named, ["cells", "reasons", "title"], batch_size=500)
