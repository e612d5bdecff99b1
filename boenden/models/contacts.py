# SPDX-License-Identifier: EUPL-1.2
"""The contact log: talks, visits and mails with the neighbourhood, and what was promised."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boenden.models.actors import Actor, ContactPerson, past_day_please
from boenden.models.boende import Boende
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet


class ContactQuerySet(RecordQuerySet):
    """Contacts of a boende, for those who work there and their managers."""

    def visible_to(self, user: Any) -> Self:
        """Those at boenden where the user may read the log."""
        return self.filter(boende__in=Boende.objects.with_right(user, Right.READ_CONTACTS))

    def editable_by(self, user: Any) -> Self:
        """Those at boenden where the user may write in the log."""
        return self.filter(boende__in=Boende.objects.with_right(user, Right.EDIT_CONTACTS))

    def for_list(self) -> Self:
        """The log, latest first."""
        return (
            self.active()
            .select_related("boende", "actor", "person", "follow_up_by", "created_by")
            .order_by("-happened_on", "-created_at", "pk")
        )

    def follow_up_open(self) -> Self:
        """Those with a promise not yet kept."""
        return self.active().filter(follow_up_on__isnull=False, followed_up_on__isnull=True)

    def due(self, days: int = 0) -> Self:
        """Those whose promise is to be kept today, or within some days; the earliest first."""
        limit = timezone.localdate() + timedelta(days=days)
        return self.follow_up_open().filter(follow_up_on__lte=limit).order_by("follow_up_on", "pk")


class Contact(Record):
    """One contact with the neighbourhood."""

    class Channel(models.TextChoices):
        VISIT = "visit", _("besök")
        PHONE = "phone", _("telefon")
        AKUTNUMMER = "akutnummer", _("akutnumret")
        MAIL = "mail", _("mail")
        MEETING = "meeting", _("möte")
        SPONTANEOUS = "spontaneous", _("spontant")

    class Tone(models.TextChoices):
        WORRY = "worry", _("oro")
        PRAISE = "praise", _("beröm")
        QUESTION = "question", _("fråga")
        OTHER = "other", _("annat")

    boende = models.ForeignKey(Boende, on_delete=models.PROTECT, related_name="contacts", verbose_name=_("boende"))
    actor = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name=_("aktör"),
    )
    person = models.ForeignKey(
        ContactPerson,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name=_("kontaktperson"),
    )
    happened_on = models.DateField(_("när"), default=timezone.localdate)
    channel = models.CharField(_("hur"), max_length=12, choices=Channel)
    went_out = models.BooleanField(_("vi gick ut och tittade"), default=False)
    tone = models.CharField(_("vad det gällde"), max_length=10, choices=Tone)
    text = GuardedTextField(_("vad det handlade om"), max_length=8000)
    follow_up = GuardedCharField(_("det här lovade vi"), max_length=300, blank=True)
    follow_up_on = models.DateField(_("senast"), null=True, blank=True)
    follow_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ansvarig"),
    )
    followed_up_on = models.DateField(_("följdes upp"), null=True, blank=True, editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("kontakt")
        verbose_name_plural = _("kontakter")
        ordering = ["-happened_on"]
        indexes = [
            models.Index(fields=["boende", "-happened_on"], name="contact_boende_when"),
            models.Index(
                fields=["follow_up_on"],
                condition=Q(followed_up_on__isnull=True, follow_up_on__isnull=False),
                name="contact_follow_up_open",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(follow_up="", follow_up_on__isnull=True)
                | (~Q(follow_up="") & Q(follow_up_on__isnull=False)),
                name="contact_promise_has_date",
                violation_error_code="follow_up",
                violation_error_message=_("Skriv både vad ni lovade och senast när."),
            ),
            models.CheckConstraint(
                condition=Q(followed_up_on__isnull=True) | Q(follow_up_on__isnull=False),
                name="contact_followed_up_had_promise",
                violation_error_message=_("Det finns inget att följa upp."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.happened_on}"

    def get_absolute_url(self) -> str:
        return reverse("boenden:contact_detail", args=[self.boende.slug, self.pk])

    def clean(self) -> None:
        """A day that has been, an actor around the boende, a person at that actor."""
        super().clean()
        wrong = {}
        if self.happened_on and self.happened_on > timezone.localdate():
            wrong["happened_on"] = past_day_please()
        if self.actor and not self.boende.neighbours.in_use().filter(actor=self.actor).exists():
            wrong["actor"] = gettext("Välj en aktör som är knuten till boendet.")
        if self.person and self.person.actor_id != self.actor_id:
            wrong["person"] = gettext("Personen hör till en annan aktör. Välj aktören först.")
        if wrong:
            raise ValidationError(wrong)

    @property
    def is_open(self) -> bool:
        """Whether something was promised and not yet followed up."""
        return self.follow_up_on is not None and self.followed_up_on is None

    @property
    def who(self) -> str:
        """Person and actor, as far as they are known."""
        return ", ".join(str(part) for part in (self.person, self.actor) if part)
