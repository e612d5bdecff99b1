# SPDX-License-Identifier: EUPL-1.2
"""What a round has shown, in words for readers who answered it themselves: no number that could tell one answer.

Members of a forum know each other and their own answers. Each word stands for at least two possible numbers from five
answers upwards, whatever they are, and a question says one thing only: two would narrow each other down
(docs/decisions/0030).
"""

from django.utils.translation import gettext as _

from forum.models import SurveyQuestion
from forum.survey_results import QuestionResult, Trend
from platssamverkan.look.words import day_year

FEW, MOST = 0.3, 0.7  # of five: none or one, two or three, four or five
HIGH = (4, 5)


def share(result: QuestionResult) -> str:
    """How many have said yes, or 4 or 5; empty where too few have, or in own words."""
    if not result.total or result.question.is_text:
        return ""
    wanted = HIGH if result.question.is_scale else (SurveyQuestion.YES,)
    part = sum(result.counts[value] for value in wanted) / result.total
    if part > MOST:
        return _("de flesta")
    return _("ungefär hälften") if part >= FEW else _("några få eller ingen")


def broadly(result: QuestionResult) -> str:
    """ "De flesta har svarat 4 eller 5, där 5 är mycket tryggt." """
    said = share(result)
    if not said:
        return _("Färre än fem har svarat på frågan, så inget visas.")
    said = said[:1].upper() + said[1:]
    if result.question.is_scale:
        best = result.question.high_words or _("högst")
        return _("%(share)s har svarat 4 eller 5, där 5 är %(best)s.") % {"share": said, "best": best}
    return _("%(share)s har svarat ja.") % {"share": said}


def earlier(trend: Trend) -> list[tuple[str, str]]:
    """(first day, the same in words) of the rounds before, the latest first; without those that show nothing."""
    before = list(zip(trend.rounds, trend.results, strict=True))[-2::-1]
    return [(day_year(survey.opens_on), share(result)) for survey, result in before if share(result)]
