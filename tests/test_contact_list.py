# SPDX-License-Identifier: EUPL-1.2
"""The contact list as it is read: who sees it, what stands on it, what is logged, how it starts."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry as Kinds
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from boenden.actions.contact_lists import start_list
from boenden.models import (
    Assignment,
    CommonEntry,
    ContactList,
    ContactListEntry,
    ContactListGroup,
    ContactListReader,
    ContactPerson,
)
from platssamverkan.accounts.roles import Role
from platssamverkan.audit.models import AuditEntry
from tests import factories

PAGE = "/boenden/kalleback/kontaktlista/"


@pytest.fixture
def group(cast):
    return factories.ContactListGroupFactory(contact_list=cast.contact_list)


def readings(contact_list):
    return AuditEntry.objects.get_for_object(contact_list).filter(action=Kinds.Action.ACCESS)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("anonymous", 302),
        ("systemforvaltare", 404),
        ("forvaltningschef", 200),
        ("enhetschef", 200),
        ("personal", 200),
        ("boendeombud", 200),
        ("granne", 200),
        ("outsider", 404),
        ("ended", 404),
    ],
)
def test_who_reads_the_list(cast, as_user, name, status):
    assert as_user(name).get(PAGE).status_code == status


def test_the_number_to_call_comes_first_then_112_then_the_groups_in_order(cast, as_user):
    late = factories.ContactListGroupFactory(contact_list=cast.contact_list, name="Samarbete", position=2)
    early = factories.ContactListGroupFactory(contact_list=cast.contact_list, name="Fel i miljön", position=1)
    factories.ContactListEntryFactory(group=late, label="Grannföreningen")
    factories.ContactListEntryFactory(group=early, label="Felanmälan", hours="Vardagar kl. 8–16", position=1)
    factories.ContactListEntryFactory(group=early, label="Fara för liv", own_phone="112", position=0)
    cast.kalleback.akutnummer_hours = "svarar dygnet runt."
    cast.kalleback.save()
    page = as_user("granne").get(PAGE).content.decode()
    order = ["Ring boendet först", "031-390 06 10", "Svarar dygnet runt. Ingen fråga", "Fara för liv?</b>"]
    order += ["Fel i miljön</h2>", "Felanmälan", "Vardagar kl. 8–16", "Samarbete</h2>", "Grannföreningen"]
    places = [page.index(text) for text in order]
    assert places == sorted(places)
    assert page.count("tel:112") == 1
    assert 'href="tel:+46313900630"' in page


def test_a_planned_boende_without_akutnummer_says_so(cast, as_user):
    cast.kalleback.status, cast.kalleback.akutnummer = "planerat", ""
    cast.kalleback.save()
    assert "inget akutnummer ännu" in as_user("personal").get(PAGE).content.decode()


def test_a_person_shows_role_actor_and_that_the_data_are_old(cast, as_user, group):
    actor = factories.ActorFactory(name="Brf Utsikten")
    old = timezone.localdate() - timedelta(days=366)
    fresh = timezone.localdate() - timedelta(days=365)
    for name, day in (("Lena Gammal", old), ("Nina Nyss", fresh)):
        person = factories.ContactPersonFactory(
            actor=actor, name=name, visibility="delad", verified_on=day, verified_how="phone"
        )
        factories.ContactListEntryFactory(group=group, person=person, label="", own_phone="")
    page = as_user("granne").get(PAGE).content.decode()
    assert "ordförande, Brf Utsikten" in page
    assert page.count("Ej verifierad") == 1
    assert page.index("Lena Gammal") < page.index("Ej verifierad") < page.index("Nina Nyss")


def test_staff_see_of_each_line_whether_it_is_shared(as_user, group):
    factories.ContactListEntryFactory(group=group, label="Öppen rad", is_shared=True)
    factories.ContactListEntryFactory(group=group, label="Egen rad", is_shared=False)
    page = as_user("boendeombud").get(PAGE).content.decode()
    assert page.count("Bara boendet") == 1
    assert page.count("</svg>Delas") == 1
    reader_page = as_user("granne").get(PAGE).content.decode()
    assert "Egen rad" not in reader_page
    assert "Delas" not in reader_page


def test_updated_is_the_day_that_something_the_user_sees_changed(cast, as_user, group):
    long_ago = timezone.now() - timedelta(days=100)
    cast.contact_list.changed_at = long_ago
    cast.contact_list.save()
    factories.ContactListEntryFactory(group=group, changed_at=long_ago + timedelta(days=10))
    factories.ContactListEntryFactory(group=group, label="Hemlig", is_shared=False, changed_at=timezone.now())
    shown = timezone.localdate(long_ago + timedelta(days=10))
    assert as_user("granne").get(PAGE).context["reading"].updated_on == shown
    assert as_user("personal").get(PAGE).context["reading"].updated_on == timezone.localdate()


def test_a_readers_opening_is_logged_and_staffs_is_not(cast, as_user):
    for name in ("personal", "enhetschef", "boendeombud", "forvaltningschef"):
        as_user(name).get(PAGE)
    assert not readings(cast.contact_list).exists()
    as_user("granne").get(PAGE)
    assert [entry.actor for entry in readings(cast.contact_list)] == [cast["granne"]]


def test_what_is_archived_stands_on_no_list(cast, as_user, group):
    person = factories.ContactPersonFactory(name="Borta Person", visibility="delad", archived_at=timezone.now())
    actor = factories.ActorFactory(name="Borta Aktör", phone="+46313900699", archived_at=timezone.now())
    common = CommonEntry.objects.create(
        name="Borta Nummer", phone="+46313900698", when_to_use="Aldrig.", archived_at=timezone.now()
    )
    gone = factories.ContactListGroupFactory(
        contact_list=cast.contact_list, name="Borta Grupp", archived_at=timezone.now()
    )
    factories.ContactListEntryFactory(group=group, person=person, label="", own_phone="")
    factories.ContactListEntryFactory(group=group, actor=actor, label="", own_phone="")
    factories.ContactListEntryFactory(group=group, common=common, label="", own_phone="")
    factories.ContactListEntryFactory(group=gone, label="Borta Rad")
    for name in ("granne", "enhetschef"):
        assert "Borta" not in as_user(name).get(PAGE).content.decode()


def test_the_page_runs_as_many_queries_for_60_lines_as_for_one(cast, as_user, group, django_assert_max_num_queries):
    def count(name):
        client = as_user(name)
        client.get(PAGE)
        with django_assert_max_num_queries(12) as queries:
            client.get(PAGE)
        return len(queries)

    def add():
        person = factories.ContactPersonFactory(visibility="delad")
        factories.ContactListEntryFactory(group=group, person=person, label="", own_phone="")

    add()
    few = {name: count(name) for name in ("granne", "personal")}
    for _ in range(60):
        add()
    assert {name: count(name) for name in ("granne", "personal")} == few


class TestStarting:
    def test_a_list_starts_with_four_groups_and_the_common_numbers(self, cast):
        boende = factories.BoendeFactory(forvaltning=cast.sydvast)
        other = CommonEntry.objects.create(
            forvaltning=cast.nordost, name="Bara Nordost", phone="+46313900677", when_to_use="Annat."
        )
        contact_list = start_list(boende=boende, by=cast["enhetschef"])
        groups = list(contact_list.groups.order_by("position").values_list("name", flat=True))
        assert groups == ["Ring först", "Störning pågår", "Fel i miljön", "Samarbete"]
        numbers = set(
            ContactListEntry.objects.shared()
            .filter(group__contact_list=contact_list)
            .values_list("common__phone", flat=True)
        )
        assert {"112", "11414", "1177"} <= numbers
        assert other.phone not in numbers
        assert start_list(boende=boende, by=cast["personal"]) == contact_list
        assert contact_list.groups.count() == 4

    def test_a_boende_without_a_list_offers_to_make_one(self, cast, as_user):
        boende = factories.BoendeFactory(forvaltning=cast.sydvast, slug="nytt-hus")
        Assignment.objects.create(user=cast["personal"], role=Role.PERSONAL, boende=boende)
        url, start = reverse("boenden:contactlist_detail", args=["nytt-hus"]), "/boenden/nytt-hus/kontaktlista/starta/"
        assert "Gör kontaktlistan" in as_user("personal").get(url).content.decode()
        chef = as_user("forvaltningschef")
        assert "Gör kontaktlistan" not in chef.get(url).content.decode()
        assert chef.post(start).status_code == 403
        assert as_user("outsider").get(url).status_code == 404
        assert as_user("outsider").post(start).status_code == 404
        assert as_user("personal").get(start).status_code == 405
        assert as_user("personal").post(start).url == url
        assert as_user("personal").get(url).status_code == 200
        assert boende.contact_list.created_by == cast["personal"]


class TestMenuAndLanding:
    def test_a_reader_lands_on_her_list_and_has_nothing_else(self, as_user):
        client = as_user("granne")
        assert client.get("/").url == PAGE
        page = client.get(PAGE)
        assert [entry.url for entry in page.context["frame"].menu] == [PAGE, "/konto/min-sida/"]
        assert [str(entry.short_label) for entry in page.context["frame"].tabs] == ["Kontakter", "Jag"]
        assert '/boenden/kalleback/"' not in page.content.decode()

    def test_a_reader_of_several_lists_chooses(self, cast, as_user):
        alma = ContactList.objects.get(boende=cast.alma)
        ContactListReader.objects.create(contact_list=alma, user=cast["granne"], shared_by=cast["outsider"])
        client = as_user("granne")
        assert client.get("/").url == "/konto/kontaktlistor/"
        page = client.get("/konto/kontaktlistor/")
        assert [str(item.boende) for item in page.context["object_list"]] == ["Alma", "Kallebäcks boende"]
        assert [entry.url for entry in page.context["frame"].tabs] == [
            "/konto/kontaktlistor/",
            "/konto/min-sida/",
        ]

    def test_a_contact_person_without_a_list_lands_on_her_own_page(self, cast, as_user):
        factories.ContactPersonFactory(user=cast["ended"])
        assert as_user("ended").get("/").url == "/konto/min-sida/"

    def test_staff_have_the_list_under_the_boendes_name(self, as_user):
        menu = as_user("personal").get(PAGE).context["frame"].menu
        assert ("Kallebäcks boende", PAGE) in [(entry.section, entry.url) for entry in menu]
        assert as_user("personal").get("/").status_code == 200

    def test_nobody_who_reads_nothing_sees_lists(self, as_user):
        page = as_user("ended").get("/konto/kontaktlistor/")
        assert "Du läser ingen kontaktlista." in page.content.decode()


def test_models_show_themselves():
    group = ContactListGroup(name="Samarbete")
    assert str(group) == "Samarbete"
    assert str(ContactListEntry(label="Eget", own_phone="11414")) == "Eget"
    assert ContactListEntry(actor=factories.ActorFactory.build(email="brf@example.org")).email == "brf@example.org"
    assert ContactPerson.Visibility.BOENDET == "boendet"


@pytest.mark.parametrize(
    ("name", "sees", "edits", "shares"),
    [
        ("systemforvaltare", False, False, False),
        ("forvaltningschef", True, False, False),
        ("enhetschef", True, True, True),
        ("personal", True, True, False),
        ("boendeombud", True, False, False),
        ("outsider", False, False, False),
    ],
)
def test_the_gates_of_list_group_line_and_reader_agree(cast, group, name, sees, edits, shares):
    user = cast[name]
    entry = factories.ContactListEntryFactory(group=group, is_shared=False)
    reader = ContactListReader.objects.get(user=cast["granne"])
    for thing in (cast.contact_list, group, entry):
        objects = type(thing)._default_manager
        assert objects.visible_to(user).filter(pk=thing.pk).exists() == sees
        assert objects.editable_by(user).filter(pk=thing.pk).exists() == edits
    assert ContactList.objects.shareable_by(user).filter(pk=cast.contact_list.pk).exists() == shares
    assert ContactListReader.objects.visible_to(user).filter(pk=reader.pk).exists() == shares


def test_nobody_signed_in_sees_nothing(cast, group):
    factories.ContactListEntryFactory(group=group)
    for model in (ContactList, ContactListGroup, ContactListEntry):
        assert not model.objects.visible_to(AnonymousUser()).exists()
