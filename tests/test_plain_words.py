# SPDX-License-Identifier: EUPL-1.2
"""What forms say of a text that is too long, a number that is too small and the like; and that nothing is cut."""

import pytest
from django import forms
from django.urls import reverse
from django.utils import timezone

from forum.actions.meetings import advice_before_call
from forum.models import Cost, Forum
from platssamverkan.ground.forms import GuardedForm
from platssamverkan.look.fields import all_errors, control
from tests.factories import BoendeFactory


class PlainForm(GuardedForm):
    text = forms.CharField(label="Syfte", max_length=10, widget=forms.Textarea)
    count = forms.IntegerField(label="hur många?", min_value=0)
    link = forms.URLField(label="Länk", assume_scheme="https")
    own = forms.IntegerField(label="Eget", error_messages={"invalid": "Mitt eget ord."})


def test_each_field_says_what_to_do_and_the_summary_names_it():
    form = PlainForm({"text": "x" * 12, "count": "-1", "link": "ingen länk", "own": "a"})
    assert form.errors["text"] == ["Skriv högst 10 tecken (nu 12)."]
    assert form.errors["count"] == ["Skriv ett tal, 0 eller mer."]
    assert form.errors["link"] == ["Skriv en webbadress, till exempel https://exempel.se."]
    assert form.errors["own"] == ["Mitt eget ord."]
    said = dict(all_errors(form))
    assert said["id_text"] == "Syfte: skriv högst 10 tecken (nu 12)."
    assert said["id_count"] == "Hur många: skriv ett tal, 0 eller mer."
    assert "x" * 12 in str(form["text"])


def test_no_browser_cuts_a_text():
    assert "maxlength" not in control(PlainForm()["text"])


def test_an_agenda_longer_than_the_meeting_is_said_before_the_call():
    [advice] = advice_before_call(waiting_questions=0, unled_items=0, members=[], planned=100, lasts=90)
    assert advice.startswith("Punkterna tar 100 minuter, men mötet är 90.")
    assert not advice_before_call(waiting_questions=0, unled_items=0, members=[], planned=90, lasts=90)


@pytest.mark.django_db
class TestForums:
    FORUM = {"weekday": "TU", "week": "1", "usual_minutes": 90, "question_days": 7, "comment_days": 14}

    def test_an_enhetschef_lets_in_one_more_boende_of_hers(self, cast, as_user):
        more = BoendeFactory(forvaltning=cast.sydvast)
        other = BoendeFactory()
        user = cast["enhetschef"]
        user.assignments.create(role="enhetschef", boende=more, starts_on=timezone.localdate())
        cast.forum.members.create(user=user, kind="sammankallande", starts_on=timezone.localdate())
        client, url = as_user("enhetschef"), reverse("forum:forum_update", args=[cast.forum.pk])
        data = {**self.FORUM, "name": "Trygghetsforumet", "opened_version": cast.forum.version}
        assert client.post(url, {**data, "added": [other.pk]}).status_code == 422
        too_early = client.post(url, {**data, "question_days": 999})
        assert too_early.context["form"].errors["question_days"] == ["Skriv ett antal dagar från 0 till 60."]
        assert client.post(url, {**data, "added": [more.pk]}).status_code == 302
        assert set(cast.forum.boenden.all()) == {cast.kalleback, more}

    def test_a_second_forum_of_the_same_name_at_a_boende_is_told(self, cast, as_user):
        url = reverse("forum:forum_create")
        data = {**self.FORUM, "kind": "rad", "name": cast.forum.name, "boenden": [cast.kalleback.pk]}
        response = as_user("enhetschef").post(url, {**data, "convener": cast["enhetschef"].pk})
        assert "redan ett forum som heter så" in response.context["form"].errors["name"][0]
        assert Forum.objects.count() == 1

    def test_two_who_change_a_cost_at_once_are_shown_both_texts(self, cast, as_user):
        cost = Cost.objects.create(
            boende=cast.kalleback, forum=cast.forum, title="Kaffe", day="2026-01-10", budget=1, version=3
        )
        data = {"title": "Bullar", "day": "2026-01-10", "boende": cast.kalleback.pk, "unit": "kronor", "budget": 1}
        url = reverse("forum:cost_update", args=[cost.pk])
        response = as_user("sammankallande").post(url, {**data, "sharing": "equal", "opened_version": 2})
        assert response.status_code == 409
        assert "Kaffe" in response.content.decode()
