# SPDX-License-Identifier: EUPL-1.2
"""What of a round is shown, to whom and as what: paper beside a tablet, words for members, axes, days, for whom."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forum.actions import survey_answers, surveys
from forum.models import Survey, SurveyBaseline, SurveyQuestion, SurveyTemplate
from forum.survey_broadly import broadly, share
from forum.survey_picture import panels
from forum.survey_plots import LETTERS, SCALE_AXIS, MeasureRows, shortened
from forum.survey_results import QuestionResult, Trend, results_of, trends_of
from platssamverkan.ground.actions import Refused
from platssamverkan.look.plots import Series
from platssamverkan.start.picture import Scope
from tests.test_surveys import over, put
from tests.worlds.surveys import survey_of, template


def counted(cast, survey, counts):
    """The pile of a round, counted: {(place of the question, value): number}."""
    pks = dict(survey.template.questions.values_list("position", "pk"))
    pile = {(pks[place], value): number for (place, value), number in counts.items()}
    return survey_answers.count_paper(survey=Survey.objects.get(pk=survey.pk), counts=pile, by=cast["personal"])


def first_result(survey):
    """What a round shows of its first question."""
    return next(iter(results_of([Survey.objects.get(pk=survey.pk)])[survey.pk].values()))


class TestPaperBesideTablet:
    def test_a_small_pile_is_added_to_five_on_the_tablet(self, cast):
        survey = survey_of(cast, brukare=True)
        put(survey=survey, number=5, value=4, source="tablet", by=None)
        counted(cast, survey, {(0, 1): 2})
        over(survey)
        result = first_result(survey)
        assert (result.total, result.counts[4], result.counts[1]) == (7, 5, 2)

    def test_no_number_of_papers_lifts_one_answer_on_the_tablet_over_the_limit(self, cast):
        survey = survey_of(cast, brukare=True)
        put(survey=survey, number=1, value=2, source="tablet", by=None)
        counted(cast, survey, {(0, 5): 4})
        over(survey)
        assert first_result(survey).total == 0  # five together, but whoever counted the four knows the fifth

    def test_the_pile_is_counted_until_the_result_is_shown_and_who_did_it_stands_there(self, cast, as_user):
        survey = survey_of(cast, brukare=True)
        put(survey=survey, number=5, value=2, source="tablet", by=None)
        staff, paper = as_user("personal"), reverse("forum:survey_paper", args=[survey.pk])
        with pytest.raises(Refused):
            surveys.show_results(survey=survey, by=cast["personal"])
        ended = staff.post(f"{survey.get_absolute_url()}avsluta/", follow=True).content.decode()
        assert "Visa resultatet" in ended and "av 5" not in ended and "Pappersenkäterna" not in ended
        for number in ("1", "2"):
            version = Survey.objects.get(pk=survey.pk).version
            assert staff.post(paper, {"antal_0_5": number, "opened_version": version}).status_code == 302
        shown = staff.post(f"{survey.get_absolute_url()}visa/", follow=True).content.decode()
        assert "2,9 av 5" in shown
        assert f"{cast['personal']} räknade om och ändrade, i dag" in shown and "Räkna pappersenkäter" not in shown
        assert staff.get(paper).status_code == 403
        with pytest.raises(Refused):
            counted(cast, survey, {(0, 5): 9})
        assert as_user("outsider").post(f"{survey.get_absolute_url()}visa/").status_code == 404

    def test_the_tablet_says_what_is_true(self, cast):
        survey = surveys.open_tablet(survey=survey_of(cast, brukare=True), by=cast["personal"])
        link, tablet = reverse("forum:survey_tablet", args=[survey.tablet_token]), Client()
        page = tablet.get(link).content.decode()
        assert "minst fem har svarat på surfplattan" in page and "(valfritt)" not in page
        thanks = tablet.post(link, {"fraga_0": "2"}, follow=True).content.decode()
        assert "tillsammans med de andras" not in thanks and "minst fem har svarat på surfplattan" in thanks


class TestDays:
    def test_one_that_is_ended_early_lasted_until_that_day(self, cast, as_user):
        survey, today = survey_of(cast, first=-3, last=20), timezone.localdate()
        as_user("sammankallande").post(f"{survey.get_absolute_url()}avsluta/")
        survey.refresh_from_db()
        assert survey.closes_on == today and survey.is_over
        page = as_user("sammankallande").get(survey.get_absolute_url()).content.decode()
        assert survey.period in page
        over(survey)  # again, the day after or now: nothing changes
        assert Survey.objects.get(pk=survey.pk).version == survey.version
        following = surveys.repeat_survey(survey=survey, by=cast["personal"])
        assert following.closes_on - following.opens_on == timedelta(days=surveys.USUAL_DAYS)

    def test_never_before_its_first_day(self, cast):
        survey = over(survey_of(cast, first=5, last=20))
        assert survey.closes_on == survey.opens_on and "–" not in survey.period


class TestDrawings:
    def test_the_picture_has_each_question_in_its_own_words(self, cast):
        survey = survey_of(cast, first=-20, last=-10)
        put(survey=survey, number=5, value=3, by=None)
        today = timezone.localdate()
        panel = next(iter(panels(Scope(cast["personal"], (cast.kalleback,), today - timedelta(days=30), today))))
        means, yes = panel.plots
        assert (means.rows, yes.rows) == (
            [("Hur tryggt känns det?", ["3,0"], "")],
            [("Vet ni vem ni ringer?", ["100"], "")],
        )
        drawn = render_to_string(means.template, {"plot": means})
        assert "Hur tryggt känns det?" in drawn and ">3,0<" in drawn and 'width="150"' in drawn  # half way from 1 to 5
        assert not any("Fråga 1" in str(note) for note in panel.notes)

    def test_a_long_question_is_cut_after_a_word_and_whole_in_the_table(self):
        question = "Hur tryggt känns det i området runt boendet när det är riktigt mörkt ute?"
        plot = MeasureRows(title="t", labels=[question], series=[Series("s", [1.0])], axis=SCALE_AXIS)
        label = next(plot.lying)["label"]
        assert label == shortened(question) and len(label) <= LETTERS
        assert label.endswith((" boendet…", " när…", " det…"))  # never within a word
        assert plot.rows == [(question, ["1,0"], "")]

    def test_a_line_goes_from_one_to_five_and_a_figure_stands_at_its_own_year(self, cast):
        question = SurveyQuestion(kind="scale", text="Hur tryggt?", position=0)
        rounds = [Survey(opens_on=date(year, 3, 1), closes_on=date(year, 3, 20)) for year in (2024, 2025)]
        results = [QuestionResult(question, {"link": {value: 5}}) for value in (2, 4)]
        for result in results:
            result.by_source["link"] |= {value: 0 for value in (1, 2, 3, 4, 5) if value not in result.by_source["link"]}
        baselines = [SurveyBaseline(source="SOM", year=2025, figure="3.4")]
        trend = Trend(rounds, results, baselines)
        assert [words for _y, words in trend.plot.guides] == ["5", "3", "1"]
        assert trend.plot.series[1].values == [None, 3.4]
        assert trend.plot.rows[1][1] == ["4,0", "3,4"]
        assert trend.line_sentence == "Det har stigit från 2,0 av 5 (1 mars 2024) till 4,0 av 5 (1 mars 2025)."
        baselines[0].year = 2019
        assert len(trend.plot.series) == 1 and trend.beside == [("SOM 2019", "3,4 av 5")]
        question.kind = "yes_no"
        assert [words for _y, words in trend.plot.guides] == ["100", "50", "0"]

    def test_the_page_says_what_the_line_shows(self, cast, as_user):
        questions = template(cast)
        for first, value in ((-200, 4), (-30, 2)):
            survey = survey_of(cast, first=first, last=first + 20, questions=questions)
            put(survey=survey, number=5, value=value, by=None)
        page = as_user("sammankallande").get(survey.get_absolute_url()).content.decode()
        assert trends_of(survey)[0].line_sentence in page and "Det har sjunkit från 4,0 av 5" in page


class TestQuestions:
    def test_the_ends_of_a_scale_without_words(self):
        words = dict(SurveyQuestion(kind="scale", text="Hur tryggt känns det?").choices)
        assert (words[1], words[5]) == ("1 lägst", "5 högst")

    def test_they_are_seen_before_they_are_sent_and_nothing_can_be_sent_from_there(self, cast, as_user):
        survey = survey_of(cast)
        url = reverse("forum:survey_preview", args=[survey.pk])
        staff = as_user("sammankallande")
        assert url in staff.get(survey.get_absolute_url()).content.decode()
        page = staff.get(url).content.decode()
        assert "Hur tryggt känns det?" in page and "5 tryggt" in page
        assert "<form" not in page and "(valfritt)" not in page
        assert staff.post(url).status_code == 405

    def test_counting_paper_is_not_called_optional(self, cast, as_user):
        survey = survey_of(cast, brukare=True)
        assert (
            "(valfritt)"
            not in as_user("personal").get(reverse("forum:survey_paper", args=[survey.pk])).content.decode()
        )

    def test_each_circle_is_offered_its_own(self, cast, as_user):
        for circle in SurveyTemplate.Circle.values:
            made = template(cast, circle)
            made.circle = circle
            made.save()
        staff = as_user("personal")
        forum = staff.get(reverse("forum:survey_create_forum", args=[cast.forum.pk]))
        boende = staff.get(reverse("forum:survey_create_boende", args=[cast.kalleback.slug]))
        offered = [{row.title for row in page.context["form"].fields["template"].queryset} for page in (forum, boende)]
        assert offered == [{"neighbours", "both", "Trygghet i grannskapet"}, {"brukare", "both", "Brukarnas röst"}]

    @pytest.mark.parametrize(("first", "words"), [(0, "Breven går ut nu."), (3, "mätningens första dag")])
    def test_when_the_letters_go_is_said_plainly(self, cast, as_user, first, words):
        survey = survey_of(cast, first=first)
        page = as_user("sammankallande").post(f"{survey.get_absolute_url()}skicka/", follow=True)
        assert words in page.content.decode()

    def test_those_there_were_are_for_whom_they_have_been_used(self, cast):
        used, mixed = template(cast, "Egna"), template(cast, "Blandade")
        survey_of(cast, questions=used, brukare=True)
        early = over(survey_of(cast, questions=mixed))
        survey_of(cast, questions=mixed, brukare=True)
        step = import_module("forum.migrations.0009_surveys_so_far")
        state = MigrationExecutor(connection).loader.project_state([("forum", "0009_surveys_so_far")])
        step.tell_for_whom(state.apps, None)
        step.mend_rounds(state.apps, None)
        circles = dict(SurveyTemplate.objects.values_list("title", "circle"))
        assert (circles["Egna"], circles["Blandade"]) == ("brukare", "both")
        assert Survey.objects.get(pk=early.pk).closes_on == early.closes_on


class TestForMembers:
    @pytest.mark.parametrize("kind", ["scale", "yes_no"])
    def test_no_word_stands_for_one_number(self, kind):
        question = SurveyQuestion(kind=kind, text="Hur tryggt?", high_words="tryggt")
        high, low = (5, 1) if kind == "scale" else (SurveyQuestion.YES, SurveyQuestion.NO)
        for total in range(5, 41):
            said = {}
            for number in range(total + 1):
                counts = dict.fromkeys((value for value, _words in question.choices), 0)
                counts |= {high: number, low: total - number}
                said.setdefault(share(QuestionResult(question, {"link": counts})), []).append(number)
            assert len(said) == 3 and all(len(numbers) >= 2 for numbers in said.values()), (total, said)

    def test_four_say_nothing(self):
        question = SurveyQuestion(kind="yes_no", text="Vet ni?")
        assert "Färre än fem" in broadly(QuestionResult(question, {"link": {1: 4, 2: 0, 3: 0}}))

    def test_members_read_rounds_in_words_and_the_convener_in_numbers(self, cast, as_user):
        questions = template(cast)
        for first, value in ((-200, 5), (-30, 1)):
            survey = survey_of(cast, first=first, last=first + 20, questions=questions)
            put(survey=survey, number=5, value=value, by=None)
        member = as_user("medlem").get(survey.get_absolute_url()).content.decode().split("<main")[1]
        assert "Några få eller ingen har svarat 4 eller 5, där 5 är tryggt." in member and "de flesta." in member
        assert '<svg class="chart"' not in member and "5 svar" not in member and "av 5" not in member
        assert "1,0 av 5" in as_user("sammankallande").get(survey.get_absolute_url()).content.decode()
