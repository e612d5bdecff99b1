# SPDX-License-Identifier: EUPL-1.2
"""Surveys: who sends and reads them, what four answers show (nothing), and that no answer is anybody's."""

from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forum.actions import survey_answers, surveys
from forum.models import Member, Survey, SurveyAnswer, SurveyBaseline, SurveyInvitation, SurveyTemplate
from forum.survey_letters import survey_link, surveys_due
from forum.survey_picture import panels
from forum.survey_results import results_of, trends_of
from platssamverkan.audit.models import AuditEntry
from platssamverkan.ground.actions import Refused, action
from platssamverkan.notices.models import Notice
from platssamverkan.start.picture import Scope
from tests import factories
from tests.worlds.surveys import survey_of, template


def asked(cast, number):
    """A round that has been sent to so many more members of the forum."""
    for place in range(number):
        person = factories.ContactPersonFactory(email=f"aktor{place}@example.org")
        Member.objects.create(forum=cast.forum, person=person)
    survey = survey_of(cast)
    surveys.send_survey(survey=survey, by=cast["sammankallande"])
    return survey


def links(survey):
    """The address of each one's link."""
    rows = survey.invitations.select_related("member__user", "member__person__user").order_by("created_at")
    return [urlsplit(survey_link(row)).path for row in rows]


@action
def put(*, survey, number, by, value=4, words="", source="link"):
    """So many answers, as they are stored."""
    questions = list(survey.template.questions.order_by("position"))
    for turn in range(number):
        said = {questions[2].pk: f"{words} {turn}"} if words else {}
        survey_answers.put_in(survey, source, {questions[0].pk: value, questions[1].pk: 1}, said)


def over(survey):
    """The round, ended; brukarnas with its result shown."""
    survey = surveys.close_survey(survey=survey, by=None)
    return surveys.show_results(survey=survey, by=None) if survey.is_of_brukare else survey


class TestByLink:
    def test_a_round_goes_out_and_is_answered_once_without_an_account(self, cast, as_user):
        url = reverse("forum:survey_create_forum", args=[cast.forum.pk])
        today = timezone.localdate()
        data = {"template": template(cast).pk, "opens_on": today, "closes_on": today + timedelta(days=14)}
        convener = as_user("sammankallande")
        assert convener.post(url, {**data, "closes_on": "x", "greeting": "Behåll"}).status_code == 422
        sent = convener.post(url, data)
        survey = Survey.objects.get()
        assert sent.status_code == 302 and sent.url == survey.get_absolute_url()
        assert convener.post(f"{survey.get_absolute_url()}skicka/").status_code == 302
        letters = Notice.objects.filter(what="survey_sent")
        assert {letter.email for letter in letters} == {"sammankallande@example.org", "medlem@example.org"}
        text = letters.get(email="medlem@example.org").text
        link = next(urlsplit(word).path for word in text.split() if "/matning/svar/" in word)
        stranger = Client()
        page = stranger.get(link)
        assert page.status_code == 200 and not page.cookies
        assert "noindex" in page["X-Robots-Tag"] and page["Referrer-Policy"] == "no-referrer"
        assert stranger.post(link, {}).status_code == 422
        bad = stranger.post(link, {"fraga_0": "4", "fraga_2": "Personnumret är 19811228-9874."})
        assert bad.status_code == 422 and "19811228-9874" in bad.content.decode()
        doubt = stranger.post(link, {"fraga_2": "Ring mig på 0701-74 06 12"})
        assert doubt.status_code == 422 and "identity_confirmed" in doubt.content.decode()
        answered = stranger.post(link, {"fraga_0": "4", "fraga_2": "Fler lampor"})
        assert answered.status_code == 302 and not answered.cookies
        assert stranger.get(answered.url).status_code == 200
        for again in (stranger.get(link), stranger.post(link, {"fraga_0": "1"})):
            assert again.status_code == 404 and "Länken gäller inte längre" in again.content.decode()
        assert SurveyAnswer.objects.filter(value__isnull=False, number=1).count() == 1

    @pytest.mark.parametrize("why", ["forged", "over", "left", "moved", "archived"])
    def test_a_link_that_does_not_hold_leads_to_the_same_kind_page(self, cast, why):
        survey = asked(cast, 0)
        invitation = survey.invitations.select_related("member__person").get(member__person__user=cast["medlem"])
        link = urlsplit(survey_link(invitation)).path
        if why == "forged":
            link = f"{link[:-2]}{'b' if link[-2] == 'a' else 'a'}/"
        elif why == "over":
            over(survey)
        elif why == "left":
            member = invitation.member
            member.archived_at = timezone.now()
            member.save()
        elif why == "moved":
            cast["medlem"].email = "ny@example.org"
            cast["medlem"].save()
        else:
            survey.archived_at = timezone.now()
            survey.save()
        page = Client().get(link)
        gone = Client().get(reverse("forum:survey_open", args=["x"]))
        assert page.status_code == 404 and page.content == gone.content
        assert Client().post(link, {"fraga_0": "4"}).status_code == 404

    def test_the_reminder_goes_to_those_who_have_not_answered(self, cast):
        survey = asked(cast, 1)
        Client().post(links(survey)[0], {"fraga_0": "3"})
        survey.refresh_from_db()
        survey.opens_on, survey.closes_on = survey.opens_on - timedelta(days=9), timezone.localdate()
        survey.save()
        reminded = [due.email for due in surveys_due(timezone.now()) if due.what == "survey_reminder"]
        used = SurveyInvitation.objects.get(is_used=True)
        assert len(reminded) == 2 and used.member.email not in reminded


