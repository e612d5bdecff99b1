# SPDX-License-Identifier: EUPL-1.2
"""A question that a member wants on the agenda, and what the sammankallande answered."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forum.models.agenda import AgendaItem
from forum.models.forums import Forum, notes_readable
from forum.models.meetings import Meeting
from forum.models.members import Member
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet


class QuestionQuerySet(RecordQuerySet):
    """The sammankallande and the boende's staff read every question; a member her own until it is on the agenda."""

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user."""
        meetings = Meeting.objects.visible_to(user)
        noted = Forum.objects.filter(notes_readable(user)).values("pk")
        return self.active().filter(
            Q(meeting__in=meetings) & (Q(meeting__forum__in=noted) | Q(member__in=Member.objects.of(user)))
        )

    def editable_by(self, user: Any) -> Self:
        """Those the user answers."""
        return self.active().filter(meeting__in=Meeting.objects.editable_by(user))

    def waiting(self) -> Self:
        """Those without an answer."""
        return self.active().filter(state=Question.State.WAITING)


class Question(Record):
    """A proposed item."""

    class State(models.TextChoices):
        WAITING = "waiting", _("väntar på svar")
        ACCEPTED = "accepted", _("tas upp på mötet")
        DECLINED = "declined", _("tas inte upp")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="questions", verbose_name=_("möte"))
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="questions", verbose_name=_("från"))
    title = GuardedCharField(_("frågan i korthet"), max_length=160)
    text = GuardedTextField(_("mer om frågan"), max_length=4000, blank=True)
    state = models.CharField(_("läge"), max_length=10, choices=State, default=State.WAITING, editable=False)
    answer = GuardedTextField(_("ett ord tillbaka"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("besvarad av"),
    )
    item = models.OneToOneField(
        AgendaItem,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="question",
        verbose_name=_("punkt"),
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("fråga")
        verbose_name_plural = _("frågor")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", answered_by__isnull=True)
                | (~Q(state="waiting") & Q(answered_by__isnull=False)),
                name="question_answered_by",
                violation_error_message=_("En besvarad fråga har någon som svarade."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forum:meeting_detail", args=[self.meeting_id])
