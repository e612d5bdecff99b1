# SPDX-License-Identifier: EUPL-1.2
"""Every file with rows that leaves the system: who took it out, what, why, how much, and whether it came out whole."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Record


class Export(Record):
    """One file taken out. Who and when are `created_by` and `created_at`."""

    class Format(models.TextChoices):
        CSV = "csv", _("CSV för Excel")
        RFC4180 = "csv-rfc4180", _("CSV (RFC 4180)")
        XLSX = "xlsx", _("Excel")
        VCARD = "vcf", _("kontaktkort (vCard)")
        PDF = "pdf", _("PDF")

    class State(models.TextChoices):
        BEGUN = "begun", _("påbörjat")
        WHOLE = "whole", _("helt")
        CUT = "cut", _("avbrutet")

    what = GuardedCharField(_("vad"), max_length=200)
    format = models.CharField(_("format"), max_length=20, choices=Format)
    purpose = GuardedTextField(_("ändamål"))
    # the boende or förvaltning is a floor up: its name as it was, and its id
    scope = GuardedCharField(_("omfattning"), max_length=200, blank=True)
    scope_id = models.UUIDField(_("omfattningens id"), null=True, blank=True)
    state = models.CharField(_("läge"), max_length=10, choices=State, default=State.BEGUN)
    row_count = models.PositiveBigIntegerField(_("antal rader"), null=True, blank=True)
    sha256 = models.CharField(_("kontrollsumma"), max_length=64, blank=True)
    finished_at = models.DateTimeField(_("avslutat"), null=True, blank=True)

    class Meta:
        verbose_name = _("uttag")
        verbose_name_plural = _("uttag")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="export_latest"),
            models.Index(fields=["scope_id", "-created_at"], name="export_scope_latest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(purpose="") & ~Q(what=""),
                name="export_says_what_and_why",
                violation_error_message=_("Skriv vad uppgifterna ska användas till."),
            ),
            models.CheckConstraint(
                condition=Q(state="begun", row_count__isnull=True, finished_at__isnull=True)
                | Q(state__in=["whole", "cut"], row_count__isnull=False, finished_at__isnull=False),
                name="export_ended_with_count",
            ),
            models.CheckConstraint(condition=Q(sha256="") | Q(state="whole"), name="export_checksum_of_whole_file"),
        ]

    def __str__(self) -> str:
        return f"{self.what} ({self.get_format_display()})"
