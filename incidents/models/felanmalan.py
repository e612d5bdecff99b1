# SPDX-License-Identifier: EUPL-1.2
"""A felanmälan: something in the area that somebody else is to mend, and how it goes (the guide, principle 2)."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boenden.models import Actor, Boende
from boenden.rights import reached
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.coordinates import are_swapped, coordinates_constraint
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet


class FelanmalanQuerySet(RecordQuerySet):
    """Felanmälningar of a boende, for those who work there and their managers."""

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user."""
        return self.active().filter(reached(user, Right.READ_FELANMALNINGAR, "boende__"))

    def editable_by(self, user: Any) -> Self:
        """Those the user may change."""
        return self.active().filter(reached(user, Right.EDIT_FELANMALNINGAR, "boende__"))


class Felanmalan(Record):
    """What is to be mended, where, and who is to do it. What it came of names it (`observation`)."""

    class Status(models.TextChoices):
        TO_SEND = "to_send", _("ska anmälas")
        SENT = "sent", _("anmäld")
        MENDED = "mended", _("åtgärdad")
        DROPPED = "dropped", _("blev inte av")

    boende = models.ForeignKey(
        Boende, on_delete=models.PROTECT, related_name="felanmalningar", verbose_name=_("boende")
    )
    what = GuardedCharField(_("vad som ska lagas"), max_length=160)
    text = GuardedTextField(_("beskrivning"), max_length=4000, blank=True)
    place_text = GuardedCharField(_("plats"), max_length=160, blank=True)
    latitude = models.FloatField(_("latitud"), null=True, blank=True)
    longitude = models.FloatField(_("longitud"), null=True, blank=True)
    recipient = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="felanmalningar",
        verbose_name=_("mottagare"),
    )
    status = models.CharField(_("läge"), max_length=8, choices=Status, default=Status.TO_SEND)
    sent_on = models.DateField(_("anmäldes"), null=True, blank=True)
    mended_on = models.DateField(_("åtgärdades"), null=True, blank=True)
    reference = GuardedCharField(_("mottagarens ärendenummer"), max_length=60, blank=True)

    objects = FelanmalanQuerySet.as_manager()

    class Meta:
        verbose_name = _("felanmälan")
        verbose_name_plural = _("felanmälningar")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["boende", "status", "-created_at"], name="felanmalan_boende_status")]
        constraints = [
            coordinates_constraint("felanmalan_coordinates"),
            models.CheckConstraint(
                condition=~Q(place_text="") | Q(latitude__isnull=False),
                name="felanmalan_says_where",
                violation_error_code="place_text",
                violation_error_message=_("Skriv var det är."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["to_send", "dropped"]) | Q(sent_on__isnull=False),
                name="felanmalan_sent_has_day",
                violation_error_code="sent_on",
                violation_error_message=_("Skriv vilken dag den anmäldes."),
            ),
            models.CheckConstraint(
                condition=~Q(status="mended") | Q(mended_on__isnull=False),
                name="felanmalan_mended_has_day",
                violation_error_code="mended_on",
                violation_error_message=_("Skriv vilken dag det åtgärdades."),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def clean(self) -> None:
        super().clean()
        if are_swapped(self.latitude, self.longitude):
            raise ValidationError({"latitude": gettext("Latitud och longitud har bytt plats.")})
