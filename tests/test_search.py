# SPDX-License-Identifier: EUPL-1.2
"""One box finds what the person may see, and nothing else; the same on both databases."""

import pytest

from boenden.models import CommonEntry, ContactListEntry
from incidents.actions import fill_search
from incidents.models import Felanmalan, Synpunkt
from platssamverkan.ground.search import Terms
from tests import factories
from tests.queries import queries_of


def synpunkt_at(boende, text, place):
    """One from a neighbour who left an address."""
    reference, address = f"REF-{boende.slug[:8].upper()}", "klagande@example.org"
    return Synpunkt.objects.create(
        boende=boende, reference=reference, kind="klagomal", text=text, place_text=place, sender_email=address
    )


@pytest.fixture
def world(cast):
    """Kallebäck with something of each kind, and Alma with the same words."""
    for boende, forvaltning in ((cast.kalleback, cast.sydvast), (cast.alma, cast.nordost)):
        actor = factories.ActorFactory(forvaltning=forvaltning, name="Brf Ängsörten", phone="+46317001122")
        factories.NeighbourFactory(boende=boende, actor=actor)
        person = factories.ContactPersonFactory(actor=actor, name=f"Åsa Öberg {boende.name}", visibility="delad")
        factories.ContactFactory(boende=boende, actor=actor, text="Frågade om den trasiga ÄPPELLUNDEN.")
        incident = factories.IncidentFactory(
            boende=boende,
            headline="Skräp i äppellunden",
            internal_text="INTERNTEXT om en hemlig påse.",
            place="elsewhere",
            place_text="Åkerlyckan",
            forum_what="Skräp vid lekplatsen.",
            handled="Parkförvaltningen städade.",
        )
        fill_search(incident)
        incident.save()
        group = factories.ContactListGroupFactory(contact_list=boende.contact_list)
        ContactListEntry.objects.create(group=group, person=person, when_to_use="Om häcken.", is_shared=True)
        synpunkt_at(boende, "Åsneskrik varje natt.", "ÅSNEBACKEN")
        Felanmalan.objects.create(boende=boende, what="Grinden hänger", place_text="åsnebacken")
        ContactListEntry.objects.create(
            group=group, label="Hemlig rad", own_phone="+46313900631", when_to_use="Aldrig.", is_shared=False
        )
    return cast


def found(client, words, **more):
    """The hits by kind, as (title, about)."""
    answer = client.get("/sok/", {"q": words, **more})
    assert answer.status_code == 200
    return {group.source.key: [(str(h.title), str(h.about)) for h in group.hits] for group in answer.context["groups"]}


class TestFinds:
    def test_each_kind_by_its_words_in_any_case(self, world, as_user):
        client = as_user("personal")
        assert [title for title, _ in found(client, "kallebäcks")["boenden"]] == ["Kallebäcks boende"]
        assert set(found(client, "ÄNGSÖRTEN")) == {"kontaktlistor", "aktorer", "personer", "kontakter"}
        assert set(found(client, "åsa öberg")) == {"kontaktlistor", "personer"}
        assert set(found(client, "a\u0308ppellunden")) == {"handelser", "kontakter"}, "ä in two characters"

    @pytest.mark.parametrize("words", ["skräp äppellunden", "åkerlyckan", "parkförvaltningen", "lekplatsen", "påse"])
    def test_incidents_by_headline_place_handled_forum_text_and_for_staff_the_internal_one(self, world, as_user, words):
        hits = found(as_user("personal"), words)["handelser"]
        assert [title for title, _ in hits] == ["Skräp i äppellunden"]
        assert "INTERNTEXT" not in str(hits)

    def test_synpunkter_and_felanmalningar_of_ones_boenden_never_by_sender(self, world, as_user):
        hits = found(as_user("personal"), "åsnebacken")
        assert [title for title, _ in hits["synpunkter"]] == ["Klagomål, ÅSNEBACKEN"]
        assert [title for title, _ in hits["felanmalningar"]] == ["Grinden hänger"]
        assert set(found(as_user("personal"), "åsneskrik")) == {"synpunkter"}
        assert found(as_user("personal"), "klagande") == {}
        for name in ("granne", "medlem", "systemforvaltare", "ended"):
            assert found(as_user(name), "åsnebacken") == {}

    @pytest.mark.parametrize("typed", ["031-700 11 22", "+46 31 700 11 22", "0317001122", "7001122"])
    def test_an_actor_by_its_number_however_it_is_written(self, world, as_user, typed):
        assert [title for title, _ in found(as_user("personal"), typed)["aktorer"]] == ["Brf Ängsörten"]

    def test_a_hit_leads_to_its_page(self, world, as_user):
        client = as_user("personal")
        for group in client.get("/sok/", {"q": "ängsörten"}).context["groups"]:
            for hit in group.hits:
                assert client.get(hit.url).status_code == 200

    def test_a_word_with_signs_of_the_database_is_only_a_word(self, world, as_user):
        for words in ("%%", "__", "\\%", "' OR 1=1"):
            assert found(as_user("personal"), words) == {}


