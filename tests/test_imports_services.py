# SPDX-License-Identifier: EUPL-1.2
"""A worker that is killed while it reads or writes an import: all of it or nothing, and the page says which."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import Client

from boenden.imports.jobs import run_imports
from boenden.models import Actor, ActorImport, Forvaltning
from tests.conftest import make_cast
from tests.patience import until
from tests.test_imports import URL, _nobody_is_woken, preview  # noqa: F401
from tests.test_notices_services import database_url, is_somebody_waiting_for_us

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="several processes on one test database"),
]
ROOT = Path(__file__).resolve().parent.parent
WORK = "import django; django.setup(); from boenden.imports.jobs import run_imports; run_imports()"
ROWS = "Namn;Slag\n" + "".join(f"Brf {number};brf\n" for number in range(300))


def start_worker(tmp_path):
    """The import's work in a process of its own."""
    environment = {
        "DATABASE_URL": database_url(),
        "SECRET_KEY": django_settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "platssamverkan.settings",
        "STORAGE_URL": f"file://{tmp_path / 'documents'}",
    }
    return subprocess.Popen(
        [sys.executable, "-c", WORK], cwd=ROOT, env={**os.environ, **environment}, start_new_session=True
    )


def kill(process):
    """As `kill -9`."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def let_lease_run_out():
    """As a minute does."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE boenden_actorimport SET lease_until = now() - interval '1 second'")


def confirmed():
    """A client, and an import that is confirmed."""
    cast = make_cast()
    client = Client()
    client.force_login(cast["personal"])
    shown = preview(client, ROWS)
    client.post(f"{URL}{shown.pk}/bekrafta/")
    return client, shown


def page(client, actor_import):
    return client.get(f"{URL}{actor_import.pk}/").content.decode()


def test_killed_before_it_is_through_it_has_done_nothing_and_is_taken_up_again(tmp_path):
    client, shown = confirmed()
    with transaction.atomic():
        Forvaltning.objects.select_for_update().get(pk=shown.boende.forvaltning_id)
        worker = start_worker(tmp_path)
        until(is_somebody_waiting_for_us, "the worker has judged all rows and wants to write")
        kill(worker)
    shown.refresh_from_db()
    assert (shown.status, shown.done) == ("importerar", 300)
    assert not Actor.objects.filter(name__startswith="Brf ").exists()
    let_lease_run_out()
    assert "Arbetet avbröts. Ingenting är importerat." in page(client, shown)

    run_imports()
    shown.refresh_from_db()
    assert shown.status == "klar"
    assert Actor.objects.filter(name__startswith="Brf ").count() == 300
    assert "300 rader är sparade" in page(client, shown)


def test_killed_three_times_it_is_given_up_and_says_that_nothing_is_in(tmp_path):
    client, shown = confirmed()
    for _ in range(3):
        with transaction.atomic():
            Forvaltning.objects.select_for_update().get(pk=shown.boende.forvaltning_id)
            worker = start_worker(tmp_path)
            until(is_somebody_waiting_for_us, "the worker wants to write")
            kill(worker)
        let_lease_run_out()
    run_imports()
    shown.refresh_from_db()
    assert shown.status == "misslyckad"
    assert "Ingenting är importerat" in page(client, shown)
    assert not Actor.objects.filter(name__startswith="Brf ").exists()


def test_two_workers_at_once_write_it_once():
    confirmed()
    errors = []

    def work():
        try:
            run_imports()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + 60
    for thread in threads:
        thread.join(deadline - time.monotonic())
    assert not errors
    assert Actor.objects.filter(name__startswith="Brf ").count() == 300
    assert ActorImport.objects.get().status == "klar"
