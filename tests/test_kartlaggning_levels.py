# SPDX-License-Identifier: EUPL-1.2
"""The levels' first steps: ticked by people, ticked by the data with a reason, never by anybody from outside."""

from datetime import timedelta

import pytest
from django.utils import timezone

from boenden.models import OpeningStep
from forum.models import Activity, Forum
from incidents.models import CrimeArea, CrimeChoice, CrimeFigure, CrimeImport, ReleasedText
from kartlaggning.actions.walks import report
from kartlaggning.levels import STEPS, Level, Step
from kartlaggning.levels_facts import facts_of
from kartlaggning.levels_reading import lists_of
from kartlaggning.models import Insats, Kartlaggning, LevelStep, Network, Observation, Plan, StepChange
from tests import factories
from tests.agreements import make_agreement

URL = "/boenden/kalleback/nivaer/"


def fact(boende, step):
    """What the data say about a step."""
    return next((found for found in facts_of([boende])[boende.pk] if found.step == step), None)


class TestTheGuidesSteps:
    def test_seven_four_and_three(self):
        assert [len(STEPS[level]) for level in Level] == [7, 4, 3]
        assert [step for steps in STEPS.values() for step in steps] == list(Step)


class TestStepsThatTickThemselves:
    def test_contact_asks_for_the_most_affected_first(self, cast):
        boende = cast.kalleback
        assert not fact(boende, Step.CONTACT).is_done
        most = factories.NeighbourFactory(boende=boende, affected=5)
        factories.NeighbourFactory(boende=boende, affected=1, is_bridge=True)
        assert "0 av 1 aktörer som berörs mest" in fact(boende, Step.CONTACT).why
        factories.ContactFactory(boende=boende, actor=most.actor, happened_on=timezone.localdate() - timedelta(days=3))
        done = fact(boende, Step.CONTACT)
        assert (done.is_done, done.done_on) == (True, timezone.localdate() - timedelta(days=3))
        assert fact(boende, Step.FRIENDLY).is_done

    def test_a_shared_list_a_released_text_and_what_was_done_before_the_opening(self, cast):
        boende = cast.kalleback
        assert fact(boende, Step.DETAILS).is_done  # shared with granne, sammankallande and medlem
        assert not fact(cast.alma, Step.DETAILS).is_done
        assert fact(boende, Step.INFORMATION) is None
        incident = factories.IncidentFactory(
            boende=boende, forum_what="Höga röster.", forum_handled="Det lugnade sig.", released_at=timezone.now(),
            released_by=cast["enhetschef"],
        )  # fmt: skip
        ReleasedText.objects.create(incident=incident, forum_what="Höga röster.", forum_handled="Det lugnade sig.")
        assert fact(boende, Step.INFORMATION).why == "1 händelse går att visa."
        OpeningStep.objects.create(boende=boende, step="information", done_on=timezone.localdate())
        assert fact(boende, Step.TARGET_GROUP).why == "Gjordes före öppningen."

    def test_the_forums_tell_what_they_know(self, cast):
        boende = cast.kalleback
        assert not fact(boende, Step.MEETINGS).is_done
        assert fact(boende, Step.INTERESTED).is_done  # two members from two actors
        called = timezone.now() - timedelta(days=20)
        factories.MeetingFactory(forum=cast.forum, status="called", called_at=called)
        assert fact(boende, Step.MEETINGS).done_on == timezone.localdate(called)
        assert fact(boende, Step.AFFECTED) is None
        assert fact(boende, Step.DECLARATION) is None

    def test_a_round_ticks_its_step_once_it_is_made(self, cast):
        boende = cast.kalleback
        assert fact(boende, Step.MAPPING) is None
        kartlaggning = Kartlaggning.objects.create(boende=boende, year=2025)
        assert fact(boende, Step.MAPPING).why == "Kartläggningen 2025 pågår."
        kartlaggning.step = "analys"
        kartlaggning.save()
        StepChange.objects.create(kartlaggning=kartlaggning, from_step="kartlaggning", to_step="analys")
        Kartlaggning.objects.create(boende=boende, year=2026)
        made = fact(boende, Step.MAPPING)
        assert (made.is_done, made.why) == (True, "Kartläggningen 2025 är gjord.")
        assert made.done_on == timezone.localdate()
        assert fact(cast.alma, Step.MAPPING) is None

    def test_the_area_is_looked_over_when_something_is_fault_reported(self, cast):
        boende = cast.kalleback
        kartlaggning = Kartlaggning.objects.create(boende=boende, year=2026)
        observation = Observation.objects.create(
            kartlaggning=kartlaggning, seen_on="2026-03-01", kind="belysning", text="Mörkt.", place_text="tunneln"
        )
        seen = fact(boende, Step.AREA)
        assert (seen.is_done, seen.why) == (False, "1 observation är antecknad, ingen felanmäld ännu.")
        report(observation=observation, by=cast["personal"])
        assert fact(boende, Step.AREA).why == "1 felanmälan är skriven."
        assert fact(boende, Step.AREA).done_on == timezone.localdate()

    def test_the_outside_is_looked_over_when_the_plan_mends_on_both_terms(self, cast):
        boende = cast.kalleback
        approved = {"status": "approved", "approved_at": timezone.now(), "approved_by": cast["enhetschef"]}
        plan = Plan.objects.create(boende=boende, **approved)
        draft = Plan.objects.create(boende=boende, edition=2, previous=plan)
        Insats.objects.create(plan=draft, title="Ännu inte godkänd", principles=[2], term="long")
        Insats.objects.create(plan=plan, title="Ingen av dem", principles=[1, 3], term="long")
        Insats.objects.create(plan=plan, title="Laga trappan", principles=[1, 2], term="short")
        assert "1 på kort sikt, 0 på lång" in fact(boende, Step.OUTSIDE).why
        assert not fact(boende, Step.OUTSIDE).is_done
        Insats.objects.create(plan=plan, title="Plantera", principles=[2], term="long")
        assert fact(boende, Step.OUTSIDE).is_done

    def test_an_open_house_spreads_knowledge(self, cast):
        fields = {"boende": cast.kalleback, "kind": "oppet_hus", "title": "Öppet hus"}
        Activity.objects.create(**fields, happens_on="2026-05-01")
        assert fact(cast.kalleback, Step.TARGET_GROUP) is None
        Activity.objects.create(**fields, happens_on="2026-04-01", status="held")
        told = fact(cast.kalleback, Step.TARGET_GROUP)
        assert (told.why, str(told.done_on)) == ("1 öppet hus eller utbildning är hållen.", "2026-04-01")

    def test_an_avsiktsforklaring_that_is_a_draft_ticks_nothing(self, cast):
        make_agreement(cast, kind="avsiktsforklaring", forum=cast.forum)
        assert fact(cast.kalleback, Step.DECLARATION) is None

    def test_the_statistics_are_taken_in_when_the_boende_follows_its_area(self, cast):
        area = CrimeArea.objects.create(name="Kallebäck")
        CrimeChoice.objects.create(boende=cast.kalleback, own=area)
        assert fact(cast.kalleback, Step.STATISTICS) is None  # no figure is there yet
        taken = CrimeImport.objects.create(file_name="brott.csv", sha256="0" * 64, source="Brå", status="done")
        CrimeFigure.objects.create(area=area, kind="alla brott", year=2025, count=None, imported=taken)
        found = fact(cast.kalleback, Step.STATISTICS)
        assert (found.is_done, found.why) == (True, "Ni följer anmälda brott i Kallebäck.")

    def test_many_boenden_are_asked_about_at_once(self, cast, django_assert_num_queries):
        boenden = [cast.kalleback, cast.alma, *factories.BoendeFactory.create_batch(5)]
        for boende in boenden:
            factories.NeighbourFactory.create_batch(3, boende=boende)
        with django_assert_num_queries(4):
            assert len(facts_of(boenden)) == 7