class TestNobodysAnswer:
    def test_nothing_ties_an_answer_to_a_person(self, cast):
        survey = asked(cast, 4)
        for place, link in enumerate(links(survey)):
            data = {"fraga_0": str(1 + place % 5), "fraga_2": f"Ord {place}"}
            assert Client().post(link, data).status_code == 302
        answers = SurveyAnswer.objects.filter(survey=survey)
        # an alternative has a number; nothing says which alternatives one person chose, or when
        assert {row.created_at for row in answers} == {row.changed_at for row in answers} == {survey.created_at}
        assert {(row.created_by, row.version) for row in answers} == {(None, 1)}
        pointed = {field.related_model for field in SurveyAnswer._meta.fields if field.related_model}
        assert not pointed & {SurveyInvitation, Member}
        # who has answered is a mark without a time
        marks = survey.invitations.all()
        assert {row.is_used for row in marks} == {True}
        assert all(row.version == 1 and row.changed_at - row.created_at < timedelta(seconds=1) for row in marks)
        # and neither is in the log
        told = AuditEntry.objects.filter(content_type__model__in=["surveyanswer", "surveyinvitation"])
        assert not told.filter(content_type__model="surveyanswer").exists()
        assert told.count() == len(marks)  # that they were asked

    def test_words_lie_in_no_order(self, cast, monkeypatch):
        monkeypatch.setattr(survey_answers, "SHUFFLE", list.reverse)
        survey = survey_of(cast)
        put(survey=survey, number=3, words="Ord", by=None)
        texts = [row.text for row in SurveyAnswer.objects.filter(value__isnull=True).order_by("pk")]
        assert sorted(texts) == ["Ord 0", "Ord 1", "Ord 2"]
        rows = SurveyAnswer.objects.filter(value__isnull=True)
        assert {row.text: row.number for row in rows} == dict.fromkeys(texts, 1)

    def test_while_it_goes_on_nothing_is_shown(self, cast, as_user):
        survey = survey_of(cast)
        put(survey=survey, number=9, words="Fler lampor", by=None)
        page = as_user("enhetschef").get(survey.get_absolute_url()).content.decode()
        assert "Fler lampor" not in page and "av 5" not in page
        assert results_of([survey]) == {}