class TestMore:
    def test_each_kind_is_capped_and_leads_on(self, world, as_user):
        for number in range(7):
            actor = factories.ActorFactory(forvaltning=world.sydvast, name=f"Förskolan {number}")
            factories.NeighbourFactory(boende=world.kalleback, actor=actor)
            factories.ContactPersonFactory(actor=actor, name=f"Rektor {number}", role="rektor")
        client = as_user("personal")
        page = client.get("/sok/", {"q": "förskolan"}).content.decode()
        assert page.count("Förskolan ") < 14
        assert "/boenden/kalleback/aktorer/?q=f%C3%B6rskolan" in page
        assert "?q=f%C3%B6rskolan&amp;grupp=personer" in page
        assert len(found(client, "rektor", grupp="personer")["personer"]) == 7
        assert found(client, "rektor", grupp="finns-inte") == {}

    def test_incidents_lead_to_their_list(self, world, as_user):
        for _number in range(6):
            incident = factories.IncidentFactory(boende=world.kalleback, headline="Glas på stigen")
            fill_search(incident)
            incident.save()
        client = as_user("enhetschef")
        assert "/handelser/?q=glas" in client.get("/sok/", {"q": "glas"}).content.decode()
        assert client.get("/handelser/?q=glas").content.decode().count("Glas på stigen") == 6


