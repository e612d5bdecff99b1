# SPDX-License-Identifier: EUPL-1.2
"""Whatever is typed into a public form: never a 5xx, and nothing stored that the guard forbids."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from incidents.models import Synpunkt
from platssamverkan.ground.identity_guard import personal_numbers
from platssamverkan.notices.models import Notice
from tests.public_inputs import anything, as_sent, many, texts
from tests.voices import form_address, released_text, stamp, synpunkt

FIELDS = ["kind", "text", "place_text", "children", "sender_email", "as_me", "webbplats", "opened", "submission",
          "identity_confirmed", "send", "edit"]  # fmt: skip


def nothing_forbidden_is_stored():
    """Every text that the public has put into the house."""
    for row in Synpunkt.objects.all():
        for text in (row.text, row.place_text, row.sender_email):
            assert not personal_numbers(text)
            assert "\x00" not in text
    for notice in Notice.objects.all():
        assert not personal_numbers(notice.subject + notice.text)


@pytest.fixture
def page(cast):
    return released_text(cast)


@many
@given(fields=st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, anything)))
def test_the_form_takes_anything(cast, page, fields):
    cache.clear()
    sid = transaction.savepoint()
    response = Client(raise_request_exception=False).post(form_address(), as_sent(fields))
    assert response.status_code in (200, 302, 422)
    nothing_forbidden_is_stored()
    transaction.savepoint_rollback(sid)


@many
@given(text=texts, place=texts, kind=st.sampled_from(Synpunkt.Kind.values), is_sent=st.booleans(), email=st.booleans())
def test_a_form_filled_in_by_a_person_with_anything_in_its_texts(cast, page, text, place, kind, is_sent, email):
    cache.clear()
    sid = transaction.savepoint()
    fields = {"kind": kind, "text": text, "place_text": place, "opened": stamp(), "sender_email": "a@b.se" * email}
    client, sent = Client(raise_request_exception=False), {"send" if is_sent else "read": "1"}
    response = client.post(form_address(), {**as_sent(fields), **sent})
    assert response.status_code in (200, 302, 422)
    if response.status_code == 302:
        assert client.get(response["Location"]).status_code == 200
    nothing_forbidden_is_stored()
    transaction.savepoint_rollback(sid)


@many
@given(reference=anything)
def test_any_reference_is_found_or_not(cast, page, reference):
    cache.clear()
    lookup = reverse("incidents:synpunkt_lookup", args=["kalleback"])
    data = as_sent({"referens": reference})
    response = Client(raise_request_exception=False).post(lookup, data)
    assert response.status_code in (302, 422)


@many
@given(query=anything, path=st.text(st.characters(codec="utf-8", exclude_characters="/\\?#."), min_size=1, max_size=40))
def test_any_address_under_om_is_a_page_or_none(cast, page, query, path):
    cache.clear()
    client = Client(raise_request_exception=False)
    for address in (f"/om/{path}/", f"/om/kalleback/las/{path}/", f"/om/kalleback/arende/{path}/"):
        assert client.get(address, {"tack": as_sent({"q": query})["q"]}).status_code in (301, 400, 404)
    assert client.post(f"/om/kalleback/arende/{path}/glom/").status_code in (400, 404)


def test_a_reply_reaches_nobody_by_guessing(cast, page):
    row = synpunkt(cast)
    other = row.status_url.replace(row.reference[:4], "BBBB")
    assert Client().get(other).status_code == 404
