# SPDX-License-Identifier: EUPL-1.2
"""Every URL × every role: a foreign thing is missing (404), a known one without right refused (403)."""

from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests import factories
from tests.url_table import LIBRARY, PUBLIC, TABLE, WHO

pytestmark = pytest.mark.usefixtures("unprinted")


def all_names(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    """Every URL name of the house, with its namespace."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from all_names(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"


def test_every_url_is_in_the_table():
    listed = {row.name for row in TABLE}
    missing = {name for name in all_names() if name not in listed and not name.startswith(LIBRARY)}
    assert not missing


def test_the_table_names_only_urls_that_exist():
    assert {row.name for row in TABLE} <= set(all_names())


@pytest.mark.parametrize("who", WHO)
def test_statuses(cast, world, who, django_user_model, settings):
    """All of one person's rows in one test; each request is undone, so that order does not matter."""
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "⟦undefined %s⟧"
    wrong = []
    client = Client()
    if who != "anonymous":
        client.force_login(cast[who])
    cookies = client.cookies.output(header="", sep=";")
    for row in TABLE:
        sid = transaction.savepoint()
        client.cookies = SimpleCookie(cookies)
        ask = client.get if row.method == "GET" else client.post
        response = ask(factories.address_of(row.name, world))
        expected = row.statuses[WHO.index(who)]
        if response.status_code != expected:
            wrong.append(f"{row.method} {row.name}: {response.status_code}, not {expected}")
        if not response.streaming and "⟦undefined" in (text := response.content.decode(errors="ignore")):
            start = text.index("⟦undefined")
            wrong.append(f"{row.method} {row.name}: {text[start : start + 60]}")
        transaction.savepoint_rollback(sid)
    assert not wrong, "\n" + "\n".join(wrong)


def test_public_pages_are_those_listed():
    """Closed by default: an anonymous person gets only what is marked public."""
    open_to_all = {row.name for row in TABLE if row.statuses[0] == 200}
    assert open_to_all == PUBLIC
