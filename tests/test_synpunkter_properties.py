# SPDX-License-Identifier: EUPL-1.2
"""Whatever is typed into a public form: never a 5xx, and nothing stored that the guard forbids.

`PUBLIC_FORM_INPUTS` says how many inputs each form gets: 25 by itself, 10,000 with `make public-forms`.
"""

import os

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents.models import Synpunkt
from platssamverkan.ground.identity_guard import personal_numbers
from platssamverkan.notices.models import Notice
from tests.voices import form_address, released_text, stamp, synpunkt

INPUTS = int(os.environ.get("PUBLIC_FORM_INPUTS", "25"))
many = settings(
    max_examples=INPUTS,
    deadline=None,
    derandomize=INPUTS < 1000,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

numbers = st.sampled_from(["19811218-9876", "8112189876", "811218 98 76", "８１１２１８-９８７６", "1981 12 18 9876"])
marks = st.sampled_from(
    [
        "\x00",
        "\ud800",
        "‮",
        "👩‍👩‍👧",
        "e" + "\u0301" * 500,
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        "%00",
        "=1+1",
        "\r\n",
    ]
)
words = st.text(st.characters(codec="utf-8"), max_size=80)
texts = st.lists(st.one_of(words, marks, numbers), max_size=4).map(" ".join)
anything = st.one_of(texts, st.sampled_from(["", "oro", "klagomal", "on", "1", "9" * 400, "true"]))
FIELDS = ["kind", "text", "place_text", "children", "sender_email", "as_me", "webbplats", "opened", "submission",
          "identity_confirmed", "send", "edit"]  # fmt: skip


def as_sent(fields):
    """What a browser can send: a lone surrogate goes as something else."""
    return {name: value.encode("utf-8", "replace").decode() for name, value in fields.items()}


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
