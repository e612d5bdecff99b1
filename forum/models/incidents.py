# SPDX-License-Identifier: EUPL-1.2
"""What a meeting is told of an incident: the forum text as it was released, and who tried whether it may be shown.

This is all that outsiders ever see of an incident (design.md rule 2). It never holds the internal text.
"""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forum.models.meetings import Meeting
from incidents.models import Incident
from platssamverkan.ground.fields import GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet


class PresentedIncidentQuerySet(RecordQuerySet):
    """What has been tried for meetings that a person reaches."""

    def visible_to(self, user: Any) -> Self:
        """Those shown at meetings that exist for the user."""
        return self.shown().filter(meeting__in=Meeting.objects.visible_to(user))

    def shown(self) -> Self:
        """Those that were found fit to be shown and have not been taken back."""
        return self.active().filter(is_shown=True, withdrawn_at__isnull=True)

    def for_papers(self) -> Self:
        """As they stand in the papers, the earliest first."""
        return self.shown().select_related("boende").order_by("happened_on", "created_at", "pk")


class PresentedIncident(Record):
    """A sekretessprövning: the outcome, its ground, by whom and when, and if it may be shown the text itself."""

    class Ground(models.TextChoices):
        """Why it may, or may not, be shown (OSL 26 kap. protects whoever can be pointed out)."""

        NOBODY = "nobody", _("inga uppgifter om enskild")
        NOT_RECOGNISABLE = "not_recognisable", _("ingen kan kännas igen, inte heller av en granne")
        CONSENT = "consent", _("den det gäller har samtyckt")
        RECOGNISABLE = "recognisable", _("någon kan kännas igen")
        ONGOING = "ongoing", _("polisen eller någon annan utreder")

    FOR_SHOWING = (Ground.NOBODY, Ground.NOT_RECOGNISABLE, Ground.CONSENT)

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="presented_incidents", verbose_name=_("möte")
    )
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="presentations", verbose_name=_("händelse")
    )
    boende = models.ForeignKey("boenden.Boende", on_delete=models.PROTECT, related_name="+", verbose_name=_("boende"))
    happened_on = models.DateField(_("när"))
    forum_what = GuardedTextField(_("vad som hände"), max_length=4000, blank=True)
    forum_handled = GuardedTextField(_("hur det hanterades"), max_length=4000, blank=True)
    is_shown = models.BooleanField(_("visas"), default=False)
    ground = models.CharField(_("grund"), max_length=20, choices=Ground)
    examined_at = models.DateTimeField(_("prövad"))
    examined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("prövad av")
    )
    withdrawn_at = models.DateTimeField(_("återtagen"), null=True, blank=True)

    objects = PresentedIncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("prövad händelse")
        verbose_name_plural = _("prövade händelser")
        ordering = ["meeting", "happened_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "incident"],
                condition=Q(archived_at__isnull=True),
                name="presented_once_a_meeting",
                violation_error_message=_("Händelsen är redan prövad för mötet."),
            ),
            models.CheckConstraint(
                condition=Q(is_shown=True) | Q(forum_what="", forum_handled=""),
                name="presented_text_only_if_shown",
                violation_error_message=_("En text som inte får visas sparas inte här."),
            ),
            models.CheckConstraint(
                condition=Q(is_shown=False)
                | Q(withdrawn_at__isnull=False)
                | (~Q(forum_what="") & ~Q(forum_handled="")),
                name="presented_has_both_parts",
                violation_error_message=_("Texten behöver båda delarna, vad som hände och hur det hanterades."),
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
