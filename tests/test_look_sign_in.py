# SPDX-License-Identifier: EUPL-1.2
"""Sign-in's pages: Swedish, kind, in the house's look, without placeholders."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from structlog.testing import capture_logs

PASSWORD = "tre gula hus i rad"
ENGLISH = re.compile(r"\b(sign|password|code|email|please|your)\b", re.IGNORECASE)


def words_of(response) -> str:
    """What a person reads on the page's own part."""
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main.split(">", 1)[1]))


@pytest.fixture
def personal(cast):
    cast["personal"].set_password(PASSWORD)
    cast["personal"].save()
    return cast["personal"]


def totp_code(secret: str) -> str:
    return f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06d}"


@pytest.mark.parametrize(
    "address",
    [
        "/konto/login/",
        "/konto/login/?losenord=1",
        "/konto/login/code/",
        "/konto/password/reset/",
        "/konto/password/reset/done/",
        "/konto/password/reset/key/done/",
        "/konto/password/reset/key/abc-def/",
        "/konto/inactive/",
    ],
)
def test_pages_before_sign_in_are_swedish_and_dressed(as_user, address):
    response = as_user("anonymous").get(address)
    assert response.status_code == 200
    html = response.content.decode()
    assert 'class="door"' in html
    assert "css/tokens.css" in html
    assert "placeholder" not in html
    assert not ENGLISH.search(words_of(response))


@pytest.mark.parametrize("address", ["/konto/2fa/", "/konto/password/change/", "/konto/logout/"])
def test_pages_after_sign_in_are_swedish_and_dressed(personal, as_user, address):
    response = as_user("personal").get(address)
    assert response.status_code == 200
    assert 'class="rail"' in response.content.decode()
    assert "placeholder" not in response.content.decode()
    assert not ENGLISH.search(words_of(response))


def test_the_code_is_the_first_way_and_the_password_the_second(as_user):
    html = as_user("anonymous").get("/konto/login/?next=/mer/").content.decode()
    assert html.count("btn-primary") == 1
    assert "Skicka en engångskod" in html
    assert '<input type="hidden" name="next" value="/mer/">' in html
    assert 'href="?next=/mer/&amp;losenord=1"' in html.replace("%2F", "/")


def test_in_by_code(as_user):
    client = as_user("anonymous")
    asked = client.post("/konto/login/code/", {"email": "Personal@Example.org", "next": "/mer/"}, follow=True)
    assert "Skriv koden" in words_of(asked)
    wrong = client.post("/konto/login/code/confirm/", {"code": "FEL"})
    assert "Koden stämmer inte." in words_of(wrong)
    code = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", mail.outbox[0].body)[0]
    response = client.post("/konto/login/code/confirm/?next=/mer/", {"code": code})
    assert response.headers["Location"] == "/mer/"


def test_an_unknown_address_is_met_the_same_way(as_user):
    response = as_user("anonymous").post("/konto/login/code/", {"email": "okand@example.org"}, follow=True)
    assert "Skriv koden" in words_of(response)
    assert mail.outbox == []


def test_in_by_password(personal, as_user):
    client = as_user("anonymous")
    with capture_logs() as logs:
        wrong = client.post("/konto/login/", {"login": personal.email, "password": "fel fel fel"})
    assert "hör inte ihop" in words_of(wrong)
    assert 'name="password"' in wrong.content.decode()
    noted = [line for line in logs if line["event"] == "sign_in_failed"]
    assert len(noted) == 1
    assert personal.email not in str(noted)
    right = client.post("/konto/login/", {"login": personal.email, "password": PASSWORD})
    assert right.status_code == 302


def test_too_many_tries_are_held_back_and_noted(personal, as_user):
    client = as_user("anonymous")
    with capture_logs() as logs:
        for _try in range(7):
            response = client.post("/konto/login/", {"login": personal.email, "password": "fel fel fel"})
    assert "Vänta fem minuter" in words_of(response)
    assert any(line["event"] == "sign_in_limited" for line in logs)


def test_too_many_from_one_place_get_a_kind_page(settings, as_user):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    client = as_user("anonymous")
    for _try in range(4):
        response = client.post("/konto/login/", {"login": "x@example.org", "password": "y"})
    assert response.status_code == 429
    assert "Vänta lite" in words_of(response)


def test_nobody_signs_up(as_user):
    assert as_user("anonymous").get("/konto/signup/").status_code == 404


