# SPDX-License-Identifier: EUPL-1.2
"""Förvaltning and boende, and the gate that decides for whom a boende exists."""

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from platssamverkan.accounts.roles import Right, Role
from platssamverkan.ground.collation import SWEDISH
from platssamverkan.ground.coordinates import coordinates_constraint
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField, TelephoneField, refuse_short_number
from platssamverkan.ground.records import Record, RecordQuerySet

TESTED_DAYS = 365  # the akutnummer is called once a year to see that someone answers (the guide, 001:936)

# First segments under /boenden/ that are pages of their own, or may become ones
RESERVED_SLUGS = ["nytt", "ny", "ny-kontakt", "gemensamma-nummer", "arkiv", "karta", "import", "export", "lista", "sok"]


class ForvaltningQuerySet(RecordQuerySet):
    """Which förvaltningar a person reaches."""

    def with_right(self, user: Any, right: Right) -> Self:
        """Those in which the user holds the right, in the whole förvaltning or in any boende of it."""
        from boenden.models.assignments import Assignment

        held = Assignment.objects.giving(user, right)
        return self.filter(
            Q(Exists(held.filter(role=Role.SYSTEMFORVALTARE)))
            | Q(Exists(held.filter(forvaltning=OuterRef("pk"))))
            | Q(Exists(held.filter(boende__forvaltning=OuterRef("pk"))))
        )

    def visible_to(self, user: Any) -> Self:
        """Those whose boenden, some or all, exist for the user."""
        return self.with_right(user, Right.READ_BOENDE)

    def editable_by(self, user: Any) -> Self:
        """Those the user may rename or archive."""
        return self.with_right(user, Right.MANAGE_UNITS)


