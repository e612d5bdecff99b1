# SPDX-License-Identifier: EUPL-1.2
"""Protokoll: the text of a meeting, who has justerat it, and what is public of it.

Once justerat a protokoll never changes (design.md rule 3): the actions refuse, the form and the gate refuse, and the
database does by a trigger (migration protokoll_never_changes). A correction is a new edition that names the old one.
"""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forum.models.agenda import AgendaItem
from forum.models.forums import Forum, notes_readable
from forum.models.meetings import Meeting
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet
from platssamverkan.look.words import day


class ProtokollQuerySet(RecordQuerySet):
    """Staff and the sammankallande read a protokoll from its first draft, members when it is released."""

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user. A former member, or someone whose assignment has ended, reaches none."""
        if not user.is_authenticated:
            return self.none()
        within = self.active().filter(meeting__archived_at=None, meeting__forum__in=Forum.objects.visible_to(user))
        noted = Forum.objects.filter(notes_readable(user)).values("pk")
        return within.filter(Q(state__in=Protokoll.RELEASED) | Q(meeting__forum__in=noted))

    def editable_by(self, user: Any) -> Self:
        """Those the user may write in: of meetings she convenes, as long as they are not justerade."""
        return self.active().filter(sealed_at=None, meeting__forum__in=Forum.objects.editable_by(user))

    def released(self) -> Self:
        """Those that members may read."""
        return self.active().filter(state__in=Protokoll.RELEASED)

    def in_force(self) -> Self:
        """One for each meeting: the latest justerade edition, or the first one while none is."""
        replaced = Protokoll.objects.filter(replaces=models.OuterRef("pk"), sealed_at__isnull=False)
        counts = Q(edition=1) | Q(sealed_at__isnull=False)
        return self.active().filter(counts).exclude(models.Exists(replaced))

    def for_list(self) -> Self:
        """With what names them, the latest meeting first."""
        return self.active().select_related("meeting__forum").order_by("-meeting__starts_at", "-edition", "pk")


class Protokoll(Record):
    """An edition of a meeting's protokoll. `frozen` are the facts taken over from the meeting, `content` is the whole
    text as it was justerat, `sha256` the checksum of it (forum/protokoll_text.py)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("under arbete")
        COMMENTS = "comments", _("ute för synpunkter")
        JUSTERING = "justering", _("väntar på justering")
        SEALED = "sealed", _("justerat")

    RELEASED = (State.COMMENTS, State.JUSTERING, State.SEALED)

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="protokoll", verbose_name=_("möte"))
    edition = models.PositiveSmallIntegerField(_("utgåva"), default=1, editable=False)
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="replaced_by",
        verbose_name=_("ersätter"),
    )
    correction = GuardedTextField(_("vad som rättas"), max_length=2000, blank=True)
    diarienummer = GuardedCharField(_("diarienummer"), max_length=40, blank=True)
    state = models.CharField(_("läge"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    comments_until = models.DateField(_("synpunkter till och med"), null=True, blank=True)
    opened_at = models.DateTimeField(_("öppnat för justering"), null=True, blank=True, editable=False)
    frozen = models.JSONField(_("uppgifter om mötet"), default=dict, editable=False)
    content = models.JSONField(_("justerad text"), null=True, blank=True, editable=False)
    signatures = models.JSONField(_("justerat av"), default=list, editable=False)
    sha256 = models.CharField(_("kontrollsumma"), max_length=64, blank=True, editable=False)
    sealed_at = models.DateTimeField(_("justerat"), null=True, blank=True, editable=False)

    objects = ProtokollQuerySet.as_manager()

    class Meta:
        verbose_name = _("protokoll")
        verbose_name_plural = _("protokoll")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["meeting", "-edition"], name="protokoll_meeting_edition")]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "edition"],
                name="protokoll_edition_once",
                violation_error_message=_("Mötet har redan ett protokoll."),
            ),
            models.CheckConstraint(
                condition=Q(edition=1, replaces__isnull=True) | Q(edition__gt=1, replaces__isnull=False),
                name="protokoll_correction_names_old",
                violation_error_message=_("En rättelse säger vilket protokoll den ersätter."),
            ),
            models.CheckConstraint(
                condition=Q(state="sealed", sealed_at__isnull=False, content__isnull=False) & ~Q(sha256="")
                | ~Q(state="sealed") & Q(sealed_at__isnull=True, content__isnull=True, sha256=""),
                name="protokoll_sealed_is_whole",
                violation_error_message=_("Ett justerat protokoll har en tid, en text och en kontrollsumma."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(comments_until__isnull=False),
                name="protokoll_comments_have_day",
                violation_error_code="comments_until",
                violation_error_message=_("Skriv till och med vilken dag synpunkter tas emot."),
            ),
        ]

    def __str__(self) -> str:
        words = {"forum": self.meeting.forum, "day": day(self.meeting.starts_at), "edition": self.edition}
        if self.edition > 1:
            return gettext("Protokoll %(forum)s %(day)s, rättad utgåva %(edition)s") % words
        return gettext("Protokoll %(forum)s %(day)s") % words

    def get_absolute_url(self) -> str:
        return reverse("forum:protokoll_detail", args=[self.pk])

    @property
    def is_sealed(self) -> bool:
        """Whether it is justerat, so that nothing of it changes."""
        return self.sealed_at is not None

    @property
    def is_released(self) -> bool:
        """Whether members may read it."""
        return self.state in self.RELEASED

    @property
    def takes_comments(self) -> bool:
        """Whether it is out for comments. Also after the last day, until the sammankallande goes on."""
        return self.state == self.State.COMMENTS

    @property
    def has_comment_days_left(self) -> bool:
        """Whether the members have been told that they can still say what they think."""
        return self.takes_comments and self.comments_until is not None and self.comments_until >= timezone.localdate()

    @property
    def waits_for_justering(self) -> bool:
        """Whether the justerare may justera it now."""
        return self.state == self.State.JUSTERING


