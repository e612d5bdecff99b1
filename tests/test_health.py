# SPDX-License-Identifier: EUPL-1.2
"""Alive, ready, and what a person sees while the database is away (faults.md, case 4)."""

import sqlite3
from unittest import mock

import pytest
from django.core.cache import cache
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.test.utils import override_settings

from platssamverkan.ground.database_away import is_database_away
from scripts.services import free_port


def database_away():
    """Every query fails as it does when PostgreSQL has been stopped."""
    return mock.patch.object(connection, "cursor", side_effect=OperationalError("connection refused"))


def test_live_is_ok_without_database_or_sign_in(client, django_db_blocker):
    with django_db_blocker.block():
        response = client.get("/halsa/live")
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response["Cache-Control"]


def test_ready_while_the_database_answers(client, db, settings):
    settings.REDIS_URL = ""
    response = client.get("/halsa/redo")
    assert (response.status_code, response.json()) == (200, {"ready": True, "database": True, "redis": None})


def test_not_ready_while_the_database_is_away(client, db):
    with database_away():
        response = client.get("/halsa/redo")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response.json()["ready"] is False


@pytest.mark.parametrize("url", ["/halsa/live", "/halsa/redo"])
def test_nothing_is_written_there(client, url):
    assert client.post(url).status_code == 405


def test_a_dead_redis_is_named_but_pages_can_be_served(client, db, settings):
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    response = client.get("/halsa/redo")
    assert response.status_code == 200
    assert response.json() == {"ready": True, "database": True, "redis": False}


@pytest.mark.services
def test_a_living_redis_is_named(client, db, settings):
    from scripts.services import redis

    with redis() as service, override_settings(REDIS_URL=service.url):
        assert client.get("/halsa/redo").json()["redis"] is True


def test_a_page_says_that_we_are_soon_back(as_user):
    client = as_user("personal")
    client.raise_request_exception = False
    cache.clear()  # the session too has to be read from the database
    with database_away():
        response = client.get("/")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "Databasen svarar inte just nu" in response.content.decode()
    assert "content-security-policy" in response


def test_any_other_fault_stays_a_500(monkeypatch):
    def broken(*args, **kwargs):
        raise ValueError

    client = Client(raise_request_exception=False)
    monkeypatch.setattr("platssamverkan.health.views.HttpResponse", broken)
    assert client.get("/halsa/live").status_code == 500


def raised(error: Exception, cause: Exception | None = None) -> Exception:
    try:
        raise error from cause
    except type(error) as caught:
        return caught


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OperationalError("server closed the connection unexpectedly"), True),
        (InterfaceError("connection already closed"), True),
        (raised(ValueError(), OperationalError("connection refused")), True),
        (raised(OperationalError("database is locked"), sqlite3.OperationalError()), True),
        (raised(OperationalError("no such table: boende"), sqlite3.OperationalError()), False),
        (ValueError("another fault"), False),
        (None, False),
    ],
)
def test_what_counts_as_away(error, expected):
    assert is_database_away(error) is expected
