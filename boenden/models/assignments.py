# SPDX-License-Identifier: EUPL-1.2
"""Who holds which role where and when."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.models.boende import Boende, Forvaltning
from platssamverkan.accounts.roles import Right, Role, roles_with
from platssamverkan.ground.records import Record, RecordQuerySet


def in_force(day: date | None = None, prefix: str = "") -> Q:
    """The condition that a period `starts_on`–`ends_on` holds on a day (today). The last day still counts."""
    day = day or timezone.localdate()
    return Q(**{f"{prefix}starts_on__lte": day}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": day})
    )


class AssignmentQuerySet(RecordQuerySet):
    """The one question everything rests on: who holds what today."""

    def current(self) -> Self:
        """In force today, not archived."""
        return self.active().filter(in_force())

    def giving(self, user: Any, right: Right) -> Self:
        """The user's assignments that give a right today."""
        if not user.is_authenticated:
            return self.none()
        return self.current().filter(user=user.pk, role__in=roles_with(right))

    def visible_to(self, user: Any) -> Self:
        """Those of people that a person may see in order to manage them, and her own. A service's goes with its key."""
        if user.is_authenticated and Assignment.objects.giving(user, Right.MANAGE_USERS).exists():
            return self.exclude(role=Role.TJANST)
        own = Q(user=user.pk) | Q(boende__in=Boende.objects.with_right(user, Right.INVITE))
        return self.filter(own).exclude(role=Role.TJANST)

    def editable_by(self, user: Any) -> Self:
        """Those a person may end. A systemförvaltare ends any, an enhetschef those at the own boende."""
        if user.is_authenticated and Assignment.objects.giving(user, Right.MANAGE_USERS).exists():
            return self.exclude(role=Role.TJANST)
        return self.filter(boende__in=Boende.objects.with_right(user, Right.INVITE)).exclude(role=Role.TJANST)


SCOPE_MATCHES_ROLE = (
    Q(role=Role.SYSTEMFORVALTARE, forvaltning__isnull=True, boende__isnull=True)
    | Q(role=Role.FORVALTNINGSCHEF, forvaltning__isnull=False, boende__isnull=True)
    | Q(
        role__in=[Role.ENHETSCHEF, Role.PERSONAL, Role.BOENDEOMBUD],
        forvaltning__isnull=True,
        boende__isnull=False,
    )
)
# a service reaches a förvaltning or one boende; nobody is invited to be one
SERVICE_HAS_SCOPE = Q(role=Role.TJANST, forvaltning__isnull=False, boende__isnull=True) | Q(
    role=Role.TJANST, forvaltning__isnull=True, boende__isnull=False
)


class Assignment(Record):
    """A user holds a role in a scope, from a day until a day. An ended one stops working at once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="assignments",
        verbose_name=_("användare"),
    )
    role = models.CharField(_("roll"), max_length=20, choices=Role)
    forvaltning = models.ForeignKey(
        Forvaltning,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("förvaltning"),
    )
    boende = models.ForeignKey(
        Boende,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("boende"),
    )
    starts_on = models.DateField(_("från"), default=timezone.localdate)
    ends_on = models.DateField(_("till och med"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("uppdrag")
        verbose_name_plural = _("uppdrag")
        ordering = ["user__name", "role", "starts_on"]
        indexes = [models.Index(fields=["user", "role", "boende"], name="assignment_user_role_boende")]
        constraints = [
            models.CheckConstraint(
                condition=SCOPE_MATCHES_ROLE | SERVICE_HAS_SCOPE,
                name="assignment_scope_matches_role",
                violation_error_message=_("Välj den förvaltning eller det boende som rollen gäller, och bara det."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="assignment_ends_after_start",
                violation_error_message=_("Sista dagen kan inte vara före första dagen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.scope_name}" if self.scope_name else self.get_role_display()

    def clean(self) -> None:
        """The same role twice at once says nothing more, and could be ended without effect."""
        super().clean()
        same = Assignment.objects.active().filter(
            user=self.user_id, role=self.role, boende=self.boende_id, forvaltning=self.forvaltning_id
        )
        starts_on = self.starts_on or timezone.localdate()
        overlapping = same.exclude(pk=self.pk).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
        if self.ends_on:
            overlapping = overlapping.filter(starts_on__lte=self.ends_on)
        if overlapping.exists():
            raise ValidationError(
                _("%(name)s har redan den rollen då. Ändra datumen på uppdraget som finns."),
                params={"name": self.user},
            )

    @property
    def scope_name(self) -> str:
        """Where it holds, as the menu shows it; empty for the whole system."""
        return str(self.boende or self.forvaltning or "")

    def is_in_force(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.archived_at is None and self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)

    @property
    def is_current(self) -> bool:
        """Whether it holds today."""
        return self.is_in_force(timezone.localdate())

    @property
    def has_ended(self) -> bool:
        """Whether it is over, and not just still to come."""
        return self.archived_at is not None or (self.ends_on is not None and self.ends_on < timezone.localdate())
