# SPDX-License-Identifier: EUPL-1.2
"""What working together costs, how it is shared, and who has given what (the guide 001:1043–1050)."""

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boenden.models import Actor, Boende, Forvaltning
from boenden.rights import boenden_where
from forum.models.activities import Activity
from forum.models.forums import Forum
from forum.models.joining import convened_by, forums_at, joined_by
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.fields import GuardedCharField
from platssamverkan.ground.records import Record, RecordQuerySet
from platssamverkan.look.money import AT_MOST_KRONOR

WHOLE = Decimal(100)


class CostQuerySet(RecordQuerySet):
    """A forum's costs are read by its members and its staff; those of a boende alone by its staff."""

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user."""
        if not user.is_authenticated:
            return self.none()
        boenden = boenden_where(user, Right.READ_COSTS)
        through_forum = Q(forum__in=forums_at(boenden)) | Q(forum__in=joined_by(user))
        return self.active().filter(Q(boende__in=boenden) | through_forum)

    def editable_by(self, user: Any) -> Self:
        """A forum's are its sammankallande's; those of a boende alone the staff's."""
        boenden = boenden_where(user, Right.EDIT_COSTS)
        return self.active().filter(Q(forum__in=convened_by(user)) | Q(forum__isnull=True, boende__in=boenden))

    def for_table(self) -> Self:
        """With everything the table of contributions shows, the latest first."""
        rows = Contribution.objects.active().select_related("actor", "forvaltning").order_by("created_at", "pk")
        return (
            self.active()
            .select_related("activity", "forum", "boende")
            .prefetch_related(Prefetch("contributions", rows))
            .order_by("-day", "title", "pk")
        )


class Cost(Record):
    """External kronor, or working hours, for an activity or for something that was bought together."""

    class Unit(models.TextChoices):
        KRONOR = "kronor", _("kronor till andra")
        HOURS = "hours", _("arbetstimmar")

    class Sharing(models.TextChoices):
        EQUAL = "equal", _("lika")
        KEY = "key", _("efter nyckel i procent")
        PLEDGED = "pledged", _("som var och en har lovat")

    boende = models.ForeignKey(Boende, on_delete=models.PROTECT, related_name="costs", verbose_name=_("boende"))
    forum = models.ForeignKey(
        Forum, on_delete=models.PROTECT, null=True, blank=True, related_name="costs", verbose_name=_("forum")
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="costs", verbose_name=_("aktivitet")
    )
    title = GuardedCharField(_("vad det gäller"), max_length=160)
    day = models.DateField(_("dag"))
    unit = models.CharField(_("räknas i"), max_length=8, choices=Unit, default=Unit.KRONOR)
    budget = models.PositiveBigIntegerField(_("budget"), validators=AT_MOST_KRONOR)
    outcome = models.PositiveBigIntegerField(_("utfall"), validators=AT_MOST_KRONOR, null=True, blank=True)
    sharing = models.CharField(_("delas"), max_length=8, choices=Sharing, default=Sharing.EQUAL)

    objects = CostQuerySet.as_manager()

    class Meta:
        verbose_name = _("kostnad")
        verbose_name_plural = _("kostnader")
        ordering = ["-day"]
        indexes = [
            models.Index(fields=["forum", "-day"], name="cost_forum_when"),
            models.Index(fields=["boende", "-day"], name="cost_boende_when"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forum:cost_detail", args=[self.pk])

    @property
    def is_hours(self) -> bool:
        """Whether it is counted in working hours."""
        return self.unit == self.Unit.HOURS

    @property
    def has_key(self) -> bool:
        """Whether it is shared by per cent."""
        return self.sharing == self.Sharing.KEY


class ContributionQuerySet(RecordQuerySet):
    """Who gives what to a cost."""

    def visible_to(self, user: Any) -> Self:
        """Those of costs that exist for the user."""
        return self.active().filter(cost__in=Cost.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Any) -> Self:
        """Those of costs that the user looks after."""
        return self.active().filter(cost__in=Cost.objects.editable_by(user).values("pk"))


class Contribution(Record):
    """One party's part of a cost: its per cent of the key, what it has pledged, what it has given."""

    cost = models.ForeignKey(
        Cost, on_delete=models.PROTECT, related_name="contributions", verbose_name=_("kostnad"), editable=False
    )
    actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("aktör")
    )
    forvaltning = models.ForeignKey(
        Forvaltning, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("förvaltning")
    )
    is_municipal = models.BooleanField(_("kommunal part"), default=False)
    percent = models.DecimalField(_("nyckel i procent"), max_digits=5, decimal_places=2, null=True, blank=True)
    pledged = models.PositiveBigIntegerField(_("har lovat"), validators=AT_MOST_KRONOR, null=True, blank=True)
    given = models.PositiveBigIntegerField(_("har gett"), validators=AT_MOST_KRONOR, null=True, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("bidrag")
        verbose_name_plural = _("bidrag")
        ordering = ["cost", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(actor__isnull=False, forvaltning__isnull=True)
                | Q(actor__isnull=True, forvaltning__isnull=False),
                name="contribution_one_party",
                violation_error_code="actor",
                violation_error_message=_("Välj en aktör eller en förvaltning, en av dem."),
            ),
            models.UniqueConstraint(
                fields=["cost", "actor"],
                condition=Q(archived_at__isnull=True, actor__isnull=False),
                name="contribution_actor_once",
                violation_error_code="actor",
                violation_error_message=_("Aktören står redan för en del av kostnaden."),
            ),
            models.UniqueConstraint(
                fields=["cost", "forvaltning"],
                condition=Q(archived_at__isnull=True, forvaltning__isnull=False),
                name="contribution_forvaltning_once",
                violation_error_code="forvaltning",
                violation_error_message=_("Förvaltningen står redan för en del av kostnaden."),
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__range=(0, 100)),
                name="contribution_percent",
                violation_error_code="percent",
                violation_error_message=_("Skriv procent från 0 till 100."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.actor or self.forvaltning)

    def get_absolute_url(self) -> str:
        return reverse("forum:cost_detail", args=[self.cost_id])

    def warning(self, unit: str) -> str:
        """What procurement law makes one think twice about, as a sentence; empty where all is well (001:1043–1050)."""
        if self.is_municipal and unit == Cost.Unit.KRONOR:
            return str(_("En kommunal part bidrar hellre med arbetstid: köp ska följa reglerna om upphandling."))
        if not self.is_municipal and unit == Cost.Unit.HOURS:
            return str(_("En privat part bidrar hellre med externa kostnader än med arbetstid."))
        return ""
