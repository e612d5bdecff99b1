# SPDX-License-Identifier: EUPL-1.2
"""Trygghetsmätningar and the brukare surveys: templates, rounds, who has been asked. No answer is here."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende, Forvaltning
from boenden.rights import boenden_where
from forum.models.forums import OPEN, Forum, staffed
from forum.models.joining import convened_by, joined_by
from forum.models.members import Member
from forum.tokens import is_same, link_token, row_of
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.collation import SWEDISH
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet
from platssamverkan.look.words import day_year

MOST_QUESTIONS = 6
SCALE = (1, 2, 3, 4, 5)


class SurveyTemplateQuerySet(RecordQuerySet):
    """The questions everyone shares, and those of the förvaltningar where the user works with surveys."""

    def visible_to(self, user: Any) -> Self:
        """Those that may be read."""
        return self.active().filter(Q(forvaltning=None) | Q(forvaltning__in=forvaltningar_where(user)))

    def editable_by(self, user: Any) -> Self:
        """Her förvaltningar's own that no round has used: a changed question could not be compared."""
        own = self.active().filter(forvaltning__in=forvaltningar_where(user, Right.SEND_SURVEYS))
        return own.filter(surveys__isnull=True)

    def for_list(self) -> Self:
        """By name, with their questions."""
        return self.active().select_related("forvaltning").prefetch_related("questions").order_by("title", "pk")


def forvaltningar_where(user: Any, right: Right = Right.READ_SURVEYS) -> set[Any]:
    """The ids of the förvaltningar of the boenden where the user holds the right."""
    return {boende.forvaltning_id for boende in boenden_where(user, right)}


class SurveyTemplate(Record):
    """Up to six questions that are asked again and again."""

    forvaltning = models.ForeignKey(
        Forvaltning,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="survey_templates",
        verbose_name=_("förvaltning"),
    )
    title = GuardedCharField(_("namn"), max_length=120, db_collation=SWEDISH)

    objects = SurveyTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("frågemall")
        verbose_name_plural = _("frågemallar")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forum:surveytemplate_list")


