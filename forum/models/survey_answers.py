# SPDX-License-Identifier: EUPL-1.2
"""What was answered, as counts that belong to nobody; and figures from elsewhere to compare with.

No row is one person's answer (docs/decisions/0029): an alternative has a number, words lie in a heap without order.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from forum.models.forums import Forum
from forum.models.survey_templates import SurveyQuestion
from forum.models.surveys import Survey
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Record


class SurveyAnswer(Record):
    """How many have given an alternative, or what somebody wrote. Its times are the round's own, never an answer's."""

    class Source(models.TextChoices):
        LINK = "link", _("länk")
        TABLET = "tablet", _("surfplatta")
        PAPER = "paper", _("papper")

    survey = models.ForeignKey(
        Survey, on_delete=models.PROTECT, related_name="answers", editable=False, verbose_name=_("mätning")
    )
    question = models.ForeignKey(
        SurveyQuestion, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name=_("fråga")
    )
    source = models.CharField(_("svarade på"), max_length=8, choices=Source, editable=False)
    value = models.PositiveSmallIntegerField(_("alternativ"), null=True, blank=True, editable=False)
    number = models.PositiveIntegerField(_("antal"), default=0, editable=False)
    text = GuardedTextField(_("egna ord"), blank=True, editable=False)

    class Meta:
        verbose_name = _("svar i en mätning")
        verbose_name_plural = _("svar i mätningar")
        ordering = ["survey", "question", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "question", "source", "value"],
                condition=Q(value__isnull=False),
                name="surveyanswer_count_once",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, text="") | (Q(value__isnull=True, number=1) & ~Q(text="")),
                name="surveyanswer_count_or_words",
                violation_error_message=_("Ett svar är ett antal eller egna ord."),
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class SurveyBaseline(Record):
    """A figure from another survey (SOM, the city's own) beside a question, at one forum or boende."""

    question = models.ForeignKey(
        SurveyQuestion, on_delete=models.PROTECT, related_name="baselines", verbose_name=_("fråga")
    )
    forum = models.ForeignKey(
        Forum,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("forum"),
    )
    boende = models.ForeignKey(
        Boende,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("boende"),
    )
    source = GuardedCharField(_("källa"), max_length=120)
    year = models.PositiveSmallIntegerField(_("år"))
    figure = models.DecimalField(_("siffra"), max_digits=4, decimal_places=1)

    class Meta:
        verbose_name = _("jämförelsesiffra")
        verbose_name_plural = _("jämförelsesiffror")
        ordering = ["question", "-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(forum__isnull=False, boende__isnull=True) | Q(forum__isnull=True, boende__isnull=False),
                name="surveybaseline_of_forum_or_boende",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1980, 2100)),
                name="surveybaseline_year",
                violation_error_code="year",
                violation_error_message=_("Skriv ett år med fyra siffror, till exempel 2025."),
            ),
            models.CheckConstraint(
                condition=Q(figure__range=(0, 100)),
                name="surveybaseline_figure",
                violation_error_code="figure",
                violation_error_message=_("Skriv ett medelvärde från 1 till 5, eller en andel från 0 till 100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.year}"
