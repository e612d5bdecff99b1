# SPDX-License-Identifier: EUPL-1.2
"""A new installation's first person."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from boenden.models import Assignment
from platssamverkan.accounts.models import User
from platssamverkan.accounts.roles import Role


def test_the_first_user_can_invite_the_others(db, client, capsys):
    call_command("first_user", "Kim.Ek@Example.org", "Kim Ek")
    user = User.objects.get(email="kim.ek@example.org")
    assert Assignment.objects.current().get(user=user).role == Role.SYSTEMFORVALTARE
    client.force_login(user)
    assert client.get("/konto/anvandare/").status_code == 200
    assert "one-time code" in capsys.readouterr().out


def test_someone_who_has_an_account_already_keeps_it(db):
    User.objects.create_user(email="kim@example.org", name="Kim")
    call_command("first_user", "kim@example.org", "Någon annan")
    assert User.objects.get().name == "Kim"


def test_a_second_first_user_is_refused(cast):
    with pytest.raises(CommandError, match="already"):
        call_command("first_user", "kim@example.org", "Kim Ek")
    assert not User.objects.filter(email="kim@example.org").exists()


def test_an_address_is_needed(db):
    with pytest.raises(CommandError, match="no e-mail address"):
        call_command("first_user", "kim", "Kim Ek")
    assert not User.objects.exists()


def test_the_sign_in_page_is_where_the_readme_says():
    assert reverse("account_login") == "/konto/login/"
