# SPDX-License-Identifier: EUPL-1.2
"""`make demo`: the demonstration on this machine's loopback, with one background worker beside the server.

Only the standard library; everything else runs in processes of its own, which end together.
"""

import contextlib
import fcntl
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from hashlib import sha256
from pathlib import Path
from types import FrameType
from typing import TextIO

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
DATABASE = VAR / "platssamverkan.sqlite3"
PASSWORD = VAR / "demo_password"
BROKER = VAR / "broker"
HOST = "127.0.0.1"
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 10  # seconds for a process to end by itself
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are easily mistaken for another
USERS = """
    SELECT email, name, COALESCE(group_concat(DISTINCT role), 'reads what is shared with her or him')
    FROM accounts_user LEFT JOIN boenden_assignment ON boenden_assignment.user_id = accounts_user.id
    WHERE email LIKE '%@demo.example' AND is_active GROUP BY email ORDER BY accounts_user.created_at, email
"""
# The demonstration stands on its own: none of these may lead it to somebody's real database, mail or files.
OTHERS = [
    *("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "STORAGE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "DEBUG", "TILE_URL"),
    *("SENTRY_DSN", "GUNICORN_CMD_ARGS", "WEB_CONCURRENCY", "DJANGO_SETTINGS_MODULE"),
]


class Refused(SystemExit):
    """The demonstration can't start; the message says why and what to do."""


def chosen_port() -> int:
    """PORT, 8000 if unset; refused when it is no port or somebody listens there."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise Refused(f"PORT must be a number from 1 to 65535, not {text!r}.")
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind((HOST, int(text)))
        except OSError as error:
            raise Refused(
                f"Port {text} can't be used ({error.strerror}). If the demonstration runs already, end that one;\n"
                f"otherwise choose another port:  make demo PORT={int(text) % 65535 + 1}"
            ) from error
    return int(text)


def only_one() -> TextIO:
    """A lock for as long as the file is open: two demonstrations would share one database."""
    VAR.mkdir(exist_ok=True)
    lock = (VAR / "demo.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise Refused("The demonstration of this folder runs already. End it first, with Ctrl-C.") from error
    return lock


def environment(port: int) -> dict[str, str]:
    """What the demonstration's processes see."""
    inherited = {key: value for key, value in os.environ.items() if key not in OTHERS}
    ours = {"DEMO": "1", "SITE_URL": f"http://{HOST}:{port}", "PYTHONUNBUFFERED": "1"}
    # the demonstration may well run as root in a container; Celery's long warning about it helps nobody here
    return inherited | ours | {"PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges"}


def program(name: str) -> str:
    """A program of the project's virtual environment."""
    return str(Path(sys.executable).parent / name)


def manage(*arguments: str, env: dict[str, str]) -> None:
    """Run a command of manage.py; stop if it fails."""
    command = [sys.executable, "manage.py", *arguments]
    if subprocess.run(command, cwd=ROOT, env=env).returncode:
        raise Refused(f"manage.py {arguments[0]} failed (see above).")


def has_users(database: Path) -> bool:
    """Whether somebody can sign in to a database, so that it must be kept."""
    if not database.exists():
        return False
    connection = sqlite3.connect(database)
    try:
        return connection.execute("SELECT EXISTS (SELECT 1 FROM accounts_user)").fetchone() == (1,)
    except sqlite3.OperationalError:
        return False  # the tables are not there yet
    finally:
        connection.close()


def password() -> str:
    """The demo users' password: one for each database, made with it (or given as DEMO_PASSWORD that first time)."""
    if not PASSWORD.exists():
        made = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
        PASSWORD.touch(mode=0o600)
        PASSWORD.write_text(os.environ.get("DEMO_PASSWORD") or made)
    return PASSWORD.read_text()


def prepare(env: dict[str, str]) -> None:
    """A database with the demonstration's data, made whole or not at all; static files."""
    (BROKER / "queue").mkdir(parents=True, exist_ok=True)
    if not has_users(DATABASE):
        make_database(env)
    elif not PASSWORD.exists():
        raise Refused(
            f"{DATABASE.relative_to(ROOT)} holds data that is not the demonstration's. Move it away, or throw it\n"
            "away and begin anew with  make demo-reset"
        )
    else:
        manage("migrate", "--verbosity=0", "--no-input", env=env)
    collect_static(env)