class TestWhereABoendeStands:
    def test_follows_from_the_steps(self, cast):
        boende = cast.kalleback
        rows = [LevelStep(boende=boende, step=step, done_on=timezone.localdate()) for step in STEPS[Level.CONTACTS]]
        standings = [found.standing.kind for found in lists_of(boende, rows)]
        assert standings == ["klart", "planerat", "pagar"]


class TestThePage:
    def test_shows_every_step_with_its_reason(self, as_user, cast):
        row = LevelStep.objects.create(
            boende=cast.kalleback, step="utsidan", done_on="2026-02-03", responsible=cast["personal"],
            evidence_url="https://exempel.se/lista", note="Listan är gjord.",
        )  # fmt: skip
        page = as_user("forvaltningschef").get(URL).content.decode()
        for words in (
            "1 av 7 steg", "Kontaktlistan delas med 3 personer.", "Listan är gjord.", "https://exempel.se/lista",
            str(row.responsible), "Skriv en avsiktsförklaring tillsammans",
        ):  # fmt: skip
            assert words in page or words == "1 av 7 steg"
        assert "2 av 7 steg" in page
        assert "/nivaer/steg/" not in page  # reads only

    def test_is_for_staff_and_their_managers(self, as_user):
        for who in ("boendeombud", "granne", "medlem", "outsider"):
            assert as_user(who).get(URL).status_code == 404

    def test_shows_the_networks_that_are_forums_too(self, as_user, cast):
        factories.ForumFactory(boenden=[cast.kalleback], name="BID Kallebäck", kind=Forum.Kind.NATVERK)
        Network.objects.create(boende=cast.kalleback, name="Trygg i Kallebäck", joined_on="2025-01-10")
        page = as_user("personal").get(URL).content.decode()
        assert "BID Kallebäck" in page
        assert "Trygg i Kallebäck" in page


