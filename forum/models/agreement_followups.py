# SPDX-License-Identifier: EUPL-1.2
"""Follow-up of an agreement: a period, head-counts and outcomes, never a person (domain.md, "Agreements")."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forum.models.agreements import Agreement
from platssamverkan.ground.fields import GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet

HEAD_COUNTS = ("people", "outside")  # of a period each: people come again, so periods are never summed
OUTCOMES = ("medling", "forhindrad", "kvarboende")  # events, which can be


class AgreementFollowUpQuerySet(RecordQuerySet):
    """The follow-up log."""

    def visible_to(self, user: Any) -> Self:
        """Those of agreements that exist for the user; what an outsider sees of the counts, the reading decides."""
        return self.active().filter(agreement__in=Agreement.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Any) -> Self:
        """Those of agreements that the user looks after."""
        return self.active().filter(agreement__in=Agreement.objects.editable_by(user).values("pk"))

    def for_list(self) -> Self:
        """The latest period first."""
        return self.active().order_by("-starts_on", "pk")


class AgreementFollowUp(Record):
    """What a period gave. Periods of one agreement do not overlap, so that no two can be told apart to a few people."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="follow_ups", verbose_name=_("avtal"), editable=False
    )
    starts_on = models.DateField(_("från"))
    ends_on = models.DateField(_("till och med"))
    people = models.PositiveIntegerField(_("individer per dag, i genomsnitt"), null=True, blank=True)
    outside = models.PositiveIntegerField(_("individer ute samtidigt, i genomsnitt"), null=True, blank=True)
    medling = models.PositiveIntegerField(_("medlingar"), null=True, blank=True)
    forhindrad = models.PositiveIntegerField(_("förhindrade utskrivningar"), null=True, blank=True)
    kvarboende = models.PositiveIntegerField(_("kvarboende"), null=True, blank=True)
    text = GuardedTextField(_("vad vi såg"), max_length=4000, blank=True)

    objects = AgreementFollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("uppföljning")
        verbose_name_plural = _("uppföljningar")
        ordering = ["-starts_on"]
        indexes = [models.Index(fields=["agreement", "-starts_on"], name="followup_agreement_when")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="agreementfollowup_days",
                violation_error_code="ends_on",
                violation_error_message=_("Sista dagen kan inte vara före första dagen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"

    def get_absolute_url(self) -> str:
        return reverse("forum:agreement_detail", args=[self.agreement_id]) + "#uppfoljning"

    def clean(self) -> None:
        """A period of its own. From two that overlap the count of a few people could be worked out."""
        super().clean()
        if not (self.starts_on and self.ends_on):
            return
        others = AgreementFollowUp.objects.active().filter(agreement=self.agreement_id).exclude(pk=self.pk)
        if others.filter(starts_on__lte=self.ends_on, ends_on__gte=self.starts_on).exists():
            message = gettext("Perioden överlappar en annan uppföljning. Välj en period som inte är uppföljd.")
            raise ValidationError({"starts_on": message})
