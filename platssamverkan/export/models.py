# SPDX-License-Identifier: EUPL-1.2
"""Every file with rows that leaves the system: who took it out, what, why, how much, and whether it came out whole.
And the files that are so large that a worker makes them, to be fetched under Dokument."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet

KEPT = timedelta(days=30)  # a made file can be fetched so long; that it was taken out stays in the log


@dataclass(frozen=True)
class Watched:
    """Whose exports a person looks after: boenden and förvaltningar, by their ids, or everyone's."""

    ids: frozenset[UUID] = frozenset()
    everyones: bool = False


# Whose exports the user looks after; the rooms above, which know who looks after what, register theirs.
watchers: list[Callable[[Any], Watched]] = []


def watched_by(user: Any) -> Watched:
    """Everything that the user looks after."""
    found = [watch(user) for watch in watchers]
    return Watched(frozenset().union(*(one.ids for one in found)), any(one.everyones for one in found))


class ExportQuerySet(RecordQuerySet):
    """What has been taken out."""

    def visible_to(self, user: Any) -> Self:
        """Her own, and those with rows of some boende or förvaltning whose exports she reads.

        Of what was taken out before `ExportReach` only `scope_id` is known.
        """
        watched, own = watched_by(user), Q(created_by=user.pk)
        if watched.everyones:
            return self.all()
        if not watched.ids:
            return self.filter(own)
        reached = ExportReach.objects.filter(boende_id__in=watched.ids).values("export")
        return self.filter(own | Q(scope_id__in=watched.ids) | Q(pk__in=reached))

    def told_to(self, user: Any) -> Self:
        """With `scope_told` and `filter_told`: whose rows they are and which, as the user may know it.

        Of an export from more boenden than hers she learns that it was several, not which the others are.
        """
        watched, own = watched_by(user), Q(created_by=user.pk)
        if watched.everyones:
            return self.annotate(scope_told=F("scope"), filter_told=F("filter_words"))
        others = ExportReach.objects.filter(export=OuterRef("pk")).exclude(boende_id__in=watched.ids)
        is_partly = ~(own | Q(scope_id__in=watched.ids)) & Exists(others)
        several, unsaid = When(is_partly, then=Value(__("flera boenden"))), When(is_partly, then=Value(""))
        return self.annotate(
            scope_told=Case(several, default=F("scope"), output_field=models.TextField()),
            filter_told=Case(unsaid, default=F("filter_words"), output_field=models.TextField()),
        )

    def for_list(self) -> Self:
        """The latest first, with who."""
        return self.select_related("created_by").order_by("-created_at", "-pk")


class Export(Record):
    """One file taken out. Who and when are `created_by` and `created_at`."""

    class Format(models.TextChoices):
        CSV = "csv", _("CSV för Excel")
        RFC4180 = "csv-rfc4180", _("CSV (RFC 4180)")
        XLSX = "xlsx", _("Excel")
        VCARD = "vcf", _("kontaktkort (vCard)")
        PDF = "pdf", _("PDF")
        DOCX = "docx", _("Word")

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
    filter_words = GuardedCharField(_("urval"), max_length=400, blank=True)
    made = models.ForeignKey(  # the file that a worker made of it, or tried to
        "export.MadeFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="exports",
        verbose_name=_("fil att hämta"),
    )
    state = models.CharField(_("läge"), max_length=10, choices=State, default=State.BEGUN)
    row_count = models.PositiveBigIntegerField(_("antal rader"), null=True, blank=True)
    sha256 = models.CharField(_("kontrollsumma"), max_length=64, blank=True)
    finished_at = models.DateTimeField(_("avslutat"), null=True, blank=True)

    objects = ExportQuerySet.as_manager()

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


