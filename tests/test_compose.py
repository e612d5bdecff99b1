# SPDX-License-Identifier: EUPL-1.2
"""No Docker engine is needed: the compose file is valid, and every command that it names works by hand."""

import contextlib
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from scripts import services

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
COMPOSE = ROOT / "docker-compose.yml"
SERVICES = yaml.safe_load(COMPOSE.read_text())["services"]
KUBERNETES = ROOT / "deploy" / "kubernetes"
GIVEN = {
    "SITE_URL": "https://platssamverkan.example",
    "ALLOWED_HOSTS": "platssamverkan.example",
    "SECRET_KEY": "a long random text for this run only, 0123456789 0123456789",
    "POSTGRES_PASSWORD": "hemligt",
    "EMAIL_URL": "smtp+tls://mail.invalid:587",
}
VARIABLE = re.compile(r"\$\{(\w+)(?::([?-])([^}]*))?\}|\$\$")


def interpolated(text: str) -> str:
    """A text of the compose file as Compose hands it on, with GIVEN as the person's environment."""

    def value(match: re.Match[str]) -> str:
        name, kind, rest = match.groups()
        if name is None:
            return "$"
        if kind == "?":
            assert name in GIVEN, f"{name} must be given; the deployment's README has to say so"
        return GIVEN.get(name, rest if kind == "-" else "")

    return VARIABLE.sub(value, text)


def manifests(kind: str) -> dict[str, dict]:
    """The Kubernetes objects of a kind, by name."""
    objects = (one for path in KUBERNETES.glob("*.yaml") for one in yaml.safe_load_all(path.read_text()))
    return {one["metadata"]["name"]: one for one in objects if one["kind"] == kind}


def test_it_is_valid_by_its_schema():
    command = [BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", COMPOSE]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout


def test_it_has_what_production_has():
    assert set(SERVICES) == {"migrate", "web", "worker", "beat", "db", "redis"}
    for name in ("web", "worker", "beat", "db", "redis"):
        assert SERVICES[name]["healthcheck"]["test"], name


@pytest.mark.parametrize("name", ["migrate", "web", "worker", "beat", "redis"])
def test_nothing_runs_as_root_or_writes_to_its_image(name):
    service = SERVICES[name]
    assert not service["user"].startswith(("0", "root"))
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]


def test_no_secret_stands_in_it():
    assert not re.search(r"(SECRET_KEY|PASSWORD): (?!\$\{)", COMPOSE.read_text())
    for match in VARIABLE.finditer(COMPOSE.read_text()):
        if match[1] in ("SECRET_KEY", "POSTGRES_PASSWORD"):
            assert match[2] == "?", f"{match[1]} must have no default"


def test_only_loopback_is_published():
    published = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_everything_to_be_given_is_in_the_readme():
    readme = (ROOT / "deploy" / "README.md").read_text()
    required = {match[1] for match in VARIABLE.finditer(COMPOSE.read_text()) if match[2] == "?"}
    assert required == set(GIVEN)
    assert all(f"{name}=" in readme for name in required)


def test_kubernetes_runs_the_same_commands():
    jobs = manifests("Deployment") | manifests("Job")
    for name in ("web", "worker", "beat", "migrate", "redis"):
        [container] = jobs[name]["spec"]["template"]["spec"]["containers"]
        assert container["command"] == SERVICES[name]["command"], name
        assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert jobs["beat"]["spec"]["strategy"]["type"] == "Recreate"
    listed = set(yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text())["resources"])
    assert listed == {path.name for path in KUBERNETES.glob("*.yaml")} - {"kustomization.yaml"}


def test_the_image_is_built_from_files_that_are_there():
    """Every file that the Dockerfile copies exists and is let through by .dockerignore."""
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    copied = [line.split()[1:-1] for line in lines if line.startswith("COPY") and "--from" not in line]
    let_through = set((ROOT / ".dockerignore").read_text().splitlines())
    for name in {name for names in copied for name in names} - {".", "scripts"}:
        assert (ROOT / name).exists()
        assert f"!{name}" in let_through


