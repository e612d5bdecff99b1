# SPDX-License-Identifier: EUPL-1.2
"""Changing the contact list: groups, lines, their order, and who decides what is shared."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from boenden.actions.contact_lists import save_entry, share_entry
from boenden.models import CommonEntry, ContactListEntry, ContactListGroup
from boenden.views.contact_lists_edit import edit_url
from platssamverkan.ground.fields import parse_telephone
from tests import factories

LIST = "/boenden/kalleback/kontaktlista/"
EDIT = f"{LIST}andra/"
NEW_LINE = f"{LIST}rader/ny/"
NEW_GROUP = f"{LIST}grupper/ny/"


@pytest.fixture
def group(cast):
    return factories.ContactListGroupFactory(contact_list=cast.contact_list, name="Störning pågår", position=0)


@pytest.fixture
def other_group(cast):
    return factories.ContactListGroupFactory(contact_list=cast.contact_list, name="Samarbete", position=1)


@pytest.fixture
def person(cast):
    actor = factories.ActorFactory(forvaltning=cast.sydvast, name="Brf Utsikten", phone="+46313900655")
    factories.NeighbourFactory(boende=cast.kalleback, actor=actor)
    return factories.ContactPersonFactory(actor=actor, name="Lena Wikström", visibility="boendet")


def line(group, **fields):
    return {
        "label": "Vakten",
        "own_phone": "031-390 06 35",
        "when_to_use": "Otryggt vid torget.",
        "group": group.pk,
    } | fields


def names(contact_list):
    return [
        (str(e.group), e.name) for e in ContactListEntry.objects.filter(group__contact_list=contact_list).for_list()
    ]


def everything_to_press(group, entry):
    return [
        ("get", EDIT),
        ("get", NEW_LINE),
        ("get", NEW_GROUP),
        ("get", f"{LIST}grupper/{group.pk}/"),
        ("get", f"{LIST}rader/{entry.pk}/"),
        ("post", f"{LIST}grupper/{group.pk}/flytta/"),
        ("post", f"{LIST}grupper/{group.pk}/ta-bort/"),
        ("post", f"{LIST}rader/{entry.pk}/flytta/"),
        ("post", f"{LIST}rader/{entry.pk}/ta-bort/"),
        ("post", f"{LIST}rader/{entry.pk}/dela/"),
    ]


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("outsider", 404),
        ("systemforvaltare", 404),
        ("ended", 404),
        ("granne", 403),
        ("boendeombud", 403),
        ("forvaltningschef", 403),
    ],
)
def test_only_those_who_work_here_change_the_list(as_user, group, name, status):
    entry = factories.ContactListEntryFactory(group=group)
    client = as_user(name)
    for method, url in everything_to_press(group, entry):
        assert getattr(client, method)(url).status_code == status, url
    entry.refresh_from_db()
    assert entry.archived_at is None
    assert entry.is_shared


def test_presses_are_posts(as_user, group):
    entry = factories.ContactListEntryFactory(group=group)
    for method, url in everything_to_press(group, entry):
        if method == "post":
            assert as_user("enhetschef").get(url).status_code == 405, url


def test_another_lists_groups_and_lines_do_not_exist_here(cast, as_user):
    foreign = factories.ContactListGroupFactory(contact_list=cast.alma.contact_list)
    entry = factories.ContactListEntryFactory(group=foreign)
    for method, url in everything_to_press(foreign, entry)[3:]:
        assert getattr(as_user("enhetschef"), method)(url).status_code == 404, url
    assert as_user("personal").post(NEW_LINE, line(foreign)).status_code == 422


class TestGroups:
    def test_a_new_group_comes_last_and_can_be_renamed(self, cast, as_user, group):
        client = as_user("personal")
        assert client.post(NEW_GROUP, {"name": "Fel i miljön"}).url == EDIT
        new = ContactListGroup.objects.get(name="Fel i miljön")
        assert new.position > group.position
        assert new.created_by == cast["personal"]
        url = f"{LIST}grupper/{new.pk}/"
        assert client.post(url, {"name": "Trasigt ute", "opened_version": 1}).url == EDIT
        new.refresh_from_db()
        assert new.name == "Trasigt ute"

    def test_a_taken_name_is_told_and_kept(self, as_user, group):
        answer = as_user("personal").post(NEW_GROUP, {"name": "Störning pågår"})
        assert answer.status_code == 422
        assert answer.context["form"].errors == {"name": ["Det finns redan en grupp med det namnet."]}
        assert 'value="Störning pågår"' in answer.content.decode()

    def test_the_second_of_two_editors_is_shown_both_names(self, as_user, group):
        url = f"{LIST}grupper/{group.pk}/"
        as_user("enhetschef").post(url, {"name": "Bråttom", "opened_version": 1})
        answer = as_user("personal").post(url, {"name": "Det stör", "opened_version": 1})
        assert answer.status_code == 409
        assert {"Bråttom", "Det stör"} <= set(answer.content.decode().replace("<", ">").split(">"))

    def test_an_empty_group_is_taken_away(self, as_user, group):
        assert as_user("personal").post(f"{LIST}grupper/{group.pk}/ta-bort/").url == EDIT
        group.refresh_from_db()
        assert group.archived_at

    def test_a_group_with_lines_asks_where_they_go(self, cast, as_user, group, other_group):
        there = factories.ContactListEntryFactory(group=other_group, label="Redan där", position=4)
        factories.ContactListEntryFactory(group=group, label="Flyttas")
        url = f"{LIST}grupper/{group.pk}/"
        page = as_user("personal").get(url).content.decode()
        assert "Flytta raderna till" in page
        assert as_user("personal").post(f"{url}ta-bort/").url == url
        group.refresh_from_db()
        assert group.archived_at is None
        assert as_user("personal").post(f"{url}ta-bort/", {"move_to": other_group.pk}).url == EDIT
        assert names(cast.contact_list) == [("Samarbete", there.name), ("Samarbete", "Flyttas")]

    def test_lines_are_not_moved_into_another_list(self, cast, as_user, group):
        foreign = factories.ContactListGroupFactory(contact_list=cast.alma.contact_list)
        entry = factories.ContactListEntryFactory(group=group)
        client = as_user("personal")
        client.post(f"{LIST}grupper/{group.pk}/ta-bort/", {"move_to": foreign.pk})
        assert "Välj vilken grupp de ska flyttas till." in client.get(EDIT).content.decode()
        entry.refresh_from_db()
        assert entry.group == group


class TestOrder:
    def test_lines_move_up_and_down_and_stop_at_the_ends(self, cast, as_user, group):
        a, b, c = (factories.ContactListEntryFactory(group=group, label=label) for label in "ABC")
        client = as_user("personal")

        def press(entry, way):
            assert client.post(f"{LIST}rader/{entry.pk}/flytta/", {"vart": way}).url == f"{EDIT}#rad-{entry.pk}"
            return "".join(name for _group, name in names(cast.contact_list))

        assert press(c, "upp") == "ACB"
        assert press(c, "upp") == "CAB"
        assert press(c, "upp") == "CAB"
        assert press(a, "ned") == "CBA"
        assert press(a, "ned") == "CBA"
        assert press(b, "ned") == "CAB"

    def test_groups_move(self, cast, as_user, group, other_group):
        for way, order in (("upp", ["Samarbete", "Störning pågår"]), ("ned", ["Störning pågår", "Samarbete"])):
            as_user("personal").post(f"{LIST}grupper/{other_group.pk}/flytta/", {"vart": way})
            found = ContactListGroup.objects.filter(contact_list=cast.contact_list).order_by("position")
            assert [g.name for g in found] == order

    def test_an_open_form_is_not_disturbed_by_a_move(self, as_user, group):
        entry = factories.ContactListEntryFactory(group=group, label="Först")
        factories.ContactListEntryFactory(group=group, label="Sedan", position=1)
        as_user("enhetschef").post(f"{LIST}rader/{entry.pk}/flytta/", {"vart": "ned"})
        answer = as_user("personal").post(f"{LIST}rader/{entry.pk}/", line(group, opened_version=1))
        assert answer.status_code == 302


class TestLines:
    def test_own_name_and_number(self, cast, as_user, group):
        assert as_user("personal").get(f"{NEW_LINE}?grupp={group.pk}").status_code == 200
        assert as_user("personal").post(NEW_LINE, line(group)).url == EDIT
        entry = ContactListEntry.objects.get()
        assert (entry.name, entry.phone, entry.when) == ("Vakten", "+46313900635", "Otryggt vid torget.")
        assert entry.created_by == cast["personal"]
        assert not entry.is_shared

    def test_sent_twice_is_one_line(self, as_user, group):
        sent = line(group, submission=str(uuid.uuid4()))
        client = as_user("personal")
        assert [client.post(NEW_LINE, sent).url for _ in range(2)] == [EDIT, EDIT]
        assert ContactListEntry.objects.count() == 1

    def test_person_actor_and_common_number(self, as_user, group, person):
        common = CommonEntry.objects.get(phone="11414")
        sources = [f"person:{person.pk}", f"actor:{person.actor.pk}", f"common:{common.pk}"]
        for source in sources:
            answer = as_user("personal").post(NEW_LINE, line(group, source=source, label="", own_phone=""))
            assert answer.status_code == 302, answer.content.decode()
        entries = ContactListEntry.objects.order_by("position")
        assert [entry.points_at for entry in entries] == sources
        assert [entry.phone for entry in entries] == ["+46701740612", "+46313900655", "11414"]

    def test_a_common_number_needs_no_words_of_its_own(self, as_user, group):
        common = CommonEntry.objects.get(phone="11414")
        answer = as_user("personal").post(NEW_LINE, {"source": f"common:{common.pk}", "group": group.pk})
        assert answer.status_code == 302
        assert ContactListEntry.objects.get().when == common.when_to_use

    def test_what_is_missing_is_told_at_its_field_and_the_rest_kept(self, as_user, group):
        answer = as_user("personal").post(NEW_LINE, {"hours": "Vardagar", "group": group.pk})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'value="Vardagar"' in page
        for message in ("Skriv vad raden ska heta", "Skriv ett telefonnummer, eller", "Skriv när man ska ringa."):
            assert message in page
        assert not ContactListEntry.objects.exists()

    @pytest.mark.parametrize(
        "source", ["person:1", "person:", "hus:1", f"person:{uuid.UUID(int=1)}", "\x00", "person:;--"]
    )
    def test_a_source_that_is_not_offered_is_refused(self, as_user, group, source):
        answer = as_user("personal").post(NEW_LINE, line(group, source=source, label=""))
        assert answer.status_code == 422

    def test_a_stranger_to_the_boende_is_not_offered(self, cast, as_user, group):
        stranger = factories.ContactPersonFactory(actor=factories.ActorFactory(forvaltning=cast.sydvast))
        answer = as_user("personal").post(NEW_LINE, line(group, source=f"person:{stranger.pk}"))
        assert answer.status_code == 422
        assert stranger.name not in as_user("personal").get(NEW_LINE).content.decode()

    @pytest.mark.parametrize("field", ["label", "when_to_use", "hours"])
    def test_a_personnummer_is_refused(self, as_user, group, field):
        answer = as_user("personal").post(NEW_LINE, line(group, **{field: "Ring 19121212-1212"}))
        assert answer.status_code == 422
        assert "Här står ett personnummer." in answer.content.decode()

    def test_a_bad_number_is_told(self, as_user, group):
        answer = as_user("personal").post(NEW_LINE, line(group, own_phone="ring mig"))
        assert answer.status_code == 422
        assert "till exempel 031-390 06 10" in answer.content.decode()
        assert answer.content.decode().count("field-error") == 1

    def test_a_line_whose_actor_is_no_neighbour_any_more_can_still_be_changed(self, as_user, group):
        left = factories.ContactPersonFactory(name="Flyttade Bort")
        entry = factories.ContactListEntryFactory(group=group, person=left, label="", own_phone="")
        url = f"{LIST}rader/{entry.pk}/"
        assert "Flyttade Bort" in as_user("personal").get(url).content.decode()
        sent = line(group, source=f"person:{left.pk}", label="", own_phone="", opened_version=1)
        assert as_user("personal").post(url, sent).status_code == 302

    def test_a_line_that_changes_group_is_put_last_there(self, cast, as_user, group, other_group):
        factories.ContactListEntryFactory(group=other_group, label="Redan där", position=7)
        entry = factories.ContactListEntryFactory(group=group)
        as_user("personal").post(f"{LIST}rader/{entry.pk}/", line(other_group, opened_version=1))
        assert names(cast.contact_list) == [("Samarbete", "Redan där"), ("Samarbete", "Vakten")]

    def test_the_second_of_two_editors_is_shown_both_texts(self, as_user, group, person):
        entry = factories.ContactListEntryFactory(group=group)
        url = f"{LIST}rader/{entry.pk}/"
        as_user("enhetschef").post(url, line(group, label="Chefens ord", opened_version=1, is_shared="on"))
        answer = as_user("personal").post(url, line(group, label="Personalens ord", opened_version=1))
        assert answer.status_code == 409
        assert "Chefens ord" in answer.content.decode()
        assert "Personalens ord" in answer.content.decode()

    def test_a_line_is_taken_away_and_kept_in_the_archive(self, as_user, group):
        entry = factories.ContactListEntryFactory(group=group)
        client = as_user("personal")
        assert client.post(f"{LIST}rader/{entry.pk}/ta-bort/").url == EDIT
        assert "Störningsjouren är borttagen" in client.get(EDIT).content.decode()
        entry.refresh_from_db()
        assert entry.archived_at
        assert client.get(f"{LIST}rader/{entry.pk}/").status_code == 404


class TestSharing:
    def share(self, client, entry, **data):
        return client.post(f"{LIST}rader/{entry.pk}/dela/", data)

    def test_the_enhetschef_shares_and_stops(self, as_user, group):
        entry = factories.ContactListEntryFactory(group=group, is_shared=False)
        client = as_user("enhetschef")
        self.share(client, entry, dela="")
        entry.refresh_from_db()
        assert entry.is_shared
        self.share(client, entry, sluta="")
        entry.refresh_from_db()
        assert not entry.is_shared

    def test_personal_does_not_decide(self, as_user, group):
        entry = factories.ContactListEntryFactory(group=group, is_shared=False)
        assert self.share(as_user("personal"), entry, dela="").status_code == 403
        assert "is_shared" not in as_user("personal").get(NEW_LINE).context["form"].fields
        as_user("personal").post(f"{LIST}rader/{entry.pk}/", line(group, opened_version=1, is_shared="on"))
        entry.refresh_from_db()
        assert not entry.is_shared

    def test_personal_mends_a_shared_line_without_ending_its_sharing(self, as_user, group):
        """When to ring is hers to mend; another name or number waits for the enhetschef."""
        shown = line(group)
        entry = factories.ContactListEntryFactory(
            group=group, is_shared=True, label=shown["label"], own_phone=parse_telephone(shown["own_phone"])
        )
        changes = {"when_to_use": "När porten inte går igen.", "opened_version": 1}
        as_user("personal").post(f"{LIST}rader/{entry.pk}/", line(group, **changes))
        entry.refresh_from_db()
        assert (entry.when_to_use, entry.is_shared) == ("När porten inte går igen.", True)

    def test_personal_cannot_put_another_person_in_a_shared_line(self, as_user, group, person):
        person.visibility = "delad"
        person.save()
        entry = factories.ContactListEntryFactory(group=group, is_shared=True)
        sent = line(group, source=f"person:{person.pk}", opened_version=1)
        as_user("personal").post(f"{LIST}rader/{entry.pk}/", sent)
        entry.refresh_from_db()
        assert (entry.person, entry.is_shared) == (person, False)

    def test_the_form_refuses_a_person_who_has_not_agreed_and_says_what_to_do(self, as_user, group, person):
        sent = line(group, source=f"person:{person.pk}", label="", own_phone="", is_shared="on")
        answer = as_user("enhetschef").post(NEW_LINE, sent)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "Uppgifterna om Lena Wikström är bara för boendet." in page
        assert "hos Brf Utsikten" in page
        assert "Otryggt vid torget." in page
        assert not ContactListEntry.objects.exists()

    def test_so_does_the_button(self, as_user, group, person):
        entry = factories.ContactListEntryFactory(group=group, person=person, label="", own_phone="", is_shared=False)
        client = as_user("enhetschef")
        page = client.get(EDIT).content.decode()
        assert f"/boenden/kalleback/personer/{person.pk}/andra/" in page
        self.share(client, entry, dela="")
        assert "Uppgifterna om Lena Wikström är bara för boendet." in client.get(EDIT).content.decode()
        entry.refresh_from_db()
        assert not entry.is_shared

    def test_so_do_the_verbs(self, cast, group, person):
        entry = ContactListEntry(group=group, person=person, when_to_use="Alltid.", is_shared=True)
        with pytest.raises(ValidationError):
            save_entry(entry=entry, may_share=True, by=cast["enhetschef"])
        with pytest.raises(ValidationError):
            share_entry(entry=entry, is_shared=True, by=cast["enhetschef"])
        person.visibility = "delad"
        assert save_entry(entry=entry, may_share=True, by=cast["enhetschef"]).is_shared

    def test_the_form_shows_a_line_kept_back_by_the_person_as_not_shared(self, as_user, group, person):
        entry = factories.ContactListEntryFactory(group=group, person=person, label="", own_phone="", is_shared=True)
        form = as_user("enhetschef").get(f"{LIST}rader/{entry.pk}/").context["form"]
        assert form["is_shared"].value() is False


def test_the_edit_page_runs_as_many_queries_for_40_lines_as_for_one(
    as_user, cast, group, django_assert_max_num_queries
):
    def count():
        client = as_user("enhetschef")
        client.get(edit_url(cast.contact_list))
        with django_assert_max_num_queries(12) as queries:
            assert client.get(EDIT).status_code == 200
        return len(queries)

    def add():
        person = factories.ContactPersonFactory()
        factories.ContactListEntryFactory(group=group, person=person, label="", own_phone="", is_shared=False)

    add()
    few = count()
    for number in range(40):
        factories.ContactListGroupFactory(contact_list=cast.contact_list, name=f"Grupp {number}")
        add()
    assert count() == few


def test_an_empty_list_says_how_to_begin(as_user):
    assert "Listan har ingen grupp ännu." in as_user("personal").get(EDIT).content.decode()
    assert "Lägg till en rad" in as_user("personal").get(LIST).content.decode()
    assert "Det står ingen på listan ännu." in as_user("granne").get(LIST).content.decode()
