# SPDX-License-Identifier: EUPL-1.2
"""A boende's own work: what it does and shall try by each principle, and the talks about it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kartlaggning.levels import Step
from kartlaggning.levels_facts import facts_of
from kartlaggning.models import Briefing, PrincipleReview
from kartlaggning.principles import Principle

URL = "/boenden/kalleback/principer/"


class TestTheReview:
    def test_is_written_principle_by_principle(self, as_user, cast):
        client = as_user("personal")
        assert "Gå igenom" in client.get(URL).content.decode()
        assert client.post(f"{URL}2/", {"we_do": "Vi plockar.", "reviewed_on": "2026-01-10"}).url == URL
        row = PrincipleReview.objects.get()
        assert (row.principle, row.we_do) == (2, "Vi plockar.")
        again = {"we_do": "Vi plockar.", "we_try": "Plantera.", "reviewed_on": "2026-02-10"}
        client.post(f"{URL}2/", {**again, "opened_version": row.version})
        page = client.get(URL).content.decode()
        assert "Plantera." in page
        assert PrincipleReview.objects.count() == 1

    def test_ticks_the_step_when_all_five_are_looked_through(self, cast):
        boende, today = cast.kalleback, timezone.localdate()
        for principle in Principle:
            PrincipleReview.objects.create(boende=boende, principle=principle, we_do="Ja.", reviewed_on=today)
            found = [fact for fact in facts_of([boende])[boende.pk] if fact.step == Step.PRINCIPLES]
            assert found[0].is_done is (principle == 5)
        assert found[0].done_on == today

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            ({"we_do": "", "we_try": ""}, "Skriv vad ni gör, eller vad ni ska pröva."),
            ({"reviewed_on": timezone.localdate() + timedelta(days=1)}, "Skriv ett datum som har varit"),
            ({"we_try": "Ring 19800101-1231"}, "Här står ett personnummer"),
        ],
    )
    def test_bad_input_is_told_at_its_field(self, as_user, data, says):
        sent = {"we_do": "Vi plockar.", "reviewed_on": timezone.localdate(), **data}
        response = as_user("personal").post(f"{URL}2/", sent)
        assert response.status_code == 422
        assert says in response.content.decode()
        assert not PrincipleReview.objects.exists()

    def test_there_are_five_and_only_staff_write(self, as_user):
        assert as_user("personal").get(f"{URL}6/").status_code == 404
        assert as_user("forvaltningschef").get(f"{URL}2/").status_code == 403
        assert as_user("boendeombud").get(URL).status_code == 404


class TestATalk:
    def test_is_written_changed_and_taken_away(self, as_user, cast):
        client = as_user("personal")
        data = {"held_on": timezone.localdate(), "where": "husmote", "text": "Var man kan sitta.", "brukare_count": 9}
        assert client.post(f"{URL}samtal/nytt/", data).url == URL
        talk = Briefing.objects.get()
        assert "9 brukare" in client.get(URL).content.decode()
        later = {**data, "held_on": timezone.localdate() + timedelta(days=1), "opened_version": talk.version}
        assert client.post(f"{URL}samtal/{talk.pk}/", later).status_code == 422
        client.post(f"{URL}samtal/{talk.pk}/", {**later, "held_on": timezone.localdate(), "text": "Om bänkarna."})
        assert "Om bänkarna." in client.get(URL).content.decode()
        client.post(f"{URL}samtal/{talk.pk}/ta-bort/")
        assert "Om bänkarna." not in client.get(URL).content.decode()

    def test_of_another_boende_is_not_found(self, as_user, cast):
        talk = Briefing.objects.create(boende=cast.alma, where="personal", text="Alla fem.")
        assert as_user("personal").get(f"{URL}samtal/{talk.pk}/").status_code == 404
        assert as_user("personal").post(f"{URL}samtal/{talk.pk}/ta-bort/").status_code == 404
