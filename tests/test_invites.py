# SPDX-License-Identifier: EUPL-1.2
"""Invitations: sent, withdrawn, sent again; and the secret of their link."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from boenden.actions.invites import invite, resend_invite
from boenden.models import Assignment, Invite
from platssamverkan.accounts.models import User
from platssamverkan.accounts.roles import Role
from platssamverkan.notices.models import Notice
from tests import factories
from tests.invitations import accept_url, last_token, token_in, url


@pytest.fixture
def sent(cast):
    """An invitation from Kallebäck's enhetschef to be personal there."""
    return invite(
        email="Ny@Example.org", name="Nya Lind", role=Role.PERSONAL, boende=cast.kalleback, by=cast["enhetschef"]
    )


def posted(cast, **changed):
    return {"name": "Nya Lind", "email": "ny@example.org", "role": "personal", "boende": cast.kalleback.pk} | changed


class TestSend:
    def test_enhetschef_invites_to_the_own_boende(self, as_user, cast):
        client = as_user("enhetschef")
        assert client.get(url("invite_create")).status_code == 200
        response = client.post(url("invite_create"), posted(cast), follow=True)
        page = response.content.decode()
        assert "Inbjudan är på väg." in page
        assert "ny@example.org" in page
        made = Invite.objects.get()
        assert made.created_by == cast["enhetschef"]
        letter = Notice.objects.get()
        assert letter.email == "ny@example.org"
        assert "personal, Kallebäcks boende" in letter.subject
        assert str(cast["enhetschef"]) in letter.text
        assert token_in(letter.text) not in str(Invite.objects.values())

    @pytest.mark.parametrize("role", ["personal", "boendeombud", "enhetschef", "lasare"])
    def test_enhetschef_invites_to_every_role_at_a_boende(self, as_user, cast, role):
        assert as_user("enhetschef").post(url("invite_create"), posted(cast, role=role)).status_code == 302
        assert Invite.objects.get().role == ("" if role == "lasare" else role)

    @pytest.mark.parametrize("role", ["systemforvaltare", "forvaltningschef"])
    def test_enhetschef_cannot_invite_to_more(self, as_user, cast, role):
        response = as_user("enhetschef").post(url("invite_create"), posted(cast, role=role))
        assert response.status_code == 422
        assert 'value="Nya Lind"' in response.content.decode()
        with pytest.raises(PermissionDenied):
            invite(email="x@example.org", name="X", role=role, forvaltning=cast.sydvast, by=cast["enhetschef"])
        assert not Invite.objects.exists()

    def test_enhetschef_cannot_invite_to_another_boende(self, as_user, cast):
        client = as_user("enhetschef")
        assert client.post(url("invite_create"), posted(cast, boende=cast.alma.pk)).status_code == 422
        assert client.get(url("invite_create"), {"boende": "alma"}).status_code == 404
        with pytest.raises(PermissionDenied):
            invite(email="x@example.org", name="X", role="personal", boende=cast.alma, by=cast["enhetschef"])
        with pytest.raises(PermissionDenied):
            invite(email="x@example.org", name="X", role="", boende=cast.alma, by=cast["enhetschef"])

    def test_systemforvaltare_invites_to_any_role(self, as_user, cast):
        client = as_user("systemforvaltare")
        for email, scope in [
            ("a@example.org", {"role": "systemforvaltare", "boende": ""}),
            ("b@example.org", {"role": "forvaltningschef", "boende": "", "forvaltning": cast.nordost.pk}),
            ("c@example.org", {"role": "enhetschef", "boende": cast.alma.pk}),
        ]:
            assert client.post(url("invite_create"), posted(cast, email=email, **scope)).status_code == 302
        assert Invite.objects.count() == 3

    def test_sharing_a_list_is_for_the_enhetschef_to_decide(self, as_user, cast):
        response = as_user("systemforvaltare").post(url("invite_create"), posted(cast, role="lasare"))
        assert response.status_code == 422
        Assignment.objects.create(user=cast["systemforvaltare"], role=Role.ENHETSCHEF, boende=cast.alma)
        client = as_user("systemforvaltare")
        response = client.post(url("invite_create"), posted(cast, role="lasare"))
        assert response.status_code == 422
        assert "Kontaktlistan delas av boendets enhetschef." in response.content.decode()
        response = client.post(url("invite_create"), posted(cast, role="lasare", boende=cast.alma.pk))
        assert response.status_code == 302

    @pytest.mark.parametrize("name", ["forvaltningschef", "personal", "boendeombud", "granne", "ended"])
    @pytest.mark.parametrize("page", ["invite_create", "invite_list"])
    def test_is_refused_to_others(self, as_user, name, page):
        assert as_user(name).get(url(page)).status_code == 403

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"email": "inte en adress"}, "Skriv en e-postadress"),
            ({"email": "enhetschef@example.org"}, "Det är din egen adress."),
            ({"email": "PERSONAL@example.org"}, "Personal Ek har redan den rollen."),
            ({"email": "granne@example.org", "role": "lasare"}, "Granne Wik har redan den rollen."),
            ({"email": "slutat@example.org"}, ""),
            ({"name": "Ek 19121212-1212"}, "personnummer"),
            ({"name": ""}, "Fyll i det här."),
            ({"ends_on": "2020-02-02"}, "Skriv en dag som inte har varit"),
        ],
    )
    def test_bad_input_is_told_and_kept(self, as_user, cast, changed, words):
        response = as_user("enhetschef").post(url("invite_create"), posted(cast, **changed))
        if not words:
            assert response.status_code == 302, "whose role has ended may be invited anew"
            return
        page = response.content.decode()
        assert response.status_code == 422
        assert words in page
        if changed.get("email"):
            assert changed["email"] in page

    def test_a_shut_account_is_told(self, as_user, cast):
        User.objects.filter(email="slutat@example.org").update(is_active=False)
        response = as_user("enhetschef").post(url("invite_create"), posted(cast, email="slutat@example.org"))
        assert response.status_code == 422
        assert "Kontot för adressen är avstängt." in response.content.decode()

    def test_a_second_one_to_the_same_is_told(self, as_user, cast, sent):
        response = as_user("enhetschef").post(url("invite_create"), posted(cast))
        assert response.status_code == 422
        assert "väntar redan på svar" in response.content.decode()
        other = as_user("enhetschef").post(url("invite_create"), posted(cast, role="boendeombud"))
        assert other.status_code == 302

    def test_the_same_form_twice_sends_one_letter(self, as_user, cast):
        form = posted(cast, submission="0b7fce3c-6a52-4f8b-9a59-8f6d1b6f8a11")
        client = as_user("enhetschef")
        assert client.post(url("invite_create"), form).status_code == 302
        client.post(url("invite_create"), form)
        assert Invite.objects.count() == 1
        assert Notice.objects.count() == 1

    def test_a_link_fills_in_the_contact_person(self, as_user, cast):
        person = factories.ContactPersonFactory(
            actor__forvaltning=cast.sydvast, name="Lena Wik", email="lena@example.org"
        )
        client = as_user("enhetschef")
        page = client.get(url("invite_create"), {"person": person.pk, "boende": "kalleback"}).content.decode()
        assert 'value="lena@example.org"' in page
        assert "får läsa kontaktlistan" in page
        for named in ("x", factories.ContactPersonFactory(actor__forvaltning=cast.nordost).pk):
            assert client.get(url("invite_create"), {"person": named}).status_code == 404

    def test_only_a_reader_is_tied_to_a_contact_person(self, as_user, cast):
        person = factories.ContactPersonFactory(actor__forvaltning=cast.sydvast)
        as_user("enhetschef").post(url("invite_create"), posted(cast, person=person.pk))
        assert Invite.objects.get().person is None


