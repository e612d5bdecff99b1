# SPDX-License-Identifier: EUPL-1.2
"""A file that somebody brings in: what is in it, how far it has come, and what became of each row."""

from typing import Any, Self

from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.models.actors import ActorCategory, ContactPerson
from boenden.models.boende import Boende
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.fields import GuardedCharField
from platssamverkan.ground.records import Record, RecordQuerySet


class ActorImportQuerySet(RecordQuerySet):
    """Imports at a boende, for those who may change its actors: a file may hold anything."""

    def visible_to(self, user: Any) -> Self:
        """Those at boenden where the user may change actors."""
        return self.filter(boende__in=Boende.objects.with_right(user, Right.EDIT_ACTORS))

    editable_by = visible_to

    def for_list(self) -> Self:
        """The latest first, with who."""
        return self.active().select_related("created_by").order_by("-created_at", "pk")

    def claimable(self) -> Self:
        """Those that a worker should take up: with something to do, and nobody at work on them, or one who has died."""
        free = Q(lease_until__isnull=True) | Q(lease_until__lt=timezone.now())
        unread = Q(status=ActorImport.Status.UPLOADED) & ~Q(file="")
        # what nobody has counted is read first; of the rest the small ones do not wait for the large
        return self.filter(free, Q(status__in=ActorImport.AT_WORK) | unread).order_by("total", "changed_at", "pk")

    def under_lease(self) -> Self:
        """Those that a worker has."""
        return self.filter(status__in=ActorImport.AT_WORK, lease_until__gte=timezone.now())

    def with_file_to_remove(self) -> Self:
        """Those whose file has been read, or will not be."""
        return self.exclude(file="").exclude(status__in=[ActorImport.Status.UPLOADED, ActorImport.Status.READING])


