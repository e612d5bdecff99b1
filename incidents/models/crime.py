# SPDX-License-Identifier: EUPL-1.2
"""Brottsstatistik: anmälda brott an area and period, as somebody else publishes them. Common to all boenden.

What is not published is suppressed there and empty here: never nought. Where the area was divided anew, `division`
differs, and the series breaks.
"""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from boenden.rights import has_right, reached
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.collation import SWEDISH
from platssamverkan.ground.fields import GuardedCharField
from platssamverkan.ground.records import Record, RecordQuerySet

FIRST_YEAR, LAST_YEAR = 1975, 2100
WHOLE_YEAR = 0


class CrimeQuerySet(RecordQuerySet):
    """Published figures: for everyone who reads a lägesbild or keeps the figures."""

    def visible_to(self, user: Any) -> Self:
        """All of them, or none."""
        reads = has_right(user, Right.READ_LAGESBILD) or has_right(user, Right.EDIT_STATISTICS)
        return self.active() if reads else self.none()

    def editable_by(self, user: Any) -> Self:
        """All of them, or none."""
        return self.active() if has_right(user, Right.EDIT_STATISTICS) else self.none()


class CrimeArea(Record):
    """An area that figures are published for: kommun, stadsområde, mellanområde."""

    name = GuardedCharField(_("område"), max_length=120, db_collation=SWEDISH)

    objects = CrimeQuerySet.as_manager()

    class Meta:
        verbose_name = _("område i brottsstatistiken")
        verbose_name_plural = _("områden i brottsstatistiken")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["name"], name="crime_area_name_once")]

    def __str__(self) -> str:
        return self.name


class CrimeImport(Record):
    """A file of figures: where it comes from, what it holds, and what became of it."""

    class Status(models.TextChoices):
        PREVIEW = "preview", _("klar att granska")
        DONE = "done", _("importerad")
        CANCELLED = "cancelled", _("avbruten")

    file_name = GuardedCharField(_("filens namn"), max_length=120)
    sha256 = models.CharField(_("kontrollsumma"), max_length=64)
    source = GuardedCharField(_("källa"), max_length=160)
    division = GuardedCharField(_("områdesindelning"), max_length=80, blank=True)
    status = models.CharField(_("läge"), max_length=10, choices=Status, default=Status.PREVIEW)
    rows = models.JSONField(_("siffror"), default=list, editable=False)
    faults = models.JSONField(_("fel"), default=list, editable=False)
    new_count = models.PositiveIntegerField(_("nya siffror"), default=0)
    changed_count = models.PositiveIntegerField(_("ändrade siffror"), default=0)
    unchanged_count = models.PositiveIntegerField(_("oförändrade siffror"), default=0)
    suppressed_count = models.PositiveIntegerField(_("uppgifter som inte är publicerade"), default=0)
    faulty_count = models.PositiveIntegerField(_("felaktiga rader"), default=0)

    objects = CrimeQuerySet.as_manager()

    class Meta:
        verbose_name = _("import av brottsstatistik")
        verbose_name_plural = _("importer av brottsstatistik")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=""),
                name="crime_import_has_source",
                violation_error_code="source",
                violation_error_message=_("Skriv varifrån siffrorna kommer."),
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("incidents:crimeimport_detail", args=[self.pk])

    @property
    def to_write(self) -> int:
        """How many figures an import would write."""
        return self.new_count + self.changed_count


class CrimeFigure(Record):
    """One figure. `count` is empty where the source suppresses it; `month` is 0 for a whole year."""

    area = models.ForeignKey(CrimeArea, on_delete=models.PROTECT, related_name="figures", verbose_name=_("område"))
    kind = GuardedCharField(_("brottstyp"), max_length=120)
    year = models.PositiveSmallIntegerField(_("år"))
    month = models.PositiveSmallIntegerField(_("månad"), default=WHOLE_YEAR)
    count = models.PositiveIntegerField(_("anmälda brott"), null=True, blank=True)
    division = GuardedCharField(_("områdesindelning"), max_length=80, blank=True)
    imported = models.ForeignKey(
        CrimeImport, on_delete=models.PROTECT, related_name="figures", verbose_name=_("importen")
    )

    objects = CrimeQuerySet.as_manager()

    class Meta:
        verbose_name = _("siffra i brottsstatistiken")
        verbose_name_plural = _("siffror i brottsstatistiken")
        ordering = ["area", "kind", "year", "month"]
        constraints = [
            models.UniqueConstraint(fields=["area", "kind", "year", "month"], name="crime_figure_once"),
            models.CheckConstraint(condition=Q(month__range=(0, 12)), name="crime_figure_month"),
            models.CheckConstraint(condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)), name="crime_figure_year"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.year}"


class CrimeChoiceQuerySet(RecordQuerySet):
    """What a boende compares, for its staff."""

    def visible_to(self, user: Any) -> Self:
        """Those of boenden whose lägesbild the user reads."""
        return self.active().filter(reached(user, Right.READ_LAGESBILD, "boende__"))

    def editable_by(self, user: Any) -> Self:
        """Those that the user may change."""
        return self.active().filter(reached(user, Right.EDIT_STATISTICS, "boende__"))


class CrimeChoice(Record):
    """The areas of a boende: its own, and one to compare with."""

    boende = models.OneToOneField(
        Boende, on_delete=models.PROTECT, related_name="crime_choice", verbose_name=_("boende")
    )
    own = models.ForeignKey(CrimeArea, on_delete=models.PROTECT, related_name="+", verbose_name=_("boendets område"))
    comparison = models.ForeignKey(
        CrimeArea,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("område att jämföra med"),
    )

    objects = CrimeChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("val av område")
        verbose_name_plural = _("val av områden")
        ordering = ["boende"]
        constraints = [
            models.CheckConstraint(
                condition=Q(comparison__isnull=True) | ~Q(comparison=F("own")),
                name="crime_choice_two_areas",
                violation_error_code="comparison",
                violation_error_message=_("Välj ett annat område än boendets eget."),
            )
        ]

    def __str__(self) -> str:
        return str(self.own)
