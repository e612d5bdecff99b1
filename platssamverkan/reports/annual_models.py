# SPDX-License-Identifier: EUPL-1.2
"""The årsrapport of a förvaltning, its sections and the comments on them.

An approved edition stands still; a correction is a new edition that names the one before.
"""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende, Forvaltning
from boenden.rights import reached
from platssamverkan.accounts.roles import Right
from platssamverkan.documents.models import StoredDocument
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Immutable, Record, RecordQuerySet
from platssamverkan.reports.annual_outline_models import OutlineSection, forvaltningar_of

FIRST_YEAR, LAST_YEAR = 2015, 2100
MOST_TEXT = 20_000


class AnnualReportQuerySet(RecordQuerySet):
    """The reports of förvaltningar, an edition a row."""

    def visible_to(self, user: Any) -> Self:
        """Those of förvaltningar where the user leads the whole or a boende."""
        return self.active().filter(forvaltning__in=forvaltningar_of(user, Right.READ_REPORTS))

    def editable_by(self, user: Any) -> Self:
        """Those whose figures, economy and approval are the user's."""
        return self.active().filter(forvaltning__in=forvaltningar_of(user, Right.EDIT_REPORTS))

    def for_list(self) -> Self:
        """The latest year and edition first."""
        return self.active().select_related("forvaltning", "approved_by").order_by("-year", "-edition", "pk")

    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise Immutable("A report is written one at a time, by its verbs.")

    update = bulk_create = bulk_update = delete = _refuse


class AnnualReport(Record):
    """One edition of a förvaltning's årsrapport."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("utkast")
        APPROVED = "approved", _("godkänd")
        REPLACED = "replaced", _("ersatt")

    forvaltning = models.ForeignKey(
        Forvaltning, on_delete=models.PROTECT, related_name="annual_reports", verbose_name=_("förvaltning")
    )
    year = models.PositiveSmallIntegerField(
        _("år"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
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
    correction = GuardedTextField(_("vad som rättas"), max_length=1000, blank=True)
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
    # what the förvaltning, whoever approved and the boenden (by id) were called at the approval
    names = models.JSONField(_("namn vid godkännandet"), default=dict, blank=True, editable=False)

    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("årsrapport")
        verbose_name_plural = _("årsrapporter")
        ordering = ["-year", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["forvaltning", "year", "edition"],
                condition=Q(archived_at__isnull=True),
                name="annual_edition_once",
            ),
            models.UniqueConstraint(
                fields=["forvaltning", "year"],
                condition=Q(status="draft", archived_at__isnull=True),
                name="annual_one_draft",
                violation_error_message=_("Det finns redan ett utkast till årsrapport för det året."),
            ),
            models.UniqueConstraint(
                fields=["forvaltning", "year"],
                condition=Q(status="approved"),
                name="annual_one_in_force",
                violation_error_message=_("En annan version av årsrapporten är redan godkänd."),
            ),
            models.CheckConstraint(
                condition=Q(status="draft", approved_at__isnull=True, document__isnull=True)
                | (~Q(status="draft") & Q(approved_at__isnull=False, approved_by__isnull=False)),
                name="annual_approved_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(edition=1, previous__isnull=True)
                | (Q(edition__gt=1, previous__isnull=False) & ~Q(correction="")),
                name="annual_edition_names_previous",
                violation_error_code="correction",
                violation_error_message=_("Skriv vad som rättas."),
            ),
            models.CheckConstraint(condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)), name="annual_year"),
        ]

    def __str__(self) -> str:
        words = (
            gettext("Årsrapport %(year)s") if self.edition == 1 else gettext("Årsrapport %(year)s, version %(edition)s")
        )
        return words % {"year": self.year, "edition": self.edition}

    def get_absolute_url(self) -> str:
        return reverse("reports:annual_detail", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it; raises Immutable if what is approved changes but by getting its file, and by being replaced."""
        if not self.is_new:
            stored = AnnualReport.objects.get(pk=self.pk)
            kept = ["forvaltning_id", "year", "edition", "previous_id", "correction", "approved_at", "approved_by_id",
                    "archived_at", "names", *(["document_id"] if stored.document_id else [])]  # fmt: skip
            differs = any(getattr(self, name) != getattr(stored, name) for name in kept)
            if not stored.is_draft and (differs or not self.may_follow(stored)):
                raise Immutable("An approved report is never changed; a correction is a new edition.")
        super().save(*args, **kwargs)

    def may_follow(self, stored: "AnnualReport") -> bool:
        """Whether the status may come after the stored one of what is approved: replaced, where a correction is."""
        if self.status == stored.status:
            return True
        corrections = AnnualReport.objects.active().filter(previous=stored.pk, status=self.Status.DRAFT)
        return stored.is_approved and self.status == self.Status.REPLACED and corrections.exists()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Never."""
        raise Immutable("A report is never removed.")

    @property
    def is_draft(self) -> bool:
        """Whether it can be changed."""
        return self.status == self.Status.DRAFT

    @property
    def is_approved(self) -> bool:
        """Whether it is the edition that counts."""
        return self.status == self.Status.APPROVED

    @property
    def lacks_file(self) -> bool:
        """Whether it is approved and the archive's file is not made yet."""
        return not self.is_draft and self.document_id is None

    @property
    def forvaltning_name(self) -> str:
        """What the förvaltning is called; of an approved report what it was called then."""
        return self.names.get("forvaltning") or str(self.forvaltning)

    @property
    def approver_name(self) -> str:
        """What whoever approved it was called then."""
        return self.names.get("approved_by") or str(self.approved_by)

    def boende_name(self, boende: Boende) -> str:
        """What a boende is called; in an approved report what it was called then."""
        found: str = self.names.get("boenden", {}).get(str(boende.pk)) or boende.name
        return found

    @property
    def last_day(self) -> date:
        """The last day that figures can be counted through."""
        return min(date(self.year, 12, 31), timezone.localdate())