class TestFromFive:
    def test_four_answers_show_nothing_and_five_do(self, cast, as_user):
        survey = survey_of(cast)
        put(survey=survey, number=4, value=3, words="Ett tyst ord", by=None)
        over(survey)
        client = as_user("enhetschef")
        page = client.get(survey.get_absolute_url()).content.decode()
        assert "Färre än fem" in page
        assert "Ett tyst ord" not in page and "3,0 av 5" not in page and "100 %" not in page
        put(survey=survey, number=1, value=5, words="Ett ord till", by=None)
        page = client.get(survey.get_absolute_url()).content.decode()
        assert "3,4 av 5" in page and "Ett tyst ord" in page and "100 % ja" in page
        member = as_user("medlem").get(survey.get_absolute_url()).content.decode()
        assert "Ett tyst ord" not in member and "av 5" not in member and "%" not in member.split("<main")[1]
        assert "Några få eller ingen har svarat 4 eller 5" in member and "De flesta har svarat ja." in member

    def test_each_question_and_each_way_of_answering_for_itself(self, cast):
        survey = survey_of(cast, brukare=True)
        first, second, _words = survey.template.questions.order_by("position")
        pile = {(first.pk, 2): 6, (second.pk, 1): 4}
        survey_answers.count_paper(survey=survey, counts=pile, by=cast["personal"])
        put(survey=survey, number=4, value=5, source="tablet", by=None)  # else 10 − 6 would tell the four
        over(Survey.objects.get(pk=survey.pk))
        results = results_of([Survey.objects.get(pk=survey.pk)])[survey.pk]
        assert (results[first.pk].measure, results[first.pk].total) == (2.0, 6)
        assert results[second.pk].measure is None

    def test_rounds_are_compared_with_each_other_and_with_a_figure_from_elsewhere(self, cast, as_user):
        questions = template(cast)
        early = survey_of(cast, first=-200, last=-180, questions=questions)
        late = survey_of(cast, first=-30, last=-10, questions=questions)
        put(survey=early, number=5, value=2, by=None)
        put(survey=late, number=6, value=4, by=None)
        client = as_user("sammankallande")
        url = reverse("forum:survey_baseline", args=[late.pk])
        question = questions.questions.order_by("position")[0]
        data = {"question": question.pk, "source": "SOM-institutet", "year": 2024, "figure": "64"}
        wrong = client.post(url, data)
        assert wrong.status_code == 422 and "SOM-institutet" in wrong.content.decode()
        assert client.post(url, {**data, "figure": "3.6"}).status_code == 302
        trend = trends_of(late)[0]
        assert trend.values == [2.0, 4.0]
        assert "Förra omgången: 2,0 av 5" in trend.sentence
        assert "SOM-institutet 2024" in client.get(late.get_absolute_url()).content.decode()
        assert SurveyBaseline.objects.get().forum == cast.forum

    def test_the_next_round_copies_and_is_made_once(self, cast, as_user):
        survey = survey_of(cast, first=-40, last=-20)
        client = as_user("personal")
        for _time in range(2):
            assert client.post(f"{survey.get_absolute_url()}igen/").status_code == 302
        following = Survey.objects.exclude(pk=survey.pk).get()
        assert (following.template, following.forum) == (survey.template, cast.forum)
        assert following.closes_on - following.opens_on == timedelta(days=20)
        assert following.answers.count() == survey.answers.count() == 8


class TestOtherDays:
    def test_the_last_day_is_moved_while_it_goes_on_and_not_afterwards(self, cast, as_user):
        survey = asked(cast, 1)
        url, client = reverse("forum:survey_update", args=[survey.pk]), as_user("sammankallande")
        day = survey.closes_on + timedelta(days=7)
        fields = client.get(url).context["form"].fields
        assert "closes_on" in fields and "opens_on" not in fields and "greeting" not in fields  # the letters have gone
        early = client.post(url, {"closes_on": timezone.localdate() - timedelta(days=1), "opened_version": 2})
        assert early.status_code == 422 and "inte har varit" in early.content.decode()
        survey.refresh_from_db()
        stale = client.post(url, {"closes_on": day, "opened_version": survey.version - 1})
        assert stale.status_code == 409
        assert client.post(url, {"closes_on": day, "opened_version": survey.version}).status_code == 302
        survey.refresh_from_db()
        assert survey.closes_on == day
        over(survey)
        told = client.post(url, {"closes_on": day + timedelta(days=1), "opened_version": survey.version + 1})
        assert told.status_code == 422 and "ny omgång" in told.content.decode()
        assert Survey.objects.get(pk=survey.pk).is_over

    def test_one_that_has_not_begun_can_begin_another_day(self, cast, as_user):
        first = timezone.localdate() + timedelta(days=5)
        survey = survey_of(cast, first=5, last=14)
        url = reverse("forum:survey_update", args=[survey.pk])
        data = {"opens_on": first - timedelta(days=2), "closes_on": first + timedelta(days=9), "greeting": "Hej!"}
        assert as_user("sammankallande").post(url, data | {"opened_version": survey.version}).status_code == 302
        survey.refresh_from_db()
        assert (survey.opens_on, survey.greeting) == (first - timedelta(days=2), "Hej!")