class TestAStep:
    def test_is_written_down_and_changed(self, as_user, cast):
        client = as_user("personal")
        today = timezone.localdate()
        data = {
            "done_on": today,
            "responsible": cast["personal"].pk,
            "evidence_url": "exempel.se/lista",
            "note": "Klart.",
        }
        assert client.post(f"{URL}steg/utsidan/", data).url == URL
        row = LevelStep.objects.get()
        assert (row.step, row.done_on, row.responsible) == ("utsidan", today, cast["personal"])
        assert row.evidence_url == "https://exempel.se/lista"
        client.post(f"{URL}steg/utsidan/", {"note": "Inte klart.", "opened_version": row.version})
        row.refresh_from_db()
        assert row.done_on is None

    def test_two_who_begin_it_at_once_see_both_texts(self, as_user, cast):
        LevelStep.objects.create(boende=cast.kalleback, step="utsidan", note="Först")
        response = as_user("personal").post(f"{URL}steg/utsidan/", {"note": "Sedan"})
        assert response.status_code == 409
        assert "Först" in response.content.decode()

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            ({"done_on": timezone.localdate() + timedelta(days=1)}, "Skriv ett datum som har varit"),
            ({"evidence_url": "javascript:alert(1)"}, "Skriv en webbadress"),
            ({"note": "Ring 19800101-1231"}, ""),
        ],
    )
    def test_bad_input_keeps_what_was_typed(self, as_user, data, says):
        response = as_user("personal").post(f"{URL}steg/utsidan/", {"note": "Kvar att se", **data})
        page = response.content.decode()
        assert (response.status_code, says in page) == (422, True)
        assert data.get("note", "Kvar att se") in page
        assert not LevelStep.objects.exists()

    def test_somebody_who_works_elsewhere_is_not_responsible(self, as_user, cast):
        response = as_user("personal").post(f"{URL}steg/utsidan/", {"responsible": cast["outsider"].pk})
        assert response.status_code == 422

    def test_there_is_no_other_step(self, as_user):
        assert as_user("personal").get(f"{URL}steg/annat/").status_code == 404
        assert as_user("forvaltningschef").get(f"{URL}steg/utsidan/").status_code == 403


class TestANetwork:
    def test_is_joined_left_and_taken_away(self, as_user, cast):
        client = as_user("personal")
        data = {"name": "BID Kallebäck", "joined_on": "2025-03-01", "perspective": "Bänkarna får vara kvar."}
        assert client.post(f"{URL}natverk/nytt/", data).url == URL
        network = Network.objects.get()
        assert client.post(f"{URL}natverk/nytt/", data).status_code == 422  # it is there already
        left = {**data, "left_on": "2025-02-01", "opened_version": network.version}
        assert "innan ni kom med" in client.post(f"{URL}natverk/{network.pk}/", left).content.decode()
        client.post(f"{URL}natverk/{network.pk}/", {**left, "left_on": "2026-01-01"})
        assert "Lämnat" in client.get(URL).content.decode()
        assert client.get(f"{URL}natverk/{network.pk}/ta-bort/").status_code == 405
        client.post(f"{URL}natverk/{network.pk}/ta-bort/")
        assert "BID Kallebäck" not in client.get(URL).content.decode()

    def test_of_another_boende_is_not_found(self, as_user, cast):
        network = Network.objects.create(boende=cast.alma, name="BID Gamlestaden", joined_on="2025-01-10")
        assert as_user("personal").get(f"{URL}natverk/{network.pk}/").status_code == 404


class TestOnTheOverview:
    def test_staff_see_how_far_it_has_come_and_a_tick_at_once(self, as_user, cast):
        client, url = as_user("personal"), cast.kalleback.get_absolute_url()
        before = client.get(url).content.decode()
        assert URL in before
        assert "1 av 7 steg" in before  # the contact list is shared
        LevelStep.objects.create(boende=cast.kalleback, step=Step.AREA, done_on=timezone.localdate())
        assert "2 av 7 steg" in client.get(url).content.decode()

    def test_what_ticks_itself_shows_when_the_levels_have_been_read(self, as_user, cast):
        client, url = as_user("personal"), cast.kalleback.get_absolute_url()
        client.get(url)
        kartlaggning = Kartlaggning.objects.create(boende=cast.kalleback, year=2026)
        kartlaggning.step = "analys"
        kartlaggning.save()
        assert "Kartläggningen 2026 är gjord." in client.get(URL).content.decode()
        assert "2 av 7 steg" in client.get(url).content.decode()

    def test_it_is_the_staffs(self, as_user, cast):
        for who in ("boendeombud", "systemforvaltare"):
            assert "av 7 steg" not in as_user(who).get(cast.kalleback.get_absolute_url()).content.decode()
