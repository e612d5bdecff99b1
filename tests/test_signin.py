# SPDX-License-Identifier: EUPL-1.2
"""Signing in: with a password or a code, within limits, and what ends it (faults.md, cases 13 and 14)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from structlog.testing import capture_logs

from platssamverkan.accounts.adapter import address_digest
from platssamverkan.accounts.models import User
from platssamverkan.notices.outbox import drain
from tests import factories

PASSWORD = "korrekt häst batteri"
LOGIN = reverse("account_login")
REQUEST_CODE = reverse("account_request_login_code")
CONFIRM_CODE = reverse("account_confirm_login_code")
HELD_BACK = "Det blev för många försök."
WRONG = "E-postadressen och lösenordet hör inte ihop."


@pytest.fixture
def person(db):
    user = factories.UserFactory(email="maria@example.org", name="Maria Ek")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, email="maria@example.org", password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def signed_in_as(client):
    return client.session.get("_auth_user_id")


def without_what_varies(response, email):
    """A page less the address typed, the form's token and the frame's own numbers."""
    page = response.content.decode().replace(email, "ADRESS")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def code_in_mail():
    drain()
    return re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", mail.outbox[-1].body, re.MULTILINE)[1]


class TestPassword:
    def test_leads_to_the_start_page_under_a_new_session_key(self, client, person):
        client.get(LOGIN)
        session = client.session
        session["planted"] = "by someone else"
        session.save()
        planted = session.session_key
        response = sign_in(client, email="Maria@Example.ORG")
        assert response.status_code == 302
        assert response.url == "/"
        assert signed_in_as(client) == str(person.pk)
        assert client.session.session_key != planted
        thief = Client()
        thief.cookies["sessionid"] = planted
        assert thief.get(reverse("people:profile")).status_code == 302

    def test_wrong_unknown_and_shut_get_the_same_answer(self, person):
        factories.UserFactory(email="stangd@example.org", is_active=False)
        pages = {
            without_what_varies(sign_in(Client(), email=email, password="fel lösenord"), email)
            for email in ("maria@example.org", "okand@example.org", "stangd@example.org")
        }
        assert len(pages) == 1
        assert WRONG in pages.pop()

    def test_a_failure_is_logged_without_the_address(self, client, person):
        with capture_logs() as logs:
            sign_in(client, password="fel lösenord")
        failed = [entry for entry in logs if entry["event"] == "sign_in_failed"]
        assert [entry["who"] for entry in failed] == [address_digest("Maria@example.org")]
        assert "maria" not in str(failed)


class TestLimits:
    @pytest.fixture(autouse=True)
    def _the_clock_stands_still(self):
        """However slow the machine is, the tries of a test come within one window."""
        with time_machine.travel(timezone.now(), tick=False):
            yield

    def test_a_hundred_wrong_passwords_on_one_account(self, person):
        with capture_logs() as logs:
            answers = [
                sign_in(Client(), password=f"fel lösenord {n}", REMOTE_ADDR=f"198.51.100.{n}") for n in range(100)
            ]
        held_back = [HELD_BACK in answer.content.decode() for answer in answers]
        assert held_back == [False] * 5 + [True] * 95
        events = [entry["event"] for entry in logs]
        assert events.count("sign_in_failed") == 5
        assert events.count("sign_in_limited") == 95
        assert "maria@example.org" not in str(logs)
        assert {entry["who"] for entry in logs if entry["event"].startswith("sign_in")} == {
            address_digest("maria@example.org")
        }
        right = Client()
        assert HELD_BACK in sign_in(right).content.decode(), "not even with the right one, or it could be guessed"
        with time_machine.travel(timezone.now() + timedelta(minutes=5, seconds=5)):
            sign_in(right)
            assert signed_in_as(right) == str(person.pk), "she is not locked out for ever"

    def test_an_unknown_account_is_held_back_alike(self, person):
        def answers(email):
            return [without_what_varies(sign_in(Client(), email=email, password="fel"), email) for _ in range(7)]

        assert answers("maria@example.org") == answers("okand@example.org")

    def test_a_hundred_accounts_from_one_address(self, db):
        answers = [
            sign_in(Client(), email=f"p{n}@example.org", password="fel", REMOTE_ADDR="198.51.100.7") for n in range(100)
        ]
        let_through = [WRONG in answer.content.decode() for answer in answers]
        assert let_through == [True] * 30 + [False] * 70
        assert answers[-1].status_code == 429, "the page of too many attempts"
        elsewhere = sign_in(Client(), email="p1@example.org", password="fel", REMOTE_ADDR="203.0.113.9")
        assert WRONG in elsewhere.content.decode()
        with time_machine.travel(timezone.now() + timedelta(minutes=1, seconds=5)):
            later = sign_in(Client(), email="p99@example.org", password="fel", REMOTE_ADDR="198.51.100.7")
            assert WRONG in later.content.decode()

    def test_behind_a_proxy_it_counts_the_persons_own_address(self, db, settings):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        for n in range(35):
            answer = sign_in(
                Client(), email=f"p{n}@example.org", password="fel", HTTP_X_FORWARDED_FOR=f"6.6.6.6, 198.51.100.{n}"
            )
            assert WRONG in answer.content.decode()

    def test_codes_for_one_account(self, person):
        with capture_logs() as logs:
            answers = [Client().post(REQUEST_CODE, {"email": "maria@example.org"}) for _ in range(6)]
        assert [answer.status_code for answer in answers] == [302] * 3 + [200] * 3
        assert HELD_BACK in answers[-1].content.decode()
        assert address_digest("maria@example.org") in str(logs)
        drain()
        assert len(mail.outbox) == 3
        with time_machine.travel(timezone.now() + timedelta(minutes=5, seconds=5)):
            assert Client().post(REQUEST_CODE, {"email": "maria@example.org"}).status_code == 302

    def test_codes_from_one_address(self, db):
        answers = [
            Client().post(REQUEST_CODE, {"email": f"p{n}@example.org"}, REMOTE_ADDR="198.51.100.7") for n in range(25)
        ]
        assert [answer.status_code for answer in answers] == [302] * 20 + [200] * 5


class TestCode:
    def test_signs_in_under_a_new_session_key(self, client, person):
        response = client.post(REQUEST_CODE, {"email": "Maria@example.org"})
        assert response.status_code == 302
        before = client.session.session_key
        response = client.post(CONFIRM_CODE, {"code": code_in_mail()})
        assert response.status_code == 302
        assert response.url == "/"
        assert signed_in_as(client) == str(person.pk)
        assert client.session.session_key != before

    def test_unknown_and_shut_get_the_same_answer_and_no_letter(self, person):
        factories.UserFactory(email="stangd@example.org", is_active=False)
        pages = set()
        for email in ("maria@example.org", "okand@example.org", "stangd@example.org"):
            client = Client()
            answer = client.post(REQUEST_CODE, {"email": email})
            assert (answer.status_code, answer.url) == (302, CONFIRM_CODE)
            pages.add(without_what_varies(client.get(CONFIRM_CODE), email))
            assert client.post(CONFIRM_CODE, {"code": "ABC-DEF"}).status_code == 200
        assert len(pages) == 1
        drain()
        assert [letter.to for letter in mail.outbox] == [["maria@example.org"]]

    def test_five_wrong_codes_end_it(self, client, person):
        client.post(REQUEST_CODE, {"email": "maria@example.org"})
        answers = [client.post(CONFIRM_CODE, {"code": "AAA-AAA"}) for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200] * 4 + [302]
        assert "Koden stämmer inte." in answers[0].content.decode()
        client.post(CONFIRM_CODE, {"code": code_in_mail()})
        assert signed_in_as(client) is None

    def test_lives_for_a_quarter_of_an_hour(self, client, person):
        client.post(REQUEST_CODE, {"email": "maria@example.org"})
        code = code_in_mail()
        with time_machine.travel(timezone.now() + timedelta(minutes=16)):
            client.post(CONFIRM_CODE, {"code": code})
        assert signed_in_as(client) is None


class TestWhatEndsIt:
    def test_a_shut_account(self, client, person):
        sign_in(client)
        assert client.get(reverse("people:profile")).status_code == 200
        User.objects.filter(pk=person.pk).update(is_active=False)
        assert client.get(reverse("people:profile")).status_code == 302

    def test_a_changed_password_ends_the_others(self, client, person):
        elsewhere = Client()
        sign_in(client)
        sign_in(elsewhere)
        changed = client.post(
            reverse("account_change_password"),
            {"oldpassword": PASSWORD, "password1": "en ny häst i hagen", "password2": "en ny häst i hagen"},
        )
        assert changed.status_code == 302
        assert client.get(reverse("people:profile")).status_code == 200
        assert elsewhere.get(reverse("people:profile")).status_code == 302

    def test_signing_out_everywhere_else(self, client, person):
        elsewhere = Client()
        sign_in(client)
        sign_in(elsewhere)
        page = client.post(reverse("people:sign_ins_end"), follow=True).content.decode()
        assert "Du är utloggad på alla andra ställen." in page
        assert elsewhere.get(reverse("people:profile")).status_code == 302
        assert client.get(reverse("people:sign_ins_end")).status_code == 405


class TestTheDoor:
    @pytest.mark.parametrize("name", ["account_signup", "account_email", "account_confirm_email"])
    def test_nobody_signs_up_or_changes_address(self, client, name):
        with pytest.raises(NoReverseMatch):
            reverse(name)

    def test_the_adapter_says_so_too(self, rf):
        from platssamverkan.accounts.adapter import AccountAdapter

        assert AccountAdapter().is_open_for_signup(rf.get("/")) is False

    def test_a_password_is_asked_for_again_before_the_second_step_is_set(self, client, person):
        sign_in(client)
        with time_machine.travel(timezone.now() + timedelta(hours=1)):
            answer = client.get(reverse("mfa_activate_totp"))
            assert answer.status_code == 302
            again = answer.url
            assert client.post(again, {"password": "fel"}).status_code == 200
            assert client.post(again, {"password": PASSWORD}).status_code == 302
            assert client.get(reverse("mfa_activate_totp")).status_code == 200

    def test_forgotten_passwords_tell_nobody_who_has_an_account(self, person):
        pages = set()
        for email in ("maria@example.org", "okand@example.org"):
            answer = Client().post(reverse("account_reset_password"), {"email": email}, follow=True)
            pages.add(without_what_varies(answer, email))
        assert len(pages) == 1
        drain()
        assert [letter.to for letter in mail.outbox] == [["maria@example.org"]]


class TestAdmin:
    def test_signs_in_by_the_ordinary_door(self, client, person):
        answer = client.get("/admin/", follow=True)
        assert answer.redirect_chain[-1][0].startswith(LOGIN)
        assert client.post("/admin/login/", {"username": "maria@example.org", "password": PASSWORD}).status_code == 302
        assert signed_in_as(client) is None

    def test_is_for_those_who_run_the_servers(self, client, person):
        sign_in(client)
        assert client.get("/admin/").status_code == 302
        assert client.get("/admin/login/").status_code == 403

    def test_shows_users_and_nothing_else(self, admin_client):
        page = admin_client.get("/admin/").content.decode()
        assert "/admin/accounts/user/" in page
        assert page.count('class="model-') == 1
        user = User.objects.get()
        assert admin_client.get("/admin/accounts/user/").status_code == 200
        shown = admin_client.get(f"/admin/accounts/user/{user.pk}/change/").content.decode()
        assert "password" not in shown.split('id="content"')[1]
        assert admin_client.post(f"/admin/accounts/user/{user.pk}/change/", {"name": "X"}).status_code == 403
        assert admin_client.get("/admin/accounts/user/add/").status_code == 403
        assert admin_client.post(f"/admin/accounts/user/{user.pk}/delete/").status_code == 403
