# SPDX-License-Identifier: EUPL-1.2
"""Actors in the neighbourhood, their contact persons, and how they stand to each boende."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boenden.models.boende import Boende, Forvaltning
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.collation import SWEDISH
from platssamverkan.ground.coordinates import are_swapped, coordinates_constraint
from platssamverkan.ground.fields import (
    GuardedCharField,
    GuardedTextField,
    OrganisationNumberField,
    TelephoneField,
)
from platssamverkan.ground.records import Record, RecordQuerySet
from platssamverkan.ground.search import matching

VERIFIED_DAYS = 365  # after a year without a check a person is marked "ej verifierad"


def past_day_please() -> str:
    """What to say of a day that has not been yet, with today as the example."""
    return gettext("Skriv ett datum som har varit, till exempel %(today)s.") % {"today": timezone.localdate()}


class ActorCategory(Record):
    """A kind of actor: the guide's list (domain.md, "People and parties"), to which more can be added."""

    name = GuardedCharField(_("namn"), max_length=80, unique=True, db_collation=SWEDISH)
    icon = models.CharField(_("tecken"), max_length=40, default="geo-alt")

    class Meta:
        verbose_name = _("aktörskategori")
        verbose_name_plural = _("aktörskategorier")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ActorQuerySet(RecordQuerySet):
    """An actor belongs to one förvaltning and is seen by those who work at any boende of it."""

    def with_right(self, user: Any, right: Right) -> Self:
        """Those in förvaltningar where the user holds the right, at one boende at least."""
        return self.filter(forvaltning__in=Forvaltning.objects.with_right(user, right))

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user."""
        return self.with_right(user, Right.READ_ACTORS)

    def editable_by(self, user: Any) -> Self:
        """Those the user may change."""
        return self.with_right(user, Right.EDIT_ACTORS)

    def like(self, name: str, organisation_number: str = "") -> Self:
        """Those that may be the same as one that is about to be made: same number, or every word of the name."""
        alike = matching(self.active(), name, "name") if name.strip() else self.none()
        same_number = Q(organisation_number=organisation_number) if organisation_number else Q(pk__in=[])
        return self.active().filter(Q(pk__in=alike.values("pk")) | same_number).order_by("name", "pk")


class Actor(Record):
    """An organisation, or a single neighbour, once for the whole förvaltning."""

    names_somebody = True  # no log of what was looked for says which
    forvaltning = models.ForeignKey(
        Forvaltning, on_delete=models.PROTECT, related_name="actors", verbose_name=_("förvaltning")
    )
    name = GuardedCharField(_("namn"), max_length=160, db_collation=SWEDISH)
    category = models.ForeignKey(
        ActorCategory, on_delete=models.PROTECT, related_name="actors", verbose_name=_("kategori")
    )
    is_person = models.BooleanField(_("enskild granne"), default=False)
    consent_on = models.DateField(_("samtycke gavs"), null=True, blank=True)
    organisation_number = OrganisationNumberField(_("organisationsnummer"), blank=True)
    address = GuardedCharField(_("adress"), max_length=200, blank=True)
    latitude = models.FloatField(_("latitud"), null=True, blank=True)
    longitude = models.FloatField(_("longitud"), null=True, blank=True)
    phone = TelephoneField(_("telefon"), blank=True)
    email = models.EmailField(_("e-post"), blank=True)
    website = models.URLField(_("webbplats"), blank=True)
    note = GuardedTextField(_("anteckning"), blank=True, max_length=4000)

    objects = ActorQuerySet.as_manager()

    class Meta:
        verbose_name = _("aktör")
        verbose_name_plural = _("aktörer")
        ordering = ["name"]
        indexes = [models.Index(fields=["forvaltning", "name"], name="actor_forvaltning_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["forvaltning", "organisation_number", "name"],
                condition=~Q(organisation_number=""),
                name="actor_organisation_once",
                violation_error_code="name",
                violation_error_message=_(
                    "Aktören finns redan i förvaltningen. Sök upp den och knyt den till boendet."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_person=False) | Q(organisation_number="", consent_on__isnull=False),
                name="actor_person_has_consent",
                violation_error_code="consent_on",
                violation_error_message=_(
                    "En enskild granne behöver ha gett samtycke. Skriv vilken dag, och lämna organisationsnumret tomt."
                ),
            ),
            coordinates_constraint("actor_coordinates"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if are_swapped(self.latitude, self.longitude):
            raise ValidationError({"latitude": gettext("Latitud och longitud har bytt plats.")})


class NeighbourQuerySet(RecordQuerySet):
    """The actors around a boende."""

    def visible_to(self, user: Any) -> Self:
        """Those around boenden where the user may read actors."""
        return self.filter(boende__in=Boende.objects.with_right(user, Right.READ_ACTORS))

    def editable_by(self, user: Any) -> Self:
        """Those around boenden where the user may change actors."""
        return self.filter(boende__in=Boende.objects.with_right(user, Right.EDIT_ACTORS))

    def for_list(self) -> Self:
        """The actors of a boende, nearest first, with the latest contact."""
        from boenden.models.contacts import Contact

        latest = Contact.objects.active().filter(boende=OuterRef("boende"), actor=OuterRef("actor"))
        return (
            self.in_use()
            .select_related("actor__category", "boende")
            .annotate(last_contact_on=models.Subquery(latest.order_by("-happened_on").values("happened_on")[:1]))
            .order_by(models.F("distance_m").asc(nulls_last=True), "actor__name", "pk")
        )

    def in_use(self) -> Self:
        """Those tied to the boende today, with an actor that is kept."""
        return self.active().filter(actor__archived_at__isnull=True)

    def due(self, days: int = 0) -> Self:
        """Those whose next step is to be taken today, or within some days."""
        limit = timezone.localdate() + timedelta(days=days)
        return self.in_use().exclude(next_step="").filter(next_step_on__lte=limit)


class Neighbour(Record):
    """An actor as the neighbour of one boende."""

    class Interest(models.TextChoices):
        UNKNOWN = "unknown", _("vet inte än")
        NO = "no", _("vill inte nu")
        MAYBE = "maybe", _("kanske")
        YES = "yes", _("vill samarbeta")

    AFFECTED = [
        (1, _("1 – inte alls")),
        (2, _("2 – lite")),
        (3, _("3 – en del")),
        (4, _("4 – mycket")),
        (5, _("5 – väldigt mycket")),
    ]

    boende = models.ForeignKey(Boende, on_delete=models.PROTECT, related_name="neighbours", verbose_name=_("boende"))
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="neighbours", verbose_name=_("aktör"))
    distance_m = models.PositiveIntegerField(_("avstånd i meter"), null=True, blank=True, editable=False)
    affected = models.PositiveSmallIntegerField(_("hur mycket aktören berörs"), choices=AFFECTED, null=True, blank=True)
    interest = models.CharField(
        _("intresse av att samarbeta"), max_length=10, choices=Interest, default=Interest.UNKNOWN
    )
    is_bridge = models.BooleanField(
        _("kan vara en bro till andra"),
        default=False,
        help_text=_("En vänligt inställd aktör som kan ge oss kontakt med mer tveksamma."),
    )
    is_resource = models.BooleanField(_("kan vara en resurs för brukarna"), default=False)
    next_step = GuardedCharField(_("nästa steg"), max_length=200, blank=True)
    next_step_on = models.DateField(_("senast"), null=True, blank=True)

    objects = NeighbourQuerySet.as_manager()

    class Meta:
        verbose_name = _("grannskapsaktör")
        verbose_name_plural = _("grannskapsaktörer")
        ordering = ["boende", "distance_m"]
        constraints = [
            models.UniqueConstraint(
                fields=["boende", "actor"],
                name="neighbour_once",
                violation_error_message=_("Aktören är redan knuten till boendet."),
            ),
            models.CheckConstraint(
                condition=Q(affected__isnull=True) | Q(affected__range=(1, 5)),
                name="neighbour_affected_range",
                violation_error_code="affected",
                violation_error_message=_("Välj ett tal från 1 till 5."),
            ),
            models.CheckConstraint(
                condition=Q(next_step_on__isnull=True) | ~Q(next_step=""),
                name="neighbour_step_has_text",
                violation_error_code="next_step",
                violation_error_message=_("Skriv vad nästa steg är, eller ta bort datumet."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor} – {self.boende}"

    def get_absolute_url(self) -> str:
        return reverse("boenden:neighbour_detail", args=[self.boende.slug, self.pk])

    @property
    def affected_word(self) -> str:
        """How affected, without its number: "Mycket"."""
        return str(self.get_affected_display()).partition(" – ")[2].capitalize() if self.affected else ""


class ContactPersonQuerySet(RecordQuerySet):
    """Contact persons: staff see those of their actors, a person sees herself."""

    def visible_to(self, user: Any) -> Self:
        """Those of actors around boenden where the user may read actors, and the user's own."""
        reached = Actor.objects.with_right(user, Right.READ_ACTORS)
        return self.filter(Q(actor__in=reached) | Q(user=user.pk, user__isnull=False))

    def editable_by(self, user: Any) -> Self:
        """Those of actors the user may change, and the user's own (her right to rectification, GDPR art. 16)."""
        return self.filter(
            Q(actor__in=Actor.objects.with_right(user, Right.EDIT_ACTORS)) | Q(user=user.pk, user__isnull=False)
        )

    def own(self, user: Any) -> Self:
        """The rows about the user herself."""
        return self.active().filter(user=user.pk)

    def around(self, boende: Boende) -> Self:
        """Those at actors that are the boende's neighbours."""
        return self.active().filter(actor__in=Actor.objects.filter(pk__in=boende.neighbours.in_use().values("actor")))

    def unverified(self) -> Self:
        """Those not checked for a year."""
        limit = timezone.localdate() - timedelta(days=VERIFIED_DAYS)
        return self.active().filter(Q(verified_on__isnull=True) | Q(verified_on__lt=limit))


