# SPDX-License-Identifier: EUPL-1.2
"""The tables of an årsrapport: frozen figures, roles, budgets, economy and its parts; and the nämnd's cover."""

from decimal import Decimal
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Immutable, Record, RecordQuerySet
from platssamverkan.look.money import AT_MOST_KRONOR, AT_MOST_TKR, MOST_KRONOR, MOST_TKR
from platssamverkan.reports.annual_models import MOST_TEXT, AnnualReport, OfReport, OfWholeQuerySet

NOT_NEGATIVE = [MinValueValidator(0)]


def at_most(most: int, *names: str) -> Q:
    """The condition that none of some fields is above `most`."""
    return Q(*(Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__lte": most}) for name in names))


class AnnualFreeze(OfReport):
    """The figures as they were counted once, through a day. Never changed: counted again is a new row.

    `figures` are the mappings of annual.figures.Figure, with the boende's id; "" for all of them together.
    """

    report = models.ForeignKey(
        AnnualReport, on_delete=models.PROTECT, related_name="freezes", verbose_name=_("årsrapport"), editable=False
    )
    through = models.DateField(_("till och med"))
    counted_at = models.DateTimeField(_("räknade"), default=timezone.now, editable=False)
    figures = models.JSONField(_("siffror"), default=list, editable=False)

    objects = OfWholeQuerySet.as_manager()

    class Meta:
        verbose_name = _("frysta siffror")
        verbose_name_plural = _("frysta siffror")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return gettext("Siffror till och med %(day)s") % {"day": self.through}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it once; raises Immutable afterwards."""
        if not self.is_new:
            raise Immutable("Frozen figures are never changed; freeze anew.")
        super().save(*args, **kwargs)


class AnnualStaffing(OfReport):
    """How many årsarbetare a role has at a boende, this year and the one before."""

    report = models.ForeignKey(
        AnnualReport, on_delete=models.PROTECT, related_name="staffing", verbose_name=_("årsrapport"), editable=False
    )
    boende = models.ForeignKey(
        Boende, on_delete=models.PROTECT, related_name="+", verbose_name=_("boende"), editable=False
    )
    role = GuardedCharField(_("yrkesroll"), max_length=80)
    now = models.DecimalField(_("årsarbetare rapportåret"), max_digits=6, decimal_places=2, validators=NOT_NEGATIVE)
    before = models.DecimalField(
        _("årsarbetare året före"), max_digits=6, decimal_places=2, validators=NOT_NEGATIVE, null=True, blank=True
    )

    class Meta:
        verbose_name = _("bemanning")
        verbose_name_plural = _("bemanning")
        ordering = ["report", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "boende", "role"],
                condition=Q(archived_at__isnull=True),
                name="annual_role_once",
                violation_error_code="role",
                violation_error_message=_("Rollen står redan i tabellen."),
            ),
            models.CheckConstraint(
                condition=Q(now__gte=0) & (Q(before__isnull=True) | Q(before__gte=0)), name="annual_staffing_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.role


class AnnualBudget(OfReport):
    """A boende's budget and outcome in tusen kronor, this year and the one before."""

    report = models.ForeignKey(
        AnnualReport, on_delete=models.PROTECT, related_name="budgets", verbose_name=_("årsrapport"), editable=False
    )
    boende = models.ForeignKey(
        Boende, on_delete=models.PROTECT, related_name="+", verbose_name=_("boende"), editable=False
    )
    budget = models.PositiveIntegerField(_("budget rapportåret, tkr"), validators=AT_MOST_TKR, null=True, blank=True)
    outcome = models.PositiveIntegerField(_("utfall rapportåret, tkr"), validators=AT_MOST_TKR, null=True, blank=True)
    budget_before = models.PositiveIntegerField(
        _("budget året före, tkr"), validators=AT_MOST_TKR, null=True, blank=True
    )
    outcome_before = models.PositiveIntegerField(
        _("utfall året före, tkr"), validators=AT_MOST_TKR, null=True, blank=True
    )

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgetar")
        ordering = ["report", "boende"]
        constraints = [
            models.UniqueConstraint(fields=["report", "boende"], name="annual_budget_once"),
            models.CheckConstraint(
                condition=at_most(MOST_TKR, "budget", "outcome", "budget_before", "outcome_before"),
                name="annual_budget_at_most",
            ),
        ]

    def __str__(self) -> str:
        return gettext("Budget, %(boende)s") % {"boende": self.boende}


class AnnualEconomy(OfReport):
    """What the parts pay together, and what is forecast to be paid back."""

    report = models.OneToOneField(
        AnnualReport, on_delete=models.PROTECT, related_name="economy", verbose_name=_("årsrapport"), editable=False
    )
    total = models.PositiveBigIntegerField(
        _("att fördela rapportåret, kronor"), validators=AT_MOST_KRONOR, null=True, blank=True
    )
    total_before = models.PositiveBigIntegerField(
        _("fördelat året före, kronor"), validators=AT_MOST_KRONOR, null=True, blank=True
    )
    repayment = models.PositiveBigIntegerField(
        _("prognos för återbetalning, kronor"), validators=AT_MOST_KRONOR, null=True, blank=True
    )
    forecast_on = models.DateField(_("prognosen gjord"), null=True, blank=True)

    objects = OfWholeQuerySet.as_manager()

    class Meta:
        verbose_name = _("ekonomi")
        verbose_name_plural = _("ekonomi")
        ordering = ["report"]
        constraints = [
            models.CheckConstraint(
                condition=Q(repayment__isnull=True) | Q(forecast_on__isnull=False),
                name="annual_forecast_has_day",
                violation_error_code="forecast_on",
                violation_error_message=_("Skriv vilken dag prognosen gjordes."),
            ),
            models.CheckConstraint(
                condition=at_most(MOST_KRONOR, "total", "total_before", "repayment"), name="annual_economy_at_most"
            ),
        ]

    def __str__(self) -> str:
        return gettext("Ekonomi")


class AnnualShare(OfReport):
    """A part's share: per cent and kronor, both as they were decided. Neither is worked out from the other."""

    report = models.ForeignKey(
        AnnualReport, on_delete=models.PROTECT, related_name="shares", verbose_name=_("årsrapport"), editable=False
    )
    name = GuardedCharField(_("part"), max_length=120)
    percent = models.DecimalField(
        _("andel rapportåret, %"), max_digits=5, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )  # fmt: skip
    kronor = models.PositiveBigIntegerField(_("kronor rapportåret"), validators=AT_MOST_KRONOR, null=True, blank=True)
    percent_before = models.DecimalField(
        _("andel året före, %"), max_digits=5, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )  # fmt: skip
    kronor_before = models.PositiveBigIntegerField(
        _("kronor året före"), validators=AT_MOST_KRONOR, null=True, blank=True
    )

    objects = OfWholeQuerySet.as_manager()

    class Meta:
        verbose_name = _("part i fördelningen")
        verbose_name_plural = _("parter i fördelningen")
        ordering = ["report", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "name"],
                condition=Q(archived_at__isnull=True),
                name="annual_share_once",
                violation_error_code="name",
                violation_error_message=_("Parten står redan i fördelningen."),
            ),
            models.CheckConstraint(
                condition=(Q(percent__isnull=True) | Q(percent__range=(0, 100)))
                & (Q(percent_before__isnull=True) | Q(percent_before__range=(0, 100))),
                name="annual_share_percent",
            ),
            models.CheckConstraint(
                condition=at_most(MOST_KRONOR, "kronor", "kronor_before"), name="annual_share_at_most"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def weight(self) -> Decimal:
        """Its per cent; nothing decided is nothing."""
        return self.percent or Decimal(0)


class AnnualCoverQuerySet(RecordQuerySet):
    """The covers of reports."""

    def visible_to(self, user: Any) -> Self:
        """Those of reports that the user decides: they are the förvaltning's own paper until the nämnd has it."""
        return self.active().filter(report__in=AnnualReport.objects.editable_by(user))

    editable_by = visible_to


class AnnualCover(Record):
    """The nämnd's cover (tjänsteutlåtande). Written when the report is, and after it: its diarienummer comes late."""

    report = models.OneToOneField(
        AnnualReport, on_delete=models.PROTECT, related_name="cover", verbose_name=_("årsrapport"), editable=False
    )
    dated = models.DateField(_("utfärdat"), null=True, blank=True)
    diarienummer = GuardedCharField(_("diarienummer"), max_length=60, blank=True)
    handlaggare = GuardedCharField(_("handläggare"), max_length=160, blank=True)
    proposal = GuardedTextField(_("förslag till beslut"), max_length=2000, blank=True)
    summary = GuardedTextField(_("sammanfattning"), max_length=4000, blank=True)
    economic = GuardedTextField(_("bedömning ur ekonomisk dimension"), max_length=4000, blank=True)
    ecological = GuardedTextField(_("bedömning ur ekologisk dimension"), max_length=4000, blank=True)
    social = GuardedTextField(_("bedömning ur social dimension"), max_length=4000, blank=True)
    children = GuardedTextField(_("bedömning utifrån barnets rättigheter"), max_length=4000, blank=True)
    # the four come from a template; nobody's judgement until somebody says so
    is_gone_through = models.BooleanField(_("de fyra bedömningarna är genomgångna"), default=False)
    attachments = GuardedTextField(_("bilagor"), max_length=1000, blank=True)
    matter = GuardedTextField(_("ärendet"), max_length=2000, blank=True)
    description = GuardedTextField(_("beskrivning av ärendet"), max_length=MOST_TEXT, blank=True)
    assessment = GuardedTextField(_("förvaltningens bedömning"), max_length=8000, blank=True)
    recipients = GuardedTextField(_("sändlista"), max_length=1000, blank=True)
    first_signature = GuardedCharField(_("avdelningschef"), max_length=120, blank=True)
    second_signature = GuardedCharField(_("förvaltningsdirektör"), max_length=120, blank=True)

    objects = AnnualCoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("tjänsteutlåtande")
        verbose_name_plural = _("tjänsteutlåtanden")
        ordering = ["report"]

    def __str__(self) -> str:
        return gettext("Tjänsteutlåtande, %(report)s") % {"report": self.report}

    def get_absolute_url(self) -> str:
        return reverse("reports:annual_cover", args=[self.report_id])
