# SPDX-License-Identifier: EUPL-1.2
"""Actors: written down once for the förvaltning, tied to each boende they neighbour."""

from datetime import timedelta

import pytest
from django.utils import timezone

from boenden.models import Actor, ActorCategory, Neighbour
from platssamverkan.start.registry import todos_for
from tests import factories
from tests.queries import queries_of

URL = "/boenden/kalleback/aktorer/"


@pytest.fixture
def category(db):
    return ActorCategory.objects.get(name="bostadsrättsförening")


@pytest.fixture
def neighbour(cast, category):
    """Brf Utsikten, north of Kallebäck."""
    actor = factories.ActorFactory(
        forvaltning=cast.sydvast, name="Brf Utsikten", category=category, latitude=57.6818, longitude=12.0121
    )
    return factories.NeighbourFactory(boende=cast.kalleback, actor=actor, distance_m=100)


def names(response):
    return [row.actor.name for row in response.context["object_list"]]


class TestTheGuidesList:
    def test_is_there_from_the_start_with_signs(self, db, settings):
        kept = dict(ActorCategory.objects.values_list("name", "icon"))
        assert {"polis", "förskola", "Systembolag", "hållplats/lokaltrafik", "enskild granne", "BID"} <= set(kept)
        assert all((settings.ICONS_DIR / f"{icon}.svg").exists() for icon in kept.values())


class TestTheList:
    def test_is_nearest_first_and_says_when_we_last_talked(self, as_user, cast, neighbour):
        near = factories.ActorFactory(forvaltning=cast.sydvast, name="Förskolan Smultronet")
        factories.NeighbourFactory(boende=cast.kalleback, actor=near, distance_m=40)
        nowhere = factories.ActorFactory(forvaltning=cast.sydvast, name="Apoteket Eken")
        factories.NeighbourFactory(boende=cast.kalleback, actor=nowhere)
        factories.ContactFactory(boende=cast.kalleback, actor=near, happened_on=timezone.localdate())
        response = as_user("personal").get(URL)
        assert names(response) == ["Förskolan Smultronet", "Brf Utsikten", "Apoteket Eken"]
        assert [row.last_contact_on for row in response.context["object_list"]] == [timezone.localdate(), None, None]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("q=ÄNGENS", ["Ängens äldreboende"]),
            ("q=eken apotek", ["Apoteket Eken"]),
            ("q=wikström", ["Brf Utsikten"]),
            ("affected=4", ["Brf Utsikten"]),
            ("contacted=ja", ["Brf Utsikten"]),
            ("contacted=nej", ["Apoteket Eken", "Ängens äldreboende"]),
            ("can=is_bridge", ["Apoteket Eken"]),
            ("can=is_resource", ["Ängens äldreboende"]),
            ("due=finns", ["Apoteket Eken", "Ängens äldreboende"]),
            ("due=nu", ["Apoteket Eken"]),
            ("unverified=ja", ["Brf Utsikten"]),
            ("affected=x", ["Brf Utsikten", "Apoteket Eken", "Ängens äldreboende"]),
            ("q=finns-inte", []),
        ],
    )
    def test_is_narrowed_by_what_stands_in_the_address(self, as_user, cast, neighbour, query, found):
        today = timezone.localdate()
        Neighbour.objects.filter(pk=neighbour.pk)
        neighbour.affected = 5
        neighbour.save()
        factories.ContactFactory(boende=cast.kalleback, actor=neighbour.actor)
        factories.ContactPersonFactory(actor=neighbour.actor, name="Lena Wikström")
        rows = [
            ("Apoteket Eken", "apotek", 200, True, False, today),
            ("Ängens äldreboende", "annat boende", 300, False, True, None),
        ]
        for name, kind, metres, bridge, resource, step_on in rows:
            actor = factories.ActorFactory(
                forvaltning=cast.sydvast, name=name, category=ActorCategory.objects.get(name=kind)
            )
            factories.NeighbourFactory(
                boende=cast.kalleback, actor=actor, distance_m=metres, affected=2, is_bridge=bridge,
                is_resource=resource, next_step="Ring", next_step_on=step_on,
            )  # fmt: skip
        response = as_user("personal").get(f"{URL}?{query}")
        assert response.status_code == 200
        assert names(response) == found

    def test_is_narrowed_by_kind(self, as_user, neighbour, category):
        other = ActorCategory.objects.get(name="polis")
        assert names(as_user("personal").get(f"{URL}?category={category.pk}")) == ["Brf Utsikten"]
        response = as_user("personal").get(f"{URL}?category={other.pk}")
        assert "Ingen aktör passar urvalet" in response.content.decode()

    def test_invites_the_staff_to_begin(self, as_user):
        assert "Ny aktör" in as_user("personal").get(URL).content.decode()
        page = as_user("forvaltningschef").get(URL).content.decode()
        assert "Personalen skriver in dem här." in page
        assert "Ny aktör" not in page

    @pytest.mark.parametrize("page", ["x", "99", "-1", "9" * 40])
    def test_a_page_there_is_not_is_not_found(self, as_user, neighbour, page):
        assert as_user("personal").get(f"{URL}?sida={page}").status_code == 404

    def test_goes_on_to_the_next_page_and_keeps_the_filter(self, as_user, cast, category):
        for number in range(55):
            actor = factories.ActorFactory(forvaltning=cast.sydvast, category=category)
            factories.NeighbourFactory(boende=cast.kalleback, actor=actor, affected=3, distance_m=number)
        page = as_user("personal").get(f"{URL}?affected=2").content.decode()
        assert "?affected=2&amp;sida=2" in page
        assert "?affected=2&amp;sida=1" in as_user("personal").get(f"{URL}?affected=2&sida=2").content.decode()

    def test_takes_the_same_queries_for_any_number(self, as_user, cast):
        counts = set()
        for more in (1, 4, 45):
            for _row in range(more):
                neighbour = factories.NeighbourFactory(boende=cast.kalleback, next_step="Ring")
                factories.ContactPersonFactory(actor=neighbour.actor)
            counts.add(queries_of(as_user("personal"), URL))
        assert len(counts) == 1
        assert counts.pop() <= 6

    @pytest.mark.parametrize("name", ["boendeombud", "systemforvaltare", "granne", "outsider", "ended"])
    def test_does_not_exist_for_others(self, as_user, neighbour, name):
        client = as_user(name)
        for url in ("", "ny/", f"{neighbour.pk}/", f"{neighbour.pk}/andra/", f"{neighbour.pk}/uppgifter/"):
            assert client.get(URL + url).status_code == 404

    def test_the_chief_of_the_forvaltning_reads_and_changes_nothing(self, as_user, neighbour):
        client = as_user("forvaltningschef")
        assert client.get(f"{URL}{neighbour.pk}/").status_code == 200
        for url in ("ny/", f"{neighbour.pk}/andra/", f"{neighbour.pk}/uppgifter/"):
            assert client.get(URL + url).status_code == 403
        for url in ("steget-klart", "ta-bort", "arkivera"):
            assert client.post(f"{URL}{neighbour.pk}/{url}/").status_code == 403
            assert client.get(f"{URL}{neighbour.pk}/{url}/").status_code == 405


