# SPDX-License-Identifier: EUPL-1.2
"""The contact log: what was said, and what was promised until it is done."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from boenden.models import Contact
from boenden.registration.contacts import promises_due
from platssamverkan.accounts.roles import Role
from platssamverkan.start.registry import menu_for, todos_for
from tests import factories
from tests.queries import queries_of

URL = "/boenden/kalleback/kontakter/"


@pytest.fixture
def neighbour(cast):
    actor = factories.ActorFactory(forvaltning=cast.sydvast, name="Brf Utsikten")
    return factories.NeighbourFactory(boende=cast.kalleback, actor=actor)


@pytest.fixture
def contact(cast, neighbour):
    """A promise of the staff's, due today."""
    return factories.ContactFactory(
        boende=cast.kalleback,
        actor=neighbour.actor,
        follow_up="Återkom om belysningen",
        follow_up_on=timezone.localdate(),
        follow_up_by=cast["personal"],
    )


def new(**changes):
    return {
        "channel": "visit",
        "tone": "worry",
        "text": "Undrade över belysningen på gångvägen.",
        "happened_on": timezone.localdate(),
        **changes,
    }


class TestWritingDown:
    def test_is_quick_at_the_door(self, as_user, cast):
        client = as_user("personal")
        form = client.get(f"{URL}ny/").context["form"]
        assert form["happened_on"].value() == timezone.localdate()
        response = client.post(f"{URL}ny/", new(went_out="on"))
        contact = Contact.objects.get()
        assert response.url == f"{URL}{contact.pk}/"
        assert (contact.boende, contact.went_out, contact.created_by) == (cast.kalleback, True, cast["personal"])

    def test_a_person_says_which_actor_it_was(self, as_user, neighbour):
        person = factories.ContactPersonFactory(actor=neighbour.actor)
        as_user("personal").post(f"{URL}ny/", new(person=person.pk))
        contact = Contact.objects.get()
        assert (contact.person, contact.actor) == (person, neighbour.actor)

    def test_a_promise_without_a_name_is_the_writers(self, as_user, cast):
        data = new(follow_up="Ringa tillbaka", follow_up_on=timezone.localdate())
        as_user("personal").post(f"{URL}ny/", data)
        assert Contact.objects.get().follow_up_by == cast["personal"]

    def test_nobody_is_responsible_for_no_promise(self, as_user, cast):
        as_user("personal").post(f"{URL}ny/", new(follow_up_by=cast["enhetschef"].pk))
        assert Contact.objects.get().follow_up_by is None

    def test_whom_it_was_with_can_be_chosen_beforehand(self, as_user, neighbour):
        client = as_user("personal")
        form = client.get(f"{URL}ny/?aktor={neighbour.actor.pk}").context["form"]
        assert str(form["actor"].value()) == str(neighbour.actor.pk)
        assert client.get(f"{URL}ny/?aktor=x").status_code == 200

    def test_offers_only_the_boendes_own_actors_persons_and_people(self, as_user, cast, neighbour):
        foreign = factories.NeighbourFactory(boende=cast.alma).actor
        person = factories.ContactPersonFactory(actor=foreign)
        client = as_user("personal")
        responsible = client.get(f"{URL}ny/").context["form"].fields["follow_up_by"].queryset
        assert set(responsible) == {cast["personal"], cast["enhetschef"]}
        for field, row in (("actor", foreign), ("person", person), ("follow_up_by", cast["outsider"])):
            response = client.post(f"{URL}ny/", new(**{field: row.pk}))
            assert response.status_code == 422
            assert field in response.context["form"].errors

    def test_a_person_at_another_actor_is_told_at_its_field(self, as_user, cast, neighbour):
        other = factories.NeighbourFactory(boende=cast.kalleback)
        person = factories.ContactPersonFactory(actor=other.actor)
        response = as_user("personal").post(f"{URL}ny/", new(actor=neighbour.actor.pk, person=person.pk))
        assert response.context["form"].errors["person"] == ["Personen hör till en annan aktör. Välj aktören först."]

    @pytest.mark.parametrize(
        ("changes", "field", "words"),
        [
            ({"happened_on": "2999-01-01"}, "happened_on", "Skriv ett datum som har varit, till exempel 2"),
            ({"happened_on": "i går"}, "happened_on", ""),
            ({"channel": ""}, "channel", "måste fyllas i"),
            ({"follow_up": "Ringa tillbaka"}, "follow_up", "Skriv både vad ni lovade och senast när."),
            ({"follow_up_on": "2026-12-24"}, "follow_up", "Skriv både vad ni lovade och senast när."),
            ({"text": "Han heter 19121212-1212"}, "text", "personnummer"),
            ({"text": "Anna Ek bor i lägenhet 12"}, "text", "lägenhet"),
        ],
    )
    def test_bad_input_is_told_at_its_field_and_kept(self, as_user, changes, field, words):
        response = as_user("personal").post(f"{URL}ny/", new(**{"text": "Undrade över skylten", **changes}))
        assert response.status_code == 422
        assert words in " ".join(response.context["form"].errors[field])
        assert (changes.get("text") or "Undrade över skylten") in response.content.decode()
        assert not Contact.objects.exists()

    def test_sent_twice_makes_one(self, as_user):
        client = as_user("personal")
        submission = client.get(f"{URL}ny/").context["form"]["submission"].value()
        urls = {client.post(f"{URL}ny/", new(submission=submission)).url for _time in range(2)}
        assert len(urls) == 1
        assert Contact.objects.count() == 1


