# SPDX-License-Identifier: EUPL-1.2
"""Real processes: a worker and a Redis that are killed, two sweepers at once (faults.md, cases 1, 2, 3 and 6)."""

import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from redis import Redis

from platssamverkan.celery import app
from platssamverkan.notices import sweeping
from platssamverkan.notices.actions import post_notice, post_notices, wake
from platssamverkan.notices.models import Notice
from platssamverkan.notices.outbox import claim, drain
from platssamverkan.notices.providers import Due, batches, providers, register_provider, senders
from platssamverkan.notices.sweeping import sweep
from scripts import services
from tests.conftest import make_cast
from tests.mail_server import mail_server
from tests.patience import PATIENCE, until

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="several processes on one test database"),
]

ROOT = Path(__file__).resolve().parent.parent


def database_url():
    """The test's own database, as the worker's environment names it."""
    at = connection.settings_dict
    host, port = at["HOST"] or at.get("OPTIONS", {}).get("host", ""), at["PORT"] or ""
    port = f"&port={port}" if port else ""
    return f"postgres://{at['USER']}:{at['PASSWORD']}@/{at['NAME']}?host={host}{port}"


@pytest.fixture
def server():
    with mail_server() as server:
        yield server


@pytest.fixture
def redis(settings):
    """A Redis of the test's own, that the outbox is woken through."""
    with services.redis() as redis:
        before = app.conf.broker_url
        app.conf.broker_url = redis.url
        yield redis
        app.conf.broker_url = before


class Worker:
    """A Celery worker in its own process."""

    def __init__(self, redis, server, log):
        environment = {
            "DATABASE_URL": database_url(),
            "REDIS_URL": redis.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
            "SECRET_KEY": django_settings.SECRET_KEY,
        }
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=WARNING"]
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "platssamverkan", "worker", "--pool=solo", *quiet],
                cwd=ROOT,
                env={**os.environ, **environment},
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill(self):
        """As `kill -9`, and as a machine that loses power."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def start_worker(redis, server, tmp_path):
    """Start workers; they are gone when the test ends."""
    workers = []

    def start():
        workers.append(Worker(redis, server, tmp_path / "worker.log"))
        return workers[-1]

    yield start
    for worker in workers:
        worker.kill()


def tell(count=1):
    """Post notices, and let their transaction through."""
    today = timezone.localdate()
    with transaction.atomic():
        dues = [Due("w", str(n), f"Rubrik {n}", "Text", today, email=f"person{n}@example.org") for n in range(count)]
        post_notices(dues=dues, by=None)


def all_sent():
    return not Notice.objects.exclude(status=Notice.Status.SENT).exists()


def let_leases_run_out():
    """As a minute does."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE notices_notice SET lease_until = now() WHERE status = 'claimed'")


def test_a_worker_killed_before_the_mail_servers_yes_loses_nothing(start_worker, server):
    asked, may_answer = threading.Event(), threading.Event()

    def wait_for_death():
        asked.set()
        may_answer.wait(PATIENCE)

    server.before_yes, server.answer_to_text = wait_for_death, "451 nobody is there any more"
    worker = start_worker()
    tell()
    assert asked.wait(PATIENCE)
    worker.kill()
    server.before_yes, server.answer_to_text = None, "250 OK"
    may_answer.set()
    assert Notice.objects.get().status == Notice.Status.CLAIMED

    server.letters.clear()
    let_leases_run_out()
    start_worker()
    wake()  # as the beat does
    until(all_sent, "marked sent")
    assert len(server.letters) == 1


def test_a_worker_killed_after_the_yes_sends_once_more_with_the_same_id(start_worker, server):
    asked, may_answer = threading.Event(), threading.Event()

    def wait_for_lock():
        asked.set()
        may_answer.wait(PATIENCE)

    server.before_yes = wait_for_lock
    worker = start_worker()
    tell()
    assert asked.wait(PATIENCE)
    server.before_yes = None
    with transaction.atomic():
        notice = Notice.objects.select_for_update().get()
        may_answer.set()
        until(is_somebody_waiting_for_us, "the worker has its yes and wants to mark the row")
        worker.kill()
    assert len(server.letters) == 1
    assert Notice.objects.get().status == Notice.Status.CLAIMED

    let_leases_run_out()
    start_worker()
    wake()
    until(all_sent, "marked sent")
    assert drain() == 0
    assert server.message_ids == [notice.message_id] * 2


