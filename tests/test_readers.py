# SPDX-License-Identifier: EUPL-1.2
"""With whom the contact list is shared: inviting, ending, and what the enhetschef sees of reading and saving."""

from datetime import timedelta

import pytest
from django.utils import timezone

from boenden.actions.contact_lists import add_reader
from boenden.models import ContactListReader, Invite
from platssamverkan.notices.models import Notice
from tests import factories

LIST = "/boenden/kalleback/kontaktlista/"
READERS = f"{LIST}lasare/"
NEW = f"{READERS}ny/"


@pytest.fixture
def person(cast):
    actor = factories.ActorFactory(forvaltning=cast.sydvast, name="Brf Utsikten")
    factories.NeighbourFactory(boende=cast.kalleback, actor=actor)
    return factories.ContactPersonFactory(actor=actor, name="Lena Wikström", email="lena@example.org")


@pytest.fixture
def reader(cast):
    return ContactListReader.objects.get(user=cast["granne"])


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("anonymous", 302),
        ("systemforvaltare", 404),
        ("outsider", 404),
        ("granne", 403),
        ("boendeombud", 403),
        ("personal", 403),
        ("forvaltningschef", 403),
        ("enhetschef", 200),
    ],
)
def test_the_enhetschef_alone_decides_who_reads(as_user, reader, name, status):
    client = as_user(name)
    assert client.get(READERS).status_code == status
    assert client.get(NEW).status_code == status
    ended = client.post(f"{READERS}{reader.pk}/avsluta/")
    assert ended.status_code == (302 if status == 200 else status)
    reader.refresh_from_db()
    assert (reader.archived_at is not None) == (status == 200)


def test_an_ended_reader_gets_404_at_once(cast, as_user, reader):
    client = as_user("granne")
    assert client.get(LIST).status_code == 200
    answer = as_user("enhetschef").post(f"{READERS}{reader.pk}/avsluta/", follow=True)
    assert "Granne Wik kan inte längre läsa listan." in answer.content.decode()
    assert client.get(LIST).status_code == 404
    for fmt in ("pdf/", "vcf/", ""):
        assert client.post(f"{LIST}fil/{fmt}").status_code == 404
    assert client.get("/").status_code == 200
    reader.refresh_from_db()
    assert reader.ends_on == timezone.localdate()
    assert reader.changed_by == cast["enhetschef"]


def test_reading_begins_and_ends_with_its_days(as_user, reader):
    today = timezone.localdate()
    for starts, ends, status in ((-9, 0, 200), (-9, -1, 404), (0, None, 200), (1, 9, 404)):
        reader.starts_on = today + timedelta(days=starts)
        reader.ends_on = None if ends is None else today + timedelta(days=ends)
        reader.save()
        assert as_user("granne").get(LIST).status_code == status


def test_ending_one_that_has_not_begun(as_user, cast, reader):
    reader.starts_on = timezone.localdate() + timedelta(days=5)
    reader.save()
    assert as_user("enhetschef").post(f"{READERS}{reader.pk}/avsluta/").status_code == 302
    assert not ContactListReader.objects.active().filter(user=cast["granne"]).exists()


def test_ending_is_a_post_and_of_this_list(cast, as_user, reader):
    url = f"{READERS}{reader.pk}/avsluta/"
    assert as_user("enhetschef").get(url).status_code == 405
    foreign = ContactListReader.objects.create(
        contact_list=cast.alma.contact_list, user=cast["granne"], shared_by=cast["outsider"]
    )
    assert as_user("enhetschef").post(f"{READERS}{foreign.pk}/avsluta/").status_code == 404
    assert as_user("enhetschef").post(url).status_code == 302
    assert as_user("enhetschef").post(url).status_code == 404


