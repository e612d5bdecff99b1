# SPDX-License-Identifier: EUPL-1.2
"""Sealing the log, and telling if it was changed afterwards.

Each seal is sha256 over the digest of the seal before and its rows as JSON. Who can write to the database could make a
new chain; so every seal's digest is also written to the server's log, which is kept elsewhere. The e-mail address of
whoever did something is left out of the digest: it goes when a person is erased, her id stays.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone

from platssamverkan.audit.models import AuditEntry, AuditSeal

logger = structlog.get_logger(__name__)

GRACE = timedelta(minutes=5)  # a row gets its time when it is made and is seen when its transaction is through
LONGEST_TRANSACTION = timedelta(days=1)
ROWS = 1000  # a seal
SEALED = [
    "id", "timestamp", "actor_id", "action", "content_type_id", "object_pk", "object_repr", "changes", "changes_text",
    "additional_data", "serialized_data", "cid",
]  # fmt: skip


def as_text(value: Any) -> str:
    """The same text on every database: times in UTC, ids as they are written."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)


def digest_of(previous: str, entry_ids: Iterable[int]) -> str:
    """The digest of a seal over the rows as they are now. A row that is missing changes it too."""
    rows = list(AuditEntry.objects.filter(pk__in=entry_ids).order_by("pk").values(*SEALED))
    text = json.dumps(rows, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=as_text)
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def to_seal(last: AuditSeal | None, now: datetime) -> list[int]:
    """The ids of the rows that are old enough and in no seal, also those that were committed late."""
    entries, seals = AuditEntry.objects.filter(timestamp__lte=now - GRACE), AuditSeal.objects.all()
    if last:  # an older row was either seen by the last sealing or is in a transaction longer than any
        since = last.created_at - LONGEST_TRANSACTION
        entries, seals = entries.filter(timestamp__gte=since), seals.filter(created_at__gte=since)
    sealed = {pk for ids in seals.values_list("entry_ids", flat=True) for pk in ids}
    return sorted(set(entries.order_by().values_list("pk", flat=True)) - sealed)


def seal(now: datetime | None = None) -> int:
    """Seal every row older than five minutes; returns how many. Of two at once, one does it."""
    now = now or timezone.now()
    last = AuditSeal.objects.order_by("number").last()
    ids = to_seal(last, now)
    for start in range(0, len(ids), ROWS):
        chunk = ids[start : start + ROWS]
        number, previous = (last.number + 1, last.digest) if last else (1, "")
        try:
            with transaction.atomic():
                last = AuditSeal.objects.create(
                    number=number, created_at=now, entry_ids=chunk, digest=digest_of(previous, chunk)
                )
        except IntegrityError:
            return start
        logger.info("audit log sealed", number=number, rows=len(chunk), digest=last.digest)
    return len(ids)


def verify_seals() -> AuditSeal | None:
    """The first seal that doesn't hold: a row was changed or removed, or one before it is missing. None: all hold."""
    previous = ""
    for number, each in enumerate(AuditSeal.objects.order_by("number").iterator(), start=1):
        if each.number != number or each.digest != digest_of(previous, each.entry_ids):
            return each
        previous = each.digest
    return None


def count_unsealed(now: datetime | None = None) -> int:
    """How many rows should have been sealed long ago and are not: put in with an old date, or sealing has stopped."""
    old = AuditEntry.objects.filter(timestamp__lte=(now or timezone.now()) - LONGEST_TRANSACTION)
    sealed = {pk for ids in AuditSeal.objects.values_list("entry_ids", flat=True).iterator() for pk in ids}
    return len(set(old.order_by().values_list("pk", flat=True)) - sealed)
