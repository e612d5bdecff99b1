# SPDX-License-Identifier: EUPL-1.2
"""The log lines: JSON with ids and outcomes, and nothing about the client or of what people wrote."""

import json
import logging

import structlog
from django.conf import settings
from django.test import Client
from redis.exceptions import ConnectionError as RedisGone

from platssamverkan.ground.cache import SurvivingRedisCache
from platssamverkan.ground.logs import render_json


def lines(caplog):
    """What stands on standard output: each record through the formatter of the settings."""
    formatter = structlog.stdlib.ProcessorFormatter(processor=render_json)
    return [json.loads(formatter.format(record)) for record in caplog.records]


def test_a_request_is_logged_with_who_and_which_and_nothing_of_the_client(cast, caplog):
    client = Client(REMOTE_ADDR="192.0.2.17", headers={"user-agent": "Provläsaren/1"})
    client.force_login(cast["personal"])
    with caplog.at_level(logging.INFO):
        client.get("/boenden/?q=hemligt")
    logged = [line for line in lines(caplog) if line["event"].startswith("request_")]
    assert [line["event"] for line in logged] == ["request_started", "request_finished"]
    assert logged[1]["user_id"] == str(cast["personal"].pk)
    assert logged[0]["request_id"] == logged[1]["request_id"]
    for trace in ("192.0.2.17", "Provläsaren", "hemligt"):
        assert trace not in str(logged)


def test_what_is_said_on_the_open_pages_is_logged_without_who_and_without_its_reference(cast, caplog):
    client = Client()
    client.force_login(cast["granne"])
    with caplog.at_level(logging.INFO):
        client.get("/om/kalleback/arende/BCDF-GHJK-LMNP/?tack=1")
        client.post("/om/kalleback/arende/BCDF-GHJK-LMNP/glom/")
        client.post("/om/kalleback/synpunkt/")
    logged = [line for line in lines(caplog) if line["event"].startswith("request_")]
    assert len(logged) == 6
    for trace in ("BCDF", str(cast["granne"].pk)):
        assert trace not in str(logged)


def test_why_redis_was_left_is_in_the_line(caplog, monkeypatch):
    cache = SurvivingRedisCache("redis://127.0.0.1:1/0", {})

    def gone(*args, **kwargs):
        raise RedisGone("no")

    monkeypatch.setattr("django.core.cache.backends.redis.RedisCache.get", gone)
    assert cache.get("x") is None
    assert [(line["event"], line["error"]) for line in lines(caplog)] == [("cache without Redis", "ConnectionError")]


def test_the_settings_write_with_that_formatter():
    assert settings.LOGGING["formatters"]["json"]["processor"].endswith("logs.render_json")