class ContactPerson(Record):
    """A named person at an actor, in her professional or board role."""

    class Ground(models.TextChoices):
        """Why it is lawful to keep the data (GDPR art. 6)."""

        UPPDRAG = "uppdrag", _("uppdrag i organisationen")
        SAMTYCKE = "samtycke", _("samtycke")
        AVTAL = "avtal", _("avtal")

    class Visibility(models.TextChoices):
        BOENDET = "boendet", _("bara boendet")
        DELAD = "delad", _("får delas med andra")

    class VerifiedHow(models.TextChoices):
        PHONE = "phone", _("ringde")
        MAIL = "mail", _("mail")
        MEETING = "meeting", _("träff")
        SELF = "self", _("personen själv")
        REGISTER = "register", _("i ett register")

    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="persons", verbose_name=_("aktör"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contact_persons",
        verbose_name=_("konto"),
    )
    name = GuardedCharField(_("namn"), max_length=120, db_collation=SWEDISH)
    role = GuardedCharField(_("roll"), max_length=120, blank=True, help_text=_("Till exempel: ordförande."))
    phone = TelephoneField(_("telefon"), blank=True)
    email = models.EmailField(_("e-post"), blank=True)
    lawful_ground = models.CharField(_("grund för att spara uppgiften"), max_length=10, choices=Ground)
    source = GuardedCharField(_("varifrån uppgiften kom"), max_length=200)
    visibility = models.CharField(_("vem får se"), max_length=10, choices=Visibility, default=Visibility.BOENDET)
    verified_on = models.DateField(_("senast kontrollerad"), null=True, blank=True)
    verified_how = models.CharField(_("hur"), max_length=10, choices=VerifiedHow, blank=True)

    objects = ContactPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("kontaktperson")
        verbose_name_plural = _("kontaktpersoner")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verified_on__isnull=True, verified_how="")
                | Q(verified_on__isnull=False) & ~Q(verified_how=""),
                name="person_verified_when_and_how",
                violation_error_code="verified_how",
                violation_error_message=_("Skriv både när och hur uppgiften kontrollerades."),
            ),
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(email="") | Q(archived_at__isnull=False),
                name="person_can_be_reached",
                violation_error_code="phone",
                violation_error_message=_("Skriv ett telefonnummer eller en e-postadress."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.verified_on and self.verified_on > timezone.localdate():
            raise ValidationError({"verified_on": past_day_please()})
        if not (self.phone or self.email):  # the constraint, which lets the erased be, is no rule of forms
            raise ValidationError({"phone": gettext("Skriv ett telefonnummer eller en e-postadress.")})
        if self.visibility == self.Visibility.DELAD and not self._state.adding and self.has_ground_in_doubt():
            raise ValidationError({"visibility": gettext("Invändningen är inte prövad. Innan dess delas inget.")})

    def has_ground_in_doubt(self) -> bool:
        """Whether she has objected or taken her consent back, and nobody has decided yet (GDPR art. 18)."""
        return self.proposals.in_doubt().exists()

    @property
    def is_verified(self) -> bool:
        """Whether the data were checked within a year."""
        return self.verified_on is not None and self.verified_on >= timezone.localdate() - timedelta(days=VERIFIED_DAYS)
