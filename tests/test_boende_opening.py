# SPDX-License-Identifier: EUPL-1.2
"""A planned boende: the steps before it opens, written down one by one."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from boenden.actions import boende as actions
from boenden.models import Boende, OpeningStep


@pytest.fixture
def planned(cast):
    """Kallebäck before it has opened."""
    cast.kalleback.status, cast.kalleback.akutnummer = Boende.Status.PLANERAT, ""
    cast.kalleback.save()
    return cast.kalleback


class TestTheOpening:
    def test_a_step_is_written_down_with_day_and_note(self, as_user, planned):
        client = as_user("enhetschef")
        assert client.get("/boenden/kalleback/oppning/police/").status_code == 200
        today = timezone.localdate()
        data = {"done_on": today, "note": "Områdespolisen har en nyckel."}
        assert client.post("/boenden/kalleback/oppning/police/", data).url == "/boenden/kalleback/oppning/"
        step = planned.opening_steps.get()
        assert (step.step, step.done_on, step.note) == ("police", today, "Områdespolisen har en nyckel.")
        again = {"done_on": "", "note": "Nyckeln är tillbaka.", "opened_version": step.version}
        client.post("/boenden/kalleback/oppning/police/", again)
        step.refresh_from_db()
        assert step.done_on is None
        assert "Nyckeln är tillbaka." in client.get("/boenden/kalleback/").content.decode()

    def test_who_begins_a_step_that_another_has_begun_is_shown_both_texts(self, as_user, planned):
        client = as_user("enhetschef")
        form = client.get("/boenden/kalleback/oppning/police/").context["form"]
        begun = OpeningStep.objects.create(boende=planned, step="police", note="Först")
        response = client.post(
            "/boenden/kalleback/oppning/police/", {"note": "Sedan", "submission": form["submission"].value()}
        )
        assert response.status_code == 409
        page = response.content.decode()
        assert "Först" in page
        assert "Sedan" in page
        begun.refresh_from_db()
        assert begun.note == "Först"

    @pytest.mark.parametrize(("is_same_form", "status"), [(True, 302), (False, 409)])
    def test_a_step_begun_in_the_same_moment_is_never_lost(self, as_user, planned, monkeypatch, is_same_form, status):
        save = actions.save_opening_step
        submission = uuid.uuid4()

        def late(**kwargs):
            pk = submission if is_same_form else uuid.uuid4()
            OpeningStep.objects.create(pk=pk, boende=planned, step="police", note="Först")
            return save(**kwargs)

        monkeypatch.setattr(actions, "save_opening_step", late)
        data = {"note": "Sedan", "submission": submission}
        response = as_user("enhetschef").post("/boenden/kalleback/oppning/police/", data)
        assert response.status_code == status
        assert planned.opening_steps.get().note == "Först"

    def test_refuses_days_to_come_and_steps_there_are_not(self, as_user, planned):
        client = as_user("enhetschef")
        data = {"done_on": timezone.localdate() + timedelta(days=1)}
        assert client.post("/boenden/kalleback/oppning/police/", data).status_code == 422
        assert client.get("/boenden/kalleback/oppning/annat/").status_code == 404

    def test_the_button_answers_with_what_is_left(self, as_user, planned):
        response = as_user("enhetschef").post("/boenden/kalleback/oppna/")
        page = response.content.decode()
        assert response.status_code == 422
        assert "Skriv boendets akutnummer." in page
        assert "Bjud in till grannmöte." in page
        planned.refresh_from_db()
        assert planned.is_planned

    def test_opens_when_nothing_is_left(self, as_user, planned):
        for step in OpeningStep.Step:
            OpeningStep.objects.create(boende=planned, step=step, done_on=timezone.localdate())
        planned.akutnummer = "+46313900610"
        planned.save()
        assert as_user("enhetschef").post("/boenden/kalleback/oppna/").status_code == 302
        planned.refresh_from_db()
        assert (planned.status, planned.opened_on) == ("oppet", timezone.localdate())
        assert "Boendet är öppet." in as_user("enhetschef").get("/boenden/kalleback/oppning/").content.decode()

    def test_one_that_had_closed_opens_again_with_its_number(self, as_user, cast):
        client = as_user("systemforvaltare")
        client.post("/boenden/kalleback/avsluta/")
        assert "Öppna boendet igen" in client.get("/boenden/kalleback/").content.decode()
        client.post("/boenden/kalleback/oppna/")
        cast.kalleback.refresh_from_db()
        assert cast.kalleback.status == "oppet"

    def test_everyone_at_the_boende_can_read_the_steps(self, as_user, planned):
        page = as_user("personal").get("/boenden/kalleback/oppning/").content.decode()
        assert "Bjud in till grannmöte" in page
        assert "Öppna boendet" not in page
        assert as_user("outsider").get("/boenden/kalleback/oppning/").status_code == 404
