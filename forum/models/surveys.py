# SPDX-License-Identifier: EUPL-1.2
"""Trygghetsmätningar and the brukare surveys: rounds, and who has been asked. No answer is here."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from boenden.rights import boenden_where
from forum.models.forums import OPEN, Forum, staffed
from forum.models.joining import convened_by, joined_by
from forum.models.members import Member
from forum.models.survey_templates import SurveyTemplate
from forum.tokens import is_same, link_token, row_of
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.fields import GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet
from platssamverkan.look.words import day_year


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

    def shown(self) -> Self:
        """Those whose results are shown: nobody can answer them, and brukarnas paper is counted."""
        return self.active().filter(over(), Q(boende=None) | Q(shown_on__isnull=False))

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
    shown_on = models.DateField(_("resultatet visas från"), null=True, blank=True, editable=False)

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
            models.CheckConstraint(
                condition=Q(shown_on__isnull=True) | Q(boende__isnull=False),
                name="survey_step_of_brukare",
                violation_error_message=_("Grannarnas resultat visas av sig självt när mätningen är slut."),
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
    def is_shown(self) -> bool:
        """Whether its results are: brukarnas only by a step of its own, since their paper is counted afterwards."""
        return self.is_over and (not self.is_of_brukare or self.shown_on is not None)

    @property
    def period(self) -> str:
        """Its first and last day, with years; a round of one day has one."""
        days = [day_year(self.opens_on), day_year(self.closes_on)]
        return "–".join(dict.fromkeys(days))

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
