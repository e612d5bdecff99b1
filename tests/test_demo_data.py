# SPDX-License-Identifier: EUPL-1.2
"""The demonstration's data, made by the house's own verbs: each role can work in it, and every list shows something."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import resolve

from boenden.models import Boende
from boenden.rights import own_boenden
from platssamverkan.accounts.models import User
from platssamverkan.start import registry

PASSWORD = "korrekt häst batteri"


def addresses_of(user):
    """The pages in the user's menu, and those of her boenden."""
    entries = list(registry.menu_for(user))
    for boende in own_boenden(user):
        entries += registry.boende_pages_for(user, boende)
    return {entry.url for entry in entries}


def views_of(addresses):
    """The names of the pages at some addresses."""
    return {resolve(address).view_name for address in addresses}


def test_each_role_comes_to_every_page_of_its_menu_and_each_shows_something_somewhere(db, settings, capsys):
    settings.DEMO = True
    call_command("demo_data", password=PASSWORD)
    assert "5 boenden" in capsys.readouterr().out
    users = User.objects.filter(is_active=True).order_by("email")
    assert {user.email.partition("@")[0] for user in users} >= {"enhetschef", "personal", "granne", "sammankallande"}
    wrong, shown, empty = [], set(), set()
    for user in users:
        assert user.check_password(PASSWORD)
        client = Client()
        client.force_login(user)
        for address in addresses_of(user) - shown:
            answer = client.get(address)
            if answer.status_code != 200:
                wrong.append(f"{user.email} {address}: {answer.status_code}")
            (empty if 'class="empty' in answer.content.decode() else shown).add(address)
    assert not wrong, "\n".join(wrong)
    assert not views_of(empty) - views_of(shown)
    call_command("demo_data", password=PASSWORD)
    assert "has data already" in capsys.readouterr().out
    assert Boende.objects.count() == 5


def test_a_house_that_is_no_demonstration_gets_no_known_passwords(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo_data", password=PASSWORD)
    assert not User.objects.exists()
