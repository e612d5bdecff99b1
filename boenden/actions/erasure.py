# SPDX-License-Identifier: EUPL-1.2
"""What a removal reaches beyond the register: rows of imports, and a list outside the database that outlives a restore.

The list is a folder of the storage, one small file for each removed person: her id, which says nothing by itself, and
when. A database restored from before the removal knows her again by the same id (faults.md, case 24).
"""

import json
import re
import uuid
from collections.abc import Iterable
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from boenden.models import ActorImportRow, ContactPerson
from platssamverkan.documents.actions import StorageFull, remove_file
from platssamverkan.ground.actions import on_rollback

FOLDER = "removed"
BETWEEN = r"[^0-9a-zA-Z]{0,3}"  # what people write between the digits of a number
LEAST_DIGITS = 6  # fewer point out nobody


def note_removal(person: ContactPerson) -> None:
    """Put a person on the list, in the caller's action. Raises StorageFull if the disk takes it not."""
    name = f"{FOLDER}/{person.pk}"
    if default_storage.exists(name):
        return
    on_rollback(partial(remove_file, name))
    try:
        default_storage.save(name, ContentFile(timezone.now().isoformat(timespec="seconds").encode()))
    except OSError as error:
        raise StorageFull(error.errno, "the removal could not be noted") from error


def removed_ids() -> list[uuid.UUID]:
    """Everybody on the list."""
    names = default_storage.listdir(FOLDER)[1] if default_storage.exists(FOLDER) else []
    return sorted(uuid.UUID(name) for name in names)


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