class ActorImport(Record):
    """One file brought in at a boende. The file itself is kept until it is read, no longer."""

    class Kind(models.TextChoices):
        """What the rows are."""

        ACTORS = "aktorer", _("aktörer")
        PERSONS = "personer", _("kontaktpersoner")
        CONTACTS = "kontakter", _("kontakter (loggen)")
        LIST = "lista", _("kontaktlistan")

    class Format(models.TextChoices):
        CSV = "csv", _("CSV")
        XLSX = "xlsx", _("Excel")
        GEOJSON = "geojson", _("GeoJSON")
        VCARD = "vcf", _("kontaktkort (vCard)")

    class Status(models.TextChoices):
        UPLOADED = "uppladdad", _("väntar på dig")
        READING = "laser", _("läser filen")
        PREVIEW = "forhandsvisning", _("klar att granska")
        IMPORTING = "importerar", _("importerar")
        DONE = "klar", _("importerad")
        FAILED = "misslyckad", _("gick inte att importera")
        CANCELLED = "avbruten", _("avbruten")

    AT_WORK = [Status.READING, Status.IMPORTING]

    boende = models.ForeignKey(Boende, on_delete=models.PROTECT, related_name="imports", verbose_name=_("boende"))
    kind = models.CharField(_("vad filen innehåller"), max_length=10, choices=Kind, default=Kind.ACTORS)
    file_name = GuardedCharField(_("filens namn"), max_length=120)
    file = models.FileField(_("fil"), max_length=120, blank=True, editable=False)
    format = models.CharField(_("format"), max_length=10, choices=Format)
    status = models.CharField(_("läge"), max_length=16, choices=Status, default=Status.UPLOADED)
    headers = models.JSONField(_("kolumner i filen"), default=list)
    samples = models.JSONField(_("exempel ur kolumnerna"), default=list)
    mapping = models.JSONField(_("vad kolumnerna är"), default=list)
    category = models.ForeignKey(
        ActorCategory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("slag när filen inte säger det"),
    )
    lawful_ground = models.CharField(
        _("grund för att spara kontaktpersonerna"), max_length=10, choices=ContactPerson.Ground, blank=True
    )
    source = GuardedCharField(_("varifrån kontaktpersonernas uppgifter kom"), max_length=200, blank=True)
    done = models.PositiveIntegerField(_("rader gjorda"), default=0)
    total = models.PositiveIntegerField(_("rader i filen"), default=0)
    new_count = models.PositiveIntegerField(_("nya"), default=0)
    updated_count = models.PositiveIntegerField(_("ändrade"), default=0)
    unchanged_count = models.PositiveIntegerField(_("oförändrade"), default=0)
    faulty_count = models.PositiveIntegerField(_("felaktiga"), default=0)
    failure = GuardedCharField(_("varför det inte gick"), max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(_("försök"), default=0)
    lease_until = models.DateTimeField(_("i arbete till"), null=True, blank=True)
    finished_at = models.DateTimeField(_("avslutad"), null=True, blank=True)

    objects = ActorImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("importer")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["boende", "-created_at"], name="import_boende_when"),
            models.Index(fields=["changed_at"], condition=Q(status__in=["laser", "importerar"]), name="import_at_work"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=models.F("total")), name="import_done_within_total"),
            models.CheckConstraint(condition=Q(failure="") | Q(status="misslyckad"), name="import_failure_is_said"),
            models.CheckConstraint(
                condition=Q(status__in=["klar", "misslyckad", "avbruten"], finished_at__isnull=False)
                | (~Q(status__in=["klar", "misslyckad", "avbruten"]) & Q(finished_at__isnull=True)),
                name="import_finished_when",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("boenden:actorimport_detail", args=[self.boende.slug, self.pk])

    def file_bytes(self) -> bytes:
        """The file as it was sent; raises OSError if it is gone."""
        with default_storage.open(str(self.file.name), "rb") as stored:
            content: bytes = stored.read()
        return content

    @property
    def is_at_work(self) -> bool:
        """Whether a worker has it, or should."""
        return self.status in self.AT_WORK

    @property
    def is_waiting(self) -> bool:
        """Whether no worker has taken it up yet."""
        return self.is_at_work and self.lease_until is None

    @property
    def was_interrupted(self) -> bool:
        """Whether the worker that had it has gone silent: another one takes it up."""
        return self.is_at_work and self.lease_until is not None and self.lease_until < timezone.now()

    @property
    def is_counted(self) -> bool:
        """Whether rows are being gone through and there are more: not while a file is read, nor while it writes."""
        return self.done < self.total

    @property
    def line_name(self) -> str:
        """What people find a row by: its number in a table, or which of the objects or cards of the file it is."""
        names = {self.Format.GEOJSON: _("objekt"), self.Format.VCARD: _("kort")}
        return str(names.get(self.Format(self.format), _("rad")))

    @property
    def has_persons(self) -> bool:
        """Whether some column says something of a contact person."""
        return any(str(key).startswith("person.") for key in self.mapping)

    @property
    def to_write(self) -> int:
        """How many rows an import would write."""
        return self.new_count + self.updated_count


class ActorImportRowQuerySet(RecordQuerySet):
    """The rows of an import; they are seen where the import is."""

    def visible_to(self, user: Any) -> Self:
        """Those of imports that exist for the user."""
        return self.filter(actor_import__in=ActorImport.objects.visible_to(user))

    editable_by = visible_to

    def for_list(self) -> Self:
        """As they stand in the file."""
        return self.order_by("line", "pk")


class ActorImportRow(Record):
    """A row of the file. One with a personnummer in it is kept as its line number and the reason, nothing more."""

    class Outcome(models.TextChoices):
        NEW = "ny", _("ny")
        UPDATED = "andrad", _("ändras")
        UNCHANGED = "oforandrad", _("oförändrad")
        FAULTY = "felaktig", _("felaktig")

    actor_import = models.ForeignKey(
        ActorImport, on_delete=models.PROTECT, related_name="rows", verbose_name=_("import")
    )
    line = models.PositiveIntegerField(_("rad i filen"))
    cells = models.JSONField(_("celler"), default=list)
    title = GuardedCharField(_("namn"), max_length=160, blank=True)
    outcome = models.CharField(_("utfall"), max_length=10, choices=Outcome, default=Outcome.FAULTY)
    reasons = models.JSONField(_("varför"), default=list)
    record_id = models.UUIDField(_("aktörens id"), null=True, blank=True)

    objects = ActorImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("rad i en import")
        verbose_name_plural = _("rader i en import")
        ordering = ["line"]
        indexes = [models.Index(fields=["actor_import", "outcome", "line"], name="import_row_outcome")]
        constraints = [models.UniqueConstraint(fields=["actor_import", "line"], name="import_row_once")]

    def __str__(self) -> str:
        return self.title or str(self.line)

    @property
    def is_hidden(self) -> bool:
        """Whether it held a personnummer, and is kept nowhere."""
        return self.outcome == self.Outcome.FAULTY and not self.cells
