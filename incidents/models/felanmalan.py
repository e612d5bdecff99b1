# SPDX-License-Identifier: EUPL-1.2
"""A felanmälan: something in the area that somebody else is to mend, and how it goes (the guide, principle 2)."""

from datetime import date, timedelta
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boenden.models import Actor, Boende
from boenden.rights import reached
from platssamverkan.accounts.roles import Right
from platssamverkan.documents.models import StoredDocument
from platssamverkan.ground.coordinates import are_swapped, coordinates_constraint
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet

REMIND_DAYS = 14  # without an answer, before somebody is asked to ask


class FelanmalanQuerySet(RecordQuerySet):
    """Felanmälningar of a boende, for those who work there and their managers."""

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user."""
        return self.active().filter(reached(user, Right.READ_FELANMALNINGAR, "boende__"))

    def editable_by(self, user: Any) -> Self:
        """Those the user may change."""
        return self.active().filter(reached(user, Right.EDIT_FELANMALNINGAR, "boende__"))

    def late(self) -> Self:
        """Those that have waited so long that somebody should ask (`is_late`)."""
        sent_by = timezone.localdate() - timedelta(days=REMIND_DAYS)
        return self.active().filter(status=Felanmalan.Status.SENT, sent_on__lte=sent_by)

    def for_list(self) -> Self:
        """What is open first, as prioritised: the own property before the area, short before long term."""
        is_open = models.Case(models.When(status__in=["to_send", "sent"], then=0), default=1)
        is_own = models.Case(models.When(ground="own", then=0), default=1)
        is_short = models.Case(models.When(term="short", then=0), default=1)
        return self.select_related("boende", "recipient").order_by(
            is_open, is_own, is_short, "priority", "-created_at", "pk"
        )


class FelanmalanPhotoQuerySet(RecordQuerySet):
    """Photos are seen where their felanmälan is."""

    def visible_to(self, user: Any) -> Self:
        """Those of felanmälningar that exist for the user."""
        return self.active().filter(felanmalan__in=Felanmalan.objects.visible_to(user))


class Felanmalan(Record):
    """What is to be mended, where, and who is to do it. What it came of names it (`observation`)."""

    class Status(models.TextChoices):
        TO_SEND = "to_send", _("ska anmälas")
        SENT = "sent", _("anmäld")
        MENDED = "mended", _("åtgärdad")
        DROPPED = "dropped", _("blev inte av")

    class Ground(models.TextChoices):
        """Whose it is to see to, as the two reviews of the guide ask (001:948–953)."""

        OWN = "own", _("boendets egen fastighet")
        AREA = "area", _("området runt omkring")

    class Term(models.TextChoices):
        SHORT = "short", _("på kort sikt")
        LONG = "long", _("på lång sikt")

    class Priority(models.IntegerChoices):
        FIRST = 1, _("först")
        NEXT = 2, _("därefter")
        LAST = 3, _("när det går")

    class Channel(models.TextChoices):
        MAIL = "mail", _("med mail härifrån")
        ELSEWHERE = "elsewhere", _("på annat sätt")

    SEARCHED = ("what", "text", "place_text", "reference")

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
    ground = models.CharField(_("var det är"), max_length=4, choices=Ground, default=Ground.AREA, db_default="area")
    term = models.CharField(_("sikt"), max_length=5, choices=Term, default=Term.SHORT, db_default="short")
    priority = models.PositiveSmallIntegerField(_("turordning"), choices=Priority, default=Priority.NEXT, db_default=2)
    channel = models.CharField(
        _("hur den anmäldes"), max_length=9, choices=Channel, blank=True, editable=False, db_default=""
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

    def get_absolute_url(self) -> str:
        return reverse("incidents:felanmalan_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether something is still to happen."""
        return self.status in (self.Status.TO_SEND, self.Status.SENT)

    @property
    def lacks_recipient(self) -> bool:
        """Whether it waits for somebody to mail it to."""
        there = self.recipient is not None and self.recipient.archived_at is None and bool(self.recipient.email)
        return self.status == self.Status.TO_SEND and not there

    @property
    def remind_on(self) -> date | None:
        """The day on which the recipient is asked how it goes; None where nobody waits."""
        if self.status != self.Status.SENT or self.sent_on is None:
            return None
        return self.sent_on + timedelta(days=REMIND_DAYS)

    @property
    def is_late(self) -> bool:
        """Whether it has waited so long that somebody should ask."""
        return self.remind_on is not None and self.remind_on <= timezone.localdate()

    def clean(self) -> None:
        super().clean()
        if are_swapped(self.latitude, self.longitude):
            raise ValidationError({"latitude": gettext("Latitud och longitud har bytt plats.")})


class FelanmalanPhoto(Record):
    """A photo of what is to be mended, without what the camera adds."""

    felanmalan = models.ForeignKey(
        Felanmalan, on_delete=models.PROTECT, related_name="photos", verbose_name=_("felanmälan")
    )
    document = models.OneToOneField(StoredDocument, on_delete=models.PROTECT, related_name="+", verbose_name=_("foto"))

    objects = FelanmalanPhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("foto till en felanmälan")
        verbose_name_plural = _("foton till felanmälningar")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
