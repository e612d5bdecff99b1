# SPDX-License-Identifier: EUPL-1.2
"""`make demo`: its port, its one database, and that everything ends together."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys

import pytest

from scripts import demo
from scripts.demo import Refused


@pytest.fixture
def var(tmp_path, monkeypatch):
    """The demonstration's folder, in a place of the test's own."""
    monkeypatch.setattr(demo, "ROOT", tmp_path)
    monkeypatch.setattr(demo, "VAR", tmp_path)
    monkeypatch.setattr(demo, "DATABASE", tmp_path / "db.sqlite3")
    monkeypatch.setattr(demo, "PASSWORD", tmp_path / "demo_password")
    monkeypatch.setattr(demo, "BROKER", tmp_path / "broker")
    return tmp_path


@pytest.fixture
def managed(monkeypatch):
    """The commands of manage.py; `migrate` and `demo_data` make what they would have made."""
    seen = []

    def manage(command, *options, env):
        seen.append((command, env.get("DATABASE_URL")))
        if command == "demo_data":
            with sqlite3.connect(env["DATABASE_URL"].removeprefix("sqlite:///")) as connection:
                connection.execute("CREATE TABLE accounts_user (id, email, name, is_active, created_at)")
                connection.execute("CREATE TABLE boenden_assignment (user_id, role)")
                connection.execute("INSERT INTO accounts_user VALUES (1, 'chef@demo.example', 'Kim Ek', 1, 1)")
                connection.execute("INSERT INTO boenden_assignment VALUES (1, 'forvaltningschef')")
            connection.close()

    monkeypatch.setattr(demo, "manage", manage)
    monkeypatch.setattr(demo, "collect_static", lambda env: None)
    return seen


def test_a_port_in_use_is_said_in_words(monkeypatch):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(Refused, match=f"Port {port} can't be used"):
            demo.chosen_port()


@pytest.mark.parametrize("text", ["åtta", "0", "70000", "-1"])
def test_a_port_that_is_none(monkeypatch, text):
    monkeypatch.setenv("PORT", text)
    with pytest.raises(Refused, match="from 1 to 65535"):
        demo.chosen_port()


def test_it_stays_on_its_own_and_on_loopback(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody@elsewhere/real")
    monkeypatch.setenv("EMAIL_URL", "smtp://real.example")
    environment = demo.environment(8000)
    assert not {"DATABASE_URL", "EMAIL_URL"} & set(environment)
    assert environment["DEMO"] == "1"
    assert demo.HOST == "127.0.0.1"


def test_the_first_start_makes_the_data_and_the_second_keeps_it(var, managed):
    demo.prepare({})
    password = demo.password()
    assert [command for command, _ in managed] == ["migrate", "demo_data"]
    assert demo.has_users(demo.DATABASE)
    demo.prepare({})
    assert [command for command, _ in managed] == ["migrate", "demo_data", "migrate"]
    assert demo.password() == password
    assert len(password) >= 16
    assert (var / "demo_password").stat().st_mode & 0o077 == 0
    assert re.search(r"chef@demo.example +Kim Ek +forvaltningschef", demo.greeting(8000))
    assert password in demo.greeting(8000)


def test_an_interrupted_first_start_leaves_no_half_database(var, managed, monkeypatch):
    def interrupted(command, *options, env):
        if command == "demo_data":
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(demo, "manage", interrupted)
        with pytest.raises(KeyboardInterrupt):
            demo.prepare({})
    assert not demo.DATABASE.exists()
    demo.prepare({})
    assert demo.has_users(demo.DATABASE)


def test_somebody_elses_database_is_left_alone(var, managed):
    demo.prepare({})
    demo.PASSWORD.unlink()
    before = demo.DATABASE.read_bytes()
    with pytest.raises(Refused, match="not the demonstration's"):
        demo.prepare({})
    assert demo.DATABASE.read_bytes() == before


def test_a_chosen_password_is_kept(var, managed, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "ett-eget-losenord")
    demo.prepare({})
    monkeypatch.delenv("DEMO_PASSWORD")
    assert demo.password() == "ett-eget-losenord"


def test_reset_begins_anew(var, managed, capsys):
    demo.prepare({})
    (var / "mail").mkdir()
    (var / "cache").mkdir()
    (var / "secret_key").write_text("stays")
    demo.reset()
    assert {path.name for path in var.iterdir()} == {"secret_key"}


def test_only_one_at_a_time(var):
    with demo.only_one(), pytest.raises(Refused, match="runs already"):
        demo.only_one()
    demo.only_one().close()


def sleeper() -> subprocess.Popen:
    """A process that ends at SIGTERM."""
    return subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"], start_new_session=True)


@pytest.fixture
def prepared(var, managed, monkeypatch):
    """Everything but the processes; their signals are put back afterwards."""
    monkeypatch.setattr(demo, "wait_for_server", lambda port, processes: None)
    before = {number: signal.signal(number, demo.interrupt) for number in demo.ENDINGS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_when_one_dies_the_other_ends(prepared, monkeypatch, capsys):
    alive = sleeper()
    dead = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"], start_new_session=True)
    monkeypatch.setattr(demo, "start", lambda port, env: {"the server": alive, "the worker": dead})
    assert demo.serve(8000) == 1
    assert alive.poll() is not None
    assert "The worker ended by itself (status 3)" in capsys.readouterr().out


def test_ctrl_c_ends_both(prepared, monkeypatch):
    both = {"the server": sleeper(), "the worker": sleeper()}
    monkeypatch.setattr(demo, "start", lambda port, env: both)

    def greeting(port):
        os.kill(os.getpid(), signal.SIGINT)
        return ""

    monkeypatch.setattr(demo, "greeting", greeting)
    assert demo.serve(8000) == 0
    assert all(process.poll() is not None for process in both.values())


def test_a_process_that_will_not_end_is_ended(monkeypatch):
    code = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); signal.pause()"
    stubborn = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, start_new_session=True)
    assert stubborn.stdout is not None
    stubborn.stdout.readline()
    monkeypatch.setattr(demo, "PATIENCE", 0)
    demo.stop({"the server": stubborn})
    assert stubborn.poll() == -signal.SIGKILL
    stubborn.stdout.close()


def test_what_a_dead_process_left_behind_is_ended():
    """A worker that was killed leaves its own children in its group."""
    code = "import subprocess, sys; subprocess.Popen(['sleep', '600']); print(flush=True); sys.stdin.read()"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    parent = subprocess.Popen([sys.executable, "-c", code], start_new_session=True, **pipes)
    assert parent.stdin is not None
    assert parent.stdout is not None
    parent.stdout.readline()
    parent.kill()
    parent.wait()
    demo.stop({"the worker": parent})
    assert parent.stdout.read() == b""  # the end of the pipe: nobody holds it any longer
    parent.stdin.close()
    parent.stdout.close()
