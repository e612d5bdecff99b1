# SPDX-License-Identifier: EUPL-1.2
"""What a contact person sees of her own data, and what she can do about them."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from boenden.models import ContactPerson
from platssamverkan.notices.models import Notice
from tests import factories

OWN = "/konto/mina-uppgifter/"
LIST = "/boenden/kalleback/kontaktlista/"


@pytest.fixture
def person(cast):
    actor = factories.ActorFactory(forvaltning=cast.sydvast, name="Brf Utsikten")
    factories.NeighbourFactory(boende=cast.kalleback, actor=actor)
    return factories.ContactPersonFactory(
        actor=actor,
        user=cast["granne"],
        name="Granne Wik",
        email="granne@example.org",
        visibility="delad",
        verified_on=timezone.localdate() - timedelta(days=700),
        verified_how="phone",
    )


@pytest.fixture
def entry(cast, person):
    group = factories.ContactListGroupFactory(contact_list=cast.contact_list)
    return factories.ContactListEntryFactory(group=group, person=person, label="", own_phone="", is_shared=True)


def corrected(**fields):
    sent = {"name": "Granne Wik", "role": "kassör", "phone": "070-174 06 99", "email": "granne@example.org"}
    return sent | {"visibility": "delad", "opened_version": 1} | fields


def test_she_sees_what_is_kept_why_where_it_came_from_and_who_can_see(as_user, entry):
    page = as_user("granne").get(OWN).content.decode()
    for text in (
        "Granne Wik",
        "ordförande",
        "070-174 06 12",
        "Uppdrag i organisationen",
        "möte på boendet",
        "grannar som en lista delas med",
        "Kontaktlistan för Kallebäcks boende (delas)",
        "delad av Enhetschef Ek",
    ):
        assert text in " ".join(page.split()), text


def test_kept_to_the_boende_it_says_so(as_user, entry, person):
    person.visibility = "boendet"
    person.save()
    page = " ".join(as_user("granne").get(OWN).content.decode().split())
    assert "Bara boendets personal och chefer." in page
    assert "(delas)" not in page


def test_someone_who_is_nobodys_contact_person_is_told(as_user):
    assert "Du står inte som kontaktperson någonstans." in as_user("personal").get(OWN).content.decode()
    assert as_user("anonymous").get(OWN).status_code == 302


@pytest.mark.parametrize("name", ["enhetschef", "personal", "systemforvaltare", "outsider", "ended"])
def test_nobody_else_reaches_the_form(as_user, person, name):
    url = f"{OWN}{person.pk}/"
    assert as_user(name).get(url).status_code == 404
    assert as_user(name).post(url, corrected()).status_code == 404
    assert as_user(name).get(f"{OWN}{uuid.uuid4()}/").status_code == 404


def test_an_archived_row_is_gone(as_user, person):
    person.archived_at = timezone.now()
    person.save()
    assert as_user("granne").get(f"{OWN}{person.pk}/").status_code == 404


def test_a_correction_is_verified_by_herself_and_the_enhetschef_is_told(cast, as_user, entry, person):
    url = f"{OWN}{person.pk}/"
    assert "Ej verifierad" in as_user("granne").get(LIST).content.decode()
    assert as_user("granne").post(url, corrected()).url == OWN
    person.refresh_from_db()
    assert (person.role, person.phone) == ("kassör", "+46701740699")
    assert (person.verified_on, person.verified_how) == (timezone.localdate(), ContactPerson.VerifiedHow.SELF)
    assert person.changed_by == cast["granne"]
    page = as_user("granne").get(LIST).content.decode()
    assert "Ej verifierad" not in page
    assert "070-174 06 99" in page
    notice = Notice.objects.get()
    assert notice.user == cast["enhetschef"]
    assert notice.status == Notice.Status.APP_ONLY
    assert "Granne Wik har sett över sina kontaktuppgifter" in notice.subject


def test_keeping_to_the_boende_works_at_once_and_for_good(as_user, entry, person):
    as_user("granne").post(f"{OWN}{person.pk}/", corrected(visibility="boendet"))
    assert "070-174 06 99" not in as_user("granne").get(LIST).content.decode()
    staff_page = as_user("personal").get(LIST).content.decode()
    assert "070-174 06 99" in staff_page
    assert "Bara boendet" in staff_page
    as_user("granne").post(f"{OWN}{person.pk}/", corrected(visibility="delad", opened_version=2))
    entry.refresh_from_db()
    assert not entry.is_shared  # someone at the boende decides anew


def test_bad_input_is_told_and_kept(as_user, person):
    url = f"{OWN}{person.pk}/"
    answer = as_user("granne").post(url, corrected(name="", role="19121212-1212", phone="nej"))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"name", "role", "phone"}
    assert 'value="granne@example.org"' in answer.content.decode()
    answer = as_user("granne").post(url, corrected(phone="", email=""))
    assert answer.status_code == 422
    assert "Skriv ett telefonnummer eller en e-postadress." in answer.content.decode()
    person.refresh_from_db()
    assert person.role == "ordförande"


def test_staff_who_changed_the_row_meanwhile_are_not_overwritten(as_user, person):
    person.version, person.role = 2, "vice ordförande"
    person.save()
    answer = as_user("granne").post(f"{OWN}{person.pk}/", corrected(opened_version=1))
    assert answer.status_code == 409
    assert "vice ordförande" in answer.content.decode()
    assert "kassör" in answer.content.decode()


def test_what_is_not_hers_to_say_is_not_in_the_form(as_user, person):
    as_user("granne").post(f"{OWN}{person.pk}/", corrected(lawful_ground="samtycke", source="annat", user=""))
    person.refresh_from_db()
    assert (person.lawful_ground, person.source) == ("uppdrag", "möte på boendet")
    assert person.user_id


def test_as_many_queries_for_20_rows_as_for_one(cast, as_user, entry, django_assert_max_num_queries):
    def count():
        client = as_user("granne")
        client.get(OWN)
        with django_assert_max_num_queries(10) as queries:
            client.get(OWN)
        return len(queries)

    few = count()
    for _ in range(20):
        person = factories.ContactPersonFactory(user=cast["granne"])
        factories.ContactListEntryFactory(group=entry.group, person=person, label="", own_phone="")
    assert count() == few
