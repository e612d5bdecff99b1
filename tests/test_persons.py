# SPDX-License-Identifier: EUPL-1.2
"""Contact persons: why they are kept, who may see them, and that somebody checks them once a year."""

from datetime import timedelta

import pytest
from django.utils import timezone

from boenden.models import ContactPerson
from platssamverkan.start.registry import todos_for
from tests import factories


@pytest.fixture
def neighbour(cast):
    actor = factories.ActorFactory(forvaltning=cast.sydvast, name="Brf Utsikten")
    return factories.NeighbourFactory(boende=cast.kalleback, actor=actor)


@pytest.fixture
def person(neighbour):
    return factories.ContactPersonFactory(actor=neighbour.actor, name="Lena Wikström")


def url_of(person, verb):
    return f"/boenden/kalleback/personer/{person.pk}/{verb}/"


NEW = {
    "name": "Per Ståhl",
    "role": "förvaltare",
    "phone": "070-174 06 05",
    "lawful_ground": "uppdrag",
    "source": "gav sitt kort på grannmötet",
    "visibility": "boendet",
}


class TestWritingDown:
    def test_a_person_belongs_to_the_actor(self, as_user, neighbour):
        url = f"/boenden/kalleback/aktorer/{neighbour.pk}/ny-person/"
        client = as_user("personal")
        assert client.get(url).status_code == 200
        assert client.post(url, NEW).url == neighbour.get_absolute_url()
        person = ContactPerson.objects.get(name="Per Ståhl")
        assert (person.actor, person.phone, person.is_verified) == (neighbour.actor, "+46701740605", False)

    @pytest.mark.parametrize(
        ("changes", "field", "words"),
        [
            ({"phone": ""}, "phone", "Skriv ett telefonnummer eller en e-postadress."),
            ({"source": ""}, "source", "måste fyllas i"),
            ({"lawful_ground": "nyfikenhet"}, "lawful_ground", ""),
            ({"verified_on": "2026-01-02"}, "verified_how", "Skriv både när och hur"),
            ({"verified_on": "2999-01-01", "verified_how": "phone"}, "verified_on", "Skriv ett datum som har varit"),
            ({"role": "19121212-1212"}, "role", "personnummer"),
            ({"email": "inte en adress"}, "email", ""),
        ],
    )
    def test_bad_input_is_told_at_its_field(self, as_user, neighbour, changes, field, words):
        url = f"/boenden/kalleback/aktorer/{neighbour.pk}/ny-person/"
        response = as_user("personal").post(url, {**NEW, **changes})
        assert response.status_code == 422
        assert words in " ".join(response.context["form"].errors[field])
        assert "Per Ståhl" in response.content.decode()

    def test_changes_meet_a_second_editor(self, as_user, person):
        client, url = as_user("personal"), url_of(person, "andra")
        assert client.get(url).status_code == 200
        data = {**NEW, "visibility": "delad", "opened_version": person.version}
        assert client.post(url, data).status_code == 302
        person.refresh_from_db()
        assert (person.name, person.visibility) == ("Per Ståhl", "delad")
        assert client.post(url, {**data, "name": "Annat namn"}).status_code == 409

    @pytest.mark.parametrize(
        ("name", "status"),
        [
            ("forvaltningschef", 403),
            ("boendeombud", 404),
            ("systemforvaltare", 404),
            ("outsider", 404),
            ("granne", 404),
        ],
    )
    def test_is_for_the_staff(self, as_user, person, neighbour, name, status):
        client = as_user(name)
        assert client.get(url_of(person, "andra")).status_code == status
        assert client.get(f"/boenden/kalleback/aktorer/{neighbour.pk}/ny-person/").status_code == status
        for verb in ("kontrollerad", "arkivera"):
            assert client.post(url_of(person, verb), {"how": "phone"}).status_code == status
            assert client.get(url_of(person, verb)).status_code == 405

    def test_another_boendes_person_is_not_found_here(self, as_user, cast):
        actor = factories.ActorFactory(forvaltning=cast.sydvast)
        other = factories.BoendeFactory(forvaltning=cast.sydvast)
        factories.NeighbourFactory(boende=other, actor=actor)
        foreign = factories.ContactPersonFactory(actor=actor)
        assert as_user("personal").get(url_of(foreign, "andra")).status_code == 404
        assert as_user("personal").post(url_of(foreign, "arkivera")).status_code == 404


class TestChecking:
    def test_one_press_says_when_and_how(self, as_user, person):
        as_user("personal").post(url_of(person, "kontrollerad"), {"how": "phone"})
        person.refresh_from_db()
        assert (person.verified_on, person.verified_how, person.is_verified) == (timezone.localdate(), "phone", True)

    def test_a_press_without_how_asks_for_it(self, as_user, person):
        response = as_user("personal").post(url_of(person, "kontrollerad"), {"how": "gissning"}, follow=True)
        assert "Välj hur uppgiften kontrollerades." in response.content.decode()
        person.refresh_from_db()
        assert person.verified_on is None

    def test_after_a_year_it_is_marked(self, as_user, person, neighbour):
        page = neighbour.get_absolute_url()
        today = timezone.localdate()
        for days, marked in ((0, False), (365, False), (366, True)):
            person.verified_on, person.verified_how = today - timedelta(days=days), "mail"
            person.save()
            assert ("Ej verifierad" in as_user("personal").get(page).content.decode()) is marked

    def test_it_comes_up_on_min_dag_of_those_who_work_there(self, as_user, cast, person):
        title = "Kontrollera uppgifterna till Brf Utsikten"
        late = timezone.localdate() - timedelta(days=400)
        for verified_on, how, due_on in ((None, "", timezone.localdate()), (late, "mail", late + timedelta(days=365))):
            person.verified_on, person.verified_how = verified_on, how
            person.save()
            found = [todo for todo in todos_for(cast["personal"]) if todo.title == title]
            assert [todo.due_on for todo in found] == [due_on]
        for name in ("outsider", "forvaltningschef", "boendeombud", "granne"):
            assert title not in [todo.title for todo in todos_for(cast[name])]


def test_an_archived_person_leaves_the_contact_list(as_user, cast, person):
    group = factories.ContactListGroupFactory(contact_list=cast.contact_list)
    entry = factories.ContactListEntryFactory(group=group, person=person, label="", own_phone="")
    as_user("personal").post(url_of(person, "arkivera"))
    person.refresh_from_db()
    entry.refresh_from_db()
    assert person.archived_at
    assert entry.archived_at
