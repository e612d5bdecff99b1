# SPDX-License-Identifier: EUPL-1.2
"""A large file on SQLite while somebody else writes: the reading does not stand in the way of its progress."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from incidents.models import Incident
from platssamverkan.export import made_actions
from platssamverkan.export.models import MadeFile
from tests import factories
from tests.conftest import make_cast

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a file of SQLite's"),
]
ROOT = Path(__file__).resolve().parent.parent
ROWS = 5000  # more than one fetch: the reading is open when progress is noted, unless it was sorted first
WORK = """
import dataclasses, django, sqlite3, sys
django.setup()
from platssamverkan.export import made_jobs, made_actions
made_jobs.NOTED_EACH = 500
note = made_actions.note_progress
def while_another_writes(**more):
    other = sqlite3.connect(sys.argv[1], timeout=1)
    with other:
        # another text each time: SQLite writes nothing where nothing changes
        other.execute("UPDATE incidents_incident SET place_text = ? WHERE rowid = 1", [f"plats {more['done']}"])
    other.close()
    note(**more)
    seen.append(more["done"])
offered = made_jobs.offer_to
def unsorted(*asked):
    offer = offered(*asked)
    return dataclasses.replace(offer, rows=offer.rows.order_by())
made_jobs.offer_to = unsorted
seen = []
made_actions.note_progress = while_another_writes
made_jobs.make_files()
print(len(seen))
"""


def test_is_made_at_the_first_try(settings, monkeypatch, tmp_path):
    cast = make_cast()
    settings.EXPORT_ROWS_AT_ONCE = 2
    monkeypatch.setattr(made_actions, "wake", lambda task: None)
    rows = [factories.IncidentFactory.build(boende=cast.kalleback, created_by=cast["personal"]) for _ in range(ROWS)]
    Incident._base_manager.bulk_create(rows)
    client = Client()
    client.force_login(cast["personal"])
    for fmt in ("csv", "xlsx"):
        client.post(reverse("incidents:incident_export"), {"purpose": "Underlag", "format": fmt})
    path = tmp_path / "copy.sqlite3"
    copy = sqlite3.connect(path)
    connection.connection.backup(copy)
    copy.close()
    environment = {
        "DATABASE_URL": f"sqlite:///{path}",
        "SECRET_KEY": django_settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "platssamverkan.settings",
        "STORAGE_URL": f"file://{tmp_path / 'kept'}",
        "TMPDIR": str(tmp_path),
    }
    command = [sys.executable, "-c", WORK, str(path)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, timeout=120, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout.split()[-1]) > 10
    kept = sqlite3.connect(path)
    found = kept.execute("SELECT state, attempts, row_count, done FROM export_madefile").fetchall()
    kept.close()
    assert found == [(MadeFile.State.DONE, 1, ROWS, ROWS)] * 2