class Forvaltning(Record):
    """A förvaltning that owns boenden or is a partner to them."""

    name = GuardedCharField(_("namn"), max_length=120, db_collation=SWEDISH)
    short_name = GuardedCharField(_("kortnamn"), max_length=40, blank=True)
    dpo_email = models.EmailField(_("dataskyddsombudets e-post"), blank=True, db_default="")

    objects = ForvaltningQuerySet.as_manager()

    class Meta:
        verbose_name = _("förvaltning")
        verbose_name_plural = _("förvaltningar")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="forvaltning_name_once",
                violation_error_message=_("Det finns redan en förvaltning med det namnet."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class BoendeQuerySet(RecordQuerySet):
    """One gate: a boende is reached through an assignment, or it does not exist (design.md, "Who may what")."""

    def with_right(self, user: Any, right: Right) -> Self:
        """Those where the user holds the right today."""
        from boenden.models.assignments import Assignment

        held = Assignment.objects.giving(user, right)
        return self.filter(
            Q(Exists(held.filter(boende=OuterRef("pk"))))
            | Q(Exists(held.filter(forvaltning=OuterRef("forvaltning"))))
            | Q(Exists(held.filter(role=Role.SYSTEMFORVALTARE)))
        )

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user."""
        return self.with_right(user, Right.READ_BOENDE)

    def editable_by(self, user: Any) -> Self:
        """Those whose facts the user may change."""
        return self.with_right(user, Right.EDIT_BOENDE)

    def for_list(self) -> Self:
        """The page of boenden."""
        return self.active().select_related("forvaltning").order_by("name")


class Boende(Record):
    """A social housing unit: the hub of everything."""

    class Type(models.TextChoices):
        AKUTBOENDE = "akutboende", _("akutboende")
        KORTSIKTIGT = "kortsiktigt", _("kortsiktigt kollektivt boende")
        KOLLEKTIVT = "kollektivt", _("kollektivt boende")
        FORSTARKT = "forstarkt", _("förstärkt kollektivt boende")
        LAGENHET = "lagenhet", _("lägenhetsboende")
        NODBISTAND = "nodbistand", _("nödbiståndsboende")
        BOSTAD_FORST = "bostad_forst", _("bostad först")
        KORTTID = "korttid", _("korttidsboende")
        VARD_OCH_OMSORG = "vard_och_omsorg", _("vård- och omsorgsboende")
        STOD = "stod", _("stödboende")
        OVERNATTNING = "overnattning", _("övernattning")

    class Regiform(models.TextChoices):
        EGEN = "egen", _("egen regi")
        RAMAVTAL = "ramavtal", _("ramavtal")
        DIREKTUPPHANDLING = "direktupphandling", _("direktupphandling")
        IOP = "iop", _("idéburet offentligt partnerskap (IOP)")

    class Need(models.TextChoices):
        """When the need of platssamverkan arises (the guide, 001:880–886)."""

        CHANGING_AREA = "changing_area", _("området förändras")
        MOVING_IN = "moving_in", _("boendet flyttar in i ett nytt område")
        CONFLICT = "conflict", _("konflikter behöver lösas eller förebyggas")

    class Status(models.TextChoices):
        PLANERAT = "planerat", _("planerat")
        OPPET = "oppet", _("öppet")
        AVSLUTAT = "avslutat", _("avslutat")

    forvaltning = models.ForeignKey(
        Forvaltning, on_delete=models.PROTECT, related_name="boenden", verbose_name=_("förvaltning")
    )
    stadsomrade = models.ForeignKey(
        Forvaltning,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("stadsområdets förvaltning"),
        help_text=_("Om boendet står i ett annat stadsområde. Dess trygghetssamordning och statistik gäller då."),
    )
    name = GuardedCharField(_("namn"), max_length=120, db_collation=SWEDISH)
    slug = models.SlugField(
        _("adress på webben"),
        max_length=80,
        unique=True,
        allow_unicode=False,
        error_messages={"unique": _("Ett annat boende har redan den adressen. Välj en annan.")},
    )
    address = GuardedCharField(_("adress"), max_length=200, blank=True)
    latitude = models.FloatField(_("latitud"), null=True, blank=True)
    longitude = models.FloatField(_("longitud"), null=True, blank=True)
    omrade = GuardedCharField(_("område"), max_length=120, blank=True)
    type = models.CharField(_("boendetyp"), max_length=20, choices=Type)
    regiform = models.CharField(_("regiform"), max_length=20, choices=Regiform, default=Regiform.EGEN)
    malgrupp = GuardedTextField(_("målgrupp"), blank=True, max_length=2000)
    places = models.PositiveSmallIntegerField(_("antal platser"), null=True, blank=True)
    staffing = GuardedCharField(
        _("bemanning"), max_length=200, blank=True, help_text=_("Till exempel: bemannat dygnet runt.")
    )
    opened_on = models.DateField(_("öppnade"), null=True, blank=True)
    akutnummer = TelephoneField(_("akutnummer"), blank=True, validators=[refuse_short_number])
    akutnummer_hours = GuardedCharField(
        _("akutnumret svarar"), max_length=120, blank=True, help_text=_("Till exempel: svarar dygnet runt.")
    )
    akutnummer_tested_on = models.DateField(_("akutnumret provringt"), null=True, blank=True)
    need = models.CharField(_("varför platssamverkan behövs"), max_length=20, choices=Need, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPPET)
    public_description = GuardedTextField(_("beskrivning för allmänheten"), blank=True, max_length=4000)

    objects = BoendeQuerySet.as_manager()

    class Meta:
        verbose_name = _("boende")
        verbose_name_plural = _("boenden")
        ordering = ["name"]
        constraints = [
            coordinates_constraint("boende_coordinates"),
            models.CheckConstraint(
                condition=~Q(status="oppet") | ~Q(akutnummer=""),
                name="boende_open_has_akutnummer",
                violation_error_code="akutnummer",
                violation_error_message=_("Ett öppet boende behöver ett akutnummer."),
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED_SLUGS),
                name="boende_slug_not_reserved",
                violation_error_code="slug",
                violation_error_message=_("Den adressen används till något annat. Välj en annan."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("boenden:boende_detail", args=[self.slug])

    @property
    def is_planned(self) -> bool:
        """Whether it has not opened yet."""
        return self.status == self.Status.PLANERAT

    @property
    def is_open(self) -> bool:
        """Whether people live there now."""
        return self.status == self.Status.OPPET

    @property
    def is_closed(self) -> bool:
        """Whether it has closed for good: everything stays to be read."""
        return self.status == self.Status.AVSLUTAT

    @property
    def needs_test(self) -> bool:
        """Whether nobody has tried the akutnummer for a year."""
        tested = self.akutnummer_tested_on
        return tested is None or tested < timezone.localdate() - timedelta(days=TESTED_DAYS)

    @property
    def summary(self) -> str:
        """One line that says what it is: "Kollektivt boende med 42 platser, bemannat dygnet runt." """
        text = str(self.get_type_display()).capitalize()
        if self.places:
            text = _("%(type)s med %(places)s platser") % {"type": text, "places": self.places}
        if staffing := self.staffing.strip().rstrip("."):
            text += f", {staffing[0].lower()}{staffing[1:]}"
        return f"{text}."

    def opening_list(self) -> "list[OpeningStep]":
        """Every step before the opening, in order; those not begun are not stored yet."""
        stored = {step.step: step for step in self.opening_steps.all()}
        return [stored.get(step) or OpeningStep(boende=self, step=step) for step in OpeningStep.Step]

    def missing_for_opening(self) -> list[str]:
        """What is left before it can open, as sentences. One that has been open before needs only its number."""
        steps = [step for step in self.opening_list() if not step.done_on] if self.is_planned else []
        missing = []
        if not self.akutnummer:  # it has to be written first; the step about it is asked for when it is
            missing.append(str(_("Skriv boendets akutnummer.")))
            steps = [step for step in steps if step.step != OpeningStep.Step.AKUTNUMMER]
        missing += [f"{step.get_step_display()}." for step in steps]
        return missing


class OpeningStep(Record):
    """A line of the opening check-list that has been done or noted, for a boende that is planned."""

    class Step(models.TextChoices):
        """design.md, "Settled": network contacts, grannmöte, information, police and floor plans."""

        NETWORK = "network", _("Ta kontakt med nätverk och aktörer i området")
        NEIGHBOUR_MEETING = "neighbour_meeting", _("Bjud in till grannmöte")
        INFORMATION = "information", _("Ge information om boendet och målgruppen")
        POLICE = "police", _("Visa polisen planritningar och kom överens om nyckel")
        AKUTNUMMER = "akutnummer", _("Bestäm akutnummer och vem som svarar")
        CONTACT_LIST = "contact_list", _("Gör kontaktlistan och dela den")

    boende = models.ForeignKey(Boende, on_delete=models.CASCADE, related_name="opening_steps", verbose_name=_("boende"))
    step = models.CharField(_("steg"), max_length=20, choices=Step)
    done_on = models.DateField(_("klart"), null=True, blank=True)
    note = GuardedTextField(_("anteckning"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("steg före öppning")
        verbose_name_plural = _("steg före öppning")
        ordering = ["boende", "step"]
        constraints = [models.UniqueConstraint(fields=["boende", "step"], name="opening_step_once")]

    def __str__(self) -> str:
        return self.get_step_display()
