# SPDX-License-Identifier: EUPL-1.2
"""Whoever adds or imports actors from a round comes back to it, and to no address from outside."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from boenden.imports.jobs import run_imports
from boenden.models import ActorImport
from kartlaggning.models import Kartlaggning
from tests.factories import ActorCategoryFactory

NEW = "/boenden/kalleback/aktorer/ny/"
IMPORT = "/boenden/kalleback/importer/ny/"
BACK = "Tillbaka till kartläggningen"
ELSEWHERE = ["https://evil.example/", "//evil.example/", "/inte/har/", "/mer/", "javascript:1"]


@pytest.fixture
def kartlaggning(cast) -> Kartlaggning:
    return Kartlaggning.objects.create(boende=cast.kalleback, year=2026)


def test_an_actor_added_from_the_round_leads_back_to_it(as_user, kartlaggning):
    client, here = as_user("personal"), kartlaggning.get_absolute_url()
    assert f"{NEW}?tillbaka={here.replace('/', '%2F')}" in client.get(here).content.decode()
    page = client.get(NEW, {"tillbaka": here}).content.decode()
    assert BACK in page
    assert page.count(f'href="{here}"') == 2  # the link and "Avbryt"
    sent = {"name": "Förskolan Eken", "category": ActorCategoryFactory().pk, "interest": "unknown"}
    answer = client.post(f"{NEW}?tillbaka={here}", sent)
    assert (answer.status_code, answer.url) == (302, here)


def test_an_import_carries_the_way_back_to_its_end(as_user, kartlaggning):
    client, here = as_user("personal"), kartlaggning.get_absolute_url()
    file = SimpleUploadedFile("aktörer.csv", "namn;kategori\nEken;förskola\n".encode())
    answer = client.post(f"{IMPORT}?tillbaka={here}", {"file": file, "kind": "aktorer"})
    page = client.get(answer.url).content.decode()
    assert BACK in page
    made = ActorImport.objects.get()
    columns = {f"column_{place}": key for place, key in enumerate(made.mapping)}
    answer = client.post(answer.url, {**columns, "category": ActorCategoryFactory().pk})
    run_imports()
    assert BACK in client.get(answer.url).content.decode()


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_no_other_address_is_led_back_to(as_user, elsewhere, kartlaggning):
    client = as_user("personal")
    page = client.get(NEW, {"tillbaka": elsewhere}).content.decode()
    assert BACK not in page
    sent = {"name": "Förskolan Eken", "category": ActorCategoryFactory().pk, "interest": "unknown"}
    assert client.post(f"{NEW}?tillbaka={elsewhere}", sent).url.startswith("/boenden/kalleback/aktorer/")
