# SPDX-License-Identifier: EUPL-1.2
"""An insats: what it answers, what it gives whom, who does it by when, and what came of it (the guide, 001:556–870)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boenden.models.actors import past_day_please
from incidents.models import Incident
from kartlaggning.models.plans import Plan
from kartlaggning.models.rounds import OfRoundQuerySet
from kartlaggning.models.walks import Observation
from kartlaggning.principles import Principle
from platssamverkan.ground.collation import SWEDISH
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Immutable, Record
from platssamverkan.look.words import all_of

# what stands still once the plan is approved; how it goes, and what came of it, is written afterwards too
CONTENT = (
    "title", "problem", "cause", "principles", "value_brukare", "value_surroundings", "term", "responsible_id",
    "responsible_other", "cost", "start_on", "due_on", "effect_short", "effect_long", "follow_up_on", "incident_id",
    "observation_id",
)  # fmt: skip


class InsatsQuerySet(OfRoundQuerySet):
    """The insatser of plans."""

    to_boende = "plan__boende__"

    def for_plan(self) -> Any:
        """Those of a plan in order, with their evaluations."""
        rows = self.active().select_related("responsible", "incident", "observation")
        rows = rows.select_related("origin__responsible", "origin__incident", "origin__observation")
        return rows.prefetch_related("evaluations", "origin__evaluations").order_by("due_on", "created_at", "pk")

    def late(self) -> Any:
        """Those whose day has passed and that are not finished (`Insats.is_late`)."""
        return self.filter(status__in=Insats.OPEN, due_on__lt=timezone.localdate())

    def follow_up_late(self) -> Any:
        """Those whose follow-up has not been made on its day (`Insats.is_follow_up_late`), with `next_follow_up`."""
        written = InsatsEvaluation.objects.active().order_by("-evaluated_on", "-created_at")
        told = written.filter(Q(insats=OuterRef("pk")) | Q(insats=OuterRef("origin")))
        verdict = Subquery(written.filter(insats=OuterRef("pk")).values("verdict")[:1])
        rows = self.filter(status__in=Insats.AWAITED).annotate(
            next_follow_up=Coalesce("follow_up_again_on", "follow_up_on"), latest_verdict=Coalesce(verdict, Value(""))
        )
        rows = rows.filter(next_follow_up__lt=timezone.localdate())
        rows = rows.exclude(latest_verdict=InsatsEvaluation.Verdict.STOP)
        return rows.exclude(Exists(told.filter(evaluated_on__gte=OuterRef("next_follow_up"))))


class Insats(Record):
    """Something that is done in the neighbourhood."""

    class Term(models.TextChoices):
        SHORT = "short", _("kort sikt")
        LONG = "long", _("lång sikt")

    class Status(models.TextChoices):
        PLANNED = "planned", _("planerad")
        ONGOING = "ongoing", _("pågår")
        DONE = "done", _("klar: genomförd")
        CONTINUED = "continued", _("klar: fortsätter i det vanliga arbetet")
        DROPPED = "dropped", _("blev inte av")

    OPEN = (Status.PLANNED, Status.ONGOING)  # to be done by its day
    AWAITED = (*OPEN, Status.CONTINUED)  # to be followed up on its day

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="insatser", verbose_name=_("plan"))
    origin = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("samma insats i föregående version"),
    )
    title = GuardedCharField(_("insats"), max_length=160, db_collation=SWEDISH)
    problem = GuardedTextField(_("problem eller behov som den svarar på"), max_length=4000, blank=True)
    cause = GuardedTextField(_("orsak"), max_length=4000, blank=True)
    principles = models.JSONField(_("principer"), default=list, blank=True)
    value_brukare = GuardedTextField(_("värde för brukarna"), max_length=2000, blank=True)
    value_surroundings = GuardedTextField(_("värde för omgivningen"), max_length=2000, blank=True)
    term = models.CharField(_("sikt"), max_length=5, choices=Term, default=Term.SHORT)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ansvarig"),
    )
    responsible_other = GuardedCharField(_("ansvarig utanför boendet"), max_length=120, blank=True)
    cost = models.PositiveIntegerField(_("kostnad i kronor"), null=True, blank=True)
    start_on = models.DateField(_("börjar"), null=True, blank=True)
    due_on = models.DateField(_("klar senast"), null=True, blank=True)
    effect_short = GuardedTextField(_("väntad effekt på kort sikt"), max_length=2000, blank=True)
    effect_long = GuardedTextField(_("väntad effekt på lång sikt"), max_length=2000, blank=True)
    follow_up_on = models.DateField(_("följs upp"), null=True, blank=True)
    follow_up_again_on = models.DateField(_("följs upp igen"), null=True, blank=True, editable=False)
    status = models.CharField(_("läge"), max_length=9, choices=Status, default=Status.PLANNED, editable=False)
    incident = models.ForeignKey(
        Incident,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="insatser",
        verbose_name=_("svarar på händelsen"),
    )
    observation = models.ForeignKey(
        Observation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="insatser",
        verbose_name=_("svarar på observationen"),
    )

    taken_out_in: int | None = None  # the version without it, where a page of a replaced one has asked

    objects = InsatsQuerySet.as_manager()

    class Meta:
        verbose_name = _("insats")
        verbose_name_plural = _("insatser")
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["plan", "due_on"], name="insats_plan_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(start_on__isnull=True) | Q(due_on__isnull=True) | Q(due_on__gte=F("start_on")),
                name="insats_due_after_start",
                violation_error_code="due_on",
                violation_error_message=_("Insatsen kan inte vara klar innan den börjar."),
            ),
            models.CheckConstraint(
                condition=~Q(status="continued") | Q(follow_up_on__isnull=False) | Q(follow_up_again_on__isnull=False),
                name="insats_continued_is_followed_up",
                violation_error_code="follow_up_on",
                violation_error_message=_("Det som fortsätter i det vanliga arbetet behöver en dag för uppföljning."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("kartlaggning:insats_detail", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it; raises Immutable if what is approved is not what was approved."""
        if not self.is_new:
            stored = Insats.objects.filter(pk=self.pk).values(*CONTENT, "archived_at", "plan__status").get()
            is_draft = stored.pop("plan__status") == Plan.Status.DRAFT
            if not is_draft and any(getattr(self, name) != value for name, value in stored.items()):
                raise Immutable("An insats of an approved plan is never changed; begin a review.")
        super().save(*args, **kwargs)

    def follow_up(self, day: date | None) -> None:
        """Choose the day of the next follow-up: beside the day that was approved, never over it."""
        if self.plan.is_draft:
            self.follow_up_on = day
        else:
            self.follow_up_again_on = day

    @property
    def followed_up_next(self) -> date | None:
        """The day of the next follow-up."""
        return self.follow_up_again_on or self.follow_up_on

    @property
    def kartlaggning(self) -> Any:
        """The round of its plan, or None."""
        return self.plan.kartlaggning

    @property
    def responsible_name(self) -> str:
        """Who is responsible, in words."""
        return ", ".join(str(who) for who in (self.responsible, self.responsible_other) if who)

    @property
    def principle_labels(self) -> list[str]:
        """Its principles with their numbers: "2. Helt, rent, funktionellt och vackert"."""
        return [f"{number}. {label}" for number, label in Principle.choices if number in self.principles]

    @property
    def is_double(self) -> bool:
        """Whether it is worth something to both sides (principle 1's test)."""
        return bool(self.value_brukare and self.value_surroundings)

    @property
    def functions(self) -> str:
        """The double-function test in words. One side alone is allowed, and shown as such."""
        if self.is_double:
            return gettext("Dubbel funktion: värde för både brukarna och omgivningen.")
        if self.value_brukare:
            return gettext("Värde för brukarna. Inget är skrivet om omgivningen.")
        if self.value_surroundings:
            return gettext("Värde för omgivningen. Inget är skrivet om brukarna.")
        return gettext("Inget är skrivet om vad den ger brukarna eller omgivningen.")

    @property
    def is_finished(self) -> bool:
        """Carried out, or continued in ordinary work with follow-up."""
        return self.status in (self.Status.DONE, self.Status.CONTINUED)

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it is not finished."""
        return self.status in self.OPEN and self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def is_follow_up_late(self) -> bool:
        """Whether the day of its follow-up has passed without one, in this edition or the one before.

        What was judged to be stopped is not waited for.
        """
        day, latest = self.followed_up_next, self.latest_evaluation
        if self.status not in self.AWAITED or day is None or day >= timezone.localdate():
            return False
        told = [latest, self.origin.latest_evaluation if self.origin else None]
        is_stopped = latest is not None and latest.verdict == InsatsEvaluation.Verdict.STOP
        return not is_stopped and not any(row and row.evaluated_on >= day for row in told)

    @property
    def latest_evaluation(self) -> "InsatsEvaluation | None":
        """What was written last, among `evaluations` that are fetched already."""
        rows = (row for row in self.evaluations.all() if row.archived_at is None)
        return max(rows, key=lambda row: (row.evaluated_on, row.created_at), default=None)

    def missing(self) -> list[str]:
        """What it lacks before its plan can be approved: little is asked of those who begin (001:1111)."""
        wanted = {
            gettext("problemet den svarar på"): self.problem.strip(),
            gettext("ansvarig"): self.responsible_name,
            gettext("dag för uppföljning"): self.follow_up_on,
        }
        lacking = [words for words, value in wanted.items() if not value]
        if not lacking:
            return []
        return [gettext("%(insats)s saknar %(what)s.") % {"insats": self, "what": all_of(lacking)}]


class InsatsEvaluationQuerySet(OfRoundQuerySet):
    """The evaluations."""

    to_boende = "insats__plan__boende__"


class InsatsEvaluation(Record):
    """What came of an insats, and whether to go on with it. Written as often as it is followed up."""

    class Verdict(models.TextChoices):
        KEEP = "keep", _("behåll")
        CHANGE = "change", _("ändra")
        STOP = "stop", _("sluta")

    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, related_name="evaluations", verbose_name=_("insats"))
    evaluated_on = models.DateField(_("följdes upp"), default=timezone.localdate)
    effect = GuardedTextField(_("vilken effekt den fick"), max_length=4000)
    verdict = models.CharField(_("gör vi om det?"), max_length=6, choices=Verdict)

    objects = InsatsEvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("utvärdering av insats")
        verbose_name_plural = _("utvärderingar av insatser")
        ordering = ["-evaluated_on", "-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(effect=""),
                name="evaluation_says_effect",
                violation_error_code="effect",
                violation_error_message=_("Skriv vilken effekt insatsen fick."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.insats}: {self.get_verdict_display()}"

    def get_absolute_url(self) -> str:
        return self.insats.get_absolute_url()

    def clean(self) -> None:
        super().clean()
        if self.evaluated_on and self.evaluated_on > timezone.localdate():
            raise ValidationError({"evaluated_on": past_day_please()})
