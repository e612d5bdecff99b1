# SPDX-License-Identifier: EUPL-1.2
"""Invitations that are accepted, once; and what a link that does not work tells (nothing)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from boenden.actions.invites import InviteGone, accept_invite, invite, withdraw_invite
from boenden.models import Assignment, ContactList, ContactListReader
from platssamverkan.accounts.models import User
from platssamverkan.accounts.rights import has_right
from platssamverkan.accounts.roles import Right, Role
from platssamverkan.audit.models import AuditEntry
from tests import factories
from tests.invitations import accept_url, last_token

PASSWORD = "korrekt häst batteri"


@pytest.fixture
def sent(cast):
    """An invitation from Kallebäck's enhetschef to be personal there."""
    return invite(
        email="Ny@Example.org", name="Nya Lind", role=Role.PERSONAL, boende=cast.kalleback, by=cast["enhetschef"]
    )


class TestAccept:
    def test_a_new_person_makes_her_account_and_is_in(self, client, cast, sent):
        page = client.get(accept_url(last_token())).content.decode()
        assert str(cast["enhetschef"]) in page
        assert "Personal, Kallebäcks boende" in page
        assert "ny@example.org" in page
        before = client.session.session_key
        response = client.post(accept_url(last_token()), {"name": "Nya Lind", "password": PASSWORD})
        assert response.status_code == 302
        assert response.url == "/"
        user = User.objects.get(email="ny@example.org")
        assert user.check_password(PASSWORD)
        assert client.session["_auth_user_id"] == str(user.pk)
        assert client.session.session_key != before
        assert has_right(user, Right.EDIT_INCIDENTS)
        sent.refresh_from_db()
        assert sent.accepted_by == user
        made = Assignment.objects.get(user=user)
        assert AuditEntry.objects.filter(object_pk=str(made.pk), actor=user).exists()

    def test_without_a_password_she_signs_in_with_codes(self, client, sent):
        client.post(accept_url(last_token()), {"name": "Nya Lind", "password": ""})
        assert not User.objects.get(email="ny@example.org").has_usable_password()

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"name": "", "password": ""}, "Fyll i det här."),
            ({"name": "Nya Lind", "password": "kort"}, "12 tecken"),
            ({"name": "Nya Lindqvist", "password": "nya lindqvist"}, "alltför likt"),
            ({"name": "Nya 19121212-1212", "password": ""}, "personnummer"),
        ],
    )
    def test_bad_input_is_told_and_kept(self, client, sent, typed, words):
        response = client.post(accept_url(last_token()), typed)
        page = response.content.decode()
        assert response.status_code == 422
        assert words.casefold() in page.casefold()
        assert typed["name"] in page
        assert not User.objects.filter(email="ny@example.org").exists()

    def test_works_once(self, client, sent, django_user_model):
        token = last_token()
        client.post(accept_url(token), {"name": "Nya Lind", "password": ""})
        client.logout()
        assert client.get(accept_url(token)).status_code == 404
        assert client.post(accept_url(token), {"name": "Tjuv", "password": ""}).status_code == 404
        assert Assignment.objects.filter(user__email="ny@example.org").count() == 1

    def test_two_at_once_make_one(self, sent, monkeypatch, client):
        """The second comes through the page's door before the first is done."""
        from boenden.views import people_invites

        token = last_token()
        real = people_invites.accept_invite

        def overtaken(**kwargs):
            real(**kwargs)
            return real(**kwargs)

        monkeypatch.setattr(people_invites, "accept_invite", overtaken)
        response = client.post(accept_url(token), {"name": "Nya Lind", "password": ""})
        assert response.status_code == 404
        assert Assignment.objects.filter(user__email="ny@example.org").count() == 1
        with pytest.raises(InviteGone):
            accept_invite(token=token, by=None, name="Nya Lind")

    def test_who_has_an_account_signs_in_first(self, client, cast):
        invite(email="slutat@example.org", name="S", role=Role.PERSONAL, boende=cast.kalleback, by=cast["enhetschef"])
        token = last_token()
        page = client.get(accept_url(token)).content.decode()
        assert "Du har redan ett konto" in page
        assert f"next=/konto/inbjudan/{token}/" in page
        assert client.post(accept_url(token), {"name": "X", "password": ""}).status_code == 403
        client.force_login(cast["ended"])
        assert "Svara ja" in client.get(accept_url(token)).content.decode()
        assert client.post(accept_url(token)).status_code == 302
        assert has_right(User.objects.get(pk=cast["ended"].pk), Right.EDIT_INCIDENTS)
        assert User.objects.get(pk=cast["ended"].pk).name == "Slutat Lund"

    def test_another_person_signs_out_first(self, as_user, cast, sent):
        client = as_user("personal")
        page = client.get(accept_url(last_token())).content.decode()
        assert "Logga ut först" in page
        assert client.post(accept_url(last_token()), {"name": "X", "password": ""}).status_code == 403
        with pytest.raises(PermissionDenied):
            accept_invite(token=last_token(), by=cast["personal"])

    def test_a_reader_lands_on_the_list_and_is_tied_to_her_data(self, client, cast):
        person = factories.ContactPersonFactory(actor__forvaltning=cast.sydvast, email="lena@example.org")
        last = timezone.localdate() + timedelta(days=90)
        invite(
            email="lena@example.org", name="Lena Wik", role="", boende=cast.kalleback, person=person, ends_on=last,
            by=cast["enhetschef"],
        )  # fmt: skip
        assert "kontaktlistan" in client.get(accept_url(last_token())).content.decode()
        response = client.post(accept_url(last_token()), {"name": "Lena Wik", "password": ""}, follow=True)
        assert response.request["PATH_INFO"] == ContactList.objects.get(boende=cast.kalleback).get_absolute_url()
        reader = ContactListReader.objects.get(user__email="lena@example.org")
        assert (reader.shared_by, reader.ends_on, reader.person) == (cast["enhetschef"], last, person)
        person.refresh_from_db()
        assert person.user == reader.user

    def test_a_contact_person_with_an_account_keeps_it(self, client, cast):
        person = factories.ContactPersonFactory(actor__forvaltning=cast.sydvast, user=cast["granne"])
        invite(email="ny@example.org", name="N", role="", boende=cast.kalleback, person=person, by=cast["enhetschef"])
        client.post(accept_url(last_token()), {"name": "N", "password": ""})
        person.refresh_from_db()
        assert person.user == cast["granne"]

    def test_who_has_the_role_already_gets_it_no_second_time(self, client, cast):
        invite(email="slutat@example.org", name="S", role="personal", boende=cast.kalleback, by=cast["enhetschef"])
        Assignment.objects.create(user=cast["ended"], role=Role.PERSONAL, boende=cast.kalleback)
        client.force_login(cast["ended"])
        assert client.post(accept_url(last_token())).status_code == 302
        assert Assignment.objects.filter(user=cast["ended"], role=Role.PERSONAL).count() == 1


