# SPDX-License-Identifier: EUPL-1.2
"""A kartläggning: one round of the three steps at a boende, numbered by its year (the guide, 001:796–870)."""

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from boenden.rights import reached
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.fields import GuardedTextField
from platssamverkan.ground.geo_fields import AreaField
from platssamverkan.ground.records import Record, RecordQuerySet
from platssamverkan.look.words import distance

FIRST_YEAR, LAST_YEAR = 2000, 2100


class OfRoundQuerySet(RecordQuerySet):
    """What belongs to a round is reached as its boende is: staff and their managers, nobody outside."""

    to_boende = "kartlaggning__boende__"

    def standing(self) -> Self:
        """Those in use, of what is in use: with a round that is put away goes all that belongs to it."""
        owner = self.to_boende.removesuffix("boende__")
        return self.active().filter(**{f"{owner}archived_at__isnull": True})

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user."""
        return self.standing().filter(reached(user, Right.READ_KARTLAGGNING, self.to_boende))

    def editable_by(self, user: Any) -> Self:
        """Those the user may change."""
        return self.standing().filter(reached(user, Right.EDIT_KARTLAGGNING, self.to_boende))


class KartlaggningQuerySet(OfRoundQuerySet):
    """The rounds."""

    to_boende = "boende__"

    def for_list(self) -> Self:
        """The latest year first."""
        return self.active().select_related("boende").order_by("-year", "pk")


class Kartlaggning(Record):
    """One year's round at a boende."""

    class Step(models.TextChoices):
        KARTLAGGNING = "kartlaggning", _("kartläggning")
        ANALYS = "analys", _("analys")
        PLAN = "plan", _("plan")

    boende = models.ForeignKey(
        Boende, on_delete=models.PROTECT, related_name="kartlaggningar", verbose_name=_("boende")
    )
    year = models.PositiveSmallIntegerField(
        _("år"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    step = models.CharField(_("steg"), max_length=12, choices=Step, default=Step.KARTLAGGNING, editable=False)
    area = AreaField(_("området"), default=dict, blank=True)
    area_note = GuardedTextField(_("om området"), max_length=2000, blank=True)

    objects = KartlaggningQuerySet.as_manager()

    class Meta:
        verbose_name = _("kartläggning")
        verbose_name_plural = _("kartläggningar")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["boende", "year"],
                condition=Q(archived_at__isnull=True),
                name="kartlaggning_once_a_year",
                violation_error_code="year",
                violation_error_message=_("Det finns redan en kartläggning för det året."),
            ),
            models.CheckConstraint(
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                name="kartlaggning_year_range",
                violation_error_code="year",
                violation_error_message=_("Skriv ett år, till exempel 2026."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Kartläggning %(year)s") % {"year": self.year}

    def get_absolute_url(self) -> str:
        return reverse("kartlaggning:kartlaggning_detail", args=[self.pk])

    @property
    def area_words(self) -> str:
        """The area in words, "" where none is decided."""
        if radius := self.area.get("radius"):
            return gettext("Inom %(metres)s från mittpunkten.") % {"metres": distance(radius)}
        if corners := self.area.get("corners"):
            return gettext("Egna gränser med %(count)s hörn.") % {"count": len(corners)}
        return ""

    @property
    def sent_back(self) -> "StepChange | None":
        """Why it stands where it does, if it was sent back there and has not gone on since. One query."""
        latest = self.step_changes.order_by("-created_at", "-pk").first()
        return latest if latest and latest.is_back else None

    @property
    def next_step(self) -> str:
        """The step after this one, or ""."""
        order = list(self.Step.values)
        position = order.index(self.step) + 1
        return order[position] if position < len(order) else ""

    @property
    def earlier_step(self) -> str:
        """The step before this one, or ""."""
        order = list(self.Step.values)
        position = order.index(self.step)
        return order[position - 1] if position else ""


class ToolCheck(Record):
    """One of the four tools of a round: whether it has been used, and what it gave."""

    class Tool(models.TextChoices):
        KARTTJANST = "karttjanst", _("Karttjänst på nätet")
        STADENS_KARTA = "stadens_karta", _("Stadens karta (Gokart)")
        SOCIALA_MEDIER = "sociala_medier", _("Sociala medier")
        PROMENADER = "promenader", _("Promenader")

    # what each is to give (the guide, 001:800–835)
    GIVES = {
        Tool.KARTTJANST: _("Systembolag, företag, mataffärer, restauranger, apotek, föreningar och parker."),
        Tool.STADENS_KARTA: _(
            "Förskolor, grundskolor, andra boenden, bibliotek, lokaltrafik, vårdcentraler och fastighetsägare."
        ),
        Tool.SOCIALA_MEDIER: _("Föreningar och aktiviteter, och hur området och boendet uppfattas."),
        Tool.PROMENADER: _(
            "Vilka som rör sig här vid olika tider, och hur brukare och allmänhet upplever platsen. Gå flera gånger."
        ),
    }

    kartlaggning = models.ForeignKey(
        Kartlaggning, on_delete=models.PROTECT, related_name="tools", verbose_name=_("kartläggning")
    )
    tool = models.CharField(_("verktyg"), max_length=16, choices=Tool, editable=False)
    done_on = models.DateField(_("klart"), null=True, blank=True)
    note = GuardedTextField(_("vad det gav"), max_length=4000, blank=True)

    objects = OfRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("verktyg i kartläggningen")
        verbose_name_plural = _("verktyg i kartläggningen")
        ordering = ["kartlaggning", "tool"]
        constraints = [models.UniqueConstraint(fields=["kartlaggning", "tool"], name="tool_check_once")]

    def __str__(self) -> str:
        return self.get_tool_display()

    def get_absolute_url(self) -> str:
        return self.kartlaggning.get_absolute_url()

    def lacks_walk(self) -> bool:
        """Whether it is the promenader, and nobody has walked one in this round."""
        walked = self.kartlaggning.walks.active().filter(walked_on__isnull=False)
        return self.tool == self.Tool.PROMENADER and not walked.exists()

    @property
    def gives(self) -> str:
        """What the tool is to give."""
        return str(self.GIVES[self.Tool(self.tool)])


class StepChange(Record):
    """That a round went on a step, or was sent back and why. Never changed."""

    kartlaggning = models.ForeignKey(
        Kartlaggning, on_delete=models.PROTECT, related_name="step_changes", verbose_name=_("kartläggning")
    )
    from_step = models.CharField(_("från"), max_length=12, choices=Kartlaggning.Step, editable=False)
    to_step = models.CharField(_("till"), max_length=12, choices=Kartlaggning.Step, editable=False)
    is_back = models.BooleanField(_("skickades tillbaka"), default=False, editable=False)
    comment = GuardedTextField(_("kommentar"), max_length=2000, blank=True)

    objects = OfRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("stegbyte")
        verbose_name_plural = _("stegbyten")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_back=False) | ~Q(comment=""),
                name="step_back_says_why",
                violation_error_code="comment",
                violation_error_message=_("Skriv vad som behöver göras om."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_step_display()} → {self.get_to_step_display()}"

    def get_absolute_url(self) -> str:
        return self.kartlaggning.get_absolute_url()
