# SPDX-License-Identifier: EUPL-1.2
"""The årshjul: a template for each förvaltning, and what each boende is to do, an occasion a row."""

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende, Forvaltning
from boenden.rights import assignments_of, reached
from kartlaggning.arshjul.rules import CHIEF_AFTER, FORVALTNING_AFTER, LEADS, Rule, in_words
from platssamverkan.accounts.roles import Right, Role
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet

RESPONSIBLE = [(role.value, role.label) for role in (Role.ENHETSCHEF, Role.PERSONAL, Role.FORVALTNINGSCHEF)]
LONGEST_LEAD = 365


class Reminded(Record):
    """How long before its day those responsible are reminded, three times at most. After it: each week."""

    lead_first = models.PositiveSmallIntegerField(
        _("första påminnelsen, dagar före"), null=True, blank=True, default=LEADS[0],
        validators=[MaxValueValidator(LONGEST_LEAD)],
    )  # fmt: skip
    lead_second = models.PositiveSmallIntegerField(
        _("andra påminnelsen, dagar före"), null=True, blank=True, default=LEADS[1],
        validators=[MaxValueValidator(LONGEST_LEAD)],
    )  # fmt: skip
    lead_last = models.PositiveSmallIntegerField(
        _("sista påminnelsen, dagar före"), null=True, blank=True, default=LEADS[2],
        validators=[MaxValueValidator(LONGEST_LEAD)],
    )  # fmt: skip

    class Meta:
        abstract = True

    @property
    def leads(self) -> list[int]:
        """The days before, the longest first."""
        return sorted((n for n in (self.lead_first, self.lead_second, self.lead_last) if n is not None), reverse=True)


class ArshjulTemplateQuerySet(RecordQuerySet):
    """The templates of förvaltningar."""

    def visible_to(self, user: Any) -> Self:
        """Those of förvaltningar where the user reads or decides the årshjul."""
        may = [Forvaltning.objects.with_right(user, right) for right in READS_TEMPLATE]
        return self.active().filter(Q(forvaltning__in=may[0]) | Q(forvaltning__in=may[1]))

    def editable_by(self, user: Any) -> Self:
        """Those the user decides."""
        return self.active().filter(forvaltning__in=Forvaltning.objects.with_right(user, Right.EDIT_ARSHJUL_TEMPLATE))


READS_TEMPLATE = (Right.READ_KARTLAGGNING, Right.EDIT_ARSHJUL_TEMPLATE)


class ArshjulTemplate(Record):
    """What every boende of a förvaltning does, and when somebody above hears that it has not been done."""

    forvaltning = models.OneToOneField(
        Forvaltning, on_delete=models.PROTECT, related_name="arshjul_template", verbose_name=_("förvaltning")
    )
    chief_after = models.PositiveSmallIntegerField(
        _("enhetschefen får veta efter så många dagar"), default=CHIEF_AFTER,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_LEAD)],
    )  # fmt: skip
    forvaltning_after = models.PositiveSmallIntegerField(
        _("förvaltningschefen får veta efter så många dagar"), default=FORVALTNING_AFTER,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_LEAD)],
    )  # fmt: skip
    filled_at = models.DateTimeField(_("boendenas årshjul fyllda"), null=True, blank=True, editable=False)

    objects = ArshjulTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("årshjulsmall")
        verbose_name_plural = _("årshjulsmallar")
        ordering = ["forvaltning__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(forvaltning_after__gte=F("chief_after")),
                name="arshjul_template_chief_first",
                violation_error_code="forvaltning_after",
                violation_error_message=_("Förvaltningschefen får veta samtidigt som enhetschefen eller senare."),
            )
        ]

    def __str__(self) -> str:
        return str(self.forvaltning)

    def get_absolute_url(self) -> str:
        return reverse("kartlaggning:arshjultemplate_detail", args=[self.pk])


