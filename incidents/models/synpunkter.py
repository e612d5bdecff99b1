# SPDX-License-Identifier: EUPL-1.2
"""A synpunkt: a worry, a complaint, praise or a question from the neighbourhood, and what was answered."""

from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from boenden.rights import reached
from incidents.models.felanmalan import Felanmalan
from incidents.models.incident import Incident
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.coordinates import are_swapped, coordinates_constraint
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField, TelephoneField
from platssamverkan.ground.records import Record, RecordQuerySet
from platssamverkan.look.shapes import SOON
from platssamverkan.look.words import day_near

ACTIVE = Q(archived_at__isnull=True)


class SynpunktQuerySet(RecordQuerySet):
    """Synpunkter to a boende, for those who work there and their förvaltningschef."""

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user."""
        return self.active().filter(reached(user, Right.READ_SYNPUNKTER, "boende__"))

    def editable_by(self, user: Any) -> Self:
        """Those the user handles."""
        return self.active().filter(reached(user, Right.EDIT_SYNPUNKTER, "boende__"))

    def for_list(self) -> Self:
        """Those that wait for an answer first, the most urgent at the top; then the latest."""
        waits = Case(When(status__in=Synpunkt.WAITING, then=Value(0)), default=Value(1))
        urgent = Case(When(status__in=Synpunkt.WAITING, then=F("answer_by")))
        return self.select_related("boende").order_by(waits, urgent.asc(nulls_last=True), "-received_at", "pk")

    def waiting(self) -> Self:
        """Those without an answer yet."""
        return self.active().filter(status__in=Synpunkt.WAITING)

    def with_reference(self, reference: str) -> Self:
        """The one with a reference: whoever has that may see how it goes. It is asked for no user."""
        return self.active().filter(reference=reference)


class Synpunkt(Record):
    """What somebody in the neighbourhood wants to say. Who said it is kept only to answer her, and then forgotten."""

    class Kind(models.TextChoices):
        ORO = "oro", _("oro")
        KLAGOMAL = "klagomal", _("klagomål")
        FRAGA = "fraga", _("fråga")
        BEROM = "berom", _("beröm")

    class Status(models.TextChoices):
        NEW = "new", _("ny")
        TAKEN = "taken", _("vi tar hand om den")
        ANSWERED = "answered", _("besvarad")
        CLOSED = "closed", _("avslutad")

    class Channel(models.TextChoices):
        WEB = "web", _("publika sidan")
        PHONE = "phone", _("telefon")
        VISIT = "visit", _("samtal på plats")
        MAIL = "mail", _("brev eller mail")
        MEETING = "meeting", _("möte")
        HUSMOTE = "husmote", _("husmöte")

    class Code(models.TextChoices):
        """What came of it."""

        DONE = "done", _("vi gjorde något åt det")
        EXPLAINED = "explained", _("vi förklarade hur det är")
        PASSED_ON = "passed_on", _("någon annan tog över")
        NOTHING = "nothing", _("inget behövde göras")
        NOT_US = "not_us", _("det gällde inte boendet")

    WAITING = (Status.NEW, Status.TAKEN)
    SEARCHED = ("text", "place_text", "reference")

    boende = models.ForeignKey(Boende, on_delete=models.PROTECT, related_name="synpunkter", verbose_name=_("boende"))
    reference = GuardedCharField(_("referens"), max_length=20, unique=True, editable=False)
    kind = models.CharField(_("slag"), max_length=8, choices=Kind)
    text = GuardedTextField(_("synpunkten"), max_length=4000)
    place_text = GuardedCharField(_("plats"), max_length=160, blank=True)
    place_key = GuardedCharField(_("plats, för jämförelse"), max_length=160, blank=True, editable=False)
    latitude = models.FloatField(_("latitud"), null=True, blank=True)
    longitude = models.FloatField(_("longitud"), null=True, blank=True)
    children = models.BooleanField(_("rör barn"), default=False)
    channel = models.CharField(_("kom genom"), max_length=8, choices=Channel, default=Channel.WEB)
    received_at = models.DateTimeField(_("kom in"), default=timezone.now, editable=False)
    answer_by = models.DateField(_("besvaras senast"), default=timezone.localdate)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("avsändare med konto"),
    )
    sender_email = models.EmailField(_("avsändarens e-post"), blank=True)
    sender_phone = TelephoneField(_("avsändarens telefon"), blank=True)
    forgotten_at = models.DateTimeField(_("avsändaren bortglömd"), null=True, blank=True, editable=False)
    status = models.CharField(_("läge"), max_length=8, choices=Status, default=Status.NEW, editable=False)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ansvarig"),
    )
    note = GuardedTextField(_("intern anteckning"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(_("besvarad"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("avslutad"), null=True, blank=True, editable=False)
    code = models.CharField(_("vad det blev av den"), max_length=10, choices=Code, blank=True)
    lesson = GuardedTextField(_("vad vi lärde oss"), max_length=2000, blank=True)
    is_recurring = models.BooleanField(_("återkommande"), default=False, editable=False)
    incident = models.ForeignKey(
        Incident,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="synpunkter",
        verbose_name=_("händelse"),
    )
    felanmalan = models.ForeignKey(
        Felanmalan,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="synpunkter",
        verbose_name=_("felanmälan"),
    )

    objects = SynpunktQuerySet.as_manager()

    class Meta:
        verbose_name = _("synpunkt")
        verbose_name_plural = _("synpunkter")
        ordering = ["-received_at", "-id"]
        indexes = [
            models.Index(fields=["boende", "status", "answer_by"], name="synpunkt_boende_status", condition=ACTIVE),
            models.Index(fields=["boende", "kind", "-received_at"], name="synpunkt_boende_kind", condition=ACTIVE),
        ]
        constraints = [
            coordinates_constraint("synpunkt_coordinates"),
            models.CheckConstraint(
                condition=~Q(status="answered") | Q(answered_at__isnull=False),
                name="synpunkt_answered_has_time",
                violation_error_message=_("En besvarad synpunkt har ett svar."),
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False) & ~Q(code="")
                | ~Q(status="closed") & Q(closed_at__isnull=True),
                name="synpunkt_closed_says_how",
                violation_error_code="code",
                violation_error_message=_("Välj vad det blev av synpunkten."),
            ),
            models.CheckConstraint(
                condition=~Q(channel="husmote") | Q(sender__isnull=True, sender_email="", sender_phone=""),
                name="synpunkt_of_husmote_is_the_groups",
                violation_error_code="sender_email",
                violation_error_message=_("Det som sägs på husmötet är gruppens: skriv ingen adress."),
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True) | Q(sender__isnull=True, sender_email="", sender_phone=""),
                name="synpunkt_forgotten_is_empty",
                violation_error_code="sender_email",
                violation_error_message=_("Avsändaren är bortglömd och kan inte skrivas in igen."),
            ),
        ]

    def __str__(self) -> str:
        kind = capfirst(self.get_kind_display())
        return f"{kind}, {self.place_text}" if self.place_text else f"{kind}, {day_near(self.received_at)}"

    def get_absolute_url(self) -> str:
        return reverse("incidents:synpunkt_detail", args=[self.pk])

    def clean(self) -> None:
        super().clean()
        if are_swapped(self.latitude, self.longitude):
            raise ValidationError({"latitude": gettext("Latitud och longitud har bytt plats.")})

    @property
    def status_url(self) -> str:
        """Where its sender sees how it goes. Whoever has the reference has the page: it goes to nobody else."""
        return reverse("incidents:synpunkt_status", args=[self.boende.slug, self.reference])

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has answered."""
        return self.status in self.WAITING

    @property
    def is_pressing(self) -> bool:
        """Whether it is to be answered today or tomorrow, or should have been."""
        return self.is_waiting and self.answer_by <= timezone.localdate() + SOON

    @property
    def is_closed(self) -> bool:
        """Whether it is done with."""
        return self.status == self.Status.CLOSED

    @property
    def has_sender(self) -> bool:
        """Whether anything tells who sent it."""
        return bool(self.sender_id or self.sender_email or self.sender_phone)

    @property
    def asks_for_lesson(self) -> bool:
        """Whether something can be learnt from it: worries and complaints are closed with what was learnt."""
        return self.kind in (self.Kind.ORO, self.Kind.KLAGOMAL)

    def missing_for_closing(self) -> list[str]:
        """What is left before it can be closed, as sentences."""
        missing = []
        if self.answered_at is None:
            missing.append(str(_("Svara den som skrev. Svaret syns också på sidan för den som har referensen.")))
        if not self.code:
            missing.append(str(_("Välj vad det blev av synpunkten.")))
        if self.asks_for_lesson and not self.lesson:
            missing.append(str(_("Skriv vad ni lärde er.")))
        return missing


class SynpunktReplyQuerySet(RecordQuerySet):
    """Answers: reached as the synpunkt is."""

    def visible_to(self, user: Any) -> Self:
        """Those of synpunkter that exist for the user."""
        return self.active().filter(synpunkt__in=Synpunkt.objects.visible_to(user))


class SynpunktReply(Record):
    """An answer, from the boende. Who wrote it is never shown outside the house."""

    synpunkt = models.ForeignKey(
        Synpunkt, on_delete=models.PROTECT, related_name="replies", editable=False, verbose_name=_("synpunkt")
    )
    text = GuardedTextField(_("svar"), max_length=4000)

    objects = SynpunktReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("svar på synpunkt")
        verbose_name_plural = _("svar på synpunkter")
        ordering = ["synpunkt", "created_at", "id"]

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        return self.synpunkt.get_absolute_url()
