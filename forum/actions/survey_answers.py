# SPDX-License-Identifier: EUPL-1.2
"""Verbs that take answers in, so that nobody can say whose is whose (docs/decisions/0029).

An answer adds one to a count of each alternative, and puts its words into a heap that is shuffled each time. All
counts and words of the round are written together, and the row that marks a link as used says no time: neither the
order of rows nor what the database keeps of its transactions ties the one to the other. Nothing of it is in the log.
"""

from collections.abc import Mapping
from random import SystemRandom
from typing import Any
from uuid import UUID

from django.db.models import Case, F, PositiveIntegerField, Q, When
from django.utils.translation import gettext as _

from forum.models import Survey, SurveyAnswer, SurveyInvitation
from platssamverkan.audit.actions import log_event
from platssamverkan.ground.actions import Refused, action, save_record

Source = SurveyAnswer.Source
SOURCES = {True: (Source.TABLET, Source.PAPER), False: (Source.LINK,)}  # by whether it is brukarnas
SHUFFLE = SystemRandom().shuffle
PAPER_COUNTED = "survey_paper_counted"


@action
def lay_out_counts(*, survey: Survey, by: Any) -> None:
    """A count of nought for every alternative that can be answered."""
    SurveyAnswer.objects.bulk_create(
        empty(survey, question=question, source=source, value=value)
        for question in survey.template.questions.all()
        for value, _words in question.choices
        for source in SOURCES[survey.is_of_brukare]
    )


def empty(survey: Survey, **facts: Any) -> SurveyAnswer:
    """A row whose times are the round's own."""
    return SurveyAnswer(survey=survey, created_at=survey.created_at, changed_at=survey.created_at, **facts)


def put_in(survey: Survey, source: str, chosen: Mapping[UUID, int], words: Mapping[UUID, str]) -> None:
    """Count the alternatives, shuffle the words in: every row of the round is written, whatever was answered."""
    picked = Q(pk__in=[])
    for question, value in chosen.items():
        picked |= Q(question=question, value=value, source=source)
    rows = SurveyAnswer.objects.active().filter(survey=survey)
    rows.filter(value__isnull=False).update(number=F("number") + Case(When(picked, then=1), default=0))
    heap = list(rows.filter(value__isnull=True).select_for_update())
    added = [
        empty(survey, question_id=question, source=source, number=1, text=text) for question, text in words.items()
    ]
    SurveyAnswer.objects.bulk_create(added)
    heap += added
    piles: dict[tuple[UUID, str], list[SurveyAnswer]] = {}
    for row in heap:
        piles.setdefault((row.question_id, row.source), []).append(row)
    for pile in piles.values():
        texts = [row.text for row in pile]
        SHUFFLE(texts)
        for row, text in zip(pile, texts, strict=True):
            row.text = text
    SurveyAnswer.objects.bulk_update(heap, ["text"])


@action
def answer_by_link(
    *, invitation: SurveyInvitation, chosen: Mapping[UUID, int], words: Mapping[UUID, str], by: None = None
) -> None:
    """Take an answer and use up its link. Raises Refused where it has been used, or the round is over."""
    survey = Survey.objects.select_for_update().get(pk=invitation.survey_id)
    used = SurveyInvitation.objects.filter(pk=invitation.pk, is_used=False).update(is_used=True)
    if not used or not survey.is_going_on:
        raise Refused([_("Länken är redan använd.")])
    put_in(survey, Source.LINK, chosen, words)


@action
def answer_on_tablet(*, survey: Survey, chosen: Mapping[UUID, int], words: Mapping[UUID, str], by: None = None) -> None:
    """Take an answer on the shared tablet. Raises Refused where it is open no more."""
    stored = Survey.objects.select_for_update().get(pk=survey.pk)
    if not stored.tablet_is_open:
        raise Refused([_("Surfplattan är stängd.")])
    put_in(stored, Source.TABLET, chosen, words)


@action
def count_paper(
    *, survey: Survey, counts: Mapping[tuple[UUID, int], int], by: Any, opened_version: int | None = None
) -> Survey:
    """Write how many of the pile gave each alternative, in place of what stood there.

    Raises EditConflict, and Refused once the result is shown: two results, before and after a paper, would tell it.
    """
    if Survey.objects.select_for_update().get(pk=survey.pk).is_shown:
        raise Refused([_("Resultatet visas redan, så pappersenkäterna räknas inte om.")])
    saved = save_record(record=survey, by=by, opened_version=opened_version)
    cases = [When(question=question, value=value, then=number) for (question, value), number in counts.items()]
    rows = SurveyAnswer.objects.active().filter(survey=survey, source=Source.PAPER, value__isnull=False)
    rows.update(number=Case(*cases, default=F("number"), output_field=PositiveIntegerField()))
    log_event(record=saved, by=by, event=PAPER_COUNTED)
    return saved
