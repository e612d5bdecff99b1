# SPDX-License-Identifier: EUPL-1.2
"""A meeting: when, where, and how far it has come."""

from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.forums import Forum
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet
from platssamverkan.look.words import day


class MeetingQuerySet(RecordQuerySet):
    """The meetings of forums that a person reaches."""

    def visible_to(self, user: Any) -> Self:
        """Those of forums that exist for the user."""
        return self.active().filter(forum__in=Forum.objects.visible_to(user))

    def editable_by(self, user: Any) -> Self:
        """Those of forums that the user convenes."""
        return self.active().filter(forum__in=Forum.objects.editable_by(user))

    def coming(self) -> Self:
        """Those that have not ended and are not cancelled, the next first."""
        return (
            self.active()
            .filter(status__in=[Meeting.Status.PLANNED, Meeting.Status.CALLED], ends_at__gte=timezone.now())
            .order_by("starts_at", "pk")
        )

    def held(self) -> Self:
        """Those that took place, the latest first."""
        return self.active().filter(status=Meeting.Status.HELD).order_by("-starts_at", "-pk")

    def before(self, moment: datetime) -> Self:
        """Those that began before a moment."""
        return self.filter(starts_at__lt=moment)

    def for_list(self) -> Self:
        """With the forum, the latest first."""
        return self.active().select_related("forum").order_by("-starts_at", "-pk")


class Meeting(Record):
    """A meeting of a forum. Kept in UTC; shown and written on the clock here."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("planerat")
        CALLED = "called", _("kallat")
        HELD = "held", _("hållet")
        CANCELLED = "cancelled", _("inställt")

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="meetings", verbose_name=_("forum"))
    starts_at = models.DateTimeField(_("börjar"))
    ends_at = models.DateTimeField(_("slutar"))
    place = GuardedCharField(_("plats"), max_length=200, blank=True)
    link = models.URLField(_("länk till videomöte"), blank=True)
    message = GuardedTextField(_("hälsning i kallelsen"), max_length=2000, blank=True)
    questions_until = models.DateField(_("frågor senast"), null=True, blank=True)
    status = models.CharField(_("läge"), max_length=10, choices=Status, default=Status.PLANNED, editable=False)
    sequence = models.PositiveIntegerField(_("utskick"), default=0, editable=False)
    called_at = models.DateTimeField(_("kallat"), null=True, blank=True, editable=False)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("kallat av"),
    )
    cancel_reason = GuardedCharField(_("varför det ställs in"), max_length=300, blank=True)
    brukare_count = models.PositiveSmallIntegerField(_("antal boende som var med"), null=True, blank=True)
    sealed_at = models.DateTimeField(
        _("protokollet justerat"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Sätts när protokollet är justerat. Sedan ändras ingenting i mötet."),
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("möte")
        verbose_name_plural = _("möten")
        ordering = ["-starts_at"]
        indexes = [models.Index(fields=["forum", "-starts_at"], name="meeting_forum_when")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_start",
                violation_error_code="end",
                violation_error_message=_("Mötet kan inte sluta innan det har börjat."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["planned", "cancelled", "held"]) | Q(called_at__isnull=False),
                name="meeting_called_has_time",
                violation_error_message=_("Ett kallat möte har en tid då det kallades."),
            ),
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True) | Q(status="held"),
                name="meeting_sealed_was_held",
                violation_error_message=_("Bara ett möte som har hållits kan ha ett justerat protokoll."),
            ),
            models.UniqueConstraint(
                fields=["forum", "starts_at"],
                condition=Q(archived_at__isnull=True) & ~Q(status="cancelled"),
                name="meeting_once_at_a_time",
                violation_error_code="start",
                violation_error_message=_("Forumet har redan ett möte då."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forum}, {day(self.starts_at)}"

    def get_absolute_url(self) -> str:
        return reverse("forum:meeting_detail", args=[self.pk])

    @property
    def day(self) -> date:
        """The day it begins, here."""
        return timezone.localdate(self.starts_at)

    @property
    def is_sealed(self) -> bool:
        """Whether its protokoll is justerat, so that nothing of it is changed."""
        return self.sealed_at is not None

    @property
    def is_coming(self) -> bool:
        """Whether it is still to take place."""
        return self.status in (self.Status.PLANNED, self.Status.CALLED) and self.ends_at >= timezone.now()

    @property
    def has_begun(self) -> bool:
        """Whether there is something to note."""
        return self.is_held or self.starts_at <= timezone.now()

    @property
    def is_called(self) -> bool:
        """Whether the members have been invited."""
        return self.status == self.Status.CALLED

    @property
    def is_held(self) -> bool:
        """Whether it took place."""
        return self.status == self.Status.HELD

    @property
    def is_cancelled(self) -> bool:
        """Whether it is called off."""
        return self.status == self.Status.CANCELLED

    @property
    def takes_questions(self) -> bool:
        """Whether members can still put a question on the agenda."""
        return self.is_coming and (self.questions_until is None or timezone.localdate() <= self.questions_until)
