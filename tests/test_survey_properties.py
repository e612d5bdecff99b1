# SPDX-License-Identifier: EUPL-1.2
"""Whatever is sent to a survey's open form: never a 5xx, one count at most a question, nothing the guard forbids."""

from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from forum.actions.surveys import open_tablet
from forum.models import SurveyAnswer
from platssamverkan.ground.identity_guard import personal_numbers
from tests.public_inputs import anything, as_sent, many
from tests.worlds.surveys import survey_of

FIELDS = ["fraga_0", "fraga_1", "fraga_2", "fraga_3", "identity_confirmed"]


@many
@given(fields=st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, anything)))
def test_the_open_form_takes_anything(cast, fields):
    cache.clear()
    survey = open_tablet(survey=survey_of(cast, brukare=True), by=cast["personal"])
    answer = Client().post(reverse("forum:survey_tablet", args=[survey.tablet_token]), as_sent(fields))
    assert answer.status_code in (302, 422)
    rows = SurveyAnswer.objects.filter(survey=survey)
    assert sum(row.number for row in rows) <= 3
    for row in rows:
        assert not personal_numbers(row.text) and "\x00" not in row.text
