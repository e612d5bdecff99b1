# SPDX-License-Identifier: EUPL-1.2
"""Promenader, planned so that several times of day and week are covered, and what is seen on them."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boenden.models.actors import past_day_please
from incidents.models import Felanmalan
from kartlaggning.models.rounds import Kartlaggning, OfRoundQuerySet
from platssamverkan.documents.models import StoredDocument
from platssamverkan.ground.coordinates import are_swapped, coordinates_constraint
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Record
from platssamverkan.look.words import day_year

SATURDAY = 5


class WalkQuerySet(OfRoundQuerySet):
    """The walks."""

    def for_list(self) -> Self:
        """Those to come first, then the latest; with the number of observations."""
        seen = Count("observations", filter=Q(observations__archived_at__isnull=True))
        return self.active().annotate(seen=seen).order_by(models.F("walked_on").desc(nulls_first=True), "planned_on")


class Walk(Record):
    """A promenad through the area."""

    class TimeOfDay(models.TextChoices):
        MORNING = "morning", _("morgon")
        DAY = "day", _("dagtid")
        AFTERNOON = "afternoon", _("eftermiddag")
        EVENING = "evening", _("kväll")
        NIGHT = "night", _("natt")

    kartlaggning = models.ForeignKey(
        Kartlaggning, on_delete=models.PROTECT, related_name="walks", verbose_name=_("kartläggning")
    )
    planned_on = models.DateField(_("dag"))
    time_of_day = models.CharField(_("tid på dygnet"), max_length=10, choices=TimeOfDay)
    route = GuardedCharField(_("vart vi går"), max_length=200, blank=True)
    walked_on = models.DateField(_("gicks"), null=True, blank=True)
    walkers = GuardedCharField(_("vilka som gick"), max_length=200, blank=True)
    note = GuardedTextField(_("helhetsintryck"), max_length=4000, blank=True)

    objects = WalkQuerySet.as_manager()

    class Meta:
        verbose_name = _("promenad")
        verbose_name_plural = _("promenader")
        ordering = ["planned_on", "id"]
        indexes = [models.Index(fields=["kartlaggning", "planned_on"], name="walk_round_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(walked_on__isnull=True) | ~Q(walkers=""),
                name="walk_walked_by_someone",
                violation_error_code="walkers",
                violation_error_message=_("Skriv vilka som gick. Roller räcker."),
            ),
        ]

    def __str__(self) -> str:
        when = {"day": day_year(self.day), "time": self.get_time_of_day_display()}
        return gettext("Promenad %(day)s, %(time)s") % when

    def get_absolute_url(self) -> str:
        return reverse("kartlaggning:walk_detail", args=[self.pk])

    def clean(self) -> None:
        super().clean()
        if self.walked_on and self.walked_on > timezone.localdate():
            raise ValidationError({"walked_on": past_day_please()})

    @property
    def day(self) -> date:
        """The day it was walked, else the day it is planned."""
        return self.walked_on or self.planned_on

    @property
    def is_weekend(self) -> bool:
        """Whether it falls on a Saturday or Sunday."""
        return self.day.weekday() >= SATURDAY

    @property
    def is_to_come(self) -> bool:
        """Whether it is planned for a day to come: nobody has seen anything on it yet."""
        return self.walked_on is None and self.planned_on > timezone.localdate()

    @property
    def is_late(self) -> bool:
        """Whether its day has passed without anyone noting that it was walked."""
        return self.walked_on is None and self.planned_on < timezone.localdate()


class ObservationQuerySet(OfRoundQuerySet):
    """The observations."""

    def for_list(self) -> Self:
        """The latest first."""
        return self.active().select_related("walk", "felanmalan").order_by("-seen_on", "-created_at", "pk")


class Observation(Record):
    """Something seen in the area, on a walk or otherwise. A place, never a person."""

    class Kind(models.TextChoices):
        SPRUTOR = "sprutor", _("sprutor")
        SKRAP = "skrap", _("skräp")
        KLOTTER = "klotter", _("klotter")
        SKADEGORELSE = "skadegorelse", _("skadegörelse och slitage")
        BELYSNING = "belysning", _("belysning")
        VAXTLIGHET = "vaxtlighet", _("växtlighet")
        STORNING = "storning", _("störning")
        SAMLING = "samling", _("plats där människor samlas")
        SKYLTAR = "skyltar", _("skyltar")
        POSITIVT = "positivt", _("något positivt")
        ANNAT = "annat", _("annat")

    kartlaggning = models.ForeignKey(
        Kartlaggning, on_delete=models.PROTECT, related_name="observations", verbose_name=_("kartläggning")
    )
    walk = models.ForeignKey(
        Walk,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="observations",
        verbose_name=_("promenad"),
    )
    seen_on = models.DateField(_("när"), default=timezone.localdate)
    kind = models.CharField(_("slag"), max_length=14, choices=Kind)
    text = GuardedTextField(_("vad ni såg"), max_length=4000)
    place_text = GuardedCharField(_("plats"), max_length=160, blank=True)
    latitude = models.FloatField(_("latitud"), null=True, blank=True)
    longitude = models.FloatField(_("longitud"), null=True, blank=True)
    photo = models.OneToOneField(
        StoredDocument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("foto"),
    )
    felanmalan = models.OneToOneField(
        Felanmalan,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="observation",
        verbose_name=_("felanmälan"),
    )

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observationer")
        ordering = ["-seen_on", "-id"]
        indexes = [models.Index(fields=["kartlaggning", "-seen_on"], name="observation_round_day")]
        constraints = [
            coordinates_constraint("observation_coordinates"),
            models.CheckConstraint(
                condition=~Q(place_text="") | Q(latitude__isnull=False),
                name="observation_says_where",
                violation_error_code="place_text",
                violation_error_message=_("Skriv var det är, eller ange en punkt."),
            ),
        ]

    def __str__(self) -> str:
        kind = str(self.get_kind_display())
        name = kind[:1].upper() + kind[1:]
        return f"{name}, {self.place_text}" if self.place_text else name

    def get_absolute_url(self) -> str:
        return reverse("kartlaggning:observation_detail", args=[self.pk])

    def clean(self) -> None:
        super().clean()
        wrong = {}
        if self.seen_on and self.seen_on > timezone.localdate():
            wrong["seen_on"] = past_day_please()
        if are_swapped(self.latitude, self.longitude):
            wrong["latitude"] = gettext("Latitud och longitud har bytt plats.")
        if wrong:
            raise ValidationError(wrong)

    @property
    def is_gathering(self) -> bool:
        """Whether people gather there: then it can be held against the eight points of a repliplats."""
        return self.kind == self.Kind.SAMLING


class RepliplatsCheckQuerySet(OfRoundQuerySet):
    """The checks."""

    to_boende = "observation__kartlaggning__boende__"


class RepliplatsCheck(Record):
    """A place where people gather, held against the eight points of a repliplats (domain.md, Odense)."""

    class Point(models.TextChoices):
        SHELTER = "shelter", _("Skydd mot väder")
        SEATING = "seating", _("Flera sittgrupper")
        BINS = "bins", _("Papperskorgar")
        PLANTING = "planting", _("Växter som gräns, med insyn och utsikt")
        OVERVIEW = "overview", _("Överblick, så att den som vill hinner gå")
        DISTANCE = "distance", _("Andra kan passera på avstånd")
        URINALS = "urinals", _("Toaletter för kvinnor och män")
        CLEANING = "cleaning", _("Städas ofta")

    observation = models.OneToOneField(
        Observation, on_delete=models.PROTECT, related_name="repliplats", verbose_name=_("observation")
    )
    points = models.JSONField(_("det här finns"), default=list, blank=True)
    note = GuardedTextField(_("anteckning"), max_length=2000, blank=True)

    objects = RepliplatsCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("prövning som repliplats")
        verbose_name_plural = _("prövningar som repliplats")
        ordering = ["-changed_at", "-id"]

    def __str__(self) -> str:
        return gettext("%(met)s av åtta punkter") % {"met": len(self.met)}

    def get_absolute_url(self) -> str:
        return self.observation.get_absolute_url()

    @property
    def met(self) -> list[str]:
        """The points that are met, in words."""
        return [str(label) for key, label in self.Point.choices if key in self.points]

    @property
    def unmet(self) -> list[str]:
        """The points that are not met, in words."""
        return [str(label) for key, label in self.Point.choices if key not in self.points]
