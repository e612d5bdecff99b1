# SPDX-License-Identifier: EUPL-1.2
"""A PostgreSQL and a Redis that live as long as a `with` block, in a temporary folder, and disturb nobody."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from scripts import machine

PATIENCE = 30  # seconds until a service that does not answer is given up


@dataclass
class Service:
    """A server process that can be stopped and started again, as the fault tests do; `url` stays the same."""

    url: str
    command: list[str]
    folder: Path
    answers: Callable[[], bool]
    user: str | None = None
    stop_signal: signal.Signals = signal.SIGINT
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env=plain_environment(),
                **as_user(self.user),
            )
        wait_until(lambda: self.is_running() and self.answers(), f"{self.command[0]} does not start; see its log", self)

    def is_running(self) -> bool:
        """Whether its process is alive."""
        return self.process is not None and self.process.poll() is None

    def stop(self, sig: signal.Signals | None = None) -> None:
        """End it, and wait until it is gone. SIGKILL as `sig` is a crash."""
        if self.process is None or not self.is_running():
            return
        self.process.send_signal(sig or self.stop_signal)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def restart(self) -> None:
        """Stop and start."""
        self.stop()
        self.start()


def plain_environment() -> dict[str, str]:
    """The environment less the variables that PostgreSQL's programs would obey."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PG")} | {"TZ": "UTC"}


def as_user(user: str | None) -> dict[str, object]:
    """Popen's arguments for another user; nothing when we need not be one."""
    if user is None:
        return {}
    entry = pwd.getpwnam(user)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def wait_until(happened: Callable[[], bool], complaint: str, service: Service) -> None:
    """Look again and again until it is true, at most PATIENCE seconds."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > deadline or not service.is_running():
            log = (service.folder / "log").read_text(errors="replace")
            raise RuntimeError(f"{complaint}:\n{log[-2000:]}")
        time.sleep(0.02)


@contextmanager
def folder(user: str | None) -> Iterator[Path]:
    """A short-named folder of the user's own (a socket's path may have 107 characters), removed at the end."""
    path = Path(tempfile.mkdtemp(prefix="platss-", dir="/tmp" if os.access("/tmp", os.W_OK) else None))  # noqa: S108
    try:
        if user:
            shutil.chown(path, user)
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def database_user() -> str | None:
    """Who runs PostgreSQL, which refuses root: `postgres` or `nobody` instead, None for ourselves."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def can_connect(address: str | tuple[str, int]) -> bool:
    """Whether something listens at a Unix socket's path or at a host and port."""
    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
    with socket.socket(family) as client:
        client.settimeout(1)
        return client.connect_ex(address) == 0


def free_port() -> int:
    """A port on loopback that nobody listens on now."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


@contextmanager
def postgres() -> Iterator[Service]:
    """A PostgreSQL on a socket in its own folder, with Swedish ICU order, and no care for power cuts (fsync off)."""
    programs = machine.postgres_folder()
    if programs is None:
        raise machine.Missing(machine.message_about([need for need in machine.TESTS if need.package == "postgresql"]))
    user = database_user()
    with folder(user) as home:
        data = home / "data"
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", *locale()],
            cwd=home,
            check=True,
            stdout=subprocess.DEVNULL,
            env=plain_environment(),
            **as_user(user),  # type: ignore[call-overload]
        )
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(home),
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": "60",
            "timezone": "UTC",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        ready = [str(programs / "pg_isready"), "-q", "-h", str(home), "-U", "postgres"]
        service = Service(
            url=f"postgres://postgres@/postgres?host={home}",
            command=[str(programs / "postgres"), "-D", str(data), *options],
            folder=home,
            answers=lambda: subprocess.run(ready).returncode == 0,
            user=user,
        )
        service.start()
        try:
            yield service
        finally:
            service.stop()


def locale() -> list[str]:
    """initdb's arguments for what production has too (docker-compose.yml)."""
    return ["--locale-provider=icu", "--icu-locale=sv-SE", "--locale=C.UTF-8"]


@contextmanager
def redis() -> Iterator[Service]:
    """A Redis on a free port of loopback that keeps nothing on disk."""
    program = shutil.which("redis-server")
    if program is None:
        raise machine.Missing(machine.message_about([need for need in machine.TESTS if need.package == "redis-server"]))
    with folder(None) as home:
        port = free_port()
        options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(home)]
        service = Service(
            url=f"redis://127.0.0.1:{port}/0",
            command=[program, *options],
            folder=home,
            answers=lambda: can_connect(("127.0.0.1", port)),
            stop_signal=signal.SIGTERM,
        )
        service.start()
        try:
            yield service
        finally:
            service.stop()
