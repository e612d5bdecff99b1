# SPDX-License-Identifier: EUPL-1.2
"""Who was invited and what she answered; who came."""

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forum.kinds import INTERNAL_KINDS
from forum.models.meetings import Meeting
from forum.models.members import Member
from forum.tokens import is_same, link_token, row_of
from platssamverkan.ground.fields import GuardedCharField
from platssamverkan.ground.records import Record, RecordQuerySet

LINK_DAYS = 30  # how long after the meeting its link opens the papers


class InvitationQuerySet(RecordQuerySet):
    """Invitations, found by the token in the letter."""

    def visible_to(self, user: Any) -> Self:
        """The user's own, and those to meetings that she convenes."""
        return self.active().filter(
            Q(meeting__in=Meeting.objects.editable_by(user))
            | Q(meeting__in=Meeting.objects.visible_to(user), member__in=Member.objects.current().of(user))
        )

    def editable_by(self, user: Any) -> Self:
        """Those whose answer the sammankallande notes for someone who telephones."""
        return self.active().filter(meeting__in=Meeting.objects.editable_by(user))

    def linked(self) -> Self:
        """Those that may be used without signing in: of members of today. Whoever is in an internal forum signs in."""
        return (
            self.active()
            .filter(
                member__in=Member.objects.current(),
                meeting__archived_at__isnull=True,
                meeting__forum__archived_at__isnull=True,
            )
            .exclude(meeting__forum__kind__in=INTERNAL_KINDS)
        )

    def open(self) -> Self:
        """Those whose link opens the papers: the meeting is not long past."""
        return self.linked().filter(meeting__ends_at__gte=timezone.now() - timedelta(days=LINK_DAYS))

    def with_token(self, token: str) -> "Invitation | None":
        """The one of these that a link's token belongs to, if it went to the address that the member has today."""
        rows = self.select_related("meeting__forum", "member__user", "member__person__actor", "member__person__user")
        found: Any = rows.filter(pk=row_of(token)).first()
        return found if found and is_same(found.link_token, token) else None

    def for_list(self) -> Self:
        """With the members' names."""
        names = ("member__user", "member__person__actor", "member__person__user")
        return self.active().select_related(*names).order_by("created_at", "pk")


class Invitation(Record):
    """A member invited to a meeting, and her answer."""

    class Answer(models.TextChoices):
        NONE = "", _("inget svar")
        YES = "yes", _("kommer")
        MAYBE = "maybe", _("kanske")
        NO = "no", _("kommer inte")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("möte"))
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("medlem"))
    answer = models.CharField(_("svar"), max_length=6, choices=Answer, default=Answer.NONE, blank=True)
    word = GuardedCharField(_("något du vill säga"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("svarade"), null=True, blank=True)
    told_at = models.DateTimeField(_("kallelsen skickad"), null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("kallelse")
        verbose_name_plural = _("kallelser")
        ordering = ["meeting", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="invitation_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="invitation_answer_has_time",
                violation_error_message=_("Ett svar har en tid."),
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def link_token(self) -> str:
        """The secret in a letter to the member, at her address of today."""
        return link_token("invitation", self.pk, to=self.member.email)


class AttendanceQuerySet(RecordQuerySet):
    """Who came to meetings that a person reaches."""

    def visible_to(self, user: Any) -> Self:
        """Those at meetings that exist for the user."""
        return self.active().filter(meeting__in=Meeting.objects.visible_to(user))

    def editable_by(self, user: Any) -> Self:
        """Those at meetings that the user convenes."""
        return self.active().filter(meeting__in=Meeting.objects.editable_by(user))

    def for_list(self) -> Self:
        """With names: those who came first."""
        places = enumerate(Attendance.Presence.values)
        order = models.Case(*(models.When(presence=kind, then=place) for place, kind in places), default=9)
        return (
            self.active()
            .select_related("member__user", "member__person__actor", "deputy_for__user", "deputy_for__person__actor")
            .annotate(place=order)
            .order_by("place", "created_at", "pk")
        )


class Attendance(Record):
    """A member, or a guest, at a meeting. Brukare are one number on the meeting, never a row here."""

    class Presence(models.TextChoices):
        PRESENT = "present", _("närvarande")
        PART = "part", _("en del av tiden")
        DEPUTY = "deputy", _("ersatte någon")
        ABSENT = "absent", _("frånvarande")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances", verbose_name=_("möte"))
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="attendances", verbose_name=_("medlem")
    )
    guest = GuardedCharField(_("gäst"), max_length=160, blank=True)
    presence = models.CharField(_("närvaro"), max_length=8, choices=Presence)
    deputy_for = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ersatte")
    )
    part = GuardedCharField(_("vilken del"), max_length=80, blank=True, help_text=_("Till exempel: till kl. 14.30."))

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("närvaro")
        verbose_name_plural = _("närvaro")
        ordering = ["meeting", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "member"],
                condition=Q(archived_at__isnull=True, member__isnull=False),
                name="attendance_once",
                violation_error_message=_("Medlemmens närvaro är redan antecknad."),
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False, guest="") | (Q(member__isnull=True) & ~Q(guest="")),
                name="attendance_member_or_guest",
                violation_error_message=_("Närvaro gäller en medlem eller en gäst."),
            ),
            models.CheckConstraint(
                condition=Q(presence="deputy", deputy_for__isnull=False)
                | (~Q(presence="deputy") & Q(deputy_for__isnull=True)),
                name="attendance_deputy_for",
                violation_error_code="deputy_for",
                violation_error_message=_("Välj vem som ersattes."),
            ),
            models.CheckConstraint(
                condition=~Q(presence="part") | ~Q(part=""),
                name="attendance_part_says_which",
                violation_error_code="part",
                violation_error_message=_("Skriv vilken del av mötet, till exempel: till kl. 14.30."),
            ),
        ]

    def __str__(self) -> str:
        return self.guest or str(self.member)

    @property
    def presence_words(self) -> str:
        """Whether she came, or for whom, in words."""
        if self.deputy_for:
            return gettext("ersatte %(member)s") % {"member": self.deputy_for}
        return str(self.get_presence_display())

    @property
    def was_there(self) -> bool:
        """Whether she came, for all or some of it."""
        return self.presence != self.Presence.ABSENT