def is_somebody_waiting_for_us():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return cursor.fetchone()[0] > 0


def test_redis_killed_with_a_hundred_queued_sends_each_once(start_worker, server, redis):
    for n in range(100):
        post_notice(what="w", occasion=str(n), subject=f"Rubrik {n}", text="Text", email=f"p{n}@example.org", by=None)
    with Redis.from_url(redis.url) as client:
        assert client.llen("celery") == 100
    redis.stop(signal.SIGKILL)
    redis.start()
    with Redis.from_url(redis.url) as client:
        assert client.llen("celery") == 0
    start_worker()
    wake()
    until(all_sent, "all sent")
    assert len(set(server.message_ids)) == len(server.letters) == 100


def test_with_redis_stopped_people_sign_in_and_what_is_saved_is_sent_later(redis, server, settings):
    """The page does not wait for the broker, neither for one that refuses nor for one that never answers."""
    cast = make_cast()
    cast["personal"].set_password("ett långt lösenord")
    cast["personal"].save()
    options = {"socket_connect_timeout": 1, "socket_timeout": 1}
    backend = "platssamverkan.ground.cache.SurvivingRedisCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": redis.url, "OPTIONS": options}}
    redis.stop(signal.SIGKILL)

    client = Client()
    sign_in = {"login": "personal@example.org", "password": "ett långt lösenord"}
    assert client.post(reverse("account_login"), sign_in).status_code == 302
    assert client.get(reverse("notices:notice_list")).status_code == 200
    tell()

    with socket.create_server(("127.0.0.1", 0)) as deaf:
        app.conf.broker_url = "redis://{}:{}/0".format(*deaf.getsockname())
        posting = threading.Thread(target=wake, daemon=True)
        posting.start()
        posting.join(PATIENCE / 3)
        assert not posting.is_alive()

    use(server, settings)
    assert drain() == 1
    assert all_sent()


def use(server, settings):
    """Send from this process."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port


@contextmanager
def only_provider(provide):
    """Nobody else has anything to tell: no provider but this one, no sender and no batch."""
    registries = (providers, senders, batches)
    saved = [dict(registry) for registry in registries]
    for registry in registries:
        registry.clear()
    register_provider("test", provide)
    try:
        yield
    finally:
        for registry, entries in zip(registries, saved, strict=True):
            registry.clear()
            registry.update(entries)


def in_two_threads(work):
    """Do it twice at once; raises what either raised."""
    errors = []

    def run():
        try:
            work()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not errors


def test_two_beats_and_two_sweepers_tell_and_send_each_once(server, settings, monkeypatch):
    """Both have looked before either has written: the database decides."""
    use(server, settings)
    monkeypatch.setattr("platssamverkan.notices.actions.wake", lambda: None)
    today = timezone.localdate()
    dues = [Due("w", str(n), "Rubrik", "Text", today, email=f"p{n}@example.org") for n in range(200)]
    both_have_looked = threading.Barrier(2, timeout=PATIENCE)
    post = sweeping.post_notices

    def post_together(**values):
        both_have_looked.wait()
        post(**values)

    monkeypatch.setattr(sweeping, "post_notices", post_together)
    orders = iter([dues, dues[::-1]])
    with only_provider(lambda now: next(orders)):
        in_two_threads(sweep)
    assert Notice.objects.count() == 200
    in_two_threads(drain)
    assert all_sent()
    assert len(set(server.message_ids)) == len(server.letters) == 200


def test_two_claims_at_once_take_two_different_ones(db):
    tell(2)
    taken = []
    in_two_threads(lambda: taken.append(claim(now=timezone.now(), by=None).pk))
    assert len(set(taken)) == 2


def test_a_sweep_of_many_takes_few_queries(django_assert_max_num_queries):
    count = 15_000
    cast = make_cast()
    today = timezone.localdate()
    dues = [Due("w", str(n), "Rubrik", "Text", today, user=cast["personal"]) for n in range(count)]
    with only_provider(lambda now: dues):
        with CaptureQueriesContext(connection) as taken:
            assert sweep() == count
        statements = [query["sql"] for query in taken if query["sql"] not in ("BEGIN", "COMMIT")]
        assert len(statements) <= 1 + count / 2000
        with django_assert_max_num_queries(2):
            assert sweep() == 0