class TestSecret:
    def test_the_letter_is_wiped_when_it_is_sent(self, sent):
        from platssamverkan.notices.outbox import drain

        token = last_token()
        drain()
        assert token in mail.outbox[0].body
        assert token not in str(Notice.objects.values())

    def test_has_no_digits_that_could_look_like_a_personnummer(self, sent):
        assert last_token().isalpha()
        assert len(last_token()) == 45

    def test_is_not_in_the_log_of_requests(self):
        from platssamverkan.ground.logs import without_secrets

        for secret_path in ("/konto/inbjudan/hemligt/", "/konto/password/reset/key/1-hemligt/"):
            event = without_secrets(None, "info", {"request": f"GET {secret_path}?q=hemligt"})
            assert "hemligt" not in event["request"]
        assert without_secrets(None, "info", {"request": "GET /boenden/"}) == {"request": "GET /boenden/"}
        assert without_secrets(None, "info", {"event": "x"}) == {"event": "x"}


class TestResendAndWithdraw:
    def test_a_new_link_replaces_the_old(self, as_user, cast, sent, client):
        old = last_token()
        with time_machine.travel(timezone.now() + timedelta(days=15)):
            assert client.get(accept_url(old)).status_code == 404
            page = as_user("enhetschef").get(url("invite_list")).content.decode()
            assert "Länken har slutat gälla" in page
            response = as_user("enhetschef").post(url("invite_resend", sent.pk), follow=True)
            assert "med en ny länk" in response.content.decode()
            new = last_token()
            assert new != old
            assert client.get(accept_url(new)).status_code == 200
            assert client.get(accept_url(old)).status_code == 404
            assert "Skickad 2 gånger" in as_user("enhetschef").get(url("invite_list")).content.decode()
        sent.refresh_from_db()
        assert sent.sent_count == 2

    def test_a_withdrawn_link_stops_working(self, as_user, cast, sent, client):
        enhetschef = as_user("enhetschef")
        assert enhetschef.post(url("invite_withdraw", sent.pk)).status_code == 302
        assert client.get(accept_url(last_token())).status_code == 404
        for again in ("invite_withdraw", "invite_resend"):
            page = enhetschef.post(url(again, sent.pk), follow=True).content.decode()
            assert "redan använd eller återkallad" in page
        assert Notice.objects.count() == 1

    def test_who_got_the_role_meanwhile_is_not_invited_again(self, cast, sent):
        user = factories.UserFactory(email="ny@example.org", name="Nya Lind")
        Assignment.objects.create(user=user, role=Role.PERSONAL, boende=cast.kalleback)
        with pytest.raises(ValidationError, match="har redan den rollen"):
            resend_invite(invite=sent, by=cast["enhetschef"])

    @pytest.mark.parametrize("name", ["invite_resend", "invite_withdraw"])
    def test_outsiders_and_get(self, as_user, cast, sent, name):
        assert as_user("outsider").post(url(name, sent.pk)).status_code == 404
        assert as_user("personal").post(url(name, sent.pk)).status_code == 404
        assert as_user("enhetschef").get(url(name, sent.pk)).status_code == 405

    def test_the_list_shows_ten_and_the_rest_on_its_own_page(self, as_user, cast):
        for number in range(12):
            invite(
                email=f"ny{number}@example.org", name=f"Ny {number}", role="", boende=cast.kalleback,
                by=cast["enhetschef"],
            )  # fmt: skip
        page = as_user("enhetschef").get(url("user_list")).content.decode()
        assert page.count("Återkalla") == 10
        assert "Alla inbjudningar" in page
        assert as_user("enhetschef").get(url("invite_list")).content.decode().count("Återkalla") == 12
        assert "Ingen inbjudan väntar" in as_user("outsider").get(url("invite_list")).content.decode()
