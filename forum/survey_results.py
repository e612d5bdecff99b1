# SPDX-License-Identifier: EUPL-1.2
"""What a round has shown: only when it is over, only from five answers, question by question, never by actor.

While it goes on nothing is shown: who reads before and after one answer would know it. One to four answers on the
tablet are left out whatever the pile of paper: staff know its numbers, write them, and could take them away. Paper is
added to the tablet's five or more, however small the pile (docs/decisions/0030).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import SystemRandom
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from forum.actions.survey_answers import PAPER_COUNTED
from forum.models import Survey, SurveyAnswer, SurveyBaseline, SurveyQuestion
from forum.survey_plots import PERCENT_AXIS, SCALE_AXIS, MeasureLines
from platssamverkan.audit.models import AuditEntry
from platssamverkan.look.plots import RowBars, Series
from platssamverkan.look.words import day_short, day_year, number

LEAST = 5
MOST_COUNTINGS = 20  # that a page tells of


@dataclass
class QuestionResult:
    """What a round says of one question."""

    question: SurveyQuestion
    by_source: dict[str, dict[int, int]] = field(default_factory=dict)
    words_by_source: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def counts(self) -> dict[int, int]:
        """How many gave each alternative; noughts where they are too few to be shown."""
        nobody = dict.fromkeys((value for value, _words in self.question.choices), 0)
        found = dict(nobody)
        for source, counts in self.by_source.items():
            if source == SurveyAnswer.Source.PAPER or sum(counts.values()) >= LEAST:
                for value, count in counts.items():
                    found[value] += count
        return found if sum(found.values()) >= LEAST else nobody

    @cached_property
    def texts(self) -> list[str]:
        """What they wrote, in no order."""
        found = [text for texts in self.words_by_source.values() if len(texts) >= LEAST for text in texts]
        SystemRandom().shuffle(found)
        return found

    @property
    def total(self) -> int:
        """How many answers are shown; nought where they are too few."""
        return len(self.texts) if self.question.is_text else sum(self.counts.values())

    @property
    def measure(self) -> float | None:
        """The mean of a scale, the per cent of yes of a yes or no; None where too few have answered."""
        if not self.total or self.question.is_text:
            return None
        if self.question.is_scale:
            return round(sum(value * count for value, count in self.counts.items()) / self.total, 1)
        return round(100 * self.counts[SurveyQuestion.YES] / self.total)

    @property
    def measure_words(self) -> str:
        """The same as it is said."""
        return in_words(self.question, self.measure)

    @property
    def plot(self) -> RowBars:
        """How the answers lie."""
        words = self.question.choices
        return RowBars(
            title=_("Svar på frågan: %(question)s") % {"question": self.question},
            labels=[label for _value, label in words],
            series=(Series(_("antal svar"), [self.counts[value] for value, _label in words]),),
            key=f"svar-{self.question.position}",
            label_heading=_("Svar"),
        )


def in_words(question: SurveyQuestion, measure: float | None) -> str:
    """ "3,8 av 5", "64 % ja", "–"."""
    if measure is None:
        return "–"
    if question.is_scale:
        return _("%(mean)s av 5") % {"mean": number(measure, 1)}
    return _("%(percent)s %% ja") % {"percent": number(measure)}


Results = dict[Any, dict[Any, QuestionResult]]  # by the ids of round and question


def results_of(surveys: Sequence[Survey]) -> Results:
    """The results of rounds that show them: two queries for all of them."""
    done = [survey for survey in surveys if survey.is_shown]
    questions: dict[Any, list[SurveyQuestion]] = {}
    asked = SurveyQuestion.objects.filter(template__in={survey.template_id for survey in done})
    for question in asked.order_by("position"):
        questions.setdefault(question.template_id, []).append(question)
    found = {
        survey.pk: {question.pk: QuestionResult(question) for question in questions.get(survey.template_id, [])}
        for survey in done
    }
    for row in SurveyAnswer.objects.active().filter(survey__in=list(found)).order_by():
        add_row(found[row.survey_id][row.question_id], row)
    return found


def add_row(result: QuestionResult, row: SurveyAnswer) -> None:
    """Put a stored row where it belongs."""
    if row.value is None:
        result.words_by_source.setdefault(row.source, []).append(row.text)
    else:
        result.by_source.setdefault(row.source, {})[row.value] = row.number


def counted(rows: QuerySet[SurveyAnswer]) -> tuple[list[Survey], Results]:
    """The rounds that these rows are of, the latest first, and their results but for words: one query for both."""
    names = ("question", "survey__template", "survey__forum", "survey__boende")
    found: Results = {}
    surveys: dict[Any, Survey] = {}
    latest_first = ("-survey__opens_on", "-survey__created_at", "survey", "question__position")
    for row in rows.filter(value__isnull=False).select_related(*names).order_by(*latest_first):
        surveys.setdefault(row.survey_id, row.survey)
        of_round = found.setdefault(row.survey_id, {})
        add_row(of_round.setdefault(row.question_id, QuestionResult(row.question)), row)
    return list(surveys.values()), found


@dataclass
class Trend:
    """One question over the rounds, beside figures from elsewhere. The last round is the one that is read."""

    rounds: list[Survey]
    results: list[QuestionResult]
    baselines: list[SurveyBaseline]

    @property
    def result(self) -> QuestionResult:
        """What the round itself has shown."""
        return self.results[-1]

    @property
    def question(self) -> SurveyQuestion:
        """What was asked."""
        return self.result.question

    @property
    def values(self) -> list[float | None]:
        """The measure of each round."""
        return [result.measure for result in self.results]

    @property
    def has_line(self) -> bool:
        """Whether there is something to draw."""
        return len([value for value in self.values if value is not None]) > 1

    @property
    def sentence(self) -> str:
        """What the round shows, in words."""
        if self.result.measure is None:
            return _("Färre än fem har svarat på frågan, så inget visas.")
        said = _("%(count)s svar.") % {"count": self.result.total}
        earlier = [value for value in self.values[:-1] if value is not None]
        if earlier:
            before = in_words(self.question, earlier[-1])
            said += " " + _("Förra omgången: %(before)s.") % {"before": before}
        return said

    @property
    def line_sentence(self) -> str:
        """What the line shows, in words: from where to where."""
        known = [pair for pair in zip(self.rounds, self.values, strict=True) if pair[1] is not None]
        (first, began), (last, ended) = known[0], known[-1]
        about = {
            "first": day_year(first.opens_on),
            "began": in_words(self.question, began),
            "last": day_year(last.opens_on),
            "ended": in_words(self.question, ended),
        }
        if began == ended:
            return _("Samma nu (%(last)s) som i början (%(first)s): %(ended)s.") % about
        if ended > began:  # type: ignore[operator]  # both are known
            return _("Det har stigit från %(began)s (%(first)s) till %(ended)s (%(last)s).") % about
        return _("Det har sjunkit från %(began)s (%(first)s) till %(ended)s (%(last)s).") % about

    @property
    def beside(self) -> list[tuple[str, str]]:
        """(source and year, figure in words) of what to compare with."""
        return [(str(row), in_words(self.question, float(row.figure))) for row in self.baselines]

    @property
    def baseline_series(self) -> list[Series]:
        """The figures of one source, each at the rounds of its own year; none where no round is of such a year."""
        for source in dict.fromkeys(row.source for row in self.baselines):
            figures = {row.year: float(row.figure) for row in self.baselines if row.source == source}
            values = [figures.get(survey.opens_on.year) for survey in self.rounds]
            if any(value is not None for value in values):
                return [Series(source, values)]
        return []

    @property
    def plot(self) -> MeasureLines:
        """The rounds in order."""
        is_scale = self.question.is_scale
        unit = _("medelvärde, 1 till 5") if is_scale else _("procent ja")
        return MeasureLines(
            title=_("Omgång för omgång: %(question)s") % {"question": self.question},
            labels=[day_short(survey.opens_on) for survey in self.rounds],
            series=[Series(unit, self.values), *self.baseline_series],
            key=f"trend-{self.question.position}",
            label_heading=_("Omgång"),
            axis=SCALE_AXIS if is_scale else PERCENT_AXIS,
        )


def paper_countings(survey: Survey) -> list[AuditEntry]:
    """Who wrote the numbers of a round's pile of paper, and when, the latest first; never the numbers."""
    rows = AuditEntry.objects.get_for_object(survey).filter(additional_data__event=PAPER_COUNTED)
    return list(rows.select_related("actor").order_by("-timestamp", "-pk")[:MOST_COUNTINGS])


def rounds_until(survey: Survey) -> list[Survey]:
    """The round and the earlier ones with the same questions to the same circle, the first first."""
    same = Survey.objects.shown().filter(template=survey.template_id, forum=survey.forum_id, boende=survey.boende_id)
    return list(same.filter(opens_on__lte=survey.opens_on).order_by("opens_on", "created_at", "pk"))


def trends_of(survey: Survey) -> list[Trend]:
    """Every question of a round whose results are shown."""
    rounds = rounds_until(survey)
    results = results_of(rounds)
    baselines: dict[Any, list[SurveyBaseline]] = {}
    for row in SurveyBaseline.objects.active().filter(
        question__template=survey.template_id, forum=survey.forum_id, boende=survey.boende_id
    ):
        baselines.setdefault(row.question_id, []).append(row)
    place = [one.pk for one in rounds].index(survey.pk)
    rounds = rounds[: place + 1]
    return [
        Trend(
            rounds,
            [results[one.pk][pk] for one in rounds],
            sorted(baselines.get(pk, []), key=lambda row: -row.year),
        )
        for pk in results[survey.pk]
    ]