class ProtokollItemQuerySet(RecordQuerySet):
    """The items of protokoll."""

    def visible_to(self, user: Any) -> Self:
        """Those of protokoll that exist for the user."""
        return self.active().filter(protokoll__in=Protokoll.objects.visible_to(user))

    def editable_by(self, user: Any) -> Self:
        """Those of protokoll that the user may write in."""
        return self.active().filter(protokoll__in=Protokoll.objects.editable_by(user))

    def in_order(self) -> Self:
        """As they were taken up."""
        return self.active().order_by("position", "created_at", "pk")


class ProtokollItem(Record):
    """A paragraph of a protokoll. `extras` are the åtgärder, and in a correction the incidents, as they stood."""

    protokoll = models.ForeignKey(
        Protokoll, on_delete=models.PROTECT, related_name="items", verbose_name=_("protokoll")
    )
    item = models.ForeignKey(
        AgendaItem,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("punkt på dagordningen"),
    )
    position = models.PositiveSmallIntegerField(_("plats"), default=0, editable=False)
    title = GuardedCharField(_("rubrik"), max_length=200)
    text = GuardedTextField(_("vad som sades"), max_length=8000, blank=True)
    decision = GuardedTextField(_("beslut"), max_length=4000, blank=True)
    extras = models.JSONField(_("åtgärder och händelser"), default=dict, editable=False)
    is_edited = models.BooleanField(_("ändrad i protokollet"), default=False, editable=False)
    sealed_at = models.DateTimeField(_("justerat"), null=True, blank=True, editable=False)

    objects = ProtokollItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("punkt i protokollet")
        verbose_name_plural = _("punkter i protokollet")
        ordering = ["protokoll", "position"]
        indexes = [models.Index(fields=["protokoll", "position"], name="protokollitem_position")]
        constraints = [
            models.UniqueConstraint(
                fields=["protokoll", "item"],
                condition=Q(archived_at__isnull=True, item__isnull=False),
                name="protokollitem_once",
                violation_error_message=_("Punkten står redan i protokollet."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{reverse('forum:protokoll_detail', args=[self.protokoll_id])}#punkt-{self.position + 1}"


class JusteringQuerySet(RecordQuerySet):
    """Who is to justera, and who has."""

    def visible_to(self, user: Any) -> Self:
        """Those of protokoll that exist for the user."""
        return self.active().filter(protokoll__in=Protokoll.objects.visible_to(user))

    def editable_by(self, user: Any) -> Self:
        """The user's own: nobody justerar for somebody else."""
        return self.visible_to(user).filter(user=user.pk, sealed_at=None)

    def waiting(self) -> Self:
        """Those asked who have not justerat."""
        return self.active().filter(
            justerat_at=None, protokoll__state=Protokoll.State.JUSTERING, protokoll__archived_at=None
        )

    def for_list(self) -> Self:
        """With names, in the order they were chosen."""
        return self.active().select_related("user").order_by("created_at", "pk")


class Justering(Record):
    """A chosen justerare; when she has signed in and justerat, the time and the checksum of what she read."""

    protokoll = models.ForeignKey(
        Protokoll, on_delete=models.PROTECT, related_name="justeringar", verbose_name=_("protokoll")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="justeringar", verbose_name=_("justerare")
    )
    justerat_at = models.DateTimeField(_("justerade"), null=True, blank=True, editable=False)
    sha256 = models.CharField(_("kontrollsumma"), max_length=64, blank=True, editable=False)
    sealed_at = models.DateTimeField(_("justerat"), null=True, blank=True, editable=False)

    objects = JusteringQuerySet.as_manager()

    class Meta:
        verbose_name = _("justering")
        verbose_name_plural = _("justeringar")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["protokoll", "user"],
                condition=Q(archived_at__isnull=True),
                name="justering_once",
                violation_error_message=_("Personen är redan vald som justerare."),
            ),
            models.CheckConstraint(
                condition=Q(justerat_at__isnull=True, sha256="") | Q(justerat_at__isnull=False) & ~Q(sha256=""),
                name="justering_has_time_and_checksum",
                violation_error_message=_("En justering har en tid och en kontrollsumma."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)
