# SPDX-License-Identifier: EUPL-1.2
"""The analysis of a round: five questions (the guide, 001:836–850), and where people's judgement moves the ranking."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boenden.models import Actor
from kartlaggning.models.rounds import Kartlaggning, OfRoundQuerySet
from platssamverkan.ground.fields import GuardedTextField
from platssamverkan.ground.records import Record

USUAL_DISTANCE_M = 50
NEAREST_M, FARTHEST_M = 5, 500


class Analys(Record):
    """What the kartläggning says, in words."""

    kartlaggning = models.OneToOneField(
        Kartlaggning, on_delete=models.PROTECT, related_name="analys", verbose_name=_("kartläggning")
    )
    distance_m = models.PositiveSmallIntegerField(
        _("så nära en väg räknas en aktör som passerad, i meter"),
        default=USUAL_DISTANCE_M,
        validators=[MinValueValidator(NEAREST_M), MaxValueValidator(FARTHEST_M)],
    )
    functions_text = GuardedTextField(
        _("vilka funktioner betyder något för brukarna och används?"), max_length=8000, blank=True
    )
    ways_text = GuardedTextField(_("hur tar de sig dit och tillbaka?"), max_length=8000, blank=True)
    area_text = GuardedTextField(_("hur rör de sig i området?"), max_length=8000, blank=True)
    passed_text = GuardedTextField(_("vilka aktörer passerar de?"), max_length=8000, blank=True)
    affected_text = GuardedTextField(_("vilka verksamheter i närheten berörs mest?"), max_length=8000, blank=True)

    objects = OfRoundQuerySet.as_manager()

    QUESTIONS = ("functions_text", "ways_text", "area_text", "passed_text", "affected_text")

    class Meta:
        verbose_name = _("analys")
        verbose_name_plural = _("analyser")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(distance_m__range=(NEAREST_M, FARTHEST_M)),
                name="analys_distance_range",
                violation_error_code="distance_m",
                violation_error_message=_("Skriv ett avstånd från 5 till 500 meter."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Analys %(year)s") % {"year": self.kartlaggning.year}

    def get_absolute_url(self) -> str:
        return reverse("kartlaggning:analys_detail", args=[self.pk])

    def question(self, name: str) -> str:
        """One of the five, as it is asked: "Hur rör de sig i området?"."""
        words = str(self._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        return words[:1].upper() + words[1:]

    def missing(self) -> list[str]:
        """The questions that have no answer, as sentences."""
        empty = [name for name in self.QUESTIONS if not getattr(self, name).strip()]
        return [gettext("Svara på frågan: %(question)s") % {"question": self.question(name)} for name in empty]


class AdjustmentQuerySet(OfRoundQuerySet):
    """The adjustments."""

    to_boende = "analys__kartlaggning__boende__"


class Adjustment(Record):
    """An actor that is put at another place among the most affected than the numbers say, and why."""

    analys = models.ForeignKey(Analys, on_delete=models.PROTECT, related_name="adjustments", verbose_name=_("analys"))
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+", verbose_name=_("aktör"))
    place = models.PositiveSmallIntegerField(
        _("plats i listan"), validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    reason = GuardedTextField(_("varför"), max_length=1000)

    objects = AdjustmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("flyttad plats i analysen")
        verbose_name_plural = _("flyttade platser i analysen")
        ordering = ["place", "created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["analys", "actor"],
                condition=Q(archived_at__isnull=True),
                name="adjustment_once",
                violation_error_code="actor",
                violation_error_message=_("Aktören är redan flyttad. Ta bort flytten först."),
            ),
            models.CheckConstraint(
                condition=Q(place__range=(1, 500)),
                name="adjustment_place_range",
                violation_error_code="place",
                violation_error_message=_("Skriv ett tal från 1 till 500."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="adjustment_says_why",
                violation_error_code="reason",
                violation_error_message=_("Skriv varför."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(actor)s på plats %(place)s") % {"actor": self.actor, "place": self.place}

    def get_absolute_url(self) -> str:
        return self.analys.get_absolute_url()

    def clean(self) -> None:
        super().clean()
        boende = self.analys.kartlaggning.boende
        if self.actor_id and not boende.neighbours.in_use().filter(actor=self.actor_id).exists():
            raise ValidationError({"actor": gettext("Välj en aktör som är knuten till boendet.")})

    @property
    def kartlaggning(self) -> Any:
        """Its round."""
        return self.analys.kartlaggning
