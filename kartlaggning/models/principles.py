# SPDX-License-Identifier: EUPL-1.2
"""A boende's own work by the principles: what it does, what it shall try, and when people talked about it."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from boenden.models.actors import past_day_please
from kartlaggning.models.levels import AtBoendeQuerySet
from kartlaggning.principles import ASKS, Principle
from platssamverkan.ground.fields import GuardedTextField
from platssamverkan.ground.records import Record


class PrincipleReview(Record):
    """A boende's short self-review by one principle. Looked through again, it is changed and its day moves."""

    boende = models.ForeignKey(
        Boende, on_delete=models.PROTECT, related_name="principle_reviews", verbose_name=_("boende")
    )
    principle = models.PositiveSmallIntegerField(_("princip"), choices=Principle, editable=False)
    we_do = GuardedTextField(_("det här gör vi"), max_length=2000, blank=True)
    we_try = GuardedTextField(_("det här ska vi pröva"), max_length=2000, blank=True)
    reviewed_on = models.DateField(_("genomgången"), default=timezone.localdate)

    objects = AtBoendeQuerySet.as_manager()

    class Meta:
        verbose_name = _("genomgång av en princip")
        verbose_name_plural = _("genomgångar av principerna")
        ordering = ["boende", "principle"]
        constraints = [
            models.UniqueConstraint(fields=["boende", "principle"], name="principle_review_once"),
            models.CheckConstraint(
                condition=Q(principle__range=(1, 5)), name="principle_review_of_five"
            ),
            models.CheckConstraint(
                condition=~Q(we_do="") | ~Q(we_try=""),
                name="principle_review_says_something",
                violation_error_code="we_do",
                violation_error_message=_("Skriv vad ni gör, eller vad ni ska pröva."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.get_principle_display()

    @property
    def asks(self) -> str:
        """The question to think about."""
        return str(ASKS[Principle(self.principle)])


class BriefingQuerySet(AtBoendeQuerySet):
    """The talks of a boende."""

    def for_list(self) -> Self:
        """The latest first."""
        return self.active().order_by("-held_on", "-created_at", "pk")


class Briefing(Record):
    """That staff, or staff and brukare at a husmöte, talked about the principles. Head-counts only, never a name."""

    class Where(models.TextChoices):
        STAFF = "personal", _("personalmöte")
        HUSMOTE = "husmote", _("husmöte")
        NEW = "nya", _("introduktion av nya")
        AFTER = "efter", _("efter att något hände")
        OTHER = "annat", _("annat")

    boende = models.ForeignKey(Boende, on_delete=models.PROTECT, related_name="briefings", verbose_name=_("boende"))
    held_on = models.DateField(_("när"), default=timezone.localdate)
    where = models.CharField(_("var"), max_length=8, choices=Where)
    principle = models.PositiveSmallIntegerField(_("princip"), choices=Principle, null=True, blank=True)
    text = GuardedTextField(_("vad ni pratade om"), max_length=2000)
    staff_count = models.PositiveSmallIntegerField(_("personal som var med"), null=True, blank=True)
    brukare_count = models.PositiveSmallIntegerField(_("brukare som var med"), null=True, blank=True)

    objects = BriefingQuerySet.as_manager()

    class Meta:
        verbose_name = _("samtal om grannskapet")
        verbose_name_plural = _("samtal om grannskapet")
        ordering = ["-held_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(principle__isnull=True) | Q(principle__range=(1, 5)), name="briefing_of_five"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_where_display()} {self.held_on}"

    def clean(self) -> None:
        """A day that has been."""
        super().clean()
        if self.held_on and self.held_on > timezone.localdate():
            raise ValidationError({"held_on": past_day_please()})
