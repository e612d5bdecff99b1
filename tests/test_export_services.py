# SPDX-License-Identifier: EUPL-1.2
"""A large file made by a real worker process, killed midway and taken up by the next (docs/decisions/0032)."""

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.urls import reverse

from incidents.models import Felanmalan
from platssamverkan.export import made_actions
from platssamverkan.export.asking import offer_to
from platssamverkan.export.csv_writer import csv_chunks
from platssamverkan.export.models import Export, MadeFile
from platssamverkan.notices.models import Notice
from tests.conftest import make_cast
from tests.test_notices_services import database_url

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="several processes on one test database"),
]
ROOT = Path(__file__).resolve().parent.parent
ROWS, MIDWAY = 3000, 1500
SETUP = """
import django, os, signal
django.setup()
from platssamverkan.export import made_jobs, made_actions
"""
DYING = f"""
made_jobs.NOTED_EACH = 500
note = made_actions.note_progress
def dies(*, done, **more):
    note(done=done, **more)
    if done >= {MIDWAY}:
        os.kill(os.getpid(), signal.SIGKILL)
made_actions.note_progress = dies
"""
WORK = "made_jobs.make_files()"


def work(tmp_path, before=""):
    """The worker's work in a process of its own, until it ends; how it ended."""
    (tmp_path / "tmp").mkdir(exist_ok=True)
    environment = {
        "DATABASE_URL": database_url(),
        "SECRET_KEY": django_settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "platssamverkan.settings",
        "STORAGE_URL": f"file://{default_storage.location}",
        "TMPDIR": str(tmp_path / "tmp"),
    }
    command = [sys.executable, "-c", SETUP + before + WORK]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, timeout=120, check=False).returncode


def asked(settings, monkeypatch, fmt):
    """A client, and a file of many rows that is asked for."""
    cast = make_cast()
    settings.EXPORT_ROWS_AT_ONCE = 2
    monkeypatch.setattr(made_actions, "wake", lambda task: None)
    rows = [Felanmalan(boende=cast.kalleback, what=f"=Lampa\n{n}; å", place_text="g") for n in range(ROWS)]
    Felanmalan._base_manager.bulk_create(rows)
    client = Client()
    client.force_login(cast["personal"])
    assert (
        client.post(reverse("incidents:felanmalan_export"), {"purpose": "Underlag", "format": fmt}).status_code == 302
    )
    return client, MadeFile.objects.get()


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_killed_midway_it_leaves_no_file_and_is_made_whole_by_the_next(settings, monkeypatch, tmp_path, fmt):
    client, made = asked(settings, monkeypatch, fmt)
    assert work(tmp_path, DYING) == -signal.SIGKILL
    made.refresh_from_db()
    assert (made.state, made.total) == (MadeFile.State.RUNNING, ROWS)
    assert MIDWAY <= made.done < ROWS
    assert not made.file and not default_storage.exists(made_actions.place_of(made))
    assert fmt == "xlsx" or not list((tmp_path / "tmp").rglob("*")), "nothing of it lies about"
    assert client.get(reverse("export:madefile_fetch", args=[made.pk])).status_code == 404

    assert work(tmp_path) == 0
    made.refresh_from_db()
    assert made.state == MadeFile.State.RUNNING, "it is the dead one's until the lease is out"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE export_madefile SET lease_until = now() - interval '1 second'")
    assert "Arbetet avbröts" in client.get(made.get_absolute_url()).content.decode()
    assert work(tmp_path) == 0
    made.refresh_from_db()
    assert (made.state, made.row_count, made.attempts) == (MadeFile.State.DONE, ROWS, 2), made.failure
    content = client.get(reverse("export:madefile_fetch", args=[made.pk])).getvalue()
    assert (made.size, made.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    whole = Export.objects.get(state=Export.State.WHOLE)
    assert (whole.sha256, whole.row_count) == (made.sha256, ROWS)
    assert Notice.objects.filter(what="export.made").count() == 1
    if fmt == "csv":  # written by COPY: to the byte what is written row by row
        offer = offer_to(made.created_by, made)
        assert content == b"".join(csv_chunks(list(offer.rows), offer.columns))
