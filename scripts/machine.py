# SPDX-License-Identifier: EUPL-1.2
"""What the machine itself must have: Debian's packages, each probed for before apt is asked for it.

Only the standard library, and nothing newer than Python 3.11: this runs before anything is installed.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

FONT_FOLDERS = ["/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "/Library/Fonts"]
BROWSERS = ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser"]

# Without recommends, without starting a daemon and without making a database cluster that would start at the next boot.
INSTALL = r"""
export DEBIAN_FRONTEND=noninteractive
policy=/usr/sbin/policy-rc.d
clusters=/etc/postgresql-common/createcluster.d
made=""
clean() { [ -z "$made" ] || rm -f $made; }
trap clean EXIT
if [ ! -e $policy ]; then printf '#!/bin/sh\nexit 101\n' > $policy; chmod 755 $policy; made="$policy"; fi
mkdir -p $clusters
echo 'create_main_cluster = false' > $clusters/platssamverkan.conf
made="$made $clusters/platssamverkan.conf"
apt-get update -q -o DPkg::Lock::Timeout=120 || echo 'apt-get update failed; trying with the lists at hand'
apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=120 "$@" || exit $?
case " $* " in *" redis-server "*) systemctl disable redis-server 2>/dev/null || true ;; esac
"""


class Missing(SystemExit):
    """The set-up can't go on; the message says exactly what a person has to do."""


@dataclass(frozen=True)
class Need:
    """Something that must be there: what it is for, Debian's package, and how to see that it is there."""

    purpose: str
    package: str
    is_there: Callable[[], bool]


def library(name: str) -> Callable[[], bool]:
    """A probe for a shared library, by the name that the loader knows."""

    def probe() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return probe


def program(*names: str) -> Callable[[], bool]:
    """A probe for a program on the path, under any of its names."""
    return lambda: any(map(shutil.which, names))


def font(pattern: str) -> Callable[[], bool]:
    """A probe for a font file."""
    folders = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    return lambda: any(next(folder.rglob(pattern), None) for folder in folders if folder.is_dir())


def postgres_folder() -> Path | None:
    """Where initdb and postgres are; Debian keeps them off the path. The newest version wins."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((initdb.parent for initdb in debian), key=lambda folder: int(folder.parent.name), default=None)


def chromium() -> str | None:
    """The browser for the tests: CHROMIUM, or one on the path, or the one that Playwright has fetched."""
    if chosen := os.environ.get("CHROMIUM"):
        return chosen if shutil.which(chosen) else None
    on_path = (shutil.which(name) for name in BROWSERS)
    if found := next((path for path in on_path if path and not is_snap_stub(Path(path))), None):
        return found
    fetched = Path("~/.cache/ms-playwright").expanduser().glob("chromium-*/chrome-linux*/chrome")
    return str(max(fetched, default="")) or None


def is_snap_stub(browser: Path) -> bool:
    """Whether it is a snap, or Ubuntu's small script that only asks for one: a snap can't see the tests' folders."""
    return "/snap/" in str(browser.resolve()) or (browser.resolve().stat().st_size < 10_000 and is_ubuntu())


def is_ubuntu() -> bool:
    """Whether this is Ubuntu, where apt's chromium is a snap."""
    release = Path("/etc/os-release")
    return release.exists() and "ID=ubuntu" in release.read_text().splitlines()


VENV = Need(
    "a virtual environment",
    f"python3.{sys.version_info.minor}-venv",
    lambda: importlib.util.find_spec("ensurepip") is not None or importlib.util.find_spec("pip") is not None,
)
RUNTIME = [
    VENV,
    Need("PDF", "libpango-1.0-0", library("libpango-1.0.so.0")),
    Need("PDF", "libpangoft2-1.0-0", library("libpangoft2-1.0.so.0")),
    Need("PDF", "libharfbuzz-subset0", library("libharfbuzz-subset.so.0")),
    Need("text in PDF", "fonts-dejavu-core", font("DejaVuSans.ttf")),
]
CHROMIUM = Need("browser tests", "chromium", lambda: chromium() is not None)
TESTS = [
    CHROMIUM,
    Need("tests of background work", "redis-server", program("redis-server")),
    Need("tests on PostgreSQL", "postgresql", lambda: postgres_folder() is not None),
    Need("judging PDF", "default-jdk-headless", program("javac")),
    Need("reading PDF", "poppler-utils", program("pdftotext")),
]


def as_root() -> list[str] | None:
    """What to put before a command that needs root; None if we can't be root without asking for a password."""
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    if shutil.which("sudo") and subprocess.run([*sudo, "true"], capture_output=True).returncode == 0:
        return sudo
    return None


def apt_can_have(need: Need) -> bool:
    """Whether apt gives a usable package here: Ubuntu's chromium is a snap in disguise."""
    return not (need is CHROMIUM and is_ubuntu())


def provide(needs: Iterable[Need]) -> None:
    """Install what is missing through apt, or stop with one message that names all of it."""
    missing = [need for need in needs if not need.is_there()]
    wanted = [need.package for need in missing if apt_can_have(need)]
    root = as_root() if shutil.which("apt-get") else None
    if wanted and root is not None:
        print(f"Debian packages are missing. Running: {' '.join([*root, 'apt-get', 'install', *wanted])}", flush=True)
        subprocess.run([*root, "sh", "-c", INSTALL, "sh", *wanted], stdin=subprocess.DEVNULL)
        missing = [need for need in missing if not need.is_there()]
    missing = [need for need in missing if apt_can_have(need)]
    if missing:
        raise Missing(message_about(missing))


def message_about(missing: list[Need]) -> str:
    """The one message: what is missing, and the command that installs it."""
    packages = " ".join(need.package for need in missing)
    lines = [f"  {need.package:24} for {need.purpose}" for need in missing]
    how = "Install them and run make again:" if shutil.which("apt-get") else "By their names in Debian:"
    return "\n".join(["These packages are missing:", *lines, how, f"  sudo apt-get install {packages}"])


def provide_ubuntu_browser(playwright: Path) -> None:
    """On Ubuntu, where apt has only a snap, let Playwright fetch its Chromium, or name the way by hand."""
    if chromium() is None:
        root = as_root()
        command = [*(root or []), str(playwright), "install", "--with-deps", "chromium"]
        if root is not None:
            print(f"No browser for the tests. Running: {' '.join(command)}", flush=True)
            subprocess.run(command, stdin=subprocess.DEVNULL)
    if chromium() is None:
        raise Missing(
            "The browser tests need Chromium, and Ubuntu's package is a snap, which they can't use. Either\n"
            f"  run  {playwright} install --with-deps chromium\n"
            "  or   set CHROMIUM=/path/to/a/Chromium/or/Chrome  and run make again."
        )
