# SPDX-License-Identifier: EUPL-1.2
"""The set-up: lock files, what the machine must have, and stamps that make a second run quick."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import machine, setup
from scripts.machine import Missing, Need

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted(ROOT.glob("requirements*.lock"))
PINNED = re.compile(r"^[\w.\[\]-]+==[\w.!+-]+(\s*;.*)?$")


@pytest.mark.parametrize("lock", [*LOCKS, ROOT / "package-lock.json"], ids=lambda path: path.name)
def test_a_lock_file_names_no_registry(lock):
    without_funding = re.sub(r'"funding": (\{[^}]*\}|\[[^\]]*\])', "", lock.read_text())
    assert not re.search(r"https?://|--index|\"resolved\"", re.sub(r'"url": "[^"]*"', "", without_funding))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_python_package_is_pinned_with_its_hashes(lock):
    packages = re.split(r"\n(?=\w)", lock.read_text())
    assert packages
    for package in packages:
        pin, *rest = package.replace("\\\n", "\n").splitlines()
        assert PINNED.match(pin.strip()), pin
        assert any("--hash=sha256:" in line for line in rest), pin


def test_every_browser_package_is_pinned_with_its_hash():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert len(packages) > 1
    assert all(package["integrity"].startswith("sha512-") for name, package in packages.items() if name)


def test_the_runtime_lock_is_part_of_the_developers():
    """So that one environment serves both `make demo` and `make test`."""
    runtime, everything = (set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(), re.MULTILINE)) for name in
                           ("requirements.lock", "requirements-dev.lock"))  # fmt: skip
    assert runtime <= everything


@pytest.mark.parametrize("module", ["setup", "machine", "demo"])
def test_the_first_scripts_need_nothing_but_python(module):
    """They run before anything is installed: -I -S leaves out every installed package."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import scripts.{module}"
    result = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


# ---------- the machine ----------


def need(package: str, answers: list[bool]) -> Need:
    """A need whose probe gives these answers, one after another."""
    remaining = iter(answers)
    return Need(f"a test of {package}", package, lambda: next(remaining))


@pytest.fixture
def commands(monkeypatch):
    """What would have been run; nothing is."""
    seen = []

    def run(command, **options):
        seen.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(machine.subprocess, "run", run)
    return seen


@pytest.fixture
def debian(monkeypatch):
    """A machine with apt-get."""
    monkeypatch.setattr(machine.shutil, "which", lambda name, **_: f"/usr/bin/{name}" if name == "apt-get" else None)


def test_nothing_is_run_when_everything_is_there(commands, debian, monkeypatch):
    monkeypatch.setattr(machine, "as_root", list)
    machine.provide([need("poppler-utils", [True])])
    assert commands == []


def test_root_installs_only_what_is_missing_and_says_so_first(commands, debian, monkeypatch, capsys):
    monkeypatch.setattr(machine, "as_root", list)
    machine.provide([need("poppler-utils", [True]), need("redis-server", [False, True])])
    assert commands == [["sh", "-c", machine.INSTALL, "sh", "redis-server"]]
    assert "apt-get install redis-server" in capsys.readouterr().out


def test_without_root_one_message_names_all_of_it(commands, debian, monkeypatch):
    monkeypatch.setattr(machine, "as_root", lambda: None)
    with pytest.raises(Missing) as stopped:
        machine.provide([need("chromium", [False]), need("poppler-utils", [True]), need("postgresql", [False])])
    assert "sudo apt-get install chromium postgresql" in str(stopped.value)
    assert "poppler-utils" not in str(stopped.value)
    assert commands == []


def test_what_apt_could_not_install_is_named(commands, debian, monkeypatch):
    monkeypatch.setattr(machine, "as_root", lambda: ["sudo", "-n"])
    with pytest.raises(Missing, match="apt-get install chromium"):
        machine.provide([need("chromium", [False, False])])
    assert commands[0][:2] == ["sudo", "-n"]


def test_ubuntus_snap_is_not_asked_for(commands, debian, monkeypatch):
    monkeypatch.setattr(machine, "as_root", list)
    monkeypatch.setattr(machine, "is_ubuntu", lambda: True)
    monkeypatch.setattr(machine, "chromium", lambda: None)
    machine.provide([machine.CHROMIUM])
    assert commands == []