class TestWhereItBelongs:
    def test_one_boende_is_there_at_once(self, as_user, cast):
        assert as_user("personal").get("/boenden/ny-kontakt/").url == f"{URL}ny/"
        assert f"{URL}ny/" in [entry.url for entry in menu_for(cast["personal"]) if entry.is_new]

    def test_several_are_chosen_among(self, as_user, cast):
        other = factories.BoendeFactory(forvaltning=cast.sydvast, name="Högsbo boende")
        factories.BoendeFactory(forvaltning=cast.sydvast, name="Ett tredje")
        cast["personal"].assignments.create(role=Role.PERSONAL, boende=other)
        page = as_user("personal").get("/boenden/ny-kontakt/").content.decode()
        assert "Högsbo boende" in page
        assert "Ett tredje" not in page
        entries = menu_for(cast["personal"])
        assert "/boenden/ny-kontakt/" in [entry.url for entry in entries if entry.is_new]

    @pytest.mark.parametrize("name", ["forvaltningschef", "systemforvaltare", "boendeombud", "granne"])
    def test_is_not_for_those_who_do_not_write(self, as_user, cast, name):
        assert as_user(name).get("/boenden/ny-kontakt/").status_code == 403
        assert not [entry for entry in menu_for(cast[name]) if "kontakt/" in entry.url and entry.is_new]