class SurveyQuestion(Record):
    """One question of a template."""

    class Kind(models.TextChoices):
        SCALE = "scale", _("skala 1–5")
        YES_NO = "yes_no", _("ja, nej eller vet inte")
        TEXT = "text", _("egna ord")

    YES, NO, UNSURE = 1, 2, 3

    template = models.ForeignKey(
        SurveyTemplate, on_delete=models.PROTECT, related_name="questions", verbose_name=_("mall")
    )
    position = models.PositiveSmallIntegerField(_("ordning"), default=0)
    kind = models.CharField(_("svar"), max_length=8, choices=Kind, default=Kind.SCALE)
    text = GuardedCharField(_("fråga"), max_length=200)
    low_words = GuardedCharField(_("betydelsen av 1"), max_length=30, blank=True)
    high_words = GuardedCharField(_("betydelsen av 5"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("fråga i en mall")
        verbose_name_plural = _("frågor i mallar")
        ordering = ["template", "position"]
        constraints = [
            models.UniqueConstraint(fields=["template", "position"], name="surveyquestion_position_once"),
            models.CheckConstraint(
                condition=Q(position__lt=MOST_QUESTIONS),
                name="surveyquestion_at_most_six",
                violation_error_message=_("En mall har högst sex frågor."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_text(self) -> bool:
        """Whether it is answered in own words."""
        return self.kind == self.Kind.TEXT

    @property
    def is_scale(self) -> bool:
        """Whether it is answered from 1 to 5."""
        return self.kind == self.Kind.SCALE

    @property
    def choices(self) -> list[tuple[int, str]]:
        """(value, words) of what can be answered; none for own words."""
        if self.is_text:
            return []
        if self.is_scale:
            words = {1: self.low_words or gettext("stämmer inte"), 5: self.high_words or gettext("stämmer helt")}
            return [(value, f"{value} {words.get(value, '')}".strip()) for value in SCALE]
        return [(self.YES, gettext("ja")), (self.NO, gettext("nej")), (self.UNSURE, gettext("vet inte"))]


class SurveyQuerySet(RecordQuerySet):
    """A forum's rounds and a boende's. The forum's members read those that are over."""

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user."""
        if not user.is_authenticated:
            return self.none()
        staff = Forum.objects.active().filter(OPEN, staffed(user, Right.READ_SURVEYS)).values("pk")
        return self.active().filter(
            Q(boende__in=boenden_where(user, Right.READ_SURVEYS))
            | Q(forum__in=staff)
            | Q(forum__in=convened_by(user))
            | Q(forum__in=joined_by(user)) & over()
        )

    def editable_by(self, user: Any) -> Self:
        """Those the user sends: at her boende, and of a forum of her boende or that she convenes."""
        staff = Forum.objects.active().filter(OPEN, staffed(user, Right.SEND_SURVEYS)).values("pk")
        return self.active().filter(
            Q(boende__in=boenden_where(user, Right.SEND_SURVEYS)) | Q(forum__in=staff) | Q(forum__in=convened_by(user))
        )

    def over(self) -> Self:
        """Those nobody can answer any more: only they have results."""
        return self.active().filter(over())

    def going_on(self) -> Self:
        """Those that can be answered today."""
        today = timezone.localdate()
        return self.active().filter(opens_on__lte=today, closes_on__gte=today, is_closed=False)

    def for_list(self) -> Self:
        """The latest first."""
        return (
            self.active()
            .select_related("template", "forum", "boende__forvaltning")
            .order_by("-opens_on", "-created_at", "pk")
        )


def over() -> Q:
    """The condition that a round is over."""
    return Q(is_closed=True) | Q(closes_on__lt=timezone.localdate())


class Survey(Record):
    """A round: the questions of a template, put to a forum's actors or to those who live at a boende. Never to both."""

    template = models.ForeignKey(
        SurveyTemplate, on_delete=models.PROTECT, related_name="surveys", verbose_name=_("frågor")
    )
    forum = models.ForeignKey(
        Forum, on_delete=models.PROTECT, null=True, blank=True, related_name="surveys", verbose_name=_("forum")
    )
    boende = models.ForeignKey(
        Boende, on_delete=models.PROTECT, null=True, blank=True, related_name="surveys", verbose_name=_("boende")
    )
    opens_on = models.DateField(_("från"))
    closes_on = models.DateField(_("till och med"))
    greeting = GuardedTextField(_("hälsning"), max_length=600, blank=True)
    is_closed = models.BooleanField(_("avslutad i förtid"), default=False, editable=False)
    sent_on = models.DateField(_("skickad"), null=True, blank=True, editable=False)
    tablet_on = models.DateField(_("surfplattan öppen"), null=True, blank=True, editable=False)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("mätning")
        verbose_name_plural = _("mätningar")
        ordering = ["-opens_on"]
        indexes = [
            models.Index(fields=["forum", "-closes_on"], name="survey_forum_when"),
            models.Index(fields=["boende", "-closes_on"], name="survey_boende_when"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(forum__isnull=False, boende__isnull=True) | Q(forum__isnull=True, boende__isnull=False),
                name="survey_of_forum_or_boende",
                violation_error_message=_("En mätning gäller ett forum eller ett boende."),
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="survey_days_in_order",
                violation_error_code="closes_on",
                violation_error_message=_("Sista dagen kommer före den första. Välj en senare dag."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template}, {day_year(self.opens_on)}"

    def get_absolute_url(self) -> str:
        return reverse("forum:survey_detail", args=[self.pk])

    @property
    def is_over(self) -> bool:
        """Whether nobody can answer it any more."""
        return self.is_closed or self.closes_on < timezone.localdate()

    @property
    def is_going_on(self) -> bool:
        """Whether it can be answered today."""
        return not self.is_over and self.opens_on <= timezone.localdate()

    @property
    def is_of_brukare(self) -> bool:
        """Whether it is brukarnas, not the neighbours'."""
        return self.boende_id is not None

    @property
    def about(self) -> Any:
        """The forum or the boende."""
        return self.boende or self.forum

    @property
    def tablet_token(self) -> str:
        """The secret of the tablet's address, for the day it was opened."""
        return link_token("tablet", self.pk, to=str(self.tablet_on))

    @property
    def tablet_is_open(self) -> bool:
        """Whether the tablet's address works: it closes by itself at midnight."""
        return self.is_of_brukare and self.is_going_on and self.tablet_on == timezone.localdate()


class SurveyInvitationQuerySet(RecordQuerySet):
    """Who has been asked. Nobody is shown whether somebody has answered."""

    def open(self) -> Self:
        """Those whose link can be used: unused, of members of today, while the round goes on."""
        return self.active().filter(
            is_used=False, member__in=Member.objects.current(), survey__in=Survey.objects.going_on().values("pk")
        )

    def with_token(self, token: str) -> "SurveyInvitation | None":
        """The one of these that a link belongs to, if it went to the address that the member has today."""
        rows = self.select_related("survey__template", "survey__forum", "member__user", "member__person__user")
        found: Any = rows.filter(pk=row_of(token)).first()
        return found if found and is_same(found.link_token, token) else None


class SurveyInvitation(Record):
    """Somebody asked. That she has answered is a mark without a time; what she answered is nowhere tied to it."""

    survey = models.ForeignKey(
        Survey, on_delete=models.PROTECT, related_name="invitations", editable=False, verbose_name=_("mätning")
    )
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name=_("medlem")
    )
    is_used = models.BooleanField(_("har svarat"), default=False, editable=False)

    objects = SurveyInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("fråga om svar")
        verbose_name_plural = _("frågor om svar")
        ordering = ["survey", "created_at"]
        constraints = [models.UniqueConstraint(fields=["survey", "member"], name="surveyinvitation_once")]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def link_token(self) -> str:
        """The secret in the letter to the member, at her address of today."""
        return link_token("survey", self.pk, to=self.member.email)