class TestMaking:
    def new(self, category, **changes):
        return {"name": "Förskolan Smultronet", "category": category.pk, "interest": "unknown", **changes}

    def test_writes_down_actor_and_tie_in_one(self, as_user, cast, category):
        data = self.new(
            category,
            latitude="57,6818",
            longitude="12,0121",
            affected=4,
            next_step="Ring",
            organisation_number="556036-0793",
        )
        response = as_user("personal").post(f"{URL}ny/", data)
        neighbour = Neighbour.objects.get(actor__name="Förskolan Smultronet")
        assert response.url == f"{URL}{neighbour.pk}/"
        assert (neighbour.boende, neighbour.affected, neighbour.next_step) == (cast.kalleback, 4, "Ring")
        assert neighbour.distance_m == 100
        assert neighbour.actor.forvaltning == cast.sydvast
        assert neighbour.actor.organisation_number == "5560360793"

    def test_offers_what_the_forvaltning_has_already(self, as_user, cast, category, neighbour):
        client = as_user("personal")
        response = client.post(f"{URL}ny/", {"name": "utsikten", "interest": "unknown"})
        assert response.status_code == 422
        assert list(response.context["form"].errors) == ["existing"]
        page = response.content.decode()
        assert "redan knuten till boendet" in page
        assert "Välj aktören om den finns i listan, annars att den är ny." in page

    def test_ties_the_chosen_one_and_makes_no_second(self, as_user, cast, category):
        other = factories.BoendeFactory(forvaltning=cast.sydvast)
        actor = factories.ActorFactory(
            forvaltning=cast.sydvast, name="Brf Utsikten", latitude=57.6818, longitude=12.0121
        )
        factories.NeighbourFactory(boende=other, actor=actor)
        data = {"name": "Brf Utsikten", "existing": actor.pk, "affected": 5, "interest": "yes"}
        response = as_user("personal").post(f"{URL}ny/", data, follow=True)
        assert Actor.objects.filter(name="Brf Utsikten").count() == 1
        tied = Neighbour.objects.get(boende=cast.kalleback, actor=actor)
        assert (tied.affected, tied.interest, tied.distance_m) == (5, "yes", 100)
        assert "Aktören fanns redan" in response.content.decode()

    def test_one_of_the_same_name_can_be_new(self, as_user, category, neighbour):
        data = self.new(category, name="Brf Utsikten", existing="ny", address="Andra gatan 2")
        assert as_user("personal").post(f"{URL}ny/", data).status_code == 302
        assert Actor.objects.filter(name="Brf Utsikten").count() == 2

    def test_finds_one_by_its_number_too(self, as_user, cast, category):
        factories.ActorFactory(forvaltning=cast.sydvast, name="Bostads AB", organisation_number="5560360793")
        data = self.new(category, organisation_number="556036-0793")
        assert "existing" in as_user("personal").post(f"{URL}ny/", data).context["form"].errors

    def test_another_forvaltnings_actors_are_not_offered(self, as_user, cast, category):
        factories.ActorFactory(forvaltning=cast.nordost, name="Förskolan Smultronet")
        assert as_user("personal").post(f"{URL}ny/", self.new(category)).status_code == 302

    def test_one_that_is_tied_already_is_opened_as_it_is(self, as_user, neighbour):
        data = {"name": "Brf Utsikten", "existing": neighbour.actor.pk, "interest": "no"}
        assert as_user("personal").post(f"{URL}ny/", data).url == f"{URL}{neighbour.pk}/"
        neighbour.refresh_from_db()
        assert neighbour.interest == "unknown"

    def test_one_that_was_untied_is_tied_again(self, as_user, neighbour):
        client = as_user("personal")
        client.post(f"{URL}{neighbour.pk}/ta-bort/")
        assert client.get(f"{URL}{neighbour.pk}/").status_code == 404
        client.post(f"{URL}ny/", {"name": "Brf Utsikten", "existing": neighbour.actor.pk, "interest": "yes"})
        neighbour.refresh_from_db()
        assert (neighbour.archived_at, neighbour.interest) == (None, "yes")

    @pytest.mark.parametrize(
        ("changes", "field", "words"),
        [
            ({"organisation_number": "556036-0794"}, "organisation_number", "stämmer inte"),
            ({"organisation_number": "19121212-1212"}, "organisation_number", "personnummer"),
            ({"is_person": "on"}, "consent_on", "samtycke"),
            (
                {"is_person": "on", "consent_on": "2026-01-01", "organisation_number": "5560360793"},
                "consent_on",
                "lämna organisationsnumret tomt",
            ),
            ({"latitude": "57"}, "latitude", "både latitud"),
            ({"next_step_on": "2026-12-01"}, "next_step", "Skriv vad nästa steg är"),
            ({"affected": "9"}, "affected", ""),
            ({"next_step": "Ring 19121212-1212"}, "next_step", "personnummer"),
            ({"note": "Anna Ek i lägenhet 12"}, "note", "lägenhet"),
            ({"name": ""}, "name", "måste fyllas i"),
            ({"phone": "x"}, "phone", "telefonnummer"),
        ],
    )
    def test_tells_bad_input_at_its_field_and_keeps_what_was_typed(self, as_user, category, changes, field, words):
        response = as_user("personal").post(f"{URL}ny/", self.new(category, address="Utsiktsgatan 4", **changes))
        assert response.status_code == 422
        errors = " ".join(response.context["form"].errors[field])
        assert words in errors
        assert "Utsiktsgatan 4" in response.content.decode()

    def test_consent_is_not_given_in_advance(self, as_user, category):
        data = self.new(category, is_person="on", consent_on=timezone.localdate() + timedelta(days=1))
        errors = as_user("personal").post(f"{URL}ny/", data).context["form"].errors
        assert "Skriv ett datum som har varit" in errors["consent_on"][0]

    def test_a_neighbour_who_consents_is_an_actor(self, as_user, category):
        data = self.new(category, is_person="on", consent_on=timezone.localdate())
        assert as_user("personal").post(f"{URL}ny/", data).status_code == 302

    def test_sent_twice_makes_one(self, as_user, category):
        client = as_user("personal")
        form = client.get(f"{URL}ny/").context["form"]
        data = self.new(category, submission=form["submission"].value())
        first = client.post(f"{URL}ny/", data)
        again = client.post(f"{URL}ny/", {**data, "existing": "ny"})
        assert first.url == again.url
        assert Actor.objects.filter(name="Förskolan Smultronet").count() == 1

    def test_helps_the_typing_with_the_names_there_are(self, as_user, neighbour):
        assert '<option value="Brf Utsikten">' in as_user("personal").get(f"{URL}ny/").content.decode()


