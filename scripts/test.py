# SPDX-License-Identifier: EUPL-1.2
"""`make test`, `make check` and `make lint`: every check in turn; what failed is said at the end."""

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from scripts import machine, services

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
ONCE = "browser or services or pdf or once"  # the marks of tests that run once, on PostgreSQL
SECRET = "a key for tests only, long enough for the deployment check: 0123456789"  # noqa: S105
PRODUCTION = {
    "SITE_URL": "https://platssamverkan.example",
    "ALLOWED_HOSTS": "platssamverkan.example",
    "SECRET_KEY": SECRET,
    "DATABASE_URL": "postgres://app@db.invalid/app",
    "REDIS_URL": "redis://redis.invalid:6379/0",
    "EMAIL_URL": "smtp+tls://mail.invalid:587",
}
# What a person may have in the environment for other work must not decide how the tests end.
OURS = [
    *PRODUCTION,
    *("DEBUG", "DEMO", "DEMO_PASSWORD", "PORT", "TILE_URL", "STORAGE_URL", "PGBOUNCER", "DJANGO_SETTINGS_MODULE"),
    "PYTHONDONTWRITEBYTECODE",  # every process that a test starts would compile every package anew
]


class Failures:
    """Runs commands one after another and remembers those that failed."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.base = {key: value for key, value in os.environ.items() if key not in OURS}

    def run(self, name: str, *command: str, **environment: str) -> None:
        """Run a program of the virtual environment, with a line that says so."""
        print(f"\n── {name}", flush=True)
        started = time.monotonic()
        program = [str(BIN / command[0]), *command[1:]]
        status = subprocess.run(program, cwd=ROOT, env=self.base | environment, stdin=subprocess.DEVNULL).returncode
        if status:
            self.names.append(name)
        print(f"── {name}: {'FAILED' if status else 'ok'}, {time.monotonic() - started:.0f} s", flush=True)


def lint(failures: Failures) -> None:
    """Linters, types, and Django's own checks with the settings of production."""
    failures.run("ruff", "ruff", "check", ".")
    failures.run("ruff format", "ruff", "format", "--check", ".")
    failures.run("mypy", "mypy")
    failures.run("djlint", "djlint", "--quiet", "--lint", "templates")
    failures.run("migrations", "python", "manage.py", "makemigrations", "--check", "--dry-run", SECRET_KEY=SECRET)
    deploy = ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    failures.run("check --deploy", *deploy, **PRODUCTION)


def sqlite(failures: Failures, *options: str) -> None:
    """Models and views on SQLite in memory. With coverage: most of the lines are run here, at a third of the cost."""
    selection = ["-m", f"not ({ONCE})", "-n", "2", *options]
    failures.run("tests on SQLite", "pytest", *selection, DATABASE_URL="sqlite://:memory:", SECRET_KEY=SECRET)


def postgresql(failures: Failures, *options: str) -> None:
    """Everything, on a PostgreSQL and a Redis of the run's own, in Chromium too."""
    with ExitStack() as stack:
        database, redis = stack.enter_context(services.postgres()), stack.enter_context(services.redis())
        failures.run(
            "tests on PostgreSQL, with Redis, Chromium and veraPDF",
            *("pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", *options),
            DATABASE_URL=database.url,
            REDIS_URL=redis.url,
            CHROMIUM=machine.chromium() or "",
            SECRET_KEY=SECRET,
        )


def end(number: int, frame: object) -> None:
    """A signal to end unwinds the stack, so that the services are stopped."""
    raise SystemExit(128 + number)


def main(kind: str) -> int:
    """Run what `kind` asks for: `lint`, `quick` or `all`. Returns the exit status."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)
    failures = Failures()
    lint(failures)
    if kind == "quick":
        sqlite(failures, "-q")
    elif kind == "all":
        for old in ROOT.glob(".coverage*"):
            old.unlink()
        sqlite(failures, "--cov", "--cov-report=", "--cov-fail-under=0")
        postgresql(failures, "--cov", "--cov-append", "--cov-report=term-missing:skip-covered")
    if failures.names:
        print(f"\nFAILED: {', '.join(failures.names)}", flush=True)
    return 1 if failures.names else 0


if __name__ == "__main__":
    sys.exit(main((sys.argv[1:] or ["all"])[0]))
