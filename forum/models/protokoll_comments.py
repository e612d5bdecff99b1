# SPDX-License-Identifier: EUPL-1.2
"""What the forum's people say about a protokoll before it is justerat, and what became of it."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forum.models.forums import Forum
from forum.models.members import Member
from forum.models.protokoll import Protokoll, ProtokollItem, notes_readable
from platssamverkan.ground.fields import GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet


class ProtokollCommentQuerySet(RecordQuerySet):
    """Everyone who reads the protokoll reads its comments, until it is justerat; then only staff and sammankallande."""

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user."""
        noted = Forum.objects.filter(notes_readable(user)).values("pk")
        return self.active().filter(
            Q(protokoll__sealed_at=None) | Q(protokoll__meeting__forum__in=noted),
            protokoll__in=Protokoll.objects.visible_to(user),
        )

    def editable_by(self, user: Any) -> Self:
        """Those that the sammankallande answers."""
        return self.active().filter(protokoll__in=Protokoll.objects.editable_by(user))

    def waiting(self) -> Self:
        """Those without an answer."""
        return self.active().filter(state=ProtokollComment.State.WAITING)

    def for_list(self) -> Self:
        """With names, the earliest first."""
        names = ("created_by", "member__user", "member__person__actor", "item")
        return self.active().select_related(*names).order_by("created_at", "pk")


class ProtokollComment(Record):
    """A synpunkt on a protokoll, by one who reads it; `member` for one who came by the link in her letter."""

    class State(models.TextChoices):
        WAITING = "waiting", _("väntar på svar")
        TAKEN = "taken", _("införd i texten")
        NOTED = "noted", _("läst, ändrar inte texten")

    protokoll = models.ForeignKey(Protokoll, on_delete=models.PROTECT, related_name="comments", verbose_name=_("om"))
    item = models.ForeignKey(
        ProtokollItem, on_delete=models.PROTECT, null=True, blank=True, related_name="comments", verbose_name=_("punkt")
    )
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("av")
    )
    text = GuardedTextField(_("synpunkt"), max_length=4000)
    state = models.CharField(_("läge"), max_length=8, choices=State, default=State.WAITING)
    answer = GuardedTextField(_("svar"), max_length=2000, blank=True)

    objects = ProtokollCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("synpunkt på protokoll")
        verbose_name_plural = _("synpunkter på protokoll")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="noted") | ~Q(answer=""),
                name="protokollcomment_declined_with_words",
                violation_error_code="answer",
                violation_error_message=_("Skriv varför texten inte ändras."),
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def get_absolute_url(self) -> str:
        return f"{reverse('forum:protokoll_detail', args=[self.protokoll_id])}#synpunkter"

    @property
    def author(self) -> str:
        """Who says so."""
        return str(self.member or self.created_by or "")
