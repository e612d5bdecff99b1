# SPDX-License-Identifier: EUPL-1.2
"""Rows that the library does not write by itself: a reading, a refusal, a bulk change."""

from collections.abc import Iterable
from typing import Any

from auditlog.diff import model_instance_diff
from auditlog.models import LogEntry as Kinds
from django.contrib.contenttypes.models import ContentType
from django.db import models

from platssamverkan.audit.labels import REFUSED
from platssamverkan.audit.models import AuditEntry

BATCH = 1000  # rows an INSERT


def log_reading(*, record: models.Model, by: Any) -> None:
    """Note that someone read a record whose readings are logged. The only write that a GET makes."""
    AuditEntry.objects.log_create(
        record, force_log=True, action=Kinds.Action.ACCESS, actor=by, actor_email=by.email, changes={}
    )


def log_event(*, record: models.Model, by: Any, event: str) -> None:
    """Note something done to a record that changes no field of it; `event` is a short English word."""
    AuditEntry.objects.log_create(
        record,
        force_log=True,
        action=Kinds.Action.UPDATE,
        actor=by,
        actor_email=getattr(by, "email", None),
        changes={},
        additional_data={"event": event},
    )


def log_refusal(*, by: Any, path: str) -> None:
    """Note that someone was refused a page that exists for her. `path` is without what was asked for after "?"."""
    AuditEntry.objects.log_create(
        by,
        force_log=True,
        action=Kinds.Action.ACCESS,
        actor=by,
        actor_email=by.email,
        changes={},
        additional_data={"event": REFUSED, "path": path},
    )


def log_bulk(*, changed: Iterable[tuple[models.Model | None, models.Model]], by: Any) -> None:
    """Note what a bulk write did, a row a record as if each had been saved by itself: (before or None, after)."""
    entries = []
    for before, after in changed:
        changes = model_instance_diff(before, after, use_json_for_changes=True)
        if changes is None:
            continue
        entries.append(
            AuditEntry(
                content_type=ContentType.objects.get_for_model(after),
                object_pk=str(after.pk),
                object_repr=str(after._meta.verbose_name),
                action=Kinds.Action.CREATE if before is None else Kinds.Action.UPDATE,
                changes=changes,
                actor=by,
                actor_email=getattr(by, "email", None),
            )
        )
    AuditEntry.objects.bulk_create(entries, batch_size=BATCH)
