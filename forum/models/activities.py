# SPDX-License-Identifier: EUPL-1.2
"""What a boende does with its neighbourhood: planned, held, evaluated. People are head-counts here, nobody is named."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from boenden.rights import boenden_where
from forum.models.forums import Forum
from forum.models.joining import convened_by, joined_by
from kartlaggning.models import Walk
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.collation import SWEDISH
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet


class ActivityQuerySet(RecordQuerySet):
    """Staff and ombud of the boende have its activities; the members of a forum read the forum's."""

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user."""
        if not user.is_authenticated:
            return self.none()
        boenden = boenden_where(user, Right.READ_ACTIVITIES)
        return self.active().filter(Q(boende__in=boenden) | Q(forum__in=joined_by(user)))

    def editable_by(self, user: Any) -> Self:
        """Those the user may change: at a boende of her own, or of a forum that she convenes."""
        boenden = boenden_where(user, Right.EDIT_ACTIVITIES)
        return self.active().filter(Q(boende__in=boenden) | Q(forum__in=convened_by(user)))

    def for_list(self) -> Self:
        """The latest first."""
        return self.active().select_related("boende", "forum").order_by("-happens_on", "title", "pk")

    def to_evaluate(self) -> Self:
        """Those that have been, and of which nobody has written what they gave."""
        gone = Q(status=Activity.Status.PLANNED, happens_on__lt=timezone.localdate())
        return self.active().filter(gone | Q(status=Activity.Status.HELD))


class Activity(Record):
    """A pop-up café, a trygghetsvandring, a städdag …"""

    class Kind(models.TextChoices):
        CAFE = "cafe", _("pop-up-café")
        VANDRING = "vandring", _("trygghetsvandring")
        STADDAG = "staddag", _("städdag")
        OPPET_HUS = "oppet_hus", _("öppet hus")
        BESOK = "besok", _("besök hos varandra")
        UTBILDNING = "utbildning", _("utbildning")
        OMBUD = "ombud", _("boendeombudens aktivitet")
        SYSSELSATTNING = "sysselsattning", _("sysselsättning")
        ODLING = "odling", _("odling")
        KULTUR = "kultur", _("kultur")
        IDROTT = "idrott", _("rörelse och idrott")
        VOLONTAR = "volontar", _("volontärer")
        LOKAL = "lokal", _("delad lokal")
        ANNAT = "annat", _("annat")

    class Status(models.TextChoices):
        PLANNED = "planned", _("planerad")
        HELD = "held", _("hållen")
        EVALUATED = "evaluated", _("utvärderad")
        CANCELLED = "cancelled", _("inställd")

    class Again(models.TextChoices):
        YES = "yes", _("ja")
        CHANGED = "changed", _("ja, på ett annat sätt")
        NO = "no", _("nej")

    boende = models.ForeignKey(Boende, on_delete=models.PROTECT, related_name="activities", verbose_name=_("boende"))
    forum = models.ForeignKey(
        Forum, on_delete=models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("forum")
    )
    walk = models.OneToOneField(
        Walk,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="activity",
        verbose_name=_("promenad"),
    )
    kind = models.CharField(_("slag"), max_length=16, choices=Kind)
    title = GuardedCharField(_("vad"), max_length=160, db_collation=SWEDISH)
    happens_on = models.DateField(_("när"))
    place = GuardedCharField(_("plats"), max_length=160, blank=True)
    text = GuardedTextField(_("så gör vi"), max_length=4000, blank=True)
    status = models.CharField(_("läge"), max_length=10, choices=Status, default=Status.PLANNED, editable=False)
    brukare_count = models.PositiveIntegerField(_("brukare som var med"), null=True, blank=True)
    neighbour_count = models.PositiveIntegerField(_("grannar och andra som var med"), null=True, blank=True)
    gave_brukare = GuardedTextField(_("vad det gav brukarna"), max_length=2000, blank=True)
    gave_neighbours = GuardedTextField(_("vad det gav grannskapet"), max_length=2000, blank=True)
    again = models.CharField(_("gör vi om det?"), max_length=8, choices=Again, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("aktivitet")
        verbose_name_plural = _("aktiviteter")
        ordering = ["-happens_on"]
        indexes = [
            models.Index(fields=["boende", "-happens_on"], name="activity_boende_when"),
            models.Index(fields=["forum", "-happens_on"], name="activity_forum_when"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="evaluated") | ~Q(again=""),
                name="activity_evaluated_says_again",
                violation_error_code="again",
                violation_error_message=_("Skriv om ni gör om det."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forum:activity_detail", args=[self.pk])

    @property
    def is_planned(self) -> bool:
        """Whether it has not been held."""
        return self.status == self.Status.PLANNED

    @property
    def is_evaluated(self) -> bool:
        """Whether it is written down what it gave."""
        return self.status == self.Status.EVALUATED

    @property
    def is_cancelled(self) -> bool:
        """Whether it will not be held."""
        return self.status == self.Status.CANCELLED

    @property
    def is_walk(self) -> bool:
        """Whether it is a trygghetsvandring: then it may own a promenad of the boende's kartläggning."""
        return self.kind == self.Kind.VANDRING

    @property
    def own_walk(self) -> Walk | None:
        """Its promenad, unless that was taken away."""
        return self.walk if self.walk and self.walk.archived_at is None else None

    @property
    def may_be_held(self) -> bool:
        """Whether its day has come."""
        return self.is_planned and self.happens_on <= timezone.localdate()

    @property
    def functions(self) -> str:
        """Principle 1 (the guide 001:556): whether it gave both sides something, or one of them."""
        if self.gave_brukare and self.gave_neighbours:
            return str(_("Dubbel funktion: gav både brukarna och grannskapet något."))
        if self.gave_brukare:
            return str(_("Gav brukarna något. Inget är skrivet om grannskapet."))
        if self.gave_neighbours:
            return str(_("Gav grannskapet något. Inget är skrivet om brukarna."))
        return ""

    def missing_for_evaluation(self) -> dict[str, str]:
        """What has to be written before it is evaluated: a sentence by the field where it is written."""
        missing = {}
        if self.brukare_count is None and self.neighbour_count is None:
            missing["brukare_count"] = str(_("Skriv hur många som var med."))
        if not (self.gave_brukare or self.gave_neighbours):
            missing["gave_brukare"] = str(_("Skriv vad det gav, för brukarna eller för grannskapet."))
        if not self.again:
            missing["again"] = str(_("Skriv om ni gör om det."))
        return missing
