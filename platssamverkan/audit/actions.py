# SPDX-License-Identifier: EUPL-1.2
"""Rows that the library does not write by itself: a reading, a refusal, a bulk change."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from auditlog.models import LogEntry as Kinds
from auditlog.registry import auditlog
from django.contrib.contenttypes.models import ContentType
from django.db import models

from platssamverkan.audit.digests import digest
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


@cache
def told_fields(model: type[models.Model]) -> list[tuple[str, str, bool]]:
    """The fields of a model that the log tells of: name, where the value is, and whether only its digest is kept."""
    kept = auditlog.get_model_fields(model)
    return [
        (field.name, field.attname, field.name in kept["mask_fields"])
        for field in model._meta.concrete_fields
        if field.name not in kept["exclude_fields"]
    ]


def told(value: Any, is_masked: bool) -> Any:
    """A value as the log keeps it."""
    if is_masked:
        return digest("" if value is None else str(value))
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def changes_between(before: models.Model | None, after: models.Model) -> dict[str, list[Any]]:
    """What differs, as the log keeps it; of a new record all that it holds. The library's own way, many times over."""
    changes = {}
    for name, place, is_masked in told_fields(type(after)):
        old, new = getattr(before, place, None), getattr(after, place)
        if old != new:
            changes[name] = [told(old, is_masked), told(new, is_masked)]
    return changes


def log_bulk(*, changed: Iterable[tuple[models.Model | None, models.Model]], by: Any) -> None:
    """Note what a bulk write did, a row a record as if each had been saved by itself: (before or None, after)."""
    entries = []
    for before, after in changed:
        changes = changes_between(before, after)
        if not changes:
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