def test_a_forgotten_password_is_chosen_anew(personal, as_user):
    client = as_user("anonymous")
    sent = client.post("/konto/password/reset/", {"email": personal.email}, follow=True)
    assert "Länken är på väg" in words_of(sent)
    link = re.search(r"/konto/password/reset/key/\S+", mail.outbox[0].body)[0]
    form = client.get(link, follow=True)
    assert "Välj ett nytt lösenord" in words_of(form)
    address = form.redirect_chain[-1][0]
    short = client.post(address, {"password1": "kort", "password2": "kort"})
    assert "En sak behöver rättas" in words_of(short)
    done = client.post(address, {"password1": PASSWORD + "!", "password2": PASSWORD + "!"}, follow=True)
    assert "Logga in igen" in words_of(done)
    used = client.get(link, follow=True)
    assert "Länken gäller inte längre" in words_of(used)


def test_a_password_is_changed_with_the_old_one(personal, as_user):
    client = as_user("personal")
    new = {"password1": "fyra röda hus i rad", "password2": "fyra röda hus i rad"}
    wrong = client.post("/konto/password/change/", {"oldpassword": "fel", **new})
    assert "Lösenordet du har nu stämmer inte" in words_of(wrong)
    right = client.post("/konto/password/change/", {"oldpassword": PASSWORD, **new}, follow=True)
    assert "Lösenordet är bytt." in words_of(right)
    assert right.redirect_chain[-1][0] == "/konto/2fa/"


def test_one_who_signs_in_by_code_can_choose_a_password(cast, as_user):
    cast["personal"].set_unusable_password()
    cast["personal"].save()
    response = as_user("personal").get("/konto/password/change/", follow=True)
    assert response.redirect_chain[-1][0] == "/konto/password/set/"
    assert not ENGLISH.search(words_of(response))


class TestSecondStep:
    def confirm(self, client) -> None:
        response = client.post("/konto/reauthenticate/?next=/konto/2fa/", {"password": PASSWORD})
        assert response.status_code == 302, words_of(response)

    def test_the_password_is_asked_for_again(self, personal, as_user):
        client = as_user("personal")
        response = client.get("/konto/2fa/totp/activate/", follow=True)
        assert "Bekräfta att det är du" in words_of(response)
        wrong = client.post("/konto/reauthenticate/", {"password": "fel"})
        assert "Lösenordet stämmer inte" in words_of(wrong)

    def test_on_with_reserve_codes_and_off_again(self, personal, as_user):
        client = as_user("personal")
        self.confirm(client)
        page = client.get("/konto/2fa/totp/activate/")
        assert not ENGLISH.search(words_of(page))
        secret = page.context["form"].secret
        assert secret in words_of(page)
        wrong = client.post("/konto/2fa/totp/activate/", {"code": "000000"})
        assert "Koden stämmer inte" in words_of(wrong)
        on = client.post("/konto/2fa/totp/activate/", {"code": totp_code(secret)}, follow=True)
        assert "Reservkoder" in words_of(on)
        assert "10 koder kvar av 10" in words_of(on)
        overview = client.get("/konto/2fa/")
        assert "10 reservkoder kvar" in words_of(overview)
        assert "Skapa nya" in words_of(client.get("/konto/2fa/recovery-codes/generate/"))
        new = client.post("/konto/2fa/recovery-codes/generate/", follow=True)
        assert words_of(new) != words_of(on)
        assert client.get("/konto/2fa/recovery-codes/download/").status_code == 200
        assert "Stäng av steg två?" in words_of(client.get("/konto/2fa/totp/deactivate/"))
        off = client.post("/konto/2fa/totp/deactivate/", follow=True)
        assert "Steg två är av." in words_of(off)

    def test_asked_for_when_signing_in(self, personal, as_user):
        secret = generate_totp_secret()
        TOTP.activate(personal, secret)
        client = as_user("anonymous")
        second = client.post("/konto/login/", {"login": personal.email, "password": PASSWORD}, follow=True)
        assert "Steg två" in words_of(second)
        assert not ENGLISH.search(words_of(second))
        wrong = client.post("/konto/2fa/authenticate/", {"code": "000000"})
        assert "Koden stämmer inte" in words_of(wrong)
        right = client.post("/konto/2fa/authenticate/", {"code": totp_code(secret)})
        assert right.status_code == 302
        again = client.get("/konto/2fa/reauthenticate/")
        assert "Bekräfta att det är du" in words_of(again)
        assert Authenticator.objects.get(user=personal).type == "totp"
