# SPDX-License-Identifier: EUPL-1.2
"""A boende's plan: insights and insatser, in editions. An approved edition stands still; a review opens the next."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from boenden.rights import reached
from kartlaggning.models.rounds import Kartlaggning, OfRoundQuerySet
from platssamverkan.accounts.roles import Right
from platssamverkan.documents.models import StoredDocument
from platssamverkan.ground.fields import GuardedTextField
from platssamverkan.ground.records import Record


class PlanQuerySet(OfRoundQuerySet):
    """The plans, an edition a row."""

    to_boende = "boende__"

    def approvable_by(self, user: Any) -> Self:
        """Those the user may approve."""
        return self.active().filter(reached(user, Right.APPROVE_PLAN, self.to_boende))

    def for_list(self) -> Self:
        """The latest edition first."""
        return self.active().select_related("boende", "approved_by").order_by("-edition", "pk")


class Plan(Record):
    """One edition of the plan."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("utkast")
        APPROVED = "approved", _("gäller")
        REPLACED = "replaced", _("ersatt")

    boende = models.ForeignKey(Boende, on_delete=models.PROTECT, related_name="plans", verbose_name=_("boende"))
    kartlaggning = models.ForeignKey(
        Kartlaggning,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name=_("kartläggning"),
    )
    edition = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    previous = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="next",
        verbose_name=_("föregående version"),
    )
    insights = GuardedTextField(_("insikter"), max_length=8000, blank=True)
    review_on = models.DateField(_("ses över senast"), null=True, blank=True)
    status = models.CharField(_("läge"), max_length=8, choices=Status, default=Status.DRAFT, editable=False)
    approved_at = models.DateTimeField(_("godkänd"), null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("godkänd av"),
    )
    document = models.OneToOneField(
        StoredDocument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("dokument"),
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("planer")
        ordering = ["-edition"]
        constraints = [
            models.UniqueConstraint(fields=["boende", "edition"], name="plan_edition_once"),
            models.UniqueConstraint(
                fields=["boende"],
                condition=Q(status="draft", archived_at__isnull=True),
                name="plan_one_draft",
                violation_error_message=_("Det finns redan ett utkast till plan."),
            ),
            models.UniqueConstraint(
                fields=["boende"],
                condition=Q(status="approved"),
                name="plan_one_in_force",
                violation_error_message=_("En annan version av planen gäller redan."),
            ),
            models.CheckConstraint(
                condition=Q(status="draft", approved_at__isnull=True)
                | (~Q(status="draft") & Q(approved_at__isnull=False, approved_by__isnull=False)),
                name="plan_approved_by_someone",
                violation_error_message=_("En plan godkänns av någon, en dag."),
            ),
            models.CheckConstraint(
                condition=~Q(status="draft") | Q(document__isnull=True), name="plan_draft_has_no_file"
            ),
            models.CheckConstraint(
                condition=Q(edition=1, previous__isnull=True) | Q(edition__gt=1, previous__isnull=False),
                name="plan_edition_follows_previous",
            ),
        ]

    def __str__(self) -> str:
        return gettext("Plan, version %(edition)s") % {"edition": self.edition}

    def get_absolute_url(self) -> str:
        return reverse("kartlaggning:plan_detail", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        """Whether it can be changed."""
        return self.status == self.Status.DRAFT

    @property
    def is_in_force(self) -> bool:
        """Whether it is the one that counts today."""
        return self.status == self.Status.APPROVED

    @property
    def needs_review(self) -> bool:
        """Whether its day of review has come."""
        return self.is_in_force and self.review_on is not None and self.review_on <= timezone.localdate()
