# SPDX-License-Identifier: EUPL-1.2
"""A forum, and the gate that decides for whom it exists (design.md, "Settled": forum rights are Member rows)."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from boenden.rights import reached
from forum.kinds import COUNTING_KINDS, INTERNAL_KINDS, KINDS, Kind, Terms
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.collation import SWEDISH
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet

OPEN, INTERNAL = ~Q(kind__in=INTERNAL_KINDS), Q(kind__in=INTERNAL_KINDS)


def staffed(user: Any, right: Right) -> Exists:
    """The condition on a forum that the user holds the right at one of its boenden."""
    tied = Forum.boenden.through.objects.filter(reached(user, right, "boende__"))
    return Exists(tied.filter(forum=OuterRef("pk")))


def joined(user: Any, *, convening: bool = False) -> Exists:
    """The condition on a forum that the user is in it today; with `convening`, as its sammankallande."""
    from forum.models.members import Member

    own = Member.objects.current().of(user).filter(forum=OuterRef("pk"))
    return Exists(own.convening() if convening else own)


def staff_reads(user: Any) -> Q:
    """The condition on a forum that the user reads it by a role; an internal one (husmöte …) asks for more."""
    return OPEN & Q(staffed(user, Right.READ_FORUMS)) | INTERNAL & Q(staffed(user, Right.READ_INTERNAL_FORUMS))


def notes_readable(user: Any) -> Q:
    """The forums whose unreleased texts the user reads: as staff of a boende of theirs, or as their sammankallande."""
    return staff_reads(user) | OPEN & Q(joined(user, convening=True))


class ForumQuerySet(RecordQuerySet):
    """Staff of any of its boenden read a forum, its members take part, its sammankallande edits."""

    def with_right(self, user: Any, right: Right) -> Self:
        """Those where the user holds the right at one of the boenden."""
        return self.filter(staffed(user, right))

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user. An internal one (husmöte …) never does for someone who is no staff."""
        if not user.is_authenticated:
            return self.none()
        return self.active().filter(staff_reads(user) | OPEN & Q(joined(user)))

    def editable_by(self, user: Any) -> Self:
        """Those the user convenes."""
        return self.visible_to(user).filter(joined(user, convening=True))

    def appointable_by(self, user: Any) -> Self:
        """Those whose sammankallande the user appoints: an enhetschef at one of the boenden."""
        return self.visible_to(user).filter(staffed(user, Right.START_FORUMS))

    def at(self, boende: Boende) -> Self:
        """Those of a boende."""
        return self.filter(boenden=boende)

    def with_boenden(self) -> Self:
        """Their boenden in one query more."""
        return self.prefetch_related(Prefetch("boenden", Boende.objects.active().order_by("name")))

    def for_list(self) -> Self:
        """The page of forums: those that go on before those that have ended."""
        return self.active().with_boenden().order_by(F("ended_on").desc(nulls_first=True), "name", "pk")


class Forum(Record):
    """A circle of people who meet about one or several boenden."""

    Kind = Kind

    kind = models.CharField(_("slag"), max_length=16, choices=Kind)
    name = GuardedCharField(_("namn"), max_length=120, db_collation=SWEDISH)
    boenden = models.ManyToManyField(Boende, related_name="forums", verbose_name=_("boenden"))
    purpose = GuardedTextField(_("syfte"), blank=True, max_length=2000)
    house_rules = GuardedTextField(_("ordningsregler"), blank=True, max_length=4000)
    place = GuardedCharField(_("vanlig plats"), blank=True, max_length=200)
    rrule = models.CharField(_("hur ofta"), blank=True, max_length=100)
    usual_start = models.TimeField(_("vanlig starttid"), null=True, blank=True)
    usual_minutes = models.PositiveSmallIntegerField(_("vanlig längd i minuter"), default=90)
    gap_from_month = models.PositiveSmallIntegerField(_("uppehåll från och med"), null=True, blank=True)
    gap_to_month = models.PositiveSmallIntegerField(_("uppehåll till och med"), null=True, blank=True)
    question_days = models.PositiveSmallIntegerField(_("frågor senast så många dagar före"), default=7)
    comment_days = models.PositiveSmallIntegerField(_("dagar för synpunkter på protokollet"), default=14)
    started_on = models.DateField(_("började"), null=True, blank=True)
    ended_on = models.DateField(_("avslutat"), null=True, blank=True, editable=False)

    objects = ForumQuerySet.as_manager()

    class Meta:
        verbose_name = _("forum")
        verbose_name_plural = _("forum")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(gap_from_month__isnull=True, gap_to_month__isnull=True)
                | Q(
                    gap_from_month__isnull=False,
                    gap_to_month__isnull=False,
                    gap_from_month__range=(1, 12),
                    gap_to_month__range=(1, 12),
                ),
                name="forum_gap_both_ends",
                violation_error_code="gap_to_month",
                violation_error_message=_("Välj både första och sista månaden, eller ingen."),
            ),
            models.CheckConstraint(
                condition=Q(usual_minutes__range=(15, 720)),
                name="forum_usual_length",
                violation_error_code="usual_minutes",
                violation_error_message=_("Skriv hur många minuter mötet är, från 15 till 720."),
            ),
            models.CheckConstraint(
                condition=Q(question_days__range=(0, 60)),
                name="forum_question_days",
                violation_error_code="question_days",
                violation_error_message=_("Skriv ett antal dagar från 0 till 60."),
            ),
            models.CheckConstraint(
                condition=Q(comment_days__range=(1, 90)),
                name="forum_comment_days",
                violation_error_code="comment_days",
                violation_error_message=_("Skriv ett antal dagar från 1 till 90."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("forum:forum_detail", args=[self.pk])

    @property
    def terms(self) -> Terms:
        """What its kind is for, and its usual agenda."""
        return KINDS[self.kind]

    @property
    def is_internal(self) -> bool:
        """Whether it is for staff and ombud only, and no aktör ever sees it."""
        return self.kind in INTERNAL_KINDS

    @property
    def counts_brukare(self) -> bool:
        """Whether brukare take part, as one number."""
        return self.kind in COUNTING_KINDS

    @property
    def has_ended(self) -> bool:
        """Whether it meets no more."""
        return self.ended_on is not None
