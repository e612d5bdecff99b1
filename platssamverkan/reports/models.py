# SPDX-License-Identifier: EUPL-1.2
"""What readers outside a boende get: a table of one quarter, fixed when it is released and never changed."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from boenden.rights import reached
from forum.models import Forum
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.fields import GuardedCharField
from platssamverkan.ground.records import Immutable, Record, RecordQuerySet
from platssamverkan.reports.annual_models import AnnualComment, AnnualReport, AnnualSection
from platssamverkan.reports.annual_outline_models import OutlineSection
from platssamverkan.reports.annual_row_models import (
    AnnualBudget,
    AnnualCover,
    AnnualEconomy,
    AnnualFreeze,
    AnnualShare,
    AnnualStaffing,
)
from platssamverkan.reports.api.models import ApiKey, ApiUse
from platssamverkan.reports.figures.models import Bevakningskostnad
from platssamverkan.reports.quarters import Quarter

__all__ = [
    "AnnualBudget",
    "AnnualComment",
    "AnnualCover",
    "AnnualEconomy",
    "AnnualFreeze",
    "AnnualReport",
    "AnnualSection",
    "AnnualShare",
    "AnnualStaffing",
    "ApiKey",
    "ApiUse",
    "Bevakningskostnad",
    "OutlineSection",
    "Release",
    "ReleaseQuerySet",
]


class ReleaseQuerySet(RecordQuerySet):
    """Staff who read the lägesbild, and everyone in a forum of the boende. Written once, one at a time."""

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user."""
        tied = Forum.boenden.through.objects.filter(forum__in=Forum.objects.visible_to(user))
        in_forum = Exists(tied.filter(boende=OuterRef("boende")))
        return self.active().filter(reached(user, Right.READ_LAGESBILD, "boende__") | Q(in_forum))

    def for_list(self) -> Self:
        """The latest quarter first."""
        return self.select_related("boende", "created_by").order_by("-year", "-quarter", "boende__name", "source_key")

    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise Immutable("A released table is never changed.")

    update = bulk_create = bulk_update = delete = _refuse


class Release(Record):
    """One source's counts at a boende in a quarter, with what may not be shown left out.

    `parts` are [key, name, number or None] in order; what was hidden is nowhere in the row.
    """

    boende = models.ForeignKey(Boende, on_delete=models.PROTECT, related_name="releases", verbose_name=_("boende"))
    area = GuardedCharField(_("område"), max_length=160)
    source_key = GuardedCharField(_("vad som räknas"), max_length=40)
    label = GuardedCharField(_("rubrik"), max_length=80)
    unit = GuardedCharField(_("enhet"), max_length=60)
    source = GuardedCharField(_("källa"), max_length=160)
    year = models.PositiveSmallIntegerField(_("år"))
    quarter = models.PositiveSmallIntegerField(_("kvartal"))
    parts = models.JSONField(_("siffror"), default=list)
    total = models.PositiveIntegerField(_("totalt"), null=True, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("släppt tabell")
        verbose_name_plural = _("släppta tabeller")
        ordering = ["-year", "-quarter", "source_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["boende", "source_key", "year", "quarter"],
                name="release_once",
                violation_error_message=_("Kvartalets siffror är redan släppta. De ändras inte."),
            ),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="release_quarter"),
            models.CheckConstraint(
                condition=Q(total__isnull=True) | Q(total__gte=5), name="release_total_shows_none_small"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.when}"

    def get_absolute_url(self) -> str:
        return reverse("reports:release_list", args=[self.boende.slug])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it once; raises Immutable afterwards."""
        if not self._state.adding:
            raise Immutable("A released table is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Never."""
        raise Immutable("A released table is never removed.")

    @property
    def where(self) -> str:
        """The boende and its area, each once."""
        return self.area if self.area == self.boende.name else f"{self.boende}, {self.area}"

    @property
    def when(self) -> Quarter:
        """Its quarter."""
        return Quarter(self.year, self.quarter)
