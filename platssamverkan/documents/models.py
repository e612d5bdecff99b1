# SPDX-License-Identifier: EUPL-1.2
"""A stored document: a file that never changes, with its checksum, its version, who made it and when."""

import hashlib
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from platssamverkan.ground.fields import GuardedCharField
from platssamverkan.ground.records import Immutable, Record, RecordQuerySet


class ImmutableDocument(Immutable):
    """Someone tried to change a stored document. A correction is a new version that names the old one."""


class ChecksumMismatch(RuntimeError):
    """The file is not what was stored: it is not served."""


class StoredDocumentQuerySet(RecordQuerySet):
    """No row here is changed or removed, not even in an action."""

    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise ImmutableDocument("A stored document is never changed or removed.")

    update = bulk_update = delete = _refuse


class StoredDocument(Record):
    """A file and what proves that it is the same file. It has no address of its own: its owner's view serves it."""

    title = GuardedCharField(_("titel"), max_length=200, editable=False)
    kind = GuardedCharField(_("slag"), max_length=40, editable=False)
    file = models.FileField(_("fil"), max_length=120, unique=True, editable=False)
    content_type = models.CharField(_("filtyp"), max_length=100, default="application/pdf", editable=False)
    size = models.PositiveBigIntegerField(_("storlek i byte"), editable=False)
    sha256 = models.CharField(_("kontrollsumma"), max_length=64, editable=False)
    previous = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="next",
        verbose_name=_("föregående version"),
    )

    objects = StoredDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("dokument")
        verbose_name_plural = _("dokument")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Exact(Length("sha256"), 64), name="document_checksum_whole"),
            models.CheckConstraint(condition=Q(size__gt=0), name="document_not_empty"),
            models.CheckConstraint(condition=~Q(file="") & ~Q(kind=""), name="document_file_and_kind"),
            models.CheckConstraint(
                condition=Q(version=1, previous__isnull=True) | Q(version__gt=1, previous__isnull=False),
                name="document_version_follows_previous",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new row; a stored one is never changed."""
        if not self.is_new:
            raise ImmutableDocument("A stored document is never changed; store a new version.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refused: nothing is lost."""
        raise ImmutableDocument("A stored document is never removed.")

    def read_verified(self) -> bytes:
        """The file's bytes; raises ChecksumMismatch if they are not those that were stored."""
        with self.file.open("rb") as stored:
            content: bytes = stored.read()
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise ChecksumMismatch(f"document {self.pk}")
        return content
