# SPDX-License-Identifier: EUPL-1.2
"""The ground under every model: id, who and when, version, archiving, and a queryset that leaves traces."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from platssamverkan.ground.actions import in_action


class UnauditedWrite(RuntimeError):
    """A bulk write outside an action: it would leave no trace in the audit log."""


class Immutable(RuntimeError):
    """Someone tried to change what stands still for good. A correction is a new version that names the old one."""


class RecordQuerySet(models.QuerySet):
    """Bulk writes leave no trace by themselves, so they are for actions, which log what they did."""

    def active(self) -> Self:
        """Those not archived."""
        return self.filter(archived_at__isnull=True)

    def archived(self) -> Self:
        """Those taken out of the lists."""
        return self.filter(archived_at__isnull=False)

    def _only_in_action(self, verb: str) -> None:
        if not in_action():
            raise UnauditedWrite(f"{self.model.__name__}.objects.{verb}() belongs in an action (docs/decisions/0004).")

    def update(self, **kwargs: Any) -> int:
        self._only_in_action("update")
        return super().update(**kwargs)

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        self._only_in_action("bulk_create")
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> Any:
        self._only_in_action("bulk_update")
        return super().bulk_update(*args, **kwargs)

    def delete(self) -> Any:
        self._only_in_action("delete")
        return super().delete()


class Record(models.Model):
    """What every own model has. Deleting is archiving (design.md rule 4)."""

    id = models.UUIDField(_("id"), primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("skapad"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("skapad av"),
    )
    changed_at = models.DateTimeField(_("ändrad"), default=timezone.now, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("ändrad av"),
    )
    archived_at = models.DateTimeField(_("arkiverad"), null=True, blank=True, editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_new(self) -> bool:
        """Whether it has not been saved yet."""
        return self._state.adding