class ExportReach(Record):
    """A boende that rows of an export were taken from; whoever looks after it reads of the export.

    A boende is a floor up, so this has its id alone.
    """

    export = models.ForeignKey(Export, on_delete=models.PROTECT, related_name="reach", verbose_name=_("uttag"))
    boende_id = models.UUIDField(_("boendets id"))

    class Meta:
        verbose_name = _("boende som ett uttag gäller")
        verbose_name_plural = _("boenden som ett uttag gäller")
        ordering = ["export", "boende_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["boende_id", "export"],  # in this order it is the index of visible_to, too
                name="export_reach_once",
                violation_error_message=_("Ett uttag nämner ett boende en gång."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.export}: {self.boende_id}"


PAPERS = (Export.Format.PDF, Export.Format.DOCX)  # made whole by whoever offers them, not row by row


class MadeFileQuerySet(RecordQuerySet):
    """Files that are made; each is its asker's own and nobody else's."""

    def visible_to(self, user: Any) -> Self:
        """Her own."""
        return self.filter(created_by=user.pk)

    editable_by = visible_to

    def for_list(self) -> Self:
        """The latest first."""
        return self.active().order_by("-created_at", "-pk")

    def claimable(self, now: datetime) -> Self:
        """Those that a worker should take up: nobody is at work on them, or whoever was has died."""
        free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
        return self.filter(free, state__in=MadeFile.AT_WORK).order_by("changed_at", "pk")

    def outlived(self, now: datetime) -> Self:
        """Those that have been kept long enough."""
        return self.filter(state=MadeFile.State.DONE, finished_at__lt=now - KEPT)


class MadeFile(Record):
    """A file made by a worker: what was asked, by whom (`created_by`), how far it has come, and where it lies.

    `url` and `query` are the page where she asked; the worker asks it again in her name (export/asking.py).
    """

    class State(models.TextChoices):
        WAITING = "vantar", _("väntar på sin tur")
        RUNNING = "gors", _("görs")
        DONE = "klar", _("klar")
        FAILED = "misslyckad", _("gick inte att göra")
        GONE = "borttagen", _("borttagen")

    AT_WORK = [State.WAITING, State.RUNNING]

    what = GuardedCharField(_("vad"), max_length=200)
    filter_words = GuardedCharField(_("urval"), max_length=400, blank=True)
    scope = GuardedCharField(_("omfattning"), max_length=200, blank=True)
    # what was asked for, where some of it was no longer hers when the file was made
    scope_ordered = GuardedCharField(_("beställd omfattning"), max_length=200, blank=True, editable=False)
    format = models.CharField(_("format"), max_length=20, choices=Export.Format)
    purpose = GuardedTextField(_("ändamål"))
    url = models.CharField(_("sida"), max_length=300, editable=False)
    query = GuardedTextField(_("filter"), blank=True, editable=False)
    state = models.CharField(_("läge"), max_length=10, choices=State, default=State.WAITING, editable=False)
    done = models.PositiveBigIntegerField(_("rader gjorda"), default=0, editable=False)
    total = models.PositiveBigIntegerField(_("rader"), default=0, editable=False)
    reach = models.JSONField(_("vad raderna kommer ur"), default=list, blank=True, editable=False)
    filename = GuardedCharField(_("filens namn"), max_length=200, blank=True, editable=False)
    content_type = models.CharField(_("filtyp"), max_length=100, blank=True, editable=False)
    file = models.FileField(_("fil"), max_length=120, blank=True, editable=False)
    row_count = models.PositiveBigIntegerField(_("antal rader"), null=True, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("storlek i byte"), null=True, blank=True, editable=False)
    sha256 = models.CharField(_("kontrollsumma"), max_length=64, blank=True, editable=False)
    failure = GuardedCharField(_("varför det inte gick"), max_length=300, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("försök"), default=0, editable=False)
    lease_until = models.DateTimeField(_("i arbete till"), null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(_("avslutad"), null=True, blank=True, editable=False)

    objects = MadeFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("fil att hämta")
        verbose_name_plural = _("filer att hämta")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["created_by", "-created_at", "-id"], name="madefile_owner_latest"),
            models.Index(fields=["changed_at"], condition=Q(state__in=["vantar", "gors"]), name="madefile_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(purpose="") & ~Q(what=""),
                name="madefile_says_what_and_why",
                violation_error_message=_("Skriv vad uppgifterna ska användas till."),
            ),
            models.CheckConstraint(
                condition=Q(state="klar", row_count__isnull=False, finished_at__isnull=False)
                & ~Q(file="")
                & ~Q(sha256="")
                | ~Q(state="klar") & Q(file=""),
                name="madefile_whole_or_none",
                violation_error_message=_("En fil finns hel eller inte alls."),
            ),
            models.CheckConstraint(
                condition=~Q(state="misslyckad") | ~Q(failure=""),
                name="madefile_failed_says_why",
                violation_error_message=_("En fil som inte gick att göra säger varför."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} ({self.get_format_display()})"

    def get_absolute_url(self) -> str:
        """How far it has come, and where it is fetched."""
        return reverse("export:madefile_detail", args=[self.pk])

    @property
    def is_at_work(self) -> bool:
        """Whether a worker has something to do with it."""
        return self.state in self.AT_WORK

    @property
    def is_ready(self) -> bool:
        """Whether it can be fetched."""
        return self.state == self.State.DONE

    @property
    def counts_rows(self) -> bool:
        """Whether how many rows it has says something: paper has sections and tables."""
        return self.row_count is not None and self.format not in PAPERS

    @property
    def is_counted(self) -> bool:
        """Whether it is known how many rows there will be."""
        return self.total > 0

    @property
    def was_interrupted(self) -> bool:
        """Whether whoever was at work on it has gone, or has said that it could not go on."""
        if self.state != self.State.RUNNING or self.lease_until is None:
            return False
        return bool(self.failure) or self.lease_until < timezone.now()

    @property
    def was_begun_again(self) -> bool:
        """Whether an earlier try did not come through."""
        return self.state == self.State.RUNNING and self.attempts > 1

    @property
    def kept_until(self) -> datetime | None:
        """When it is put away."""
        return self.finished_at + KEPT if self.finished_at and self.is_ready else None
