# SPDX-License-Identifier: EUPL-1.2
"""The common numbers, kept by the systemförvaltare."""

import pytest
from django.utils import timezone

from boenden.actions.contact_lists import start_list
from boenden.models import CommonEntry
from tests import factories

NUMBERS = "/konto/gemensamma-nummer/"
NEW = f"{NUMBERS}nytt/"


def number(**fields):
    sent = {"name": "Stadens felanmälan", "phone": "031-390 06 61", "when_to_use": "Klotter.", "place": "3"}
    return sent | {"position": "10"} | fields


@pytest.mark.parametrize(
    "name", ["forvaltningschef", "enhetschef", "personal", "boendeombud", "granne", "outsider", "ended"]
)
def test_for_others_the_pages_do_not_exist(as_user, name):
    common = CommonEntry.objects.first()
    client = as_user(name)
    for url in (NUMBERS, NEW, f"{NUMBERS}{common.pk}/"):
        assert client.get(url).status_code == 404
        assert client.post(url, number()).status_code in (404, 405)
    assert NUMBERS not in [entry.url for entry in client.get("/mer/").context["frame"].menu]


def test_the_numbers_that_every_list_needs_are_there(as_user):
    page = as_user("systemforvaltare").get(NUMBERS).content.decode()
    for text in ("112", "114 14", "1177", "Socialjouren", "Störningsjouren", "Alla förvaltningar"):
        assert text in page


def test_a_new_number_and_a_change_show_on_every_list(cast, as_user):
    client = as_user("systemforvaltare")
    assert client.post(NEW, number()).url == NUMBERS
    common = CommonEntry.objects.get(phone="+46313900661")
    boende = factories.BoendeFactory(forvaltning=cast.sydvast, slug="nytt-hus")
    start_list(boende=boende, by=cast["enhetschef"])
    url = f"{NUMBERS}{common.pk}/"
    assert client.post(url, number(phone="031-390 06 62", opened_version=1)).url == NUMBERS
    page = as_user("forvaltningschef").get("/boenden/nytt-hus/kontaktlista/").content.decode()
    assert "031-390 06 62" in page
    assert "031-390 06 61" not in page


def test_bad_input_is_told_and_kept(as_user):
    answer = as_user("systemforvaltare").post(NEW, number(phone="", when_to_use="Om 19121212-1212 ringer"))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"phone", "when_to_use"}
    assert 'value="Stadens felanmälan"' in answer.content.decode()


def test_an_empty_page_says_how_to_begin(as_user):
    CommonEntry._base_manager.update(archived_at=timezone.now())
    assert "Inget gemensamt nummer är antecknat ännu." in as_user("systemforvaltare").get(NUMBERS).content.decode()


def test_as_many_queries_for_50_numbers_as_for_a_few(cast, as_user, django_assert_max_num_queries):
    def count():
        client = as_user("systemforvaltare")
        client.get(NUMBERS)
        with django_assert_max_num_queries(8) as queries:
            client.get(NUMBERS)
        return len(queries)

    few = count()
    for n in range(50):
        CommonEntry.objects.create(name=f"N {n}", phone="11414", when_to_use="Alltid.", forvaltning=cast.nordost)
    assert count() == few
