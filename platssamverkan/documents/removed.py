# SPDX-License-Identifier: EUPL-1.2
"""Who has been removed, in a list outside the database that outlives a restored backup (faults.md, case 24).

The list is a folder of the storage, one small file for each removal: the row's id, which says nothing by itself, and
when. A database restored from before the removal knows the row again by the same id.
"""

import uuid
from collections.abc import Callable, Collection
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from platssamverkan.documents.actions import StorageFull, remove_file
from platssamverkan.ground.actions import on_rollback

FOLDER = "removed"
Forgetter = Callable[[Collection[uuid.UUID]], int]

forgetters: list[Forgetter] = []


def register_forgetter(forget: Forgetter) -> None:
    """Let `forget(ids)` remove again those of the ids whom the database has data about; it gives how many."""
    forgetters.append(forget)


def note_removal(pk: uuid.UUID) -> None:
    """Put a row on the list, in the caller's action. Raises StorageFull if the disk takes it not."""
    name = f"{FOLDER}/{pk}"
    if default_storage.exists(name):
        return
    on_rollback(partial(remove_file, name))
    try:
        default_storage.save(name, ContentFile(timezone.now().isoformat(timespec="seconds").encode()))
    except OSError as error:
        raise StorageFull(error.errno, "the removal could not be noted") from error


def removed_ids() -> list[uuid.UUID]:
    """Everything on the list."""
    names = default_storage.listdir(FOLDER)[1] if default_storage.exists(FOLDER) else []
    return sorted(uuid.UUID(name) for name in names)


def forget_again(ids: Collection[uuid.UUID]) -> int:
    """Remove again what the list names and the database knows; gives how many."""
    return sum(forget(ids) for forget in forgetters)
