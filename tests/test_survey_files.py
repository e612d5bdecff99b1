# SPDX-License-Identifier: EUPL-1.2
"""What a round showed, as a file: the page's own numbers, for those who read them there, and nobody's words."""

import csv
import io

import pytest
from django.urls import reverse

from forum.actions import survey_answers
from platssamverkan.export.models import Export
from platssamverkan.ground.actions import action
from tests.test_surveys import over, put
from tests.worlds.surveys import survey_of

WHY = {"format": "csv", "purpose": "underlag till rådet"}


def url(survey):
    return reverse("forum:survey_results_export", args=[survey.pk])


def rows_of(answer):
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))


@action
def answer(*, survey, by):
    """Seven answers on the first question and in words, four on the second."""
    first, second, third = survey.template.questions.order_by("position").values_list("pk", flat=True)
    for turn in range(7):
        counts = {first: 4 if turn < 5 else 1} | ({second: 1} if turn < 4 else {})
        survey_answers.put_in(survey, "link", counts, {third: f"Mera ljus {turn}"})


@pytest.fixture
def shown(cast):
    survey = survey_of(cast)
    answer(survey=survey, by=None)
    return over(survey)


def test_it_says_what_the_page_says(as_user, shown, cast):
    page = as_user("personal").get(shown.get_absolute_url()).content.decode()
    assert url(shown) in page and "3,1 av 5" in page
    rows = rows_of(as_user("personal").post(url(shown), WHY))
    scale = [row for row in rows if row["Fråga"] == "Hur tryggt känns det?"]
    assert [row["Antal svar"] for row in scale] == ["2", "0", "0", "5", "0"]
    assert {row["Svar på frågan"] for row in scale} == {"7"}
    assert {row["Medelvärde (1–5) eller procent ja"] for row in scale} == {"3,1"}
    too_few = [row for row in rows if row["Fråga"] == "Vet ni vem ni ringer?"]
    assert {row["Antal svar"] + row["Svar på frågan"] for row in too_few} == {""}
    assert not [row for row in rows if "skillnad" in row["Fråga"]] and "Mera ljus" not in str(rows)
    export = Export.objects.get()
    assert (export.scope_id, export.purpose, export.state) == (cast.forum.pk, WHY["purpose"], "whole")


def test_who_reads_it_in_words_only_gets_no_numbers(as_user, shown):
    assert as_user("medlem").get(shown.get_absolute_url()).status_code == 200
    assert "Hämta som fil" not in as_user("medlem").get(shown.get_absolute_url()).content.decode()
    for method in ("get", "post"):
        assert getattr(as_user("medlem"), method)(url(shown), WHY).status_code == 403
        assert getattr(as_user("outsider"), method)(url(shown), WHY).status_code == 404
        assert getattr(as_user("granne"), method)(url(shown), WHY).status_code == 404
    assert rows_of(as_user("sammankallande").post(url(shown), WHY))
    assert not Export.objects.exclude(created_by__name__startswith="Sammankallande").exists()


def test_while_it_goes_on_there_is_no_file(as_user, cast):
    survey = survey_of(cast)
    assert as_user("personal").get(url(survey)).status_code == 404
    assert as_user("personal").post(url(survey), WHY).status_code == 404


def test_what_for_is_asked_and_kept(as_user, shown):
    answer = as_user("personal").post(url(shown), {"format": "xlsx", "purpose": ""})
    assert answer.status_code == 422
    assert answer.context["form"]["format"].value() == "xlsx"
    assert "inte det som någon har skrivit" in answer.content.decode()


def test_brukarnas_round_is_for_the_staff(as_user, cast):
    survey = survey_of(cast, brukare=True)
    put(survey=survey, number=5, value=2, source="tablet", by=None)
    over(survey)
    assert rows_of(as_user("personal").post(url(survey), WHY))[1]["Antal svar"] == "5"
    for name in ("sammankallande", "medlem", "granne", "outsider"):
        assert as_user(name).post(url(survey), WHY).status_code == 404
