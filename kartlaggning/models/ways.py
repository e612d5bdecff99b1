# SPDX-License-Identifier: EUPL-1.2
"""The functions that matter to brukarna, and their ways there. No person and no time stands here (design.md)."""

from itertools import pairwise
from types import SimpleNamespace
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import IntegerField, Q
from django.db.models.functions import RowNumber
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boenden.geometry import distance_m
from boenden.models import Actor
from kartlaggning.models.rounds import Kartlaggning, OfRoundQuerySet
from platssamverkan.ground.collation import SWEDISH
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.geo_fields import LineField
from platssamverkan.ground.records import Record

IMPORTANCE_WEIGHT = 2


class FunctionQuerySet(OfRoundQuerySet):
    """The functions."""

    def ranked(self) -> Self:
        """Those that matter most first; among equals the most used."""
        points = models.F("importance") * IMPORTANCE_WEIGHT + models.F("use")
        return self.active().select_related("actor").order_by(points.desc(), "name", "pk")


class Function(Record):
    """Something that brukarna use or need in the area: a shop, a stop, a bench in the sun."""

    class Use(models.IntegerChoices):
        RARELY = 0, _("sällan")
        SOMETIMES = 1, _("ibland")
        WEEKLY = 2, _("varje vecka")
        DAILY = 3, _("varje dag")

    IMPORTANCE = [
        (1, _("1 – lite")),
        (2, _("2 – en del")),
        (3, _("3 – ganska mycket")),
        (4, _("4 – mycket")),
        (5, _("5 – väldigt mycket")),
    ]

    kartlaggning = models.ForeignKey(
        Kartlaggning, on_delete=models.PROTECT, related_name="functions", verbose_name=_("kartläggning")
    )
    name = GuardedCharField(_("funktion"), max_length=120, db_collation=SWEDISH)
    actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="functions", verbose_name=_("aktör")
    )
    importance = models.PositiveSmallIntegerField(_("hur mycket den betyder för brukarna"), choices=IMPORTANCE)
    use = models.PositiveSmallIntegerField(_("hur ofta den används"), choices=Use)
    note = GuardedTextField(_("anteckning"), max_length=2000, blank=True)

    objects = FunctionQuerySet.as_manager()

    class Meta:
        verbose_name = _("funktion")
        verbose_name_plural = _("funktioner")
        ordering = ["-importance", "-use", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["kartlaggning", "name"],
                condition=Q(archived_at__isnull=True),
                name="function_once",
                violation_error_code="name",
                violation_error_message=_("Funktionen finns redan i kartläggningen."),
            ),
            models.CheckConstraint(
                condition=Q(importance__range=(1, 5)),
                name="function_importance_range",
                violation_error_code="importance",
                violation_error_message=_("Välj ett tal från 1 till 5."),
            ),
            models.CheckConstraint(
                condition=Q(use__range=(0, 3)),
                name="function_use_range",
                violation_error_code="use",
                violation_error_message=_("Välj hur ofta."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.kartlaggning.get_absolute_url()

    def clean(self) -> None:
        super().clean()
        stood_there = Function.objects.filter(pk=self.pk, actor=self.actor_id).exists()
        if stood_there or self.actor is None:
            return
        if not self.kartlaggning.boende.neighbours.in_use().filter(actor=self.actor).exists():
            raise ValidationError({"actor": gettext("Välj en aktör som är knuten till boendet.")})

    @property
    def points(self) -> int:
        """What it is ranked by: how much it matters, twice, and how often it is used."""
        return self.importance * IMPORTANCE_WEIGHT + self.use

    @property
    def explained(self) -> str:
        """How its points came to be."""
        return gettext("betydelse %(importance)s × 2 + användning %(use)s") % {
            "importance": self.importance,
            "use": self.use,
        }


class RouteQuerySet(OfRoundQuerySet):
    """The ways."""

    def for_list(self) -> Self:
        """By what they lead to; those with one name are numbered, so that they are told apart."""
        alike = models.Window(
            RowNumber(), partition_by=["function", "name"], order_by=["created_at", "pk"], output_field=IntegerField()
        )
        rows = self.active().select_related("function__actor").annotate(number=alike)
        return rows.order_by("function__name", "created_at", "pk")


class Route(Record):
    """A way that brukarna take to a function and back: a line, which belongs to nobody."""

    kartlaggning = models.ForeignKey(
        Kartlaggning, on_delete=models.PROTECT, related_name="routes", verbose_name=_("kartläggning")
    )
    function = models.ForeignKey(
        Function, on_delete=models.PROTECT, related_name="routes", verbose_name=_("leder till")
    )
    name = GuardedCharField(_("vilken väg"), max_length=120, blank=True)
    line = LineField(_("vägens punkter"), default=list)
    note = GuardedTextField(_("anteckning"), max_length=2000, blank=True)

    objects = RouteQuerySet.as_manager()

    class Meta:
        verbose_name = _("väg")
        verbose_name_plural = _("vägar")
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        name = gettext("Till %(function)s") % {"function": self.function}
        name = f"{name}, {self.name}" if self.name else name
        number = getattr(self, "number", 1)
        return f"{name} ({number})" if number > 1 else name

    def get_absolute_url(self) -> str:
        return self.kartlaggning.get_absolute_url()

    def clean(self) -> None:
        super().clean()
        if self.function_id and self.function.kartlaggning_id != self.kartlaggning_id:
            raise ValidationError({"function": gettext("Välj en funktion i samma kartläggning.")})

    @property
    def length_m(self) -> int:
        """Its length in whole metres."""
        places = [SimpleNamespace(latitude=latitude, longitude=longitude) for latitude, longitude in self.line]
        return sum(distance_m(here, there) or 0 for here, there in pairwise(places))