class TestThePage:
    def test_tells_everything_about_the_actor(self, as_user, cast, neighbour):
        other = factories.BoendeFactory(forvaltning=cast.sydvast, name="Högsbo boende", slug="hogsbo")
        factories.NeighbourFactory(boende=other, actor=neighbour.actor)
        person = factories.ContactPersonFactory(actor=neighbour.actor)
        factories.ContactFactory(boende=cast.kalleback, actor=neighbour.actor, text="Om belysningen")
        factories.ContactFactory(boende=cast.alma, actor=neighbour.actor, text="Vid ett annat boende")
        page = as_user("forvaltningschef").get(f"{URL}{neighbour.pk}/").content.decode()
        for words in ("Högsbo boende", person.name, "Om belysningen", "100\xa0m från boendet", "Ej verifierad"):
            assert words in page
        assert "Vid ett annat boende" not in page

    def test_shows_other_boenden_only_to_those_who_reach_them(self, as_user, cast, neighbour):
        other = factories.BoendeFactory(forvaltning=cast.sydvast, name="Högsbo boende", slug="hogsbo")
        factories.NeighbourFactory(boende=other, actor=neighbour.actor)
        assert "Högsbo boende" not in as_user("personal").get(f"{URL}{neighbour.pk}/").content.decode()

    def test_takes_the_same_queries_for_any_number(self, as_user, neighbour):
        counts = set()
        for more in (1, 4, 45):
            factories.ContactPersonFactory.create_batch(more, actor=neighbour.actor)
            factories.ContactFactory.create_batch(more, boende=neighbour.boende, actor=neighbour.actor)
            counts.add(queries_of(as_user("personal"), f"{URL}{neighbour.pk}/"))
        assert len(counts) == 1
        assert counts.pop() <= 15