class ArshjulEntry(Reminded):
    """One thing of a template. With a source the data tell when it falls or that it is done (arshjul/sources.py)."""

    Rule = Rule

    template = models.ForeignKey(
        ArshjulTemplate, on_delete=models.PROTECT, related_name="entries", verbose_name=_("mall"), editable=False
    )
    source = models.SlugField(_("källa"), max_length=30, blank=True, editable=False, db_index=False)
    title = GuardedCharField(_("aktivitet"), max_length=100)
    about = GuardedTextField(_("vad som ska göras"), max_length=1000, blank=True)
    rule = models.CharField(_("hur ofta"), max_length=9, choices=Rule, default=Rule.YEARLY)
    month = models.PositiveSmallIntegerField(_("månad"), choices=list(MONTHS.items()), null=True, blank=True)
    day = models.PositiveSmallIntegerField(
        _("senast den dagen i månaden"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
    )  # fmt: skip
    weeks = models.PositiveSmallIntegerField(
        _("så många veckor före"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(52)]
    )
    is_odd = models.BooleanField(_("udda år"), default=False)
    role = models.CharField(_("ansvarig"), max_length=20, choices=RESPONSIBLE, default=Role.ENHETSCHEF)
    is_reminded = models.BooleanField(_("påminn"), default=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("aktivitet i mallen")
        verbose_name_plural = _("aktiviteter i mallen")
        ordering = ["template", "month", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "source"], condition=~Q(source=""), name="arshjul_entry_source_once"
            ),
            models.UniqueConstraint(
                fields=["template", "title"],
                condition=Q(archived_at__isnull=True),
                name="arshjul_entry_title_once",
                violation_error_code="title",
                violation_error_message=_("Aktiviteten står redan i mallen."),
            ),
            models.CheckConstraint(
                condition=Q(rule="data") | Q(month__isnull=False),
                name="arshjul_entry_has_month",
                violation_error_code="month",
                violation_error_message=_("Välj en månad."),
            ),
            models.CheckConstraint(
                condition=~Q(rule="before") | Q(weeks__isnull=False, day__isnull=False),
                name="arshjul_entry_weeks_before_day",
                violation_error_code="weeks",
                violation_error_message=_("Skriv hur många veckor före, och före vilken dag."),
            ),
            models.CheckConstraint(
                condition=~Q(rule="data") | ~Q(source=""),
                name="arshjul_entry_data_has_source",
                violation_error_code="rule",
                violation_error_message=_("Välj hur ofta det ska göras."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def falls(self) -> str:
        """When, in words."""
        return in_words(self)


class ArshjulActivityQuerySet(RecordQuerySet):
    """What boenden have to do."""

    def visible_to(self, user: Any) -> Self:
        """Those of boenden whose kartläggning the user reads."""
        return self.active().filter(reached(user, Right.READ_KARTLAGGNING, "boende__"))

    def editable_by(self, user: Any) -> Self:
        """Those the user may say something about."""
        return self.active().filter(reached(user, Right.EDIT_KARTLAGGNING, "boende__"))

    def open(self) -> Self:
        """Neither done nor set aside."""
        return self.active().filter(state=ArshjulActivity.State.OPEN)

    def in_year(self, year: int) -> Self:
        """Those whose day lies in a year, the first first."""
        return self.active().filter(due_on__year=year).order_by("due_on", "title", "pk")

    def for_list(self) -> Self:
        """With the boende; the latest first."""
        return self.active().select_related("boende").order_by("due_on", "title", "pk")

    def responsibility_of(self, user: Any) -> Self:
        """Those of a role that the user holds there."""
        mine = Q(pk__in=[])
        for held in assignments_of(user):
            if held.boende_id:
                mine |= Q(boende=held.boende_id, role=held.role)
            elif held.forvaltning_id:
                mine |= Q(boende__forvaltning=held.forvaltning_id, role=held.role)
        return self.filter(mine)


class ArshjulActivity(Reminded):
    """One thing that one boende does by one day: of the template, of the data, or of its own."""

    class State(models.TextChoices):
        OPEN = "open", _("kvar att göra")
        DONE = "done", _("klart")
        SKIPPED = "skipped", _("gäller inte")

    boende = models.ForeignKey(
        Boende, on_delete=models.PROTECT, related_name="arshjul_activities", verbose_name=_("boende"), editable=False
    )
    entry = models.ForeignKey(
        ArshjulEntry,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("aktivitet i mallen"),
        editable=False,
    )
    occasion = models.CharField(_("tillfälle"), max_length=80, blank=True, editable=False)
    title = GuardedCharField(_("aktivitet"), max_length=100)
    about = GuardedTextField(_("vad som ska göras"), max_length=1000, blank=True)
    role = models.CharField(_("ansvarig"), max_length=20, choices=RESPONSIBLE, default=Role.PERSONAL)
    due_on = models.DateField(_("senast"))
    counts_from = models.DateField(_("räknas från"), null=True, blank=True, editable=False)
    postponed_from = models.DateField(_("uppskjuten från"), null=True, blank=True, editable=False)
    state = models.CharField(_("läge"), max_length=8, choices=State, default=State.OPEN, editable=False)
    done_on = models.DateField(_("klart"), null=True, blank=True)
    note = GuardedTextField(_("hur det gick"), max_length=2000, blank=True)
    reason = GuardedCharField(_("varför"), max_length=300, blank=True)
    is_told = models.BooleanField(_("uppgifterna visar det"), default=False, editable=False)
    why = GuardedCharField(_("det syns på"), max_length=300, blank=True, editable=False)
    url = models.CharField(_("sida"), max_length=300, blank=True, editable=False)
    is_reminded = models.BooleanField(_("påminn"), default=True, editable=False)
    # every day on which somebody is told, worked out by arshjul/schedule.py so that the database can sweep by them
    first_on = models.DateField(_("första påminnelsen"), null=True, blank=True, editable=False)
    second_on = models.DateField(_("andra påminnelsen"), null=True, blank=True, editable=False)
    last_on = models.DateField(_("sista påminnelsen"), null=True, blank=True, editable=False)
    late_on = models.DateField(_("första veckan sen"), null=True, blank=True, editable=False)
    chief_on = models.DateField(_("enhetschefen får veta"), null=True, blank=True, editable=False)
    forvaltning_on = models.DateField(_("förvaltningschefen får veta"), null=True, blank=True, editable=False)
    next_reminder_on = models.DateField(_("nästa påminnelse"), null=True, blank=True, editable=False)
    next_escalation_on = models.DateField(_("nästa gång någon ovanför får veta"), null=True, blank=True, editable=False)

    objects = ArshjulActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("aktivitet i årshjulet")
        verbose_name_plural = _("aktiviteter i årshjulet")
        ordering = ["due_on", "title"]
        indexes = [
            models.Index(fields=["boende", "due_on"], name="arshjul_boende_due"),
            models.Index(fields=["due_on"], condition=Q(state="open"), name="arshjul_open_due"),
            models.Index(fields=["next_reminder_on"], condition=Q(state="open"), name="arshjul_reminder"),
            models.Index(fields=["next_escalation_on"], condition=Q(state="open"), name="arshjul_escalation"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["boende", "entry", "occasion"],
                condition=Q(entry__isnull=False),
                name="arshjul_activity_once",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False) | ~Q(state="done") & Q(done_on__isnull=True),
                name="arshjul_done_has_day",
                violation_error_code="done_on",
                violation_error_message=_("Skriv vilken dag det blev klart."),
            ),
            models.CheckConstraint(
                condition=Q(postponed_from__isnull=True) & ~Q(state="skipped") | ~Q(reason="") | Q(is_told=True),
                name="arshjul_set_aside_says_why",
                violation_error_code="reason",
                violation_error_message=_("Skriv varför."),
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(next_reminder_on__isnull=True, next_escalation_on__isnull=True),
                name="arshjul_reminded_while_open",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("kartlaggning:arshjulactivity_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it is left to do."""
        return self.state == self.State.OPEN

    @property
    def is_own(self) -> bool:
        """Whether the boende thought of it by itself."""
        return self.entry_id is None

    @property
    def says_reason(self) -> bool:
        """Whether why it was postponed or set aside still tells something: of what is done it does not."""
        return bool(self.reason) and self.state != self.State.DONE

    @property
    def is_late(self) -> bool:
        """Whether its day has passed."""
        return self.is_open and self.due_on < timezone.localdate()
