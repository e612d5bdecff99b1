# SPDX-License-Identifier: EUPL-1.2
"""How far a boende has come on the levels of samverkan: steps that people tick, and networks that it is in."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from boenden.rights import reached
from kartlaggning.levels import Step
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.collation import SWEDISH
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet


class AtBoendeQuerySet(RecordQuerySet):
    """What hangs on a boende itself is for those who read its kartläggning."""

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user."""
        return self.active().filter(reached(user, Right.READ_KARTLAGGNING, "boende__"))

    def editable_by(self, user: Any) -> Self:
        """Those the user may change."""
        return self.active().filter(reached(user, Right.EDIT_KARTLAGGNING, "boende__"))


class LevelStep(Record):
    """A first step that somebody has ticked, or noted something about. Steps tick themselves too: levels_facts.py."""

    boende = models.ForeignKey(Boende, on_delete=models.PROTECT, related_name="level_steps", verbose_name=_("boende"))
    step = models.CharField(_("steg"), max_length=16, choices=Step, editable=False)
    done_on = models.DateField(_("klart"), null=True, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ansvarig"),
    )
    evidence_url = models.URLField(_("länk till underlaget"), max_length=500, blank=True)
    note = GuardedTextField(_("anteckning"), max_length=2000, blank=True)

    objects = AtBoendeQuerySet.as_manager()

    class Meta:
        verbose_name = _("steg på nivån")
        verbose_name_plural = _("steg på nivåerna")
        ordering = ["boende", "step"]
        constraints = [models.UniqueConstraint(fields=["boende", "step"], name="level_step_once")]

    def __str__(self) -> str:
        return self.get_step_display()


class NetworkQuerySet(AtBoendeQuerySet):
    """The networks of a boende."""

    def for_list(self) -> Self:
        """Those it is in before those it has left."""
        return self.active().select_related("responsible").order_by(F("left_on").asc(nulls_first=True), "name", "pk")


class Network(Record):
    """A network that somebody else drives and the boende takes part in: a BID, Trygg i … (the guide, 001:1052)."""

    boende = models.ForeignKey(Boende, on_delete=models.PROTECT, related_name="networks", verbose_name=_("boende"))
    name = GuardedCharField(_("nätverkets namn"), max_length=120, db_collation=SWEDISH)
    joined_on = models.DateField(_("med sedan"))
    left_on = models.DateField(_("lämnade"), null=True, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("går dit"),
    )
    evidence_url = models.URLField(_("nätverkets sida"), max_length=500, blank=True)
    perspective = GuardedTextField(_("det vi tar med oss dit från brukarna"), max_length=2000, blank=True)

    objects = NetworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("nätverk")
        verbose_name_plural = _("nätverk")
        ordering = ["boende", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["boende", "name"],
                condition=Q(archived_at__isnull=True),
                name="network_name_once",
                violation_error_code="name",
                violation_error_message=_("Nätverket står redan i listan."),
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="network_left_after_joined",
                violation_error_code="left_on",
                violation_error_message=_("Ni kan inte ha lämnat nätverket innan ni kom med."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
