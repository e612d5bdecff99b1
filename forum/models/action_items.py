# SPDX-License-Identifier: EUPL-1.2
"""An åtgärd: what somebody takes on at a meeting. Open ones come up at the next meeting by themselves."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.models import ContactPerson
from forum.models.agenda import AgendaItem
from forum.models.forums import Forum
from forum.models.meetings import Meeting
from forum.models.members import Member
from forum.tokens import is_same, link_token, row_of
from kartlaggning.models import Insats
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet

LINK_DAYS = 60  # how long after the åtgärd was finished its link still shows it


class ActionItemQuerySet(RecordQuerySet):
    """The åtgärder of forums that a person reaches, and her own."""

    def visible_to(self, user: Any) -> Self:
        """Those of forums that exist for the user, and those she has taken on herself there."""
        return self.active().filter(forum__in=Forum.objects.visible_to(user))

    def editable_by(self, user: Any) -> Self:
        """Those the user may word anew: of forums that she convenes."""
        return self.active().filter(forum__in=Forum.objects.editable_by(user))

    def reportable_by(self, user: Any) -> Self:
        """Those whose progress the user may tell: her own, and those of forums that she convenes."""
        return self.visible_to(user).filter(
            Q(pk__in=ActionItem.objects.of(user).values("pk")) | Q(forum__in=Forum.objects.editable_by(user))
        )

    def of(self, user: Any) -> Self:
        """Those the user has taken on, by her account or as the contact person it belongs to."""
        return self.active().filter(Q(user=user.pk) | Q(person__user=user.pk, person__user__isnull=False))

    def open(self) -> Self:
        """Those not finished."""
        return self.active().filter(status__in=[ActionItem.Status.PLANNED, ActionItem.Status.ONGOING])

    def for_list(self) -> Self:
        """Open ones by day, with names."""
        return self.active().select_related("forum", "user", "person__actor", "person__user").order_by("due_on", "pk")

    def since(self, moment: datetime | None) -> Self:
        """What a meeting is told: the open ones, and those finished after a moment."""
        finished = Q(finished_at__gt=moment) if moment else Q(finished_at__isnull=False)
        return self.active().filter(Q(finished_at__isnull=True) | finished)

    def of_members(self) -> Self:
        """Those that an account, or a contact person who is in the forum today, has taken on."""
        own = Member.objects.current().filter(forum=OuterRef("forum"), person=OuterRef("person"))
        return self.filter(Q(user__isnull=False) | Exists(own))

    def with_token(self, token: str) -> "ActionItem | None":
        """The åtgärd that a link's token belongs to, if it still may be answered by link.

        The link is the contact person's own for as long as she is in the forum, has the address that it went to, and
        the åtgärd is hers.
        """
        limit = timezone.now() - timedelta(days=LINK_DAYS)
        rows = self.active().of_members().select_related("forum", "person__actor")
        found: Any = rows.filter(
            Q(finished_at__isnull=True) | Q(finished_at__gte=limit),
            pk=row_of(token),
            person__isnull=False,
            forum__archived_at__isnull=True,
        ).first()
        return found if found and is_same(found.link_token, token) else None


class ActionItem(Record):
    """Something to be done, by whom and by when."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("inte påbörjad")
        ONGOING = "ongoing", _("pågår")
        DONE = "done", _("klar")
        DROPPED = "dropped", _("blev inte av")

    FINISHED = (Status.DONE, Status.DROPPED)

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="action_items", verbose_name=_("forum"))
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="action_items", verbose_name=_("bestämd på")
    )
    item = models.ForeignKey(
        AgendaItem,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="action_items",
        verbose_name=_("punkt"),
    )
    title = GuardedCharField(_("vad ska göras"), max_length=200)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="action_items",
        verbose_name=_("ansvarig"),
    )
    person = models.ForeignKey(
        ContactPerson,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="action_items",
        verbose_name=_("ansvarig kontaktperson"),
    )
    insats = models.ForeignKey(
        Insats,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="action_items",
        verbose_name=_("insats i boendets plan"),
    )
    due_on = models.DateField(_("klart senast"))
    status = models.CharField(_("läge"), max_length=10, choices=Status, default=Status.PLANNED)
    note = GuardedTextField(_("hur det går"), max_length=2000, blank=True)
    finished_at = models.DateTimeField(_("avslutad"), null=True, blank=True, editable=False)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("åtgärd")
        verbose_name_plural = _("åtgärder")
        ordering = ["due_on"]
        indexes = [
            models.Index(fields=["forum", "due_on"], name="actionitem_forum_due"),
            models.Index(fields=["due_on"], condition=Q(finished_at__isnull=True), name="actionitem_open"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, person__isnull=True) | Q(user__isnull=True, person__isnull=False),
                name="actionitem_one_responsible",
                violation_error_code="responsible",
                violation_error_message=_("Välj vem som är ansvarig."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["done", "dropped"], finished_at__isnull=False)
                | Q(status__in=["planned", "ongoing"], finished_at__isnull=True),
                name="actionitem_finished_has_time",
                violation_error_message=_("En avslutad åtgärd har en tid."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forum:actionitem_report", args=[self.pk])

    @property
    def responsible(self) -> str:
        """By whom, as the others know her: the actor's name before the person's."""
        return f"{self.person.actor}, {self.person}" if self.person else str(self.user)

    @property
    def account(self) -> Any:
        """The account of whoever has taken it on, if she has one."""
        return self.user or (self.person.user if self.person else None)

    @property
    def link_token(self) -> str:
        """The secret in a letter to the contact person, at her address of today."""
        to = f"{self.person_id}:{self.person.email}" if self.person else ""
        return link_token("actionitem", self.pk, to=to)

    def note_finished(self) -> None:
        """When it was finished follows from its status."""
        self.finished_at = (self.finished_at or timezone.now()) if self.status in self.FINISHED else None

    @property
    def is_open(self) -> bool:
        """Whether it is not finished."""
        return self.finished_at is None

    @property
    def is_late(self) -> bool:
        """Whether its day has passed."""
        return self.is_open and self.due_on < timezone.localdate()
