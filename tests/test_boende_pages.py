# SPDX-License-Identifier: EUPL-1.2
"""Boenden: made by the systemförvaltare, kept by the enhetschef, seen by those with a role there."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from boenden.geometry import distance_m
from boenden.models import Boende, ContactListEntry, ContactListGroup, Neighbour
from boenden.models.boende import RESERVED_SLUGS
from platssamverkan.accounts.models import User
from platssamverkan.start import registry
from platssamverkan.start.registry import Panel, menu_for, panels_for, todos_for
from tests import factories
from tests.queries import queries_of

NEW = {"name": "Ekbackens boende", "type": "kollektivt", "regiform": "egen", "status": "planerat", "slug": ""}


def facts(boende, **changes):
    """What the form of the facts sends."""
    return {
        "name": boende.name,
        "type": boende.type,
        "regiform": boende.regiform,
        "akutnummer": boende.akutnummer,
        "latitude": str(boende.latitude).replace(".", ","),
        "longitude": str(boende.longitude).replace(".", ","),
        "opened_version": boende.version,
        **changes,
    }


class TestTheList:
    def test_shows_each_person_the_boenden_of_her_own(self, as_user):
        page = as_user("forvaltningschef").get("/boenden/").content.decode()
        assert "Kallebäcks boende" in page
        assert "Alma" not in page

    def test_says_what_to_do_when_there_is_none(self, as_user):
        assert "Du har inget boende ännu" in as_user("granne").get("/boenden/").content.decode()

    def test_is_in_swedish_order_and_goes_on_to_the_next_page(self, as_user, cast):
        for name in ("Östra", "Ängen", "Zinken", "Åsen"):
            factories.BoendeFactory(name=name, forvaltning=cast.sydvast)
        names = [boende.name for boende in as_user("forvaltningschef").get("/boenden/").context["object_list"]]
        assert names == ["Kallebäcks boende", "Zinken", "Åsen", "Ängen", "Östra"]

    def test_an_empty_system_invites_the_systemforvaltare_to_begin(self, as_user, cast):
        Boende.objects.filter(pk__in=[cast.alma.pk, cast.kalleback.pk])
        for boende in (cast.alma, cast.kalleback):
            boende.archived_at = timezone.now()
            boende.save()
        page = as_user("systemforvaltare").get("/boenden/").content.decode()
        assert "Inget boende är upplagt ännu" in page

    def test_takes_the_same_queries_for_any_number(self, as_user, cast):
        counts = set()
        for more in (4, 4, 45):  # four and more: the rail has no sections
            factories.BoendeFactory.create_batch(more, forvaltning=cast.sydvast)
            counts.add(queries_of(as_user("forvaltningschef"), "/boenden/"))
        assert len(counts) == 1
        assert counts.pop() <= 6


class TestMaking:
    def test_makes_the_contact_list_and_a_slug_of_the_name(self, as_user, cast):
        response = as_user("systemforvaltare").post("/boenden/nytt/", {**NEW, "forvaltning": cast.sydvast.pk})
        boende = Boende.objects.get(name="Ekbackens boende")
        assert response.url == "/boenden/ekbackens-boende/"
        groups = ContactListGroup.objects.filter(contact_list__boende=boende).values_list("name", flat=True)
        assert set(groups) == {"Ring först", "Störning pågår", "Fel i miljön", "Samarbete"}
        assert ContactListEntry.objects.filter(group__contact_list__boende=boende, common__isnull=False).exists()
        assert boende.created_by == cast["systemforvaltare"]

    def test_gives_a_second_one_of_the_name_its_own_slug(self, as_user, cast):
        data = {**NEW, "name": "Kalleback", "forvaltning": cast.sydvast.pk}
        assert as_user("systemforvaltare").post("/boenden/nytt/", data).url == "/boenden/kalleback-2/"

    def test_keeps_clear_of_reserved_words(self, as_user, cast):
        client = as_user("systemforvaltare")
        taken = client.post("/boenden/nytt/", {**NEW, "slug": "nytt", "forvaltning": cast.sydvast.pk})
        assert taken.status_code == 422
        assert taken.context["form"].errors["slug"] == ["Den adressen används till något annat. Välj en annan."]
        assert client.post("/boenden/nytt/", {**NEW, "name": "Nytt", "forvaltning": cast.sydvast.pk}).url.endswith(
            "/nytt-2/"
        )
        for slug in RESERVED_SLUGS:
            with pytest.raises(IntegrityError), transaction.atomic():
                factories.BoendeFactory(slug=slug)

    @pytest.mark.parametrize(
        ("changes", "field", "message"),
        [
            ({"slug": "alma"}, "slug", "Ett annat boende har redan den adressen. Välj en annan."),
            ({"name": "東京"}, "slug", "Skriv en adress, till exempel ”ekbacken”: namnet har inga bokstäver a–ö."),
            ({"status": "oppet"}, "akutnummer", "Ett öppet boende behöver ett akutnummer."),
            ({"akutnummer": "abc"}, "akutnummer", "Skriv ett telefonnummer, till exempel 031-390 06 10."),
            (
                {"latitude": "91", "longitude": "12"},
                "latitude",
                "Skriv både latitud (−90 till 90) och longitud (−180 till 180), eller ingen.",
            ),
            ({"malgrupp": "Här bor 19121212-1212"}, "malgrupp", None),
        ],
    )
    def test_tells_bad_input_at_its_field_and_keeps_what_was_typed(self, as_user, cast, changes, field, message):
        data = {**NEW, "staffing": "Bemannat dygnet runt", "forvaltning": cast.sydvast.pk, **changes}
        response = as_user("systemforvaltare").post("/boenden/nytt/", data)
        assert response.status_code == 422
        errors = response.context["form"].errors
        assert field in errors
        assert message is None or message in errors[field]
        assert "Bemannat dygnet runt" in response.content.decode()

    def test_sent_twice_makes_one(self, as_user, cast):
        client = as_user("systemforvaltare")
        form = client.get("/boenden/nytt/").context["form"]
        data = {**NEW, "slug": "en-gang", "forvaltning": cast.sydvast.pk, "submission": form["submission"].value()}
        first = client.post("/boenden/nytt/", data)
        assert first.status_code == 302
        assert Boende.objects.filter(slug="en-gang").count() == 1
        again = client.post("/boenden/nytt/", data)
        assert again.status_code in (302, 422)
        assert Boende.objects.filter(name=NEW["name"]).count() == 1

    @pytest.mark.parametrize("name", ["forvaltningschef", "enhetschef", "personal", "boendeombud", "granne"])
    def test_is_for_the_systemforvaltare_only(self, as_user, name):
        assert as_user(name).get("/boenden/nytt/").status_code == 403
        assert as_user(name).post("/boenden/nytt/", NEW).status_code == 403


class TestTheOverview:
    def test_opens_with_the_number_to_call_and_its_people(self, as_user, cast):
        cast.kalleback.places, cast.kalleback.staffing = 42, "Bemannat dygnet runt."
        cast.kalleback.save()
        page = as_user("personal").get("/boenden/kalleback/").content.decode()
        assert "031-390 06 10" in page
        assert "Enhetschef Ek" in page
        assert "Kollektivt boende med 42 platser, bemannat dygnet runt." in page

    def test_shows_whom_to_call_first_from_the_first_group(self, as_user, cast):
        first = factories.ContactListGroupFactory(contact_list=cast.contact_list, name="Ring först", position=0)
        later = factories.ContactListGroupFactory(contact_list=cast.contact_list, name="Samarbete", position=3)
        factories.ContactListEntryFactory(group=first, label="Störningsjouren i väster")
        factories.ContactListEntryFactory(group=later, label="Hyresvärden")
        page = as_user("boendeombud").get("/boenden/kalleback/").content.decode()
        assert "Störningsjouren i väster" in page
        assert "Hyresvärden" not in page

    def test_shows_an_ombud_and_a_systemforvaltare_neither_actors_nor_contacts(self, as_user, cast):
        factories.ContactFactory(boende=cast.kalleback, text="Undrade över skyltarna")
        neighbour = factories.NeighbourFactory(boende=cast.kalleback)
        for name in ("boendeombud", "systemforvaltare"):
            page = as_user(name).get("/boenden/kalleback/").content.decode()
            assert "Undrade över skyltarna" not in page
            assert neighbour.actor.name not in page
        assert "Undrade över skyltarna" in as_user("forvaltningschef").get("/boenden/kalleback/").content.decode()

    def test_has_room_for_panels_from_the_rooms_above(self, as_user, cast, monkeypatch):
        asked = []

        def provide(user, boende):
            asked.append((user, boende))
            yield Panel("boenden/boende_nearby.html", {"entries": []})

        monkeypatch.setattr(registry, "boende_panel_providers", [provide])
        page = as_user("personal").get("/boenden/kalleback/").content.decode()
        assert asked == [(cast["personal"], cast.kalleback)]
        assert "Bra att ha nära" in page

    def test_says_that_a_closed_one_is_to_be_read(self, as_user, cast):
        as_user("systemforvaltare").post("/boenden/kalleback/avsluta/")
        page = as_user("personal").get("/boenden/kalleback/").content.decode()
        assert "Boendet är avslutat." in page
        assert "Allt som är antecknat finns kvar" in page

    @pytest.mark.parametrize("name", ["outsider", "granne", "ended"])
    def test_does_not_exist_outside(self, as_user, name):
        assert as_user(name).get("/boenden/kalleback/").status_code == 404
        assert as_user(name).get("/boenden/finns-inte/").status_code == 404

    def test_takes_the_same_queries_for_any_number(self, as_user, cast):
        counts = set()
        for more in (1, 4, 45):
            for _row in range(more):
                neighbour = factories.NeighbourFactory(boende=cast.kalleback)
                factories.ContactFactory(boende=cast.kalleback, actor=neighbour.actor)
            counts.add(queries_of(as_user("personal"), "/boenden/kalleback/"))
        assert len(counts) == 1
        assert counts.pop() <= 15


class TestTheFacts:
    def test_are_changed_by_the_enhetschef_and_move_the_distances(self, as_user, cast):
        actor = factories.ActorFactory(latitude=57.69, longitude=12.0121)
        neighbour = factories.NeighbourFactory(boende=cast.kalleback, actor=actor)
        data = facts(cast.kalleback, latitude="57,6890", malgrupp="Vuxna i hemlöshet")
        assert as_user("enhetschef").post("/boenden/kalleback/andra/", data).status_code == 302
        cast.kalleback.refresh_from_db()
        neighbour.refresh_from_db()
        assert cast.kalleback.malgrupp == "Vuxna i hemlöshet"
        assert 105 < neighbour.distance_m < 117

    def test_an_enhetschef_leaves_forvaltning_and_address_alone(self, as_user, cast):
        data = facts(cast.kalleback, forvaltning=cast.nordost.pk, slug="annat")
        as_user("enhetschef").post("/boenden/kalleback/andra/", data)
        cast.kalleback.refresh_from_db()
        assert (cast.kalleback.forvaltning, cast.kalleback.slug) == (cast.sydvast, "kalleback")

    def test_a_systemforvaltare_changes_those_too(self, as_user, cast):
        data = facts(cast.kalleback, forvaltning=cast.nordost.pk, slug="kallebackshuset")
        assert as_user("systemforvaltare").post("/boenden/kalleback/andra/", data).url == "/boenden/kallebackshuset/"
        cast.kalleback.refresh_from_db()
        assert cast.kalleback.forvaltning == cast.nordost

    def test_a_failed_change_shows_the_page_of_the_boende_as_it_is(self, as_user, cast):
        data = facts(cast.kalleback, slug="nytt", forvaltning=cast.sydvast.pk)
        response = as_user("systemforvaltare").post("/boenden/kalleback/andra/", data)
        assert response.status_code == 422
        assert "/boenden/kalleback/" in response.content.decode()

    def test_the_second_of_two_editors_is_shown_both_texts(self, as_user, cast):
        client = as_user("enhetschef")
        data = facts(cast.kalleback)
        client.post("/boenden/kalleback/andra/", {**data, "omrade": "Kallebäck"})
        response = client.post("/boenden/kalleback/andra/", {**data, "omrade": "Örgryte"})
        assert response.status_code == 409
        assert "Örgryte" in response.content.decode()

    def test_a_day_to_come_is_refused(self, as_user, cast):
        tomorrow = timezone.localdate() + timedelta(days=1)
        data = facts(cast.kalleback, akutnummer_tested_on=tomorrow)
        response = as_user("enhetschef").post("/boenden/kalleback/andra/", data)
        assert response.status_code == 422
        assert "Skriv ett datum som har varit" in response.context["form"].errors["akutnummer_tested_on"][0]

    @pytest.mark.parametrize(
        ("name", "status"), [("personal", 403), ("forvaltningschef", 403), ("boendeombud", 403), ("outsider", 404)]
    )
    def test_are_not_for_others(self, as_user, cast, name, status):
        for url in ("andra", "oppning/police"):
            assert as_user(name).get(f"/boenden/kalleback/{url}/").status_code == status
        for url in ("oppna", "provringt"):
            assert as_user(name).post(f"/boenden/kalleback/{url}/").status_code == status

    @pytest.mark.parametrize("name", ["enhetschef", "personal", "forvaltningschef"])
    def test_only_a_systemforvaltare_closes_and_archives(self, as_user, name):
        for url in ("avsluta", "arkivera"):
            assert as_user(name).post(f"/boenden/kalleback/{url}/").status_code == 403

    @pytest.mark.parametrize("url", ["oppna", "avsluta", "arkivera", "provringt"])
    def test_a_step_is_never_taken_by_looking(self, as_user, url):
        assert as_user("systemforvaltare").get(f"/boenden/kalleback/{url}/").status_code == 405

    def test_an_archived_one_is_gone_from_the_lists_but_kept(self, as_user, cast):
        as_user("systemforvaltare").post("/boenden/kalleback/arkivera/")
        assert as_user("personal").get("/boenden/kalleback/").status_code == 404
        cast.kalleback.refresh_from_db()
        assert cast.kalleback.archived_at


class TestMinDag:
    def test_an_untested_akutnummer_is_for_the_enhetschef(self, as_user, cast):
        assert "Provring akutnumret" in [todo.title for todo in todos_for(cast["enhetschef"])]
        assert "Provring akutnumret" not in [todo.title for todo in todos_for(cast["personal"])]
        assert "Provringt i dag" in as_user("enhetschef").get("/boenden/kalleback/").content.decode()
        as_user("enhetschef").post("/boenden/kalleback/provringt/")
        cast.kalleback.refresh_from_db()
        assert cast.kalleback.akutnummer_tested_on == timezone.localdate()
        chief = User.objects.get(pk=cast["enhetschef"].pk)  # as the next request reads her
        assert "Provring akutnumret" not in [todo.title for todo in todos_for(chief)]

    def test_numbers_are_near_for_those_who_work_there(self, cast):
        templates = [panel.template for panel in panels_for(cast["personal"])]
        assert "boenden/boende_nearby.html" in templates
        assert "boenden/boende_nearby.html" not in [panel.template for panel in panels_for(cast["granne"])]

    def test_the_rail_holds_the_pages_of_few_boenden_only(self, cast):
        sections = {entry.section for entry in menu_for(cast["forvaltningschef"]) if entry.section}
        assert sections == {"Kallebäcks boende"}
        factories.BoendeFactory.create_batch(3, forvaltning=cast.sydvast)
        at_the_next_request = User.objects.get(pk=cast["forvaltningschef"].pk)
        entries = menu_for(at_the_next_request)
        assert not [entry for entry in entries if entry.section]
        assert "/boenden/" in [entry.url for entry in entries]

    def test_a_neighbour_has_no_boende_in_her_menu(self, cast):
        assert not [entry for entry in menu_for(cast["granne"]) if entry.url == "/boenden/"]

    def test_the_pages_follow_one_into_a_boende_among_many(self, as_user, cast):
        factories.BoendeFactory.create_batch(3, forvaltning=cast.sydvast)
        page = as_user("forvaltningschef").get("/boenden/kalleback/").content.decode()
        assert "/boenden/kalleback/aktorer/" in page


class TestDistance:
    def test_along_the_surface(self):
        here = Boende(latitude=57.0, longitude=12.0)
        assert distance_m(here, Boende(latitude=58.0, longitude=12.0)) == 111_195  # a degree of a meridian
        east = distance_m(Boende(latitude=60.0, longitude=12.0), Boende(latitude=60.0, longitude=12.01))
        assert east == pytest.approx(556, abs=1)  # half as far at 60° north as at the equator
        assert distance_m(here, here) == 0

    def test_needs_both_places(self):
        assert distance_m(Boende(latitude=57.7, longitude=11.9), Neighbour(boende=Boende()).boende) is None
