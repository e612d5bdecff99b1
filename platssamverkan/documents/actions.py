# SPDX-License-Identifier: EUPL-1.2
"""Storing a file: the file and its row, or neither (faults.md, case 5)."""

import hashlib
from functools import partial
from typing import Any

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from platssamverkan.documents.models import StoredDocument
from platssamverkan.ground.actions import action, on_rollback, save_record

logger = structlog.get_logger(__name__)


class StorageFull(OSError):
    """The file could not be written; there is no row either. The page answers 507 and asks to try again."""


@action
def store_document(
    *,
    content: bytes,
    title: str,
    kind: str,
    by: Any,
    previous: StoredDocument | None = None,
    content_type: str = "application/pdf",
) -> StoredDocument:
    """Keep a file for good, under a name nobody chose, as version 1 or as the one after `previous`.

    `kind` is the owner's short word for it ("protokoll"). Raises StorageFull if the disk takes it not.
    """
    document = StoredDocument(
        title=title,
        kind=kind,
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        previous=previous,
        version=previous.version + 1 if previous else 1,
    )
    name = f"{document.id.hex[:2]}/{document.id}"
    on_rollback(partial(remove_file, name))
    try:
        document.file = default_storage.save(name, ContentFile(content))
    except OSError as error:
        raise StorageFull(error.errno, "the file could not be stored") from error
    save_record(record=document, by=by)
    return document


def remove_file(name: str) -> None:
    """Take away a file, whole or in part, whose row never came to be."""
    try:
        default_storage.delete(name)
    except OSError:
        logger.exception("a file without a row is left", file_name=name)
