# SPDX-License-Identifier: EUPL-1.2
"""The keys of the API, and how much each has been used on a day."""

from datetime import date, timedelta
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.models import Assignment, Forvaltning
from boenden.models.assignments import in_force
from boenden.rights import assignments_of, has_right
from forum.tokens import token_digest
from platssamverkan.accounts.roles import ROLES, Right, Role
from platssamverkan.ground.fields import GuardedCharField
from platssamverkan.ground.records import Record, RecordQuerySet

LONGEST = timedelta(days=366)  # whoever answers for the rows thinks it over once a year
SOON = timedelta(days=30)


def forvaltningar_to_issue_in(user: Any) -> list[Any]:
    """The ids of the förvaltningar whose keys the user makes."""
    held = (found for found in assignments_of(user) if Right.ISSUE_API_KEYS in ROLES[Role(found.role)].rights)
    return [found.forvaltning_id for found in held if found.forvaltning_id]


# what a förvaltning has let out is its own: another's, that a boende moves to, decides for itself
STAYED = Q(assignment__boende=None) | Q(assignment__boende__forvaltning=F("forvaltning"))


class ApiKeyQuerySet(RecordQuerySet):
    """Who sees and makes keys, and which of them open."""

    def visible_to(self, user: Any) -> Self:
        """Those of the user's förvaltningar; all of them for whoever looks after users, who can stop any."""
        if has_right(user, Right.MANAGE_USERS):
            return self.active()
        return self.active().filter(forvaltning__in=forvaltningar_to_issue_in(user))

    def editable_by(self, user: Any) -> Self:
        """Those the user renews: a key gives no more than the one who makes it may take out herself."""
        return self.active().filter(forvaltning__in=forvaltningar_to_issue_in(user))

    def in_use(self, day: date | None = None) -> Self:
        """Those that open on a day: not revoked or ended, their service's assignment is in force, the boende here."""
        day = day or timezone.localdate()
        rows = self.active().filter(in_force(day, "assignment__"), assignment__archived_at=None)
        return rows.filter(STAYED, revoked_at=None, ends_on__gte=day)

    def with_secret(self, secret: str) -> Self:
        """The one that a secret opens today, with its service."""
        return self.in_use().filter(token_digest=token_digest(secret)).select_related("assignment__user")

    def for_list(self) -> Self:
        """Those that open first, then the latest; each with the day it was used last."""
        rows = self.select_related("assignment__user", "assignment__forvaltning", "assignment__boende", "created_by")
        return rows.annotate(used_on=Max("uses__day")).order_by(
            F("revoked_at").asc(nulls_first=True), "-ends_on", "assignment__user__name", "pk"
        )


class ApiKey(Record):
    """A key. Its secret is shown once and never kept; the first signs of it are, to recognise it by."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, editable=False, related_name="api_keys", verbose_name=_("uppdrag")
    )
    forvaltning = models.ForeignKey(
        Forvaltning, on_delete=models.PROTECT, editable=False, related_name="+", verbose_name=_("förvaltning")
    )
    purpose = GuardedCharField(_("vad uppgifterna används till"), max_length=300)
    prefix = GuardedCharField(_("nyckeln börjar med"), max_length=16, editable=False)
    token_digest = models.CharField(_("kontrollsumma"), max_length=64, unique=True, editable=False)
    ends_on = models.DateField(_("gäller till och med"))
    revoked_at = models.DateTimeField(_("återkallad"), null=True, blank=True, editable=False)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("nyckel till API:et")
        verbose_name_plural = _("nycklar till API:et")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(purpose=""),
                name="apikey_says_what_for",
                violation_error_code="purpose",
                violation_error_message=_("Skriv vad uppgifterna ska användas till."),
            )
        ]

    def __str__(self) -> str:
        return self.assignment.user.name

    def get_absolute_url(self) -> str:
        return reverse("reports:apikey_detail", args=[self.pk])

    def clean(self) -> None:
        """A key ends within a year."""
        super().clean()
        today = timezone.localdate()
        if self.ends_on and not today <= self.ends_on <= today + LONGEST:
            raise ValidationError({"ends_on": _("Välj en dag från i dag och högst ett år framåt.")})

    @property
    def is_revoked(self) -> bool:
        """Whether somebody has stopped it."""
        return self.revoked_at is not None

    @property
    def has_moved(self) -> bool:
        """Whether its boende is another förvaltning's now."""
        boende = self.assignment.boende
        return boende is not None and boende.forvaltning_id != self.forvaltning_id

    @property
    def opens(self) -> bool:
        """Whether it works today."""
        is_over = self.is_revoked or self.has_moved or self.ends_on < timezone.localdate()
        return not is_over and self.assignment.is_current

    @property
    def ends_soon(self) -> bool:
        """Whether it has to be renewed within a month."""
        return self.opens and self.ends_on <= timezone.localdate() + SOON


class ApiUse(Record):
    """How often a key asked for something on a day, and how many rows it got. Its first row of a day is in the log."""

    key = models.ForeignKey(
        ApiKey, on_delete=models.PROTECT, editable=False, related_name="uses", verbose_name=_("nyckel till API:et")
    )
    day = models.DateField(_("dag"), editable=False)
    operation = GuardedCharField(_("vad som hämtades"), max_length=40, editable=False)
    calls = models.PositiveIntegerField(_("antal anrop"), default=1, editable=False)
    row_count = models.PositiveBigIntegerField(_("antal rader"), default=0, editable=False)

    class Meta:
        verbose_name = _("användning av en nyckel")
        verbose_name_plural = _("användning av nycklar")
        ordering = ["-day", "operation"]
        constraints = [models.UniqueConstraint(fields=["key", "day", "operation"], name="apiuse_once_a_day")]

    def __str__(self) -> str:
        return f"{self.operation} {self.day}"