class TestSharing:
    def test_someone_new_is_invited_by_mail(self, cast, as_user):
        ends = timezone.localdate() + timedelta(days=90)
        sent = {"name": "Nils Ny", "email": "Nils@Example.org", "ends_on": ends.isoformat()}
        answer = as_user("enhetschef").post(NEW, sent, follow=True)
        assert "En inbjudan är på väg till nils@example.org." in answer.content.decode()
        invite = Invite.objects.get()
        assert (invite.name, invite.role, invite.boende, invite.ends_on) == ("Nils Ny", "", cast.kalleback, ends)
        page = as_user("enhetschef").get(READERS).content.decode()
        assert "Nils Ny" in page
        assert "Inbjudan gäller till" in page

    def test_an_invitation_that_ran_out_says_so(self, as_user):
        as_user("enhetschef").post(NEW, {"name": "Nils Ny", "email": "nils@example.org"})
        invite = Invite.objects.get()
        invite.expires_at = timezone.now() - timedelta(days=1)
        invite.save()
        assert "Inbjudan gick ut" in as_user("enhetschef").get(READERS).content.decode()

    def test_a_person_without_an_account_is_invited_at_her_own_address(self, as_user, person):
        as_user("enhetschef").post(NEW, {"person": person.pk})
        invite = Invite.objects.get()
        assert (invite.email, invite.name, invite.person) == ("lena@example.org", "Lena Wikström", person)

    def test_a_person_with_an_account_reads_at_once_and_is_told(self, cast, as_user, person):
        person.user = cast["ended"]
        person.save()
        assert as_user("ended").get(LIST).status_code == 404
        answer = as_user("enhetschef").post(NEW, {"person": person.pk}, follow=True)
        assert "Slutat Lund kan läsa listan nu." in answer.content.decode()
        assert as_user("ended").get(LIST).status_code == 200
        reader = ContactListReader.objects.get(user=cast["ended"])
        assert (reader.person, reader.shared_by) == (person, cast["enhetschef"])
        notice = Notice.objects.get(user=cast["ended"])
        assert notice.url == LIST
        assert not Invite.objects.exists()

    def test_who_reads_already_is_told_and_nothing_is_made(self, cast, as_user, person):
        person.user = cast["granne"]
        person.save()
        answer = as_user("enhetschef").post(NEW, {"person": person.pk})
        assert answer.status_code == 422
        assert "Granne Wik läser redan listan." in answer.content.decode()
        answer = as_user("enhetschef").post(NEW, {"name": "P", "email": "PERSONAL@example.org"})
        assert answer.status_code == 422
        assert "arbetar här och läser redan hela listan." in answer.content.decode()
        assert not Invite.objects.exists()

    def test_a_second_invitation_to_the_same_address_is_refused_at_its_field(self, as_user):
        sent = {"name": "Nils Ny", "email": "nils@example.org"}
        as_user("enhetschef").post(NEW, sent)
        answer = as_user("enhetschef").post(NEW, sent)
        assert answer.status_code == 422
        assert "väntar redan på svar" in str(answer.context["form"].errors["email"])
        assert 'value="Nils Ny"' in answer.content.decode()

    def test_a_person_whose_invitation_is_out_is_refused_at_the_choice(self, as_user, person):
        as_user("enhetschef").post(NEW, {"person": person.pk})
        answer = as_user("enhetschef").post(NEW, {"person": person.pk})
        assert answer.status_code == 422
        assert "väntar redan på svar" in str(answer.context["form"].errors["person"])

    def test_what_is_missing_or_wrong_is_told_and_kept(self, as_user):
        yesterday = timezone.localdate() - timedelta(days=1)
        answer = as_user("enhetschef").post(NEW, {"name": "Nils Ny", "ends_on": yesterday.isoformat()})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "Skriv e-postadressen, eller välj någon ovanför." in page
        assert "Skriv ett datum som kommer" in page
        assert 'value="Nils Ny"' in page
        answer = as_user("enhetschef").post(NEW, {"name": "19121212-1212", "email": "inte en adress"})
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"name", "email"}
        assert len(answer.context["form"].errors["email"]) == 1
        answer = as_user("enhetschef").post(NEW, {"email": "nils@example.org"})
        assert "Skriv namnet, eller välj någon ovanför." in answer.content.decode()

    def test_persons_of_other_boenden_and_without_address_are_not_offered(self, cast, as_user, person):
        far = factories.ContactPersonFactory(name="Långt Borta", email="langt@example.org")
        silent = factories.ContactPersonFactory(actor=person.actor, name="Bara Telefon", email="")
        offered = as_user("enhetschef").get(NEW).context["form"].fields["person"].queryset
        assert list(offered) == [person]
        for other in (far, silent):
            assert as_user("enhetschef").post(NEW, {"person": other.pk}).status_code == 422

    def test_sharing_again_with_a_reader_only_changes_the_last_day(self, cast, reader):
        ends = timezone.localdate() + timedelta(days=3)
        again = add_reader(contact_list=cast.contact_list, user=cast["granne"], ends_on=ends, by=cast["enhetschef"])
        assert again == reader
        assert again.ends_on == ends
        assert ContactListReader.objects.filter(user=cast["granne"]).count() == 1


class TestWhoOpenedAndSaved:
    def test_the_enhetschef_sees_when_each_opened_and_what_was_saved(self, as_user):
        unopened = as_user("enhetschef").get(READERS).content.decode().count("Inte ännu")
        as_user("granne").get(LIST)
        as_user("granne").post(f"{LIST}fil/vcf/")
        page = as_user("enhetschef").get(READERS).content.decode()
        assert page.count("Inte ännu") == unopened - 1
        assert page.index("Sparade filer") < page.index("Granne Wik", page.index("Sparade filer"))
        assert "kontaktkort (vCard)" in page

    def test_files_of_another_boende_are_not_shown(self, as_user):
        as_user("outsider").post("/boenden/alma/kontaktlista/fil/vcf/")
        assert "Ingen har sparat listan som fil ännu." in as_user("enhetschef").get(READERS).content.decode()

    def test_without_readers_the_page_says_why_to_share(self, as_user, cast):
        for reader in cast.contact_list.readers.all():
            as_user("enhetschef").post(f"{READERS}{reader.pk}/avsluta/")
        assert "Listan delas inte med någon ännu." in as_user("enhetschef").get(READERS).content.decode()

    def test_as_many_queries_for_30_readers_as_for_one(self, cast, as_user, django_assert_max_num_queries):
        def count():
            client = as_user("enhetschef")
            client.get(READERS)
            with django_assert_max_num_queries(12) as queries:
                client.get(READERS)
            return len(queries)

        few = count()
        for number in range(30):
            user = factories.UserFactory()
            actor = factories.ActorFactory()
            person = factories.ContactPersonFactory(actor=actor)
            ContactListReader.objects.create(
                contact_list=cast.contact_list, user=user, person=person, shared_by=cast["enhetschef"]
            )
            as_user("enhetschef").post(NEW, {"name": f"Ny {number}", "email": f"ny{number}@example.org"})
        assert count() == few
