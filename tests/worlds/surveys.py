# SPDX-License-Identifier: EUPL-1.2
"""A round among the forum's actors that goes on, one of brukarnas with its tablet open, questions of their own."""

from datetime import timedelta

from django.utils import timezone

from forum.actions.surveys import begin_survey, open_tablet, save_template
from forum.models import Survey, SurveyTemplate

QUESTIONS = [
    {"kind": "scale", "text": "Hur tryggt känns det?", "low_words": "otryggt", "high_words": "tryggt"},
    {"kind": "yes_no", "text": "Vet ni vem ni ringer?"},
    {"kind": "text", "text": "Vad skulle göra störst skillnad?"},
]


def template(cast, title="Trygghet") -> SurveyTemplate:
    """Three questions of Sydväst's own, one of each kind."""
    made = SurveyTemplate(title=title, forvaltning=cast.sydvast)
    return save_template(template=made, questions=QUESTIONS, by=cast["personal"])


def survey_of(cast, *, first=-1, last=20, questions=None, brukare=False) -> Survey:
    """A round from so many days from today until so many."""
    today = timezone.localdate()
    circle = {"boende": cast.kalleback} if brukare else {"forum": cast.forum}
    made = Survey(
        template=questions or template(cast),
        opens_on=today + timedelta(days=first),
        closes_on=today + timedelta(days=last),
        **circle,
    )
    return begin_survey(survey=made, by=cast["personal"])


def add(cast, world) -> None:
    """Put them into the world of the sweeping tests."""
    questions = template(cast)
    survey = survey_of(cast, questions=questions)
    brukare = open_tablet(survey=survey_of(cast, questions=questions, brukare=True), by=cast["personal"])
    world["single"] |= {"survey": survey, "surveytemplate": template(cast, "Egna frågor")}
    world["by_name"] |= {
        "survey_list_forum": {"survey_list_forum": cast.forum},
        "survey_create_forum": {"survey_create_forum": cast.forum},
        "survey_paper": {"survey_paper": brukare},
        "survey_show": {"survey_show": brukare},
        "survey_tablet_open": {"survey_tablet_open": brukare},
    }
