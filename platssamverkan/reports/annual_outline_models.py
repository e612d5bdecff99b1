# SPDX-License-Identifier: EUPL-1.2
"""Whose an årsrapport is, and the förvaltning's template of its sections."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from boenden.models import Forvaltning
from boenden.rights import assignments_of
from platssamverkan.accounts.roles import ROLES, Right, Role
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet


def forvaltningar_of(user: Any, right: Right) -> set[Any]:
    """The ids of the förvaltningar where the user holds the right, in the whole or at a boende of it. No query."""
    held = [found for found in assignments_of(user) if right in ROLES[Role(found.role)].rights]
    whole = {found.forvaltning_id for found in held if found.forvaltning_id}
    return whole | {found.boende.forvaltning_id for found in held if found.boende and found.boende.archived_at is None}


class OutlineQuerySet(RecordQuerySet):
    """The template of a förvaltning, a section a row."""

    def visible_to(self, user: Any) -> Self:
        """Those of förvaltningar whose reports the user reads."""
        return self.active().filter(forvaltning__in=forvaltningar_of(user, Right.READ_REPORTS))

    def editable_by(self, user: Any) -> Self:
        """Those the user decides."""
        return self.active().filter(forvaltning__in=forvaltningar_of(user, Right.EDIT_REPORTS))

    def for_list(self) -> Self:
        """In the order of the document."""
        parts = [models.When(part=part, then=place) for place, part in enumerate(OutlineSection.Part.values)]
        return self.active().order_by(models.Case(*parts), "position", "created_at", "pk")


class OutlineSection(Record):
    """One section of every årsrapport of a förvaltning, or of every boende's chapter in it."""

    class Part(models.TextChoices):
        BEFORE = "before", _("först, för hela förvaltningen")
        BOENDE = "boende", _("i varje boendes kapitel")
        AFTER = "after", _("sist, för hela förvaltningen")

    class Kind(models.TextChoices):
        TEXT = "text", _("bara text")
        FIGURES = "figures", _("text och räknade siffror")
        STAFFING = "staffing", _("text, bemanning och budget")
        ECONOMY = "economy", _("text, ekonomi och fördelningsnyckel")

    forvaltning = models.ForeignKey(
        Forvaltning, on_delete=models.PROTECT, related_name="+", verbose_name=_("förvaltning"), editable=False
    )
    part = models.CharField(_("var den står"), max_length=6, choices=Part, default=Part.BOENDE)
    position = models.PositiveSmallIntegerField(_("ordning"), default=50)
    title = GuardedCharField(_("rubrik"), max_length=120)
    guidance = GuardedTextField(_("vad som ska stå där"), max_length=1000, blank=True)
    kind = models.CharField(_("innehåll"), max_length=8, choices=Kind, default=Kind.TEXT)
    is_required = models.BooleanField(_("texten behövs innan rapporten godkänns"), default=True)
    is_carried = models.BooleanField(_("texten följer med från förra årets rapport"), default=False)

    objects = OutlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("avsnitt i mallen")
        verbose_name_plural = _("avsnitt i mallen")
        ordering = ["forvaltning", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["forvaltning", "part", "title"],
                condition=Q(archived_at__isnull=True),
                name="outline_title_once",
                violation_error_code="title",
                violation_error_message=_("Mallen har redan ett avsnitt med den rubriken."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="economy") | ~Q(part="boende"),
                name="outline_economy_is_shared",
                violation_error_code="kind",
                violation_error_message=_("Ekonomi och fördelningsnyckel gäller hela förvaltningen."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="staffing") | Q(part="boende"),
                name="outline_staffing_is_a_boendes",
                violation_error_code="kind",
                violation_error_message=_("Bemanning och budget hör till ett boende."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
