# SPDX-License-Identifier: EUPL-1.2
"""The demonstration's surveys: rounds in Kallebäck's råd, one with too few answers at Alma, brukarnas."""

from typing import Any

from forum.actions.survey_answers import answer_on_tablet, count_paper, put_in
from forum.actions.surveys import begin_survey, close_survey, open_tablet, save_template, send_survey, show_results
from forum.models import Forum, Survey, SurveyAnswer, SurveyBaseline, SurveyTemplate
from forum.standard_surveys import STANDARD
from platssamverkan.ground.actions import action

LINK = SurveyAnswer.Source.LINK
WORDS = ["Bättre belysning på gångvägen.", "Att någon svarar när man ringer.", "Fler bänkar i solen.",
         "Gärna fler fikastunder tillsammans.", "Mindre skräp vid hållplatsen."]  # fmt: skip


def make_surveys(maker: Any) -> dict[str, int]:
    """Everything, for the demonstration's users and forums."""
    trygghet, rost = (standard(place) for place in range(len(STANDARD)))
    rad = Forum.objects.get(boenden=maker.boenden["kalleback"], kind=Forum.Kind.RAD)
    alma = Forum.objects.get(boenden=maker.boenden["alma"], kind=Forum.Kind.TRYGGHETSFORUM)
    convener, chief = maker.users["sammankallande"], maker.users["enhetschef"]
    earlier = round_of(maker, trygghet, 400, 380, convener, forum=rad)
    later = round_of(maker, trygghet, 40, 20, convener, forum=rad)
    few = round_of(maker, trygghet, 60, 40, maker.users["enhetschef.alma"], forum=alma)
    for survey, number, mood in ((earlier, 8, 2), (later, 7, 3), (few, 3, 3)):
        answered(survey=survey, number=number, mood=mood, by=None)
    question = trygghet.questions.order_by("position")[1]
    SurveyBaseline.objects.create(
        question=question, forum=rad, source="SOM, påhittad siffra", year=maker.today.year - 1, figure="3.4"
    )
    of_brukare(maker, rost, chief)
    coming = round_of(maker, trygghet, 0, -20, convener, forum=rad)
    send_survey(survey=coming, by=convener)
    return {"mätningar": Survey.objects.count()}


def standard(place: int) -> SurveyTemplate:
    """The shared questions; made again where a test has emptied the tables."""
    title, questions = STANDARD[place]
    circle = SurveyTemplate.Circle.BRUKARE if place else SurveyTemplate.Circle.NEIGHBOURS
    found = SurveyTemplate.objects.filter(title=title, forvaltning=None).first()
    names = ("kind", "text", "low_words", "high_words")
    rows = [dict(zip(names, question, strict=True)) for question in questions]
    return found or save_template(template=SurveyTemplate(title=title, circle=circle), questions=rows, by=None)


def round_of(maker: Any, template: SurveyTemplate, first: int, last: int, by: Any, **circle: Any) -> Survey:
    """A round that began and ended so many days ago."""
    survey = Survey(template=template, opens_on=maker.days_ago(first), closes_on=maker.days_ago(last), **circle)
    return begin_survey(survey=survey, by=by)


@action
def answered(*, survey: Survey, number: int, mood: int, by: None) -> None:
    """So many answers to a round of the neighbours, around a mood."""
    questions = list(survey.template.questions.order_by("position"))
    for turn in range(number):
        chosen = {}
        for question in questions:
            if question.is_scale:
                chosen[question.pk] = max(1, min(5, mood + (turn + question.position) % 3 - question.position % 2))
            elif not question.is_text:
                chosen[question.pk] = 1 if (turn + mood) % 4 else 2
        words = {q.pk: WORDS[turn % len(WORDS)] for q in questions if q.is_text and turn < len(WORDS)}
        put_in(survey, LINK, chosen, words)


def of_brukare(maker: Any, template: SurveyTemplate, by: Any) -> None:
    """Six answers on the tablet and a pile of nine on paper."""
    survey = round_of(maker, template, 30, 0, by, boende=maker.boenden["kalleback"])
    questions = list(template.questions.order_by("position"))
    survey = open_tablet(survey=survey, by=by)
    for turn in range(6):
        chosen = {q.pk: 2 + (turn + q.position) % 4 if q.is_scale else 1 + turn % 2 for q in questions if not q.is_text}
        answer_on_tablet(survey=survey, chosen=chosen, words={}, by=None)
    pile = {(q.pk, value): value if q.is_scale else 3 for q in questions for value, _words in q.choices}
    count_paper(survey=Survey.objects.get(pk=survey.pk), counts=pile, by=by)
    show_results(survey=close_survey(survey=survey, by=by), by=by)