class TestBrukarnasRost:
    def test_one_after_another_on_the_tablet_until_it_is_closed(self, cast, as_user):
        survey = survey_of(cast, brukare=True)
        staff = as_user("personal")
        assert staff.post(f"{survey.get_absolute_url()}surfplatta/").status_code == 302
        survey.refresh_from_db()
        link = reverse("forum:survey_tablet", args=[survey.tablet_token])
        assert link in staff.get(survey.get_absolute_url()).content.decode()
        tablet = Client()
        for _person in range(5):
            answered = tablet.post(link, {"fraga_0": "2", "fraga_1": "1"})
            assert answered.status_code == 302
            thanks = tablet.get(answered.url)
            assert thanks.status_code == 200 and "Nästa person" in thanks.content.decode()
        assert not tablet.cookies
        survey.tablet_on = timezone.localdate() - timedelta(days=1)  # the night has passed
        survey.save()
        assert tablet.get(link).status_code == 404
        assert tablet.get(reverse("forum:survey_tablet", args=[survey.tablet_token])).status_code == 404
        over(survey)
        assert "2,0 av 5" in staff.get(survey.get_absolute_url()).content.decode()

    @pytest.mark.usefixtures("unprinted")
    def test_a_pile_of_paper_is_counted_and_corrected(self, cast, as_user):
        survey = survey_of(cast, brukare=True)
        client = as_user("personal")
        blank = client.get(reverse("forum:survey_blank", args=[survey.pk]))
        assert blank.content.startswith(b"%PDF")
        url = reverse("forum:survey_paper", args=[survey.pk])
        form = client.get(url).context["form"]
        data = {"antal_0_4": "7", "antal_1_1": "6", "opened_version": form["opened_version"].value()}
        wrong = client.post(url, {**data, "antal_1_2": "-1"})
        assert wrong.status_code == 422 and 'value="7"' in wrong.content.decode()
        assert client.post(url, data).status_code == 302
        late = client.post(url, {**data, "antal_0_4": "9"})
        assert late.status_code == 409
        data["opened_version"] = Survey.objects.get(pk=survey.pk).version
        assert client.post(url, {**data, "antal_0_4": "5"}).status_code == 302
        assert SurveyAnswer.objects.get(source="paper", question__position=0, value=4).number == 5

    def test_the_two_panels_stand_apart_with_last_year_beside(self, cast):
        questions = template(cast)
        for first, value in ((-400, 2), (-30, 4)):
            for brukare in (False, True):
                survey = survey_of(cast, first=first, last=first + 10, questions=questions, brukare=brukare)
                source = "tablet" if brukare else "link"
                put(survey=survey, number=6, value=value, source=source, by=None)
                if brukare:
                    surveys.show_results(survey=survey, by=None)
        today = timezone.localdate()
        scope = Scope(cast["personal"], (cast.kalleback,), today - timedelta(days=100), today)
        few = Scope(cast["outsider"], (cast.kalleback,), scope.first, today)
        neighbours, brukare = panels(scope)
        assert "grannarna" in neighbours.heading and "Brukarnas röst" in brukare.heading
        for panel in (neighbours, brukare):
            assert panel.figure_words == "4,0 av 5" and panel.period and panel.unit and panel.source
        assert list(panels(few)) == []


class TestQuestions:
    def test_own_questions_are_written_and_stand_once_used(self, cast, as_user):
        client = as_user("personal")
        url = reverse("forum:surveytemplate_create")
        data = {
            "title": "Våra frågor",
            "forvaltning": cast.sydvast.pk,
            "circle": "both",
            "text_0": "Trivs ni?",
            "kind_0": "yes_no",
        }
        wrong = client.post(url, {**data, "text_0": "", "low_words_3": "Behåll mig"})
        assert wrong.status_code == 422 and "Behåll mig" in wrong.content.decode()
        assert client.post(url, {**data, "text_5": "Varför?", "kind_5": "text"}).status_code == 302
        made = SurveyTemplate.objects.get(title="Våra frågor")
        assert [question.text for question in made.questions.all()] == ["Trivs ni?", "Varför?"]
        change = reverse("forum:surveytemplate_update", args=[made.pk])
        version = client.get(change).context["form"]["opened_version"].value()
        assert client.post(change, {**data, "opened_version": version}).status_code == 302
        assert made.questions.count() == 1
        survey_of(cast, questions=made)
        assert client.get(change).status_code == 403
        assert as_user("outsider").get(change).status_code == 404
        with pytest.raises(Refused):
            surveys.save_template(template=made, questions=[], by=cast["personal"])

    def test_steps_are_taken_by_pressing(self, cast, as_user):
        survey = survey_of(cast)
        for step in ("skicka", "avsluta", "visa", "igen", "surfplatta"):
            assert as_user("personal").get(f"{survey.get_absolute_url()}{step}/").status_code == 405
        brukare = SimpleNamespace(url=reverse("forum:survey_paper", args=[survey.pk]))
        assert as_user("personal").get(brukare.url).status_code == 404  # a round of the neighbours has no paper
