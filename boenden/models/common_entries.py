# SPDX-License-Identifier: EUPL-1.2
"""Numbers that many contact lists need, kept right in one place."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boenden.models.assignments import Assignment
from boenden.models.boende import Boende, Forvaltning
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.fields import GuardedCharField, TelephoneField
from platssamverkan.ground.records import Record, RecordQuerySet


class CommonEntryQuerySet(RecordQuerySet):
    """The common numbers, kept by the systemförvaltare."""

    def editable_by(self, user: Any) -> Self:
        """All of them for whoever keeps the förvaltningar, none for anyone else."""
        return self.filter(Exists(Assignment.objects.giving(user, Right.MANAGE_UNITS)))

    def visible_to(self, user: Any) -> Self:
        """The same: nobody else has their page, though everyone sees the numbers on a list."""
        return self.editable_by(user)

    def for_boende(self, boende: Boende) -> Self:
        """Those a boende may put on its list: everyone's, and its own förvaltning's."""
        return self.active().filter(Q(forvaltning__isnull=True) | Q(forvaltning=boende.forvaltning_id))

    def for_list(self) -> Self:
        """The page where they are kept, and the order in which a new list gets them."""
        return self.active().in_order()

    def in_order(self) -> Self:
        """By the group they get on a new list."""
        return self.select_related("forvaltning").order_by("place", "position", "name", "pk")


class CommonEntry(Record):
    """A number that many lists need (112, polisen 114 14, socialjouren …)."""

    class Place(models.TextChoices):
        """The groups every new list starts with, in order."""

        FIRST = "1", _("Ring först")
        DISTURBANCE = "2", _("Störning pågår")
        SURROUNDINGS = "3", _("Fel i miljön")
        COLLABORATION = "4", _("Samarbete")

    forvaltning = models.ForeignKey(
        Forvaltning,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="common_entries",
        verbose_name=_("förvaltning"),
        help_text=_("Tomt: gäller alla förvaltningar."),
    )
    name = GuardedCharField(_("namn"), max_length=120)
    phone = TelephoneField(_("telefon"))
    hours = GuardedCharField(_("när svarar de"), max_length=120, blank=True, help_text=_("Till exempel: dygnet runt."))
    when_to_use = GuardedCharField(_("när ska jag ringa"), max_length=300)
    place = models.CharField(_("grupp på nya listor"), max_length=1, choices=Place, default=Place.DISTURBANCE)
    position = models.PositiveSmallIntegerField(_("ordning i gruppen"), default=50)

    objects = CommonEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("gemensamt nummer")
        verbose_name_plural = _("gemensamma nummer")
        ordering = ["place", "position", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("boenden:commonentry_update", args=[self.pk])
