# SPDX-License-Identifier: EUPL-1.2
"""The questions of surveys: templates, and for whom they are."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boenden.models import Forvaltning
from boenden.rights import boenden_where
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.collation import SWEDISH
from platssamverkan.ground.fields import GuardedCharField
from platssamverkan.ground.records import Record, RecordQuerySet

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

    def for_circle(self, *, is_of_brukare: bool) -> Self:
        """Those meant for the ones who are asked."""
        circle = SurveyTemplate.Circle.BRUKARE if is_of_brukare else SurveyTemplate.Circle.NEIGHBOURS
        return self.active().filter(circle__in=[circle, SurveyTemplate.Circle.BOTH])

    def for_list(self) -> Self:
        """By name, with their questions."""
        return self.active().select_related("forvaltning").prefetch_related("questions").order_by("title", "pk")


def forvaltningar_where(user: Any, right: Right = Right.READ_SURVEYS) -> set[Any]:
    """The ids of the förvaltningar of the boenden where the user holds the right."""
    return {boende.forvaltning_id for boende in boenden_where(user, right)}


class SurveyTemplate(Record):
    """Up to six questions that are asked again and again."""

    class Circle(models.TextChoices):
        NEIGHBOURS = "neighbours", _("aktörerna i ett forum")
        BRUKARE = "brukare", _("de som bor på ett boende")
        BOTH = "both", _("båda, var för sig")

    forvaltning = models.ForeignKey(
        Forvaltning,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="survey_templates",
        verbose_name=_("förvaltning"),
    )
    title = GuardedCharField(_("namn"), max_length=120, db_collation=SWEDISH)
    circle = models.CharField(
        _("vilka frågorna är till"),
        max_length=10,
        choices=Circle,
        default=Circle.BOTH,
        db_default=Circle.BOTH,  # for the code that still runs while this one is rolled out
    )

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
            words = {1: self.low_words or gettext("lägst"), 5: self.high_words or gettext("högst")}
            return [(value, f"{value} {words.get(value, '')}".strip()) for value in SCALE]
        return [(self.YES, gettext("ja")), (self.NO, gettext("nej")), (self.UNSURE, gettext("vet inte"))]
