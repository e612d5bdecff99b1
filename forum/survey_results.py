# SPDX-License-Identifier: EUPL-1.2
"""What a round has shown: only when it is over, only from five answers, question by question, never by actor.

While it goes on nothing is shown: who reads before and after one answer would know it. For the same reason a way of
answering with one to four answers is left out: staff know what they counted on paper and could take it away.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import SystemRandom
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from forum.models import Survey, SurveyAnswer, SurveyBaseline, SurveyQuestion
from platssamverkan.look.plots import Bars, Lines, RowBars, Series
from platssamverkan.look.words import day_short, number

LEAST = 5


@dataclass
class QuestionResult:
    """What a round says of one question."""

    question: SurveyQuestion
    by_source: dict[str, dict[int, int]] = field(default_factory=dict)
    words_by_source: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def counts(self) -> dict[int, int]:
        """How many gave each alternative, from the ways of answering that enough have used."""
        found = dict.fromkeys((value for value, _words in self.question.choices), 0)
        for counts in self.by_source.values():
            if sum(counts.values()) >= LEAST:
                for value, count in counts.items():
                    found[value] += count
        return found

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
    """The results of rounds that are over: two queries for all of them."""
    done = [survey for survey in surveys if survey.is_over]
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
    """One question over the rounds, beside a figure from elsewhere."""

    result: QuestionResult
    rounds: list[Survey]
    values: list[float | None]
    baselines: list[SurveyBaseline]

    @property
    def has_line(self) -> bool:
        """Whether there is something to draw."""
        return len([value for value in self.values if value is not None]) > 1

    @property
    def sentence(self) -> str:
        """What it shows, in words."""
        result = self.result
        if result.measure is None:
            return _("Färre än fem har svarat på frågan, så inget visas.")
        said = _("%(count)s svar.") % {"count": result.total}
        earlier = [value for value in self.values[:-1] if value is not None]
        if earlier:
            before = in_words(result.question, earlier[-1])
            said += " " + _("Förra omgången: %(before)s.") % {"before": before}
        return said

    @property
    def plot(self) -> Lines:
        """The rounds in order; the newest figure from elsewhere as a line of its own, whatever the round."""
        question = self.result.question
        unit = _("medelvärde, 1 till 5") if question.is_scale else _("procent ja")
        series = [Series(unit, self.values)]
        if self.baselines:
            newest = self.baselines[0]
            series.append(Series(str(newest), [float(newest.figure)] * len(self.values)))
        return Lines(
            title=_("Omgång för omgång: %(question)s") % {"question": question},
            labels=[day_short(survey.opens_on) for survey in self.rounds],
            series=series,
            key=f"trend-{question.position}",
            label_heading=_("Omgång"),
        )


def rounds_until(survey: Survey) -> list[Survey]:
    """The round and the earlier ones with the same questions to the same circle, the first first."""
    same = Survey.objects.over().filter(template=survey.template_id, forum=survey.forum_id, boende=survey.boende_id)
    return list(same.filter(opens_on__lte=survey.opens_on).order_by("opens_on", "created_at", "pk"))


def trends_of(survey: Survey) -> list[Trend]:
    """Every question of a round that is over."""
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
            result,
            rounds,
            [results[one.pk][pk].measure for one in rounds],
            sorted(baselines.get(pk, []), key=lambda row: -row.year),
        )
        for pk, result in results[survey.pk].items()
    ]


def means(
    now: dict[Any, QuestionResult], before: dict[Any, QuestionResult] | None, key: str, title: str
) -> Bars | RowBars | None:
    """The means of the scales, a bar each, a dash for the same a year earlier; None where there is none to show."""
    scales = [result for result in now.values() if result.question.is_scale and result.measure is not None]
    if not scales:
        return None
    series = [Series(_("medelvärde, 1 till 5"), [result.measure for result in scales])]
    if before:
        earlier = [before[result.question.pk].measure if result.question.pk in before else None for result in scales]
        series.append(Series(_("i fjol"), earlier))
    labels = [_("Fråga %(number)s") % {"number": result.question.position + 1} for result in scales]
    return RowBars(title=title, labels=labels, series=series, key=key, label_heading=_("Fråga"))
