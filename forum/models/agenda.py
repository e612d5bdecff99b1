# SPDX-License-Identifier: EUPL-1.2
"""The agenda: items in order, with what was said and decided, and files that go with them."""

from typing import Any, Self

from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forum.kinds import Section
from forum.models.meetings import Meeting
from platssamverkan.documents.models import StoredDocument
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet


class AgendaItemQuerySet(RecordQuerySet):
    """The items of meetings that a person reaches."""

    def visible_to(self, user: Any) -> Self:
        """Those of meetings that exist for the user."""
        return self.active().filter(meeting__in=Meeting.objects.visible_to(user))

    def editable_by(self, user: Any) -> Self:
        """Those of meetings that the user convenes."""
        return self.active().filter(meeting__in=Meeting.objects.editable_by(user))

    def in_order(self) -> Self:
        """As they are taken up."""
        return self.active().order_by("position", "created_at", "pk")

    def for_papers(self) -> Self:
        """In order, with their files and what proposed them: two queries, however many."""
        files = Attachment.objects.active().select_related("document").order_by("created_at", "pk")
        return (
            self.in_order().select_related("proposal").prefetch_related(Prefetch("attachments", files, to_attr="files"))
        )


class AgendaItem(Record):
    """A point of the agenda, and afterwards what came of it."""

    class State(models.TextChoices):
        OPEN = "open", _("inte behandlad")
        DONE = "done", _("klar")
        POSTPONED = "postponed", _("tas upp nästa gång")

    Section = Section

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items", verbose_name=_("möte"))
    position = models.PositiveSmallIntegerField(_("plats"), default=0, editable=False)
    title = GuardedCharField(_("rubrik"), max_length=200)
    text = GuardedTextField(_("underlag"), max_length=8000, blank=True)
    section = models.CharField(_("visar också"), max_length=10, choices=Section, default=Section.TEXT)
    minutes = models.PositiveSmallIntegerField(_("minuter"), null=True, blank=True)
    rapporteur = GuardedCharField(_("föredragande"), max_length=120, blank=True)
    is_standing = models.BooleanField(_("stående punkt"), default=False, editable=False)
    state = models.CharField(_("läge"), max_length=10, choices=State, default=State.OPEN)
    outcome = GuardedTextField(_("vad som sades"), max_length=8000, blank=True)
    decision = GuardedTextField(_("beslut"), max_length=4000, blank=True)
    carried_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="carried_to",
        verbose_name=_("kommer från"),
    )

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("punkt på dagordningen")
        verbose_name_plural = _("punkter på dagordningen")
        ordering = ["meeting", "position"]
        indexes = [models.Index(fields=["meeting", "position"], name="agenda_meeting_position")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__range=(1, 600)),
                name="agenda_minutes_range",
                violation_error_code="minutes",
                violation_error_message=_("Skriv antal minuter från 1 till 600, eller lämna tomt."),
            ),
            models.UniqueConstraint(
                fields=["carried_from"],
                condition=Q(archived_at__isnull=True, carried_from__isnull=False),
                name="agenda_carried_once",
                violation_error_message=_("Punkten är redan överförd."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{reverse('forum:meeting_detail', args=[self.meeting_id])}#punkt-{self.pk}"

    @property
    def origin(self) -> Any:
        """The proposal of the staff that became this item, or None."""
        return getattr(self, "proposal", None)


class AttachmentQuerySet(RecordQuerySet):
    """Files of items that a person reaches."""

    def visible_to(self, user: Any) -> Self:
        """Those of items that exist for the user."""
        return self.active().filter(item__in=AgendaItem.objects.visible_to(user))

    def editable_by(self, user: Any) -> Self:
        """Those of items that the user may change."""
        return self.active().filter(item__in=AgendaItem.objects.editable_by(user))


class Attachment(Record):
    """A file that goes with an item."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="attachments", verbose_name=_("punkt"))
    document = models.ForeignKey(StoredDocument, on_delete=models.PROTECT, related_name="+", verbose_name=_("fil"))
    title = GuardedCharField(_("titel"), max_length=160)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("bilaga")
        verbose_name_plural = _("bilagor")
        ordering = ["item", "created_at"]

    def __str__(self) -> str:
        return self.title
