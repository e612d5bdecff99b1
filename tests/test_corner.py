# SPDX-License-Identifier: EUPL-1.2
"""The neighbour's corner: the list first, own data, what she is told and why, and room for what comes."""

import pytest

from boenden.models import ContactList, ContactListReader
from platssamverkan.start import corner
from platssamverkan.start.corner import CornerPage
from platssamverkan.start.registry import Panel
from tests import factories

PAGE = "/konto/min-sida/"


@pytest.fixture
def reads_two(cast):
    alma = ContactList.objects.get(boende=cast.alma)
    return ContactListReader.objects.create(contact_list=alma, user=cast["granne"], shared_by=cast["outsider"])


def test_a_reader_of_two_lists_sees_both_with_who_shares_them_and_since_when(cast, as_user, reads_two):
    factories.ContactPersonFactory(user=cast["granne"], name="Granne Wik")
    page = " ".join(as_user("granne").get(PAGE).content.decode().split())
    for words in (
        "Alma", "Kallebäcks boende", "Enhetschef Ek delar kontaktlistan för Kallebäcks boende med dig från",
        "Utanför Berg delar kontaktlistan för Alma", "Granne Wik", "boendets chef kan se det", "Hur slutar jag?",
    ):  # fmt: skip
        assert words in page, words
    assert page.index("Kontaktlistan</h2>") < page.index("Mina uppgifter</h2>") < page.index("Vad du får veta")


def test_later_rooms_put_their_pages_and_words_there(as_user, monkeypatch):
    meetings = CornerPage("Möten", "/moten/", "calendar3", "Nästa träff och vad den handlar om.")
    monkeypatch.setattr(corner, "page_providers", [lambda user: [meetings]])
    monkeypatch.setattr(corner, "told_providers", [lambda user: [Panel("components/empty.html", {})]])
    answer = as_user("granne").get(PAGE)
    assert "Nästa träff och vad den handlar om." in answer.content.decode()
    menu = answer.context["frame"].menu
    assert [str(entry.label) for entry in menu] == ["Kontaktlista", "Möten", "Min sida"]
    assert [entry.in_tabbar for entry in menu] == [True, True, True]


def test_she_stops_reading_when_she_wants(cast, as_user, reads_two):
    url = f"/konto/kontaktlistor/{reads_two.pk}/sluta-lasa/"
    assert as_user("granne").get(url).status_code == 405
    assert as_user("personal").post(url).status_code == 404
    assert as_user("granne").post(url).url == PAGE
    assert as_user("granne").get("/boenden/alma/kontaktlista/").status_code == 404
    assert as_user("granne").get("/boenden/kalleback/kontaktlista/").status_code == 200
    assert as_user("granne").post(url).status_code == 404


def test_who_reads_nothing_is_told_so(as_user):
    page = as_user("ended").get(PAGE).content.decode()
    assert "Ingen kontaktlista delas med dig just nu." in page
    assert as_user("anonymous").get(PAGE).status_code == 302
