# SPDX-License-Identifier: EUPL-1.2
"""An incident has two texts: the internal one, and the forum text that outsiders may read (design.md rule 2)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.models import Actor, Boende
from incidents.models.querysets import IncidentQuerySet
from platssamverkan.ground.coordinates import coordinates_constraint
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Record

ACTIVE = Q(archived_at__isnull=True)


class Incident(Record):
    """Something that happened in or around a boende."""

    class Category(models.TextChoices):
        """What it was about. Codes only: no suspects (GDPR art. 10)."""

        STORNING = "storning", _("störning")
        OTRYGGHET = "otrygghet", _("otrygghet")
        SKADEGORELSE = "skadegorelse", _("skadegörelse")
        NEDSKRAPNING = "nedskrapning", _("nedskräpning")
        HOT = "hot", _("hot eller våld")
        ANNAT = "annat", _("något annat")

    class Severity(models.IntegerChoices):
        LOW = 1, _("liten")
        MEDIUM = 2, _("märkbar")
        HIGH = 3, _("allvarlig")
        ACUTE = 4, _("mycket allvarlig")

    class Place(models.TextChoices):
        AT_BOENDE = "at_boende", _("vid boendet")
        ELSEWHERE = "elsewhere", _("en annan plats")

    class Status(models.TextChoices):
        OPEN = "open", _("öppen")
        FOLLOW_UP = "follow_up", _("följs upp")
        CLOSED = "closed", _("avslutad")

    class Done(models.TextChoices):
        """What was done, as quick choices; `handled` says more."""

        TALKED = "talked", _("talade med de berörda")
        STORNINGSJOUR = "storningsjour", _("ringde störningsjouren")
        POLICE = "police", _("ringde polisen")
        AMBULANCE = "ambulance", _("ringde ambulans")
        CLEANED = "cleaned", _("städade eller lagade")
        REPORTED = "reported", _("felanmälde")
        NOTHING = "nothing", _("inget ännu")

    class DoneBy(models.TextChoices):
        """By whom: the role, never a name."""

        PERSONAL = "personal", _("personalen")
        ENHETSCHEF = "enhetschef", _("enhetschefen")
        OMBUD = "ombud", _("boendeombudet")
        GUARD = "guard", _("vaktbolag eller ordningsvakt")
        POLICE = "police", _("polisen")
        OTHER = "other", _("någon annan")

    boende = models.ForeignKey(Boende, on_delete=models.PROTECT, related_name="incidents", verbose_name=_("boende"))
    happened_at = models.DateTimeField(_("när"), default=timezone.now)
    happened_until = models.DateTimeField(_("och"), null=True, blank=True)
    category = models.CharField(_("vad det gäller"), max_length=16, choices=Category)
    severity = models.PositiveSmallIntegerField(_("hur allvarligt"), choices=Severity, default=Severity.MEDIUM)
    place = models.CharField(_("var"), max_length=10, choices=Place, default=Place.AT_BOENDE)
    place_text = GuardedCharField(_("plats"), max_length=160, blank=True)
    latitude = models.FloatField(_("latitud"), null=True, blank=True)
    longitude = models.FloatField(_("longitud"), null=True, blank=True)
    affected_neighbourhood = models.BooleanField(_("grannskapet påverkades"), null=True, blank=True)
    affected_actors = models.ManyToManyField(
        Actor, blank=True, related_name="incidents", verbose_name=_("berörda aktörer")
    )
    children = models.BooleanField(_("rör barn"), default=False)
    headline = GuardedCharField(
        _("rubrik"),
        max_length=120,
        blank=True,
        help_text=_("Kort och neutral. Tom rubrik skrivs av sig själv."),
    )
    internal_text = GuardedTextField(_("vad som hände"), max_length=8000)
    done = models.JSONField(_("vad vi gjorde"), default=list, blank=True)
    done_by = models.CharField(_("av vem"), max_length=12, choices=DoneBy, default=DoneBy.PERSONAL)
    handled = GuardedTextField(_("hur det hanterades"), max_length=4000, blank=True)
    forum_what = GuardedTextField(_("forumtext: vad som hände"), max_length=4000, blank=True)
    forum_handled = GuardedTextField(_("forumtext: hur det hanterades"), max_length=4000, blank=True)
    released_at = models.DateTimeField(_("forumtexten släppt"), null=True, blank=True, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("släppt av"),
    )
    withdrawn_at = models.DateTimeField(_("forumtexten återtagen"), null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("återtagen av"),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    follow_up_on = models.DateField(_("följs upp senast"), null=True, blank=True)
    follow_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ansvarig för uppföljningen"),
    )
    follow_up_note = GuardedTextField(_("uppföljning"), max_length=4000, blank=True)
    search_open = models.TextField(_("sökord"), blank=True, editable=False)
    search_internal = models.TextField(_("sökord, internt"), blank=True, editable=False)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")
        ordering = ["-happened_at", "-id"]
        indexes = [
            # performance.md: scope by EXISTS needs both, and the usual filter its own. Without the archived ones, as
            # every list is: then a count reads the index alone
            models.Index(fields=["boende", "-happened_at", "-id"], name="incident_boende_when", condition=ACTIVE),
            models.Index(fields=["-happened_at", "-id"], name="incident_when", condition=ACTIVE),
            # the key figures of many boenden: a period is counted from its own stretch of this index, without the rows
            models.Index(
                fields=["happened_at", "boende", "affected_neighbourhood", "children"],
                name="incident_counted",
                condition=ACTIVE,
            ),
            models.Index(
                fields=["boende", "category", "-happened_at", "-id"], name="incident_boende_category", condition=ACTIVE
            ),
            models.Index(
                fields=["boende", "-severity", "-happened_at", "-id"], name="incident_boende_severity", condition=ACTIVE
            ),
            # the levels' own count of what can be told: few of many
            models.Index(
                fields=["boende", "released_at"],
                name="incident_boende_released",
                condition=ACTIVE & Q(released_at__isnull=False),
            ),
            # what has changed since a day, for the city's data warehouse
            models.Index(fields=["changed_at", "id"], name="incident_changed", condition=ACTIVE),
            models.Index(
                fields=["follow_up_on"],
                condition=~Q(status="closed") & Q(follow_up_on__isnull=False),
                name="incident_follow_up_open",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(happened_until__isnull=True) | Q(happened_until__gte=F("happened_at")),
                name="incident_until_after_from",
                violation_error_code="until",
                violation_error_message=_("Sluttiden kan inte vara före starttiden."),
            ),
            models.CheckConstraint(
                condition=Q(place="at_boende") | ~Q(place_text=""),
                name="incident_elsewhere_says_where",
                violation_error_code="place_text",
                violation_error_message=_("Skriv var det hände."),
            ),
            coordinates_constraint("incident_coordinates"),
            models.CheckConstraint(
                condition=Q(severity__range=(1, 4)),
                name="incident_severity_range",
                violation_error_code="severity",
                violation_error_message=_("Välj hur allvarligt det var."),
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | (Q(released_at__isnull=False, released_by__isnull=False) & ~Q(forum_what="") & ~Q(forum_handled="")),
                name="incident_released_has_both_parts",
                violation_error_code="forum_handled",
                violation_error_message=_(
                    "Forumtexten behöver båda delarna, vad som hände och hur det hanterades, innan den släpps."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status="follow_up") | Q(follow_up_on__isnull=False),
                name="incident_follow_up_has_day",
                violation_error_code="follow_up_on",
                violation_error_message=_("Skriv vilken dag händelsen ska följas upp."),
            ),
        ]

    def __str__(self) -> str:
        return self.headline or str(self._meta.verbose_name)

    def get_absolute_url(self) -> str:
        return reverse("incidents:incident_detail", args=[self.pk])

    @property
    def is_released(self) -> bool:
        """Whether outsiders may read the forum text."""
        return self.released_at is not None

    @property
    def place_name(self) -> str:
        """Where, in words."""
        return self.place_text or self.get_place_display()

    @property
    def done_labels(self) -> list[str]:
        """What was done, in words."""
        return [str(self.Done(key).label) for key in self.done if key in self.Done.values]

    def missing_for_release(self) -> list[str]:
        """What has to be written before the forum text can be released, as sentences."""
        missing = []
        if not self.forum_what:
            missing.append(str(_("Skriv vad som hände, så som grannarna kan läsa det.")))
        if not self.forum_handled:
            missing.append(str(_("Skriv hur det hanterades.")))
        return missing

    def missing_for_closing(self) -> list[str]:
        """What has to be written before it can be closed, as sentences."""
        missing = []
        if self.affected_neighbourhood is None:
            missing.append(str(_("Svara på om grannskapet påverkades.")))
        if not self.handled and not set(self.done) - {self.Done.NOTHING}:
            missing.append(str(_("Skriv hur händelsen hanterades.")))
        return missing

    @property
    def neutral_headline(self) -> str:
        """The headline that writes itself: "Störning vid boendet", "Skadegörelse, hållplatsen"."""
        category = str(self.Category(self.category).label)
        category = str(_("händelse")) if self.category == self.Category.ANNAT else category
        category = category[:1].upper() + category[1:]
        if self.place == self.Place.AT_BOENDE:
            return str(_("%(category)s vid boendet")) % {"category": category}
        return f"{category}, {self.place_text}"[:120]
