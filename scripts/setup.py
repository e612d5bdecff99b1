# SPDX-License-Identifier: EUPL-1.2
"""`python3 -m scripts.setup demo|dev|test|image|tools`: install what is missing, and nothing that is there already.

Only the standard library, and nothing newer than Python 3.11: this runs before anything is installed.
What is installed comes from the lock files, by hash; a stamp in each folder tells which lock it holds.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from scripts import machine

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
UV = TOOLS / "lib" / "bin" / "uv"
VENV = ROOT / ".venv"
NODE_MODULES = ROOT / "node_modules"


def run(*command: object, **environment: str) -> None:
    """Run a command in the project's folder; stop the set-up with its own words if it fails."""
    result = subprocess.run([str(part) for part in command], cwd=ROOT, env={**os.environ, **environment})
    if result.returncode:
        raise machine.Missing(f"The set-up stopped: {' '.join(map(str, command))} failed (see above).")


def digest(*locks: str, dev: bool = False) -> str:
    """What a folder made from these files on this Python, in this place, is stamped with."""
    total = sha256(f"{ROOT} {sys.version_info[:2]} {dev}".encode())
    for lock in locks:
        total.update(lock.encode() + (ROOT / lock).read_bytes())
    return total.hexdigest()


def is_stamped(folder: Path, *digests: str) -> bool:
    """Whether a folder was made, to the end, from one of these."""
    stamp = folder / ".made-from"
    return stamp.exists() and stamp.read_text() in digests


def stamp(folder: Path, digest_: str) -> None:
    """Note that a folder is done."""
    (folder / ".made-from").write_text(digest_)


def pip_command() -> list[object]:
    """A pip for the very first install: the machine's own, or one in a small virtual environment."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    run(sys.executable, "-m", "venv", "--clear", TOOLS / "pip")
    return [TOOLS / "pip" / "bin" / "python", "-m", "pip"]


def tools() -> None:
    """uv, which installs the rest, and babel, which compiles the catalogues, in the project's own folder."""
    lock = "requirements-tools.lock"
    folder = TOOLS / "lib"
    if is_stamped(folder, digest(lock)):
        return
    shutil.rmtree(folder, ignore_errors=True)
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
    run(
        *pip_command(), "install", *options, "--target", folder, "-r", lock, PIP_USER="0", PIP_ROOT_USER_ACTION="ignore"
    )
    stamp(folder, digest(lock))


def environment(folder: Path, lock: str) -> None:
    """Make a virtual environment hold exactly what a lock file says."""
    if not (folder / "bin" / "python").exists():
        run(UV, "venv", "--quiet", "--clear", "--python", sys.executable, folder)
    run(UV, "pip", "sync", "--quiet", "--require-hashes", "--python", folder / "bin" / "python", lock)


def python_packages(*, dev: bool) -> None:
    """The application's Python packages in .venv; an environment with the developer's packages serves both."""
    runtime, everything = digest("requirements.lock"), digest("requirements.lock", "requirements-dev.lock", dev=True)
    if is_stamped(VENV, everything, *([] if dev else [runtime])):
        return
    environment(VENV, "requirements-dev.lock" if dev else "requirements.lock")
    stamp(VENV, everything if dev else runtime)


def npm() -> Path:
    """The machine's npm if it can read our lock file, else one in .tools/."""
    found = shutil.which("npm")
    if found:
        version = subprocess.run([found, "--version"], capture_output=True, text=True, cwd=ROOT).stdout
        if version.split(".")[0].isdigit() and int(version.split(".")[0]) >= 8:
            return Path(found)
    lock, folder = "requirements-node.lock", TOOLS / "node"
    if not is_stamped(folder, digest(lock)):
        environment(folder, lock)
        stamp(folder, digest(lock))
    return folder / "bin" / "npm"


def browser_assets(*, dev: bool) -> None:
    """What the browser gets from others, by integrity hash. No package's own scripts are run."""
    runtime, everything = (digest("package.json", "package-lock.json", dev=with_dev) for with_dev in (False, True))
    if is_stamped(NODE_MODULES, everything, *([] if dev else [runtime])):
        return
    program = npm()
    which = ["--include=dev"] if dev else ["--omit=dev"]
    path = f"{program.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    run(program, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *which, PATH=path)
    stamp(NODE_MODULES, everything if dev else runtime)


def catalogues() -> None:
    """Compile the translations that are newer than what was compiled from them."""
    for source in (ROOT / "locale").rglob("*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            babel = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "compile"]
            run(*babel, "-i", source, "-o", compiled, PYTHONPATH=str(TOOLS / "lib"))


def main(kind: str) -> None:
    """Set up for `demo` (to run it), `dev` (to work on it), `test` (to test all of it) or `image` (in a container).

    `tools` is only what makes lock files.
    """
    dev = kind in ("dev", "test")
    if kind in ("demo", "dev", "test"):
        machine.provide([*machine.RUNTIME, *(machine.TESTS if kind == "test" else [])])
    tools()
    if kind == "tools":
        return
    python_packages(dev=dev)
    browser_assets(dev=dev)
    catalogues()
    if kind == "test":
        machine.provide_ubuntu_browser(VENV / "bin" / "playwright")


if __name__ == "__main__":
    main(sys.argv[1])
