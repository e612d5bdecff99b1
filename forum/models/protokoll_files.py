# SPDX-License-Identifier: EUPL-1.2
"""What is made of a justerat protokoll: the archive file, the public variant, and the files of several at once."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forum.models.forums import Forum
from forum.models.protokoll import Protokoll
from platssamverkan.documents.models import StoredDocument
from platssamverkan.ground.records import Record, RecordQuerySet


class PublicProtokollQuerySet(RecordQuerySet):
    """Public variants are read by those who read the protokoll; the sammankallande hands them on."""

    def visible_to(self, user: Any) -> Self:
        """Those of protokoll that exist for the user."""
        return self.active().filter(protokoll__in=Protokoll.objects.visible_to(user))


class PublicProtokoll(Record):
    """A justerat protokoll less what was chosen; what is left out is marked. Another choice is a new variant."""

    protokoll = models.ForeignKey(
        Protokoll, on_delete=models.PROTECT, related_name="public_variants", verbose_name=_("protokoll")
    )
    number = models.PositiveSmallIntegerField(_("nummer"), default=1, editable=False)
    content = models.JSONField(_("text"), editable=False)
    sha256 = models.CharField(_("kontrollsumma"), max_length=64, editable=False)

    objects = PublicProtokollQuerySet.as_manager()

    class Meta:
        verbose_name = _("offentlig variant")
        verbose_name_plural = _("offentliga varianter")
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["protokoll", "number"], name="publicprotokoll_number_once")]

    def __str__(self) -> str:
        return f"{self.protokoll}, {self._meta.verbose_name} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("forum:publicprotokoll_detail", args=[self.pk])


class ProtokollFileQuerySet(RecordQuerySet):
    """Files that are ready, or on their way."""

    def visible_to(self, user: Any) -> Self:
        """Those of protokoll, of public variants and of forums that exist for the user."""
        reached = Protokoll.objects.visible_to(user)
        return self.active().filter(
            Q(protokoll__in=reached)
            | Q(public__protokoll__in=reached)
            | Q(forum__in=Forum.objects.visible_to(user), created_by=user.pk)
        )

    def claimable(self, now: datetime) -> Self:
        """Those to be made: nobody has them, or whoever had them is gone."""
        waiting = Q(state=ProtokollFile.State.WAITING) | Q(state=ProtokollFile.State.RUNNING, lease_until__lt=now)
        return self.active().filter(waiting).order_by("created_at", "pk")


class ProtokollFile(Record):
    """A file made of protokoll and how far its making has come. The file itself is a StoredDocument."""

    class State(models.TextChoices):
        WAITING = "waiting", _("väntar")
        RUNNING = "running", _("görs")
        DONE = "done", _("klar")
        FAILED = "failed", _("gick inte att göra")

    protokoll = models.OneToOneField(
        Protokoll, on_delete=models.PROTECT, null=True, blank=True, related_name="paper", verbose_name=_("protokoll")
    )
    public = models.OneToOneField(
        PublicProtokoll,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="paper",
        verbose_name=_("offentlig variant"),
    )
    forum = models.ForeignKey(
        Forum, on_delete=models.PROTECT, null=True, blank=True, related_name="protokoll_files", verbose_name=_("forum")
    )
    document = models.ForeignKey(
        StoredDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("dokument")
    )
    state = models.CharField(_("läge"), max_length=8, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(_("klara delar"), default=0)
    total = models.PositiveIntegerField(_("delar"), default=1)
    attempts = models.PositiveSmallIntegerField(_("försök"), default=0)
    lease_until = models.DateTimeField(_("upptagen till"), null=True, blank=True)

    objects = ProtokollFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("protokollfil")
        verbose_name_plural = _("protokollfiler")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(protokoll__isnull=False, public__isnull=True, forum__isnull=True)
                | Q(protokoll__isnull=True, public__isnull=False, forum__isnull=True)
                | Q(protokoll__isnull=True, public__isnull=True, forum__isnull=False),
                name="protokollfile_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state="done", document__isnull=False) | ~Q(state="done") & Q(document__isnull=True),
                name="protokollfile_done_has_document",
            ),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="protokollfile_done_within_total"),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def is_ready(self) -> bool:
        """Whether the file is there."""
        return self.state == self.State.DONE

    @property
    def has_failed(self) -> bool:
        """Whether it was given up, until somebody tries again."""
        return self.state == self.State.FAILED