class TestChanging:
    def test_how_it_is_affected(self, as_user, neighbour):
        client, url = as_user("personal"), f"{URL}{neighbour.pk}/andra/"
        assert client.get(url).status_code == 200
        data = {"affected": 2, "interest": "maybe", "is_bridge": "on", "opened_version": neighbour.version}
        assert client.post(url, data).url == f"{URL}{neighbour.pk}/"
        neighbour.refresh_from_db()
        assert (neighbour.affected, neighbour.interest, neighbour.is_bridge) == (2, "maybe", True)
        assert client.post(url, {**data, "affected": 3}).status_code == 409

    def test_its_own_facts_move_the_distance_everywhere(self, as_user, cast, neighbour):
        client, url = as_user("personal"), f"{URL}{neighbour.pk}/uppgifter/"
        assert client.get(url).status_code == 200
        actor = neighbour.actor
        data = {
            "name": "Brf Utsikten i Kallebäck", "category": actor.category.pk, "latitude": "57,6909",
            "longitude": "12,0121", "opened_version": actor.version,
        }  # fmt: skip
        assert client.post(url, data).url == f"{URL}{neighbour.pk}/"
        neighbour.refresh_from_db()
        assert neighbour.distance_m == 1112
        assert client.post(url, {**data, "name": "Annat"}).status_code == 409
        assert client.post(url, {**data, "name": "", "opened_version": 2}).status_code == 422

    def test_a_next_step_is_done_with_one_press(self, as_user, cast, neighbour):
        neighbour.next_step, neighbour.next_step_on = "Återkom om belysningen", timezone.localdate()
        neighbour.save()
        title = "Brf Utsikten: Återkom om belysningen"
        assert title in [todo.title for todo in todos_for(cast["personal"])]
        assert title not in [todo.title for todo in todos_for(cast["forvaltningschef"])]
        as_user("personal").post(f"{URL}{neighbour.pk}/steget-klart/")
        neighbour.refresh_from_db()
        assert (neighbour.next_step, neighbour.next_step_on) == ("", None)
        assert title not in [todo.title for todo in todos_for(cast["personal"])]

    def test_an_actor_of_one_boende_can_be_put_away_whole(self, as_user, neighbour):
        as_user("personal").post(f"{URL}{neighbour.pk}/arkivera/")
        neighbour.actor.refresh_from_db()
        assert neighbour.actor.archived_at

    def test_an_actor_of_several_is_only_untied(self, as_user, cast, neighbour):
        other = factories.BoendeFactory(forvaltning=cast.sydvast)
        factories.NeighbourFactory(boende=other, actor=neighbour.actor)
        response = as_user("personal").post(f"{URL}{neighbour.pk}/arkivera/", follow=True)
        assert "Aktören är knuten till fler boenden." in response.content.decode()
        neighbour.actor.refresh_from_db()
        assert neighbour.actor.archived_at is None

    def test_another_boendes_neighbour_is_not_found_here(self, as_user, cast):
        foreign = factories.NeighbourFactory(boende=cast.alma)
        client = as_user("personal")
        assert client.get(f"{URL}{foreign.pk}/").status_code == 404
        assert client.get(f"{URL}{foreign.pk}/andra/").status_code == 404
        assert client.post(f"{URL}{foreign.pk}/ta-bort/").status_code == 404