class TestTheLog:
    def test_is_latest_first(self, as_user, cast):
        today = timezone.localdate()
        for days in (3, 0, 7):
            factories.ContactFactory(boende=cast.kalleback, happened_on=today - timedelta(days=days))
        factories.ContactFactory(boende=cast.alma)
        shown = as_user("personal").get(URL).context["object_list"]
        assert [(today - contact.happened_on).days for contact in shown] == [0, 3, 7]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("q=ÅSKVÄD", {"worry"}),
            ("q=utsikten", {"praise"}),
            ("tone=praise", {"praise"}),
            ("channel=phone", {"worry", "praise"}),
            ("channel=mail", set()),
            ("since=2026-05-02", {"praise"}),
            ("until=2026-05-01", {"worry"}),
            ("until=i+maj", {"worry", "praise"}),
            ("promises=oppna", {"praise"}),
            ("promises=sena", {"praise"}),
        ],
    )
    def test_is_narrowed_by_what_stands_in_the_address(self, as_user, cast, neighbour, query, found):
        factories.ContactFactory(
            boende=cast.kalleback, tone="worry", text="Oro efter åskvädret", happened_on="2026-05-01",
            follow_up="Ringa", follow_up_on="2026-05-02", followed_up_on="2026-05-02",
        )  # fmt: skip
        factories.ContactFactory(
            boende=cast.kalleback, tone="praise", happened_on="2026-06-01", actor=neighbour.actor,
            follow_up="Ringa", follow_up_on="2026-06-02",
        )  # fmt: skip
        response = as_user("personal").get(f"{URL}?{query}")
        assert response.status_code == 200
        assert {contact.tone for contact in response.context["object_list"]} == found

    def test_is_narrowed_by_actor_and_offers_those_in_the_log(self, as_user, contact, neighbour, cast):
        factories.NeighbourFactory(boende=cast.kalleback)
        factories.ContactFactory(boende=cast.kalleback)
        response = as_user("personal").get(f"{URL}?actor={neighbour.actor.pk}")
        assert list(response.context["object_list"]) == [contact]
        assert list(response.context["filter"].form.fields["actor"].queryset) == [neighbour.actor]

    def test_says_what_to_do_when_there_is_none(self, as_user):
        assert "Anteckna nästa samtal" in as_user("personal").get(URL).content.decode()
        assert "när personalen har antecknat dem" in as_user("forvaltningschef").get(URL).content.decode()
        assert "Ingen kontakt passar urvalet" in as_user("personal").get(f"{URL}?q=x").content.decode()

    def test_takes_the_same_queries_for_any_number(self, as_user, cast):
        counts = set()
        for more in (1, 4, 45):
            for _row in range(more):
                actor = factories.NeighbourFactory(boende=cast.kalleback).actor
                factories.ContactFactory(boende=cast.kalleback, actor=actor, created_by=cast["personal"])
            counts.add(queries_of(as_user("personal"), URL))
        assert len(counts) == 1
        assert counts.pop() <= 6

    @pytest.mark.parametrize("name", ["boendeombud", "systemforvaltare", "granne", "outsider", "ended"])
    def test_does_not_exist_for_others(self, as_user, contact, name):
        client = as_user(name)
        for url in ("", "ny/", f"{contact.pk}/", f"{contact.pk}/andra/"):
            assert client.get(URL + url).status_code == 404
        for verb in ("uppfoljd", "arkivera"):
            assert client.post(f"{URL}{contact.pk}/{verb}/").status_code == 404

    def test_the_chief_of_the_forvaltning_reads_and_changes_nothing(self, as_user, contact):
        client = as_user("forvaltningschef")
        assert client.get(f"{URL}{contact.pk}/").status_code == 200
        assert "Uppföljt i dag" not in client.get(f"{URL}{contact.pk}/").content.decode()
        for url in ("ny/", f"{contact.pk}/andra/"):
            assert client.get(URL + url).status_code == 403
        for verb in ("uppfoljd", "arkivera"):
            assert client.post(f"{URL}{contact.pk}/{verb}/").status_code == 403
            assert client.get(f"{URL}{contact.pk}/{verb}/").status_code == 405

    def test_another_boendes_contact_is_not_found_here(self, as_user, cast):
        foreign = factories.ContactFactory(boende=cast.alma)
        assert as_user("personal").get(f"{URL}{foreign.pk}/").status_code == 404
        assert as_user("personal").post(f"{URL}{foreign.pk}/uppfoljd/").status_code == 404


class TestOneContact:
    def test_tells_what_was_said_and_promised(self, as_user, contact):
        contact.person = factories.ContactPersonFactory(actor=contact.actor)
        contact.save()
        page = as_user("personal").get(f"{URL}{contact.pk}/").content.decode()
        for words in ("Återkom om belysningen", "Brf Utsikten", "ansvarig Personal Ek", "Ej verifierad"):
            assert words in page

    def test_an_actor_no_longer_tied_is_named_without_a_link(self, as_user, cast):
        contact = factories.ContactFactory(boende=cast.kalleback, actor=factories.ActorFactory(name="Gamla butiken"))
        page = as_user("personal").get(f"{URL}{contact.pk}/").content.decode()
        assert "Gamla butiken" in page
        assert "/aktorer/" + str(contact.actor.pk) not in page

    def test_is_changed_by_the_staff_one_at_a_time(self, as_user, cast, contact):
        client, url = as_user("personal"), f"{URL}{contact.pk}/andra/"
        assert client.get(url).status_code == 200
        data = new(text="Ny text", actor=contact.actor.pk, opened_version=contact.version)
        assert client.post(url, data).status_code == 302
        contact.refresh_from_db()
        assert (contact.text, contact.follow_up_on, contact.follow_up_by) == ("Ny text", None, None)
        assert client.post(url, {**data, "text": "Annan text"}).status_code == 409

    def test_someone_who_has_left_stays_responsible_until_another_is_chosen(self, as_user, cast, contact):
        contact.follow_up_by = cast["ended"]
        contact.save()
        data = new(
            actor=contact.actor.pk, follow_up="Ringa", follow_up_on=timezone.localdate(),
            follow_up_by=cast["ended"].pk, opened_version=contact.version,
        )  # fmt: skip
        assert as_user("personal").post(f"{URL}{contact.pk}/andra/", data).status_code == 302

    def test_an_archived_one_is_out_of_the_log_but_kept(self, as_user, contact):
        as_user("personal").post(f"{URL}{contact.pk}/arkivera/")
        assert as_user("personal").get(f"{URL}{contact.pk}/").status_code == 404
        contact.refresh_from_db()
        assert contact.archived_at