def test_on_ubuntu_the_ways_to_a_browser_are_named(commands, monkeypatch):
    monkeypatch.setattr(machine, "as_root", lambda: None)
    monkeypatch.setattr(machine, "chromium", lambda: None)
    with pytest.raises(Missing) as stopped:
        machine.provide_ubuntu_browser(Path(".venv/bin/playwright"))
    assert "CHROMIUM=" in str(stopped.value)
    assert ".venv/bin/playwright install" in str(stopped.value)


def test_a_snap_is_no_browser_for_the_tests(tmp_path, monkeypatch):
    snap = tmp_path / "snap" / "bin" / "chromium"
    snap.parent.mkdir(parents=True)
    snap.write_text("#!/bin/sh\n")
    assert machine.is_snap_stub(snap)


def test_the_chosen_browser_wins(monkeypatch):
    monkeypatch.setenv("CHROMIUM", sys.executable)
    assert machine.chromium() == sys.executable
    monkeypatch.setenv("CHROMIUM", "/no/such/browser")
    assert machine.chromium() is None


def test_probes():
    assert machine.program("sh")()
    assert not machine.program("no-such-program")()
    assert machine.library("libc.so.6")()
    assert not machine.library("libno-such-library.so.0")()
    assert not machine.font("NoSuchFont*.ttf")()


def test_sudo_is_never_asked_for_a_password(monkeypatch, commands):
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(machine.shutil, "which", lambda name: "/usr/bin/sudo")
    assert machine.as_root() == ["sudo", "-n"]
    assert commands == [["sudo", "-n", "true"]]


def test_apt_starts_no_daemon():
    """The script is sound for the shell, and forbids starts as Debian's policy says: exit status 101."""
    assert subprocess.run(["sh", "-n", "-c", machine.INSTALL]).returncode == 0
    assert "policy-rc.d" in machine.INSTALL
    assert "exit 101" in machine.INSTALL
    assert "create_main_cluster = false" in machine.INSTALL


# ---------- stamps ----------


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A project's folder with lock files, where nothing is installed."""
    for lock in ("requirements.lock", "requirements-dev.lock", "package.json", "package-lock.json"):
        (tmp_path / lock).write_text(lock)
    for folder in (".venv", "node_modules"):
        (tmp_path / folder).mkdir()
    made = []
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(setup, "NODE_MODULES", tmp_path / "node_modules")
    monkeypatch.setattr(setup, "npm", lambda: Path("/usr/bin/npm"))
    monkeypatch.setattr(setup, "environment", lambda folder, lock: made.append(lock))
    monkeypatch.setattr(setup, "run", lambda *command, **_: made.append(command[-1]))
    return made


def test_a_second_run_installs_nothing(house):
    for _ in range(2):
        setup.python_packages(dev=False)
        setup.browser_assets(dev=False)
    assert house == ["requirements.lock", "--omit=dev"]


def test_the_developers_packages_serve_the_demonstration_too(house):
    for dev in (True, False):
        setup.python_packages(dev=dev)
        setup.browser_assets(dev=dev)
    assert house == ["requirements-dev.lock", "--include=dev"]


def test_the_demonstrations_packages_are_not_enough_for_the_tests(house):
    for dev in (False, True):
        setup.python_packages(dev=dev)
    assert house == ["requirements.lock", "requirements-dev.lock"]


def test_a_new_lock_is_installed(house):
    setup.python_packages(dev=False)
    (setup.ROOT / "requirements.lock").write_text("another version")
    setup.python_packages(dev=False)
    assert len(house) == 2


def test_a_failed_command_stops_the_set_up():
    with pytest.raises(Missing, match="failed"):
        setup.run("false")


def test_catalogues_that_are_newer_are_compiled(house):
    source = setup.ROOT / "locale" / "sv" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text("")
    setup.catalogues()
    assert house == [source.with_suffix(".mo")]
    source.with_suffix(".mo").write_text("")
    setup.catalogues()
    assert len(house) == 1