# ---------- every command by hand ----------


@pytest.fixture(scope="module")
def stack() -> Iterator[dict[str, str]]:
    """PostgreSQL and Redis for this file alone, and the environment that Compose would give the application."""
    with services.postgres() as database, services.redis() as redis:
        written = {key: interpolated(str(text)) for key, text in SERVICES["web"]["environment"].items()}
        yield written | {"DATABASE_URL": database.url, "REDIS_URL": redis.url}


@pytest.fixture
def environment(stack, tmp_path) -> dict[str, str]:
    """The container's environment: nothing of ours but the path to the programs."""
    own = {"PATH": f"{BIN}:{os.environ['PATH']}", "HOME": str(tmp_path), "HOSTNAME": socket.gethostname()}
    return stack | own | {"STORAGE_URL": f"file://{tmp_path}/documents", "PORT": str(services.free_port())}


def command_of(name: str, tmp_path: Path) -> list[str]:
    """A service's command; what it keeps in /tmp goes to the test's folder."""
    return [interpolated(part).replace("/tmp/", f"{tmp_path}/") for part in SERVICES[name]["command"]]  # noqa: S108


def healthcheck_of(name: str, environment: dict[str, str], tmp_path: Path) -> list[str]:
    """A service's health check, at the port and in the folder of this test."""
    kind, *parts = [interpolated(part) for part in SERVICES[name]["healthcheck"]["test"]]
    parts = [part.replace(":8000", f":{environment['PORT']}").replace("/tmp/", f"{tmp_path}/") for part in parts]  # noqa: S108
    return ["sh", "-c", *parts] if kind == "CMD-SHELL" else parts


@contextlib.contextmanager
def running(command: list[str], environment: dict[str, str], tmp_path: Path) -> Iterator[subprocess.Popen]:
    """A container's process. It must still run at the end, and must end at SIGTERM by itself."""
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
        )
    try:
        yield process
        assert process.poll() is None, (tmp_path / "log").read_text()
        process.terminate()
        process.wait(timeout=30)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def becomes_healthy(check: list[str], environment: dict[str, str], process: subprocess.Popen) -> bool:
    """Whether the health check succeeds before a minute has passed."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        if subprocess.run(check, cwd=ROOT, env=environment, capture_output=True).returncode == 0:
            return True
        time.sleep(0.2)
    return False


@pytest.mark.services
def test_migrate(environment, tmp_path):
    result = subprocess.run(command_of("migrate", tmp_path), cwd=ROOT, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


@pytest.mark.services
@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_long_running_commands_become_healthy(name, environment, tmp_path):
    with running(command_of(name, tmp_path), environment, tmp_path) as process:
        check = healthcheck_of(name, environment, tmp_path)
        assert becomes_healthy(check, environment, process), (tmp_path / "log").read_text()


@pytest.mark.services
def test_the_servers_own_settings_are_accepted(environment):
    command = ["gunicorn", "-c", "deploy/gunicorn.conf.py", "--check-config"]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


@pytest.mark.services
def test_redis_starts_as_written(environment, tmp_path):
    command = [*SERVICES["redis"]["command"], "--bind", "127.0.0.1", "--port", environment["PORT"]]
    program, *words = healthcheck_of("redis", environment, tmp_path)
    with running(command, environment, tmp_path) as process:
        check = [program, "-p", environment["PORT"], *words]
        assert becomes_healthy(check, environment, process)


@pytest.mark.services
def test_the_tests_database_is_made_as_productions():
    """Same encoding, same order; and the health check's program knows its arguments."""
    written = shlex.split(SERVICES["db"]["environment"]["POSTGRES_INITDB_ARGS"])
    assert set(services.locale()) <= set(written)
    with services.postgres() as database:
        check = interpolated(SERVICES["db"]["healthcheck"]["test"][1]) + f" -h {database.folder}"
        folder = services.machine.postgres_folder()
        path = f"{folder}:{os.environ['PATH']}"
        assert shutil.which("pg_isready", path=path)
        assert subprocess.run(["sh", "-c", check], env={"PATH": path}).returncode == 0
