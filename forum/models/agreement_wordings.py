# SPDX-License-Identifier: EUPL-1.2
"""Every wording that an agreement's versions had while they were written."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from forum.models.agreements import Agreement, AgreementContent, AgreementVersion
from platssamverkan.ground.records import RecordQuerySet


class AgreementRevisionQuerySet(RecordQuerySet):
    """Every wording a version had while it was written."""

    def for_changes(self, versions: Any) -> Self:
        """The wordings of some versions, the newest first."""
        return self.filter(of__in=versions).select_related("created_by", "of").order_by("-number")


class AgreementRevision(AgreementContent):
    """A wording as somebody saved it: what makes the differences visible. Numbered through the whole agreement."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="revisions", verbose_name=_("avtal"), editable=False
    )
    of = models.ForeignKey(
        AgreementVersion, on_delete=models.PROTECT, related_name="revisions", verbose_name=_("version"), editable=False
    )
    number = models.PositiveIntegerField(_("lydelse"), editable=False)

    objects = AgreementRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("lydelse")
        verbose_name_plural = _("lydelser")
        ordering = ["agreement", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreementrevision_number_once"),
        ]

    def __str__(self) -> str:
        return str(_("lydelse %(number)s")) % {"number": self.number}