class TestPromises:
    def test_come_up_on_min_dag_the_own_first(self, cast, contact):
        others = factories.ContactFactory(
            boende=cast.kalleback, follow_up="Skicka skyltarna", follow_up_on=timezone.localdate()
        )
        titles = [todo.title for todo in todos_for(cast["personal"])]
        assert titles.index("Brf Utsikten: Återkom om belysningen") < titles.index(others.follow_up)
        assert "Skicka skyltarna" in [todo.title for todo in todos_for(cast["enhetschef"])]
        for name in ("forvaltningschef", "boendeombud", "outsider", "granne", "systemforvaltare"):
            assert "Skicka skyltarna" not in [todo.title for todo in todos_for(cast[name])]

    def test_are_followed_up_with_one_press(self, as_user, cast, contact):
        for _time in range(2):
            as_user("personal").post(f"{URL}{contact.pk}/uppfoljd/")
        contact.refresh_from_db()
        assert (contact.followed_up_on, contact.version) == (timezone.localdate(), 2)
        assert "Brf Utsikten: Återkom om belysningen" not in [todo.title for todo in todos_for(cast["personal"])]

    def test_there_must_be_one_to_follow_up(self, as_user, cast):
        contact = factories.ContactFactory(boende=cast.kalleback)
        response = as_user("personal").post(f"{URL}{contact.pk}/uppfoljd/", follow=True)
        assert "Det finns inget löfte att följa upp." in response.content.decode()

    def now(self, days):
        return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=days), datetime.min.time()))

    def test_remind_the_responsible_on_the_day_and_once_when_late(self, cast, contact):
        assert not list(promises_due(self.now(-1)))
        assert [due.what for due in promises_due(self.now(0))] == ["promise"]
        assert [due.what for due in promises_due(self.now(2))] == ["promise"]
        late = list(promises_due(self.now(3)))
        assert [(due.what, due.user) for due in late] == [
            ("promise", cast["personal"]),
            ("promise_late", cast["personal"]),
        ]
        assert late[0].series == late[1].series
        assert len({due.key for due in late}) == 2

    def test_a_reminder_says_whom_it_is_about_but_not_what_was_said(self, contact):
        (due,) = promises_due(self.now(0))
        assert due.subject == "Följ upp löftet till Brf Utsikten"
        assert contact.text not in due.text
        assert contact.follow_up not in due.text
        assert due.url == f"{URL}{contact.pk}/"

    def test_nobody_is_reminded_of_what_is_done_or_no_longer_hers(self, as_user, cast, contact):
        contact.follow_up_by = cast["ended"]
        contact.save()
        assert not list(promises_due(self.now(0)))
        contact.follow_up_by, contact.followed_up_on = cast["personal"], timezone.localdate()
        contact.save()
        assert not list(promises_due(self.now(0)))

    def test_are_asked_for_in_one_query(self, cast, neighbour, django_assert_num_queries):
        for _number in range(5):
            factories.ContactFactory(
                boende=cast.kalleback, actor=factories.ActorFactory(), follow_up="Ringa",
                follow_up_on=timezone.localdate(), follow_up_by=cast["personal"],
            )  # fmt: skip
        with django_assert_num_queries(1):
            assert len(list(promises_due(self.now(0)))) == 5
