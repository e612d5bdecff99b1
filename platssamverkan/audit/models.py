# SPDX-License-Identifier: EUPL-1.2
"""Seals over the audit log: a chain of digests that shows if a row was changed afterwards (faults.md, case 25)."""

from typing import Any

from auditlog.models import AbstractLogEntry
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from platssamverkan.audit.digests import digest


class AuditSeal(models.Model):
    """The digest of some log rows and of the seal before. Rows are named, for ids may be committed out of order."""

    created_at = models.DateTimeField(_("skapad"), default=timezone.now)
    entry_ids = models.JSONField(_("rader"))
    digest = models.CharField(_("kontrollsumma"), max_length=64)

    class Meta:
        verbose_name = _("sigill")
        verbose_name_plural = _("sigill")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.digest[:12]


class AuditEntry(AbstractLogEntry):
    """One row of the log. It says which record, never what a text said, and is never changed or removed."""

    class Meta(AbstractLogEntry.Meta):
        verbose_name = _("loggrad")
        verbose_name_plural = _("loggrader")

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
