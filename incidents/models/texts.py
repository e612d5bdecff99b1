# SPDX-License-Identifier: EUPL-1.2
"""Earlier texts of an incident. Nothing is lost (design.md rule 4), and all is read behind the incident's own gate."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from incidents.models.incident import Incident
from platssamverkan.ground.fields import GuardedTextField
from platssamverkan.ground.records import Record


class IncidentTextVersion(Record):
    """An internal text as it stood before it was changed. Created when and by: the change that replaced it."""

    incident = models.ForeignKey(
        Incident, on_delete=models.CASCADE, related_name="text_versions", verbose_name=_("händelse")
    )
    internal_text = GuardedTextField(_("vad som hände"), max_length=8000)
    handled = GuardedTextField(_("hur det hanterades"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("tidigare text")
        verbose_name_plural = _("tidigare texter")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class ReleasedText(Record):
    """A forum text that outsiders could read: exactly what it said, from when and until when.

    Created when and by: the release. A person outside who refers to a text that is withdrawn can be answered.
    """

    incident = models.ForeignKey(
        Incident, on_delete=models.CASCADE, related_name="released_texts", verbose_name=_("händelse")
    )
    forum_what = GuardedTextField(_("vad som hände"), max_length=4000)
    forum_handled = GuardedTextField(_("hur det hanterades"), max_length=4000)
    withdrawn_at = models.DateTimeField(_("återtagen"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("återtagen av"),
    )

    class Meta:
        verbose_name = _("släppt forumtext")
        verbose_name_plural = _("släppta forumtexter")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident"], condition=Q(withdrawn_at__isnull=True), name="released_text_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("created_at")),
                name="released_text_withdrawn_after",
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
