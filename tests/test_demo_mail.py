# SPDX-License-Identifier: EUPL-1.2
"""The demonstration's letter box, and the letters of sign-in that are read there."""

import re
import smtplib

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse

from platssamverkan.demo.letters import newest_letters

BOX = reverse("demo:letter_list")
FILES = "django.core.mail.backends.filebased.EmailBackend"


@pytest.fixture
def demo(settings, tmp_path):
    """The demonstration's settings, with a folder of the test's own."""
    settings.DEMO = True
    settings.EMAIL_BACKEND = FILES
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return settings.EMAIL_FILE_PATH


def write(*letters):
    """Letters as (subject, text), in one file as a round of the outbox writes them."""
    connection = get_connection()
    connection.open()
    for subject, text in letters:
        EmailMessage(subject, text, to=["Åsa Ek <asa@example.org>"], connection=connection).send()
    connection.close()


class TestLetterBox:
    @pytest.mark.parametrize("name", ["anonymous", "personal", "systemforvaltare"])
    def test_is_not_there_outside_the_demonstration(self, as_user, name):
        assert as_user(name).get(BOX).status_code == 404

    def test_needs_no_sign_in_and_stays_out_of_caches(self, demo, client, db):
        response = client.get(BOX)
        assert response.status_code == 200
        assert "Inga mail ännu" in response.content.decode()
        assert response["Cache-Control"] == "no-store"

    def test_shows_the_newest_first(self, demo, client, db):
        write(("Första brevet", "ett"), ("Andra brevet", "två"))
        page = client.get(BOX).content.decode()
        assert page.index("Andra brevet") < page.index("Första brevet")
        assert "asa@example.org" in page
        assert all(letter.sent_at.tzinfo for letter in newest_letters(demo, 10))

    def test_escapes_the_text_and_opens_its_links(self, demo, client, db):
        write(
            (
                "Ämne med <b>",
                "Rad ett <script>alert(1)</script>\n\nÖppna http://127.0.0.1:8000/konto/inbjudan/a_b-c/?x=1&y=2.\n"
                "javascript:alert(1) åäö",
            )
        )
        page = client.get(BOX).content.decode()
        assert '<a href="http://127.0.0.1:8000/konto/inbjudan/a_b-c/?x=1&amp;y=2">' in page
        assert "<script>alert" not in page
        assert "Ämne med &lt;b&gt;" in page
        assert 'href="javascript' not in page
        assert "åäö" in page

    def test_a_letter_that_is_being_written_is_left_for_later(self, demo, db):
        write(("Färdigt", "text"))
        [file] = demo.glob("*.log")
        file.write_bytes(file.read_bytes() + b"Subject: Halvt\n\nbara b")
        assert [letter.subject for letter in newest_letters(demo, 10)] == ["Färdigt"]

    def test_shows_as_many_as_asked(self, demo, db):
        for n in range(3):
            write((f"Brev {n} a", "x"), (f"Brev {n} b", "x"))
        assert len(newest_letters(demo, 4)) == 4

    def test_a_letter_with_nothing_in_it_is_shown_too(self, demo, client, db):
        demo.mkdir()
        (demo / "x.log").write_bytes(b"Content-Type: image/png\n\n\n" + b"-" * 79 + b"\n")
        [letter] = newest_letters(demo, 10)
        assert (letter.subject, letter.recipient, letter.sent_at, letter.pieces) == ("", "", None, [])
        assert client.get(BOX).status_code == 200


class TestHint:
    def test_stands_at_sign_in_in_the_demonstration_only(self, client, db, settings):
        url = reverse("account_login")
        assert BOX not in client.get(url).content.decode()
        settings.DEMO = True
        assert BOX in client.get(url).content.decode()


@pytest.fixture
def code_asked(cast):
    """Ask for a sign-in code for an address."""

    def ask(client, email):
        return client.post(reverse("account_request_login_code"), {"email": email}, follow=True)

    EmailAddress.objects.get_or_create(user=cast["granne"], email="granne@example.org", verified=True, primary=True)
    return ask


class TestSignInLetters:
    def test_a_code_comes_at_once_and_signs_in(self, client, code_asked):
        code_asked(client, "granne@example.org")
        [letter] = mail.outbox
        code = re.search(r"^([A-Z0-9-]{6,})$", letter.body, re.MULTILINE).group(1)
        assert letter.subject == f"{code} är din kod till Platssamverkan"
        assert "Här är din kod" in letter.body
        assert "går inte att svara på" in letter.body
        assert letter.message()["Auto-Submitted"] == "auto-generated"
        client.post(reverse("account_confirm_login_code"), {"code": code})
        assert client.session.get("_auth_user_id")

    def test_no_english_is_left_in_them(self, client, code_asked):
        code_asked(client, "granne@example.org")
        client.post(reverse("account_reset_password"), {"email": "granne@example.org"})
        for letter in mail.outbox:
            assert not re.search(r"\b(you|your|please|hello|code is|thank)\b", letter.body, re.IGNORECASE)

    def test_a_mail_server_that_is_away_gives_the_same_page_for_known_and_unknown(
        self, client, code_asked, monkeypatch, caplog
    ):
        def away(self, messages):
            raise smtplib.SMTPServerDisconnected("HEMLIG")

        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
        known = code_asked(client, "granne@example.org")
        client.cookies.clear()
        unknown = code_asked(client, "okand@example.org")
        assert known.status_code == unknown.status_code == 200
        assert known.redirect_chain == unknown.redirect_chain
        assert "sign-in mail not sent" in caplog.text
        assert "HEMLIG" not in caplog.text

    def test_nobody_signs_herself_up(self, rf):
        assert not get_adapter().is_open_for_signup(rf.get("/"))
