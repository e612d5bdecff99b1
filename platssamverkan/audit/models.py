# SPDX-License-Identifier: EUPL-1.2
"""The log, and the seals over it: a chain of digests that shows if a row was changed (faults.md, case 25)."""

from typing import Any, Self

from auditlog.models import AbstractLogEntry, LogEntryManager
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from platssamverkan.audit.digests import digest
from platssamverkan.audit.labels import event_labels, kind_labels
from platssamverkan.audit.readers import may_read


class AuditSeal(models.Model):
    """The digest of some log rows and of the seal before. Rows are named, for ids may be committed out of order."""

    number = models.PositiveIntegerField(_("nummer"), unique=True)  # two sealers at once can't both extend the chain
    created_at = models.DateTimeField(_("skapad"), default=timezone.now, db_index=True)
    entry_ids = models.JSONField(_("rader"))
    digest = models.CharField(_("kontrollsumma"), max_length=64)

    class Meta:
        verbose_name = _("sigill")
        verbose_name_plural = _("sigill")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.digest[:12]}"


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    """The log is read and added to, nothing else. PostgreSQL refuses too, with a trigger."""

    def visible_to(self, user: Any) -> Self:
        """All of it for who may read the log, nothing for others."""
        return self if may_read(user) else self.none()

    def for_list(self) -> Self:
        """The newest first, with who and what about, in one query."""
        return self.select_related("actor", "content_type").order_by("-timestamp", "-pk")

    def update(self, **kwargs: Any) -> int:
        """Refused: a row is never changed."""
        raise PermissionError("Rows of the audit log are never changed.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        """Refused: a row is never changed."""
        raise PermissionError("Rows of the audit log are never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused: the log is kept."""
        raise PermissionError("Rows of the audit log are never removed.")


class AuditEntry(AbstractLogEntry):
    """One row of the log. It says which record, never what a text said, and is never changed or removed."""

    cid = models.CharField(_("sammanhang"), max_length=255, db_index=True, blank=True, null=True)

    objects = LogEntryManager.from_queryset(AuditEntryQuerySet)()

    class Meta(AbstractLogEntry.Meta):
        verbose_name = _("loggrad")
        verbose_name_plural = _("loggrader")
        ordering = ["-timestamp", "-pk"]
        indexes = [models.Index(fields=["-timestamp", "-id"], name="audit_newest")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new row; names and texts that the library puts in words are left out of it."""
        if not self._state.adding:
            raise PermissionError("A row of the audit log is never changed.")
        self.object_repr = str(self.content_type.model_class()._meta.verbose_name)
        for change in (self.changes or {}).values():
            if isinstance(change, dict) and "objects" in change:
                change["objects"] = [digest(name) for name in change["objects"]]
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refused: the log is kept."""
        raise PermissionError("A row of the audit log is never removed.")

    @property
    def event(self) -> str:
        """The short English word of a row that no field's change explains; else empty."""
        return (self.additional_data or {}).get("event", "")

    @property
    def kind(self) -> str:
        """What was done: "ändrade", "läste", "nekades" …"""
        return str(event_labels.get(self.event) or kind_labels[self.action])

    @property
    def record_name(self) -> str:
        """What kind of record it was done to: "händelse", "boende" …"""
        return self.object_repr

    @property
    def path(self) -> str:
        """The page that was refused; else empty."""
        return (self.additional_data or {}).get("path", "")

    @property
    def changed_fields(self) -> list[str]:
        """The names of the fields that were given values or changed, as people know them."""
        model = self.content_type.model_class()
        return [field_name(model, name) for name in self.changes or {}]


def field_name(model: Any, name: str) -> str:
    """A field's name on screen; of one that is gone, the name it had in the code."""
    try:
        return str(model._meta.get_field(name).verbose_name)
    except (FieldDoesNotExist, AttributeError):
        return name
