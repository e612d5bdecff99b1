# SPDX-License-Identifier: EUPL-1.2
"""Examples: what a boende has tried and seen the effect of, published for all boenden to find."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from boenden.rights import has_right, reached
from kartlaggning.models.insatser import Insats
from kartlaggning.principles import Principle
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.collation import SWEDISH
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet


class ExampleQuerySet(RecordQuerySet):
    """What is published is for everyone who works with platssamverkan; a draft for those of its boende."""

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user."""
        if not has_right(user, Right.READ_KARTLAGGNING):
            return self.none()
        own = reached(user, Right.READ_KARTLAGGNING, "boende__")
        return self.active().filter(own | Q(published_at__isnull=False))

    def editable_by(self, user: Any) -> Self:
        """Those of boenden where the user writes."""
        return self.active().filter(reached(user, Right.EDIT_KARTLAGGNING, "boende__"))

    def publishable_by(self, user: Any) -> Self:
        """Those that the user may publish and take back: the enhetschef's own."""
        return self.active().filter(reached(user, Right.APPROVE_PLAN, "boende__"))

    def for_list(self) -> Self:
        """Drafts first, which only their own see, then the latest published."""
        rows = self.active().select_related("boende__forvaltning")
        return rows.order_by(F("published_at").desc(nulls_first=True), "title", "pk")


class Example(Record):
    """An insats that others can learn from. Its words leave the boende: no person, and no day that points one out."""

    class Place(models.TextChoices):
        HALLPLATS = "hallplats", _("hållplats")
        ENTRE = "entre", _("entré eller gård")
        VAG = "vag", _("gata eller gångväg")
        PARK = "park", _("park eller torg")
        BUTIK = "butik", _("butik eller centrum")
        TRAPPHUS = "trapphus", _("trapphus eller granntomt")
        BOENDET = "boendet", _("inne på boendet")
        OVERALLT = "overallt", _("inte bundet till en plats")

    boende = models.ForeignKey(Boende, on_delete=models.PROTECT, related_name="examples", verbose_name=_("boende"))
    insats = models.ForeignKey(
        Insats,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="examples",
        verbose_name=_("insats"),
    )
    title = GuardedCharField(_("rubrik"), max_length=160, db_collation=SWEDISH)
    principle = models.PositiveSmallIntegerField(_("princip"), choices=Principle)
    place = models.CharField(_("plats"), max_length=10, choices=Place)
    problem = GuardedTextField(_("vad det svarade på"), max_length=2000, blank=True)
    text = GuardedTextField(_("så gjorde vi"), max_length=4000)
    effect_brukare = GuardedTextField(_("effekt för brukarna"), max_length=2000, blank=True)
    effect_around = GuardedTextField(_("effekt för omgivningen"), max_length=2000, blank=True)
    think_of = GuardedTextField(_("att tänka på"), max_length=2000, blank=True)
    published_at = models.DateTimeField(_("publicerat"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("publicerat av"),
    )

    objects = ExampleQuerySet.as_manager()

    class Meta:
        verbose_name = _("exempel")
        verbose_name_plural = _("exempel")
        ordering = ["-published_at", "title"]
        indexes = [models.Index(fields=["-published_at", "title"], name="example_published")]
        constraints = [
            models.CheckConstraint(condition=Q(principle__range=(1, 5)), name="example_of_five"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False)
                & (~Q(effect_brukare="") | ~Q(effect_around="")),
                name="example_published_has_effect",
                violation_error_code="effect_brukare",
                violation_error_message=_("Skriv vilken effekt det hade, för brukarna eller för omgivningen."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("kartlaggning:example_detail", args=[self.pk])

    @property
    def is_published(self) -> bool:
        """Whether all boenden can read it."""
        return self.published_at is not None

    @property
    def functions(self) -> str:
        """Principle 1: whether it gave both sides something, or one of them."""
        if self.effect_brukare and self.effect_around:
            return str(_("Dubbel funktion: gav både brukarna och omgivningen något."))
        if self.effect_brukare:
            return str(_("Gav brukarna något. Inget är skrivet om omgivningen."))
        if self.effect_around:
            return str(_("Gav omgivningen något. Inget är skrivet om brukarna."))
        return ""

    def missing_to_publish(self) -> list[str]:
        """What is left before others can read it, as sentences."""
        missing = []
        if not self.functions:
            missing.append(str(_("Skriv vilken effekt det hade, för brukarna eller för omgivningen.")))
        if not self.think_of:
            missing.append(str(_("Skriv vad andra ska tänka på.")))
        return missing