class TestGate:
    def test_what_is_elsewhere_is_never_found(self, world, as_user):
        for words in ("ängsörten", "äppellunden", "åsa", "boende", "hemlig"):
            assert "Alma" not in str(found(as_user("personal"), words))
        assert [title for title, _ in found(as_user("outsider"), "åsa")["personer"]] == ["Åsa Öberg Alma"]

    def test_a_neighbour_finds_what_her_list_shows(self, world, as_user):
        client = as_user("granne")
        assert [title for title, _ in found(client, "åsa")["kontaktlistor"]] == ["Åsa Öberg Kallebäcks boende"]
        assert set(found(client, "ängsörten")) == {"kontaktlistor"}
        assert set(found(client, "kallebäcks")) == {"kontaktlistor"}
        for words in ("hemlig", "äppellunden", "påse", "trasiga"):
            assert found(client, words) == {}

    @pytest.mark.parametrize("who", ["granne", "medlem"])
    def test_the_number_on_top_of_a_list_leads_its_reader_to_the_list(self, world, as_user, who):
        world.kalleback.akutnummer = "+46313900610"
        world.kalleback.save(update_fields=["akutnummer"])
        client = as_user(who)
        (hit,) = client.get("/sok/", {"q": "031-390 06 10"}).context["groups"][0].hits
        assert (str(hit.title), hit.about) == ("Kontaktlista för Kallebäcks boende", "031-390 06 10")
        assert client.get(hit.url).status_code == 200

    def test_a_name_behind_the_name_on_the_list_is_not_found_by_a_neighbour(self, world, as_user):
        entry = ContactListEntry.objects.get(person__name__startswith="Åsa", group__contact_list=world.contact_list)
        entry.label = "Ordföranden"
        entry.save()
        assert found(as_user("granne"), "åsa") == {}
        assert "kontaktlistor" in found(as_user("granne"), "ordföranden")

    def test_a_number_behind_the_number_on_the_list_is_not_found_by_a_neighbour(self, world, as_user):
        entry = ContactListEntry.objects.get(person__name__startswith="Åsa", group__contact_list=world.contact_list)
        entry.own_phone = "+46313900699"
        entry.save()
        assert found(as_user("granne"), "070-174 06 12") == {}
        assert "kontaktlistor" in found(as_user("granne"), "031-390 06 99")

    def test_a_forvaltningschef_does_not_guess_her_way_to_an_internal_text(self, world, as_user):
        assert found(as_user("forvaltningschef"), "påse") == {}
        assert "handelser" in found(as_user("forvaltningschef"), "äppellunden")

    def test_roles_without_incidents_and_contacts_find_none(self, world, as_user):
        assert found(as_user("boendeombud"), "äppellunden") == {}
        assert set(found(as_user("boendeombud"), "ängsörten")) == {"kontaktlistor"}
        assert found(as_user("systemforvaltare"), "ängsörten") == {}
        assert found(as_user("ended"), "ängsörten") == {}

    def test_what_is_archived_is_not_found(self, world, as_user):
        as_user("systemforvaltare").post("/boenden/kalleback/arkivera/")
        for words in ("ängsörten", "äppellunden", "kallebäcks", "hemlig", "åsnebacken"):
            assert found(as_user("personal"), words) == {}

    def test_a_common_number_is_found_on_the_lists_that_show_it(self, world, as_user):
        group = factories.ContactListGroupFactory(contact_list=world.contact_list)
        ContactListEntry.objects.create(group=group, common=CommonEntry.objects.get(phone="11414"), is_shared=True)
        assert [title for title, _ in found(as_user("granne"), "114 14")["kontaktlistor"]] == ["Polisen"]


class TestThePage:
    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ("", "Skriv vad du söker."),
            (" å ", "Skriv minst två bokstäver."),
            ("19121212-1212", "personnummer"),
            ("x" * 201, "200"),
        ],
    )
    def test_says_what_to_write(self, world, as_user, typed, told):
        answer = as_user("personal").get("/sok/", {"q": typed})
        assert told in answer.content.decode()
        assert answer.context["groups"] == []

    def test_says_kindly_that_there_is_nothing(self, world, as_user):
        assert "Inget hittades" in as_user("personal").get("/sok/?q=xyzzy").content.decode()
        assert "Inget hittades" not in as_user("personal").get("/sok/").content.decode()

    def test_stands_in_the_frame_and_under_mer(self, world, as_user):
        page = as_user("granne").get("/mer/").content.decode()
        assert 'id="rail-sok"' in page
        assert page.count('href="/sok/"') == 2
        assert 'id="rail-sok"' not in as_user("granne").get("/sok/").content.decode()

    def test_takes_the_same_queries_for_any_number(self, world, as_user):
        def more(count):
            for number in range(count):
                actor = factories.ActorFactory(forvaltning=world.sydvast, name=f"Butiken Berget {number}")
                factories.NeighbourFactory(boende=world.kalleback, actor=actor)
                person = factories.ContactPersonFactory(actor=actor, name=f"Per {number}")
                factories.ContactFactory(boende=world.kalleback, actor=actor, person=person, text="Berättade.")
                group = factories.ContactListGroupFactory(contact_list=world.contact_list)
                factories.ContactListEntryFactory(group=group, label="", own_phone="", person=person)

        client = as_user("personal")
        more(2)
        few = queries_of(client, "/sok/?q=er")
        more(30)
        assert queries_of(client, "/sok/?q=er") == few <= 15
        assert queries_of(client, "/sok/?q=er&grupp=aktorer") < few


def test_a_number_is_read_as_it_is_stored():
    assert Terms.of("031-390 06 10").number == "313900610"
    assert Terms.of("0046 31 390 06 10").number == "46313900610"
    assert Terms.of("rum 12").number == ""
    assert Terms.of("12").number == ""