class TestGone:
    def words(self, response):
        assert response.status_code == 404
        page = response.content.decode()
        assert "Länken gäller inte längre" in page
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)

    def test_expired_used_withdrawn_shut_and_forged_say_the_same(self, client, cast):
        def fresh(email):
            made = invite(email=email, name="N", role="personal", boende=cast.kalleback, by=cast["enhetschef"])
            return made, last_token()

        pages = [self.words(client.get(accept_url("Hittepa")))]
        withdrawn, token = fresh("a@example.org")
        withdraw_invite(invite=withdrawn, by=cast["enhetschef"])
        pages.append(self.words(client.get(accept_url(token))))
        _, token = fresh("b@example.org")
        accept_invite(token=token, by=None, name="B")
        pages.append(self.words(client.get(accept_url(token))))
        _, token = fresh("slutat@example.org")
        User.objects.filter(pk=cast["ended"].pk).update(is_active=False)
        pages.append(self.words(client.get(accept_url(token))))
        short = invite(
            email="c@example.org", name="N", role="personal", boende=cast.kalleback, by=cast["enhetschef"],
            ends_on=timezone.localdate(),
        )  # fmt: skip
        token = last_token()
        with time_machine.travel(timezone.now() + timedelta(days=2)):
            pages.append(self.words(client.get(accept_url(token))))
        assert short.ends_on == timezone.localdate()
        _, token = fresh("d@example.org")
        with time_machine.travel(timezone.now() + timedelta(days=14, minutes=1)):
            pages.append(self.words(client.get(accept_url(token))))
            pages.append(self.words(client.post(accept_url(token), {"name": "D", "password": ""})))
        assert len(set(pages)) == 1
        assert "Kallebäck" not in pages[0]

    def test_lives_for_14_days(self, client, sent):
        with time_machine.travel(timezone.now() + timedelta(days=13, hours=23)):
            assert client.get(accept_url(last_token())).status_code == 200