# in a draft nothing is of a boende that has moved to another förvaltning; what is approved stands as it was
BELONGS = (
    Q(boende=None) | Q(boende__forvaltning=models.F("report__forvaltning")) | ~Q(report__status="draft")
)  # fmt: skip


def whole_of(user: Any) -> Q:
    """The condition that a row is of a report that the user decides."""
    return Q(report__forvaltning__in=forvaltningar_of(user, Right.EDIT_REPORTS))


class OfReportQuerySet(RecordQuerySet):
    """Rows of a report: the whole förvaltning's, and a boende's own."""

    def standing(self) -> Self:
        """What stands in the report: nothing in a draft of a boende that has moved to another förvaltning."""
        return self.active().filter(BELONGS)

    def visible_to(self, user: Any) -> Self:
        """What belongs to the whole of a report that the user reads, and what is of a boende of hers.

        Whoever decides the report reads every chapter of it: of a draft those of boenden that are the förvaltning's.
        """
        hers = whole_of(user) | reached(user, Right.READ_REPORTS, "boende__")
        return self.standing().filter(Q(report__in=AnnualReport.objects.visible_to(user)), Q(boende=None) | hers)

    def editable_by(self, user: Any) -> Self:
        """What the user writes: at the boende, or in the whole report."""
        hers = whole_of(user) | reached(user, Right.WRITE_REPORT_SECTIONS, "boende__")
        return self.standing().filter(hers)

    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise Immutable("What stands in a report is written one row at a time, by its verbs.")

    update = bulk_create = bulk_update = delete = _refuse


class OfWholeQuerySet(OfReportQuerySet):
    """Rows that belong to the whole of a report: they are read and written by those who decide it."""

    def standing(self) -> Self:
        """All that is not taken out."""
        return self.active()

    def visible_to(self, user: Any) -> Self:
        """Those of reports that the user decides."""
        return self.active().filter(report__in=AnnualReport.objects.editable_by(user))

    editable_by = visible_to


class OfReport(Record):
    """Something that stands in a report, and stands still when that is approved."""

    report: Any

    objects = OfReportQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it; raises Immutable once the report is approved, and if it would leave its report for another."""
        report_id = self.report_id  # type: ignore[attr-defined]
        if not AnnualReport.objects.filter(pk=report_id, status=AnnualReport.Status.DRAFT).exists():
            raise Immutable("The report is approved; a correction is a new edition.")
        if not self.is_new and not type(self).objects.filter(pk=self.pk, report=report_id).exists():
            raise Immutable("What stands in a report stays in it.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Never: it is archived."""
        raise Immutable("What stands in a report is never removed.")


class AnnualSection(OfReport):
    """A text under a heading, with what is counted or put in tables beneath it."""

    Part, Kind = OutlineSection.Part, OutlineSection.Kind

    report = models.ForeignKey(
        AnnualReport, on_delete=models.PROTECT, related_name="sections", verbose_name=_("årsrapport"), editable=False
    )
    boende = models.ForeignKey(
        Boende, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("boende"),
        editable=False,
    )  # fmt: skip
    part = models.CharField(_("var den står"), max_length=6, choices=Part, editable=False)
    position = models.PositiveSmallIntegerField(_("ordning"), editable=False)
    title = GuardedCharField(_("rubrik"), max_length=120, editable=False)
    guidance = GuardedTextField(_("vad som ska stå där"), max_length=1000, blank=True, editable=False)
    kind = models.CharField(_("innehåll"), max_length=8, choices=Kind, editable=False)
    is_required = models.BooleanField(_("behövs innan rapporten godkänns"), editable=False)
    text = GuardedTextField(_("text"), max_length=MOST_TEXT, blank=True)

    class Meta:
        verbose_name = _("avsnitt i årsrapporten")
        verbose_name_plural = _("avsnitt i årsrapporten")
        ordering = ["report", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "boende", "title"], condition=Q(part="boende"), name="annual_section_once"
            ),
            models.UniqueConstraint(
                fields=["report", "part", "title"], condition=~Q(part="boende"), name="annual_shared_section_once"
            ),
            models.CheckConstraint(
                condition=Q(part="boende", boende__isnull=False) | (~Q(part="boende") & Q(boende__isnull=True)),
                name="annual_section_belongs",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.boende_name}: {self.title}" if self.boende else self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:annualsection_update", args=[self.pk])

    @property
    def boende_name(self) -> str:
        """What its boende is called in the report; "" where it is of the whole förvaltning."""
        return self.report.boende_name(self.boende) if self.boende else ""

    @property
    def is_missing(self) -> bool:
        """Whether its text is still to be written."""
        return self.is_required and not self.text.strip()


class AnnualComment(OfReport):
    """What someone wants changed in a section; kept when it has been seen to."""

    report = models.ForeignKey(
        AnnualReport, on_delete=models.PROTECT, related_name="+", verbose_name=_("årsrapport"), editable=False
    )
    boende = models.ForeignKey(
        Boende, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("boende"),
        editable=False,
    )  # fmt: skip
    section = models.ForeignKey(
        AnnualSection, on_delete=models.PROTECT, related_name="comments", verbose_name=_("avsnitt"), editable=False
    )
    text = GuardedTextField(_("kommentar"), max_length=2000)
    settled_at = models.DateTimeField(_("avklarad"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("kommentar")
        verbose_name_plural = _("kommentarer")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.text[:60]