def collect_static(env: dict[str, str]) -> None:
    """Collect and compress the static files, when any has changed since they were collected."""
    sources = [path for folder in ("static", "platssamverkan/look") for path in (ROOT / folder).rglob("*.*")]
    sources += [ROOT / "requirements.lock", ROOT / "package-lock.json"]
    state = sha256(repr(sorted((str(path), path.stat().st_mtime_ns) for path in sources)).encode()).hexdigest()
    collected = VAR / "static" / ".collected-from"
    if not collected.exists() or collected.read_text() != state:
        manage("collectstatic", "--verbosity=0", "--no-input", env=env)
        collected.write_text(state)


def make_database(env: dict[str, str]) -> None:
    """Fill a new database under another name, so that an interrupted start leaves no half one behind."""
    print("Making the demonstration's database …", flush=True)
    new = VAR / "new.sqlite3"
    remove(new)
    remove(DATABASE)
    PASSWORD.unlink(missing_ok=True)
    env = env | {"DATABASE_URL": f"sqlite:///{new}"}
    manage("migrate", "--verbosity=0", "--no-input", env=env)
    manage("demo_data", "--password", password(), env=env)
    connection = sqlite3.connect(new)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # all of it in the one file that is renamed
    connection.close()
    new.rename(DATABASE)


def remove(database: Path) -> None:
    """Delete an SQLite database with its companions."""
    for path in database.parent.glob(f"{database.name}*"):
        path.unlink()


def reset() -> None:
    """Throw the demonstration's data away: database, password, files, mails and queue."""
    remove(DATABASE)
    PASSWORD.unlink(missing_ok=True)
    for folder in ("broker", "cache", "documents", "mail"):
        shutil.rmtree(VAR / folder, ignore_errors=True)
    for schedule in VAR.glob("beat-schedule*"):
        schedule.unlink()
    print("The demonstration begins anew with the next  make demo")


def start(port: int, env: dict[str, str]) -> dict[str, subprocess.Popen[bytes]]:
    """The server and the worker, out of reach of the terminal's Ctrl-C, which we pass on ourselves."""
    commands = {
        "the server": [program("gunicorn"), "-c", "deploy/gunicorn.conf.py", "--bind", f"{HOST}:{port}"],
        "the worker": [
            *(program("celery"), "--quiet", "-A", "platssamverkan", "worker", "--beat", "--concurrency=1"),
            *("--loglevel=WARNING", "--without-gossip", "--without-mingle"),
        ],
    }
    return {
        name: subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, start_new_session=True)
        for name, command in commands.items()
    }


def stop(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    """End every process: politely, and with force when its patience has run out, with all that it started."""
    for process in processes.values():
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in processes.values():
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):  # nobody of its group is left
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for_server(port: int, processes: dict[str, subprocess.Popen[bytes]]) -> None:
    """Until the server answers, or one of the processes has died."""
    while all(process.poll() is None for process in processes.values()):
        try:
            urllib.request.urlopen(f"http://{HOST}:{port}/halsa/live", timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return


def greeting(port: int) -> str:
    """What to open, and who can sign in."""
    connection = sqlite3.connect(DATABASE)
    users = [f"  {email:32} {name:20} {roles}" for email, name, roles in connection.execute(USERS)]
    connection.close()
    return "\n".join(
        [
            "",
            f"Platssamverkan: http://{HOST}:{port}/",
            "",
            f"Sign in as one of these, with the password  {password()}",
            *users,
            "",
            "Ctrl-C ends it. The data stays until  make demo-reset",
        ]
    )


def interrupt(number: int, frame: FrameType | None) -> None:
    """A signal to end is like Ctrl-C."""
    raise KeyboardInterrupt


def serve(port: int) -> int:
    """Run until Ctrl-C or until one process dies. Returns the exit status."""
    env = environment(port)
    prepare(env)
    processes = start(port, env)
    try:
        wait_for_server(port, processes)
        if all(process.poll() is None for process in processes.values()):
            print(greeting(port), flush=True)
        while True:
            for name, process in processes.items():
                if process.poll() is not None:
                    print(f"{name.capitalize()} ended by itself (status {process.returncode}); ending all.")
                    return 1
            time.sleep(0.5)
    except KeyboardInterrupt:
        print("\nEnding …", flush=True)
        return 0
    finally:
        for number in ENDINGS:
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave a process behind
        stop(processes)


def main() -> int:
    """`demo` or `demo reset`."""
    for number in ENDINGS:  # SIGINT too: started in the background, a shell has it ignored
        signal.signal(number, interrupt)
    with only_one():
        if sys.argv[1:] == ["reset"]:
            reset()
            return 0
        try:
            return serve(chosen_port())
        except KeyboardInterrupt:
            return 130


if __name__ == "__main__":
    sys.exit(main())
