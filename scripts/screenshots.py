# SPDX-License-Identifier: EUPL-1.2
"""`make screenshots`: the main pages as each role sees them, 390 and 1280 px wide, from fresh demonstration data.

Usage: screenshots.py [folder] (default var/screenshots). `--publish` also renews those of README and the handbook.
"""

import argparse
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "bara-for-bilderna"  # noqa: S105 - a database that lives for one run
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WIDTHS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}

# name of the picture → path; "@first" opens the first link that matches the selector on the page before
PAGES: dict[str, list[tuple[str, str]]] = {
    "": [("logga-in", "/konto/login/"), ("saknas", "/finns-inte/")],
    "personal": [
        ("min-dag", "/"),
        ("mer", "/mer/"),
        ("boenden", "/boenden/"),
        ("boende", "/boenden/kalleback/"),
        ("kontaktlista", "/boenden/kalleback/kontaktlista/"),
        ("aktorer", "/boenden/kalleback/aktorer/"),
        ("aktor", "@.table a[href*='/aktorer/']"),
        ("kontakter", "/boenden/kalleback/kontakter/"),
        ("ny-kontakt", "/boenden/kalleback/kontakter/ny/"),
        ("handelser", "/handelser/"),
        ("handelse", "@.timeline a.what"),
        ("ny-handelse", "/handelser/ny/"),
        ("meddelanden", "/konto/meddelanden/"),
        ("sok", "/sok/?q=brf"),
        ("hjalp", "/hjalp/personal/"),
    ],
    "enhetschef": [
        ("min-dag", "/"),
        ("lista-andra", "/boenden/kalleback/kontaktlista/andra/"),
        ("lasare", "/boenden/kalleback/kontaktlista/lasare/"),
        ("oppning", "/boenden/hogsbohojd/oppning/"),
        ("anvandare", "/konto/anvandare/"),
        ("profil", "/konto/profil/"),
    ],
    "chef": [("min-dag", "/"), ("boenden", "/boenden/"), ("handelser", "/handelser/")],
    "admin": [
        ("min-dag", "/"),
        ("anvandare", "/konto/anvandare/"),
        ("forvaltningar", "/konto/forvaltningar/"),
        ("logg", "/konto/logg/"),
        ("nytt-boende", "/boenden/nytt/"),
    ],
    "ombud": [("min-dag", "/"), ("kontaktlista", "/boenden/victor/kontaktlista/")],
    "sammankallande": [
        ("min-dag", "/"),
        ("forum", "/forum/"),
        ("radet", "@main .table a[href^='/forum/']"),
        ("mote", "@main a[href^='/forum/mote/']"),
    ],
    "granne": [
        ("kontaktlista", "/boenden/kalleback/kontaktlista/"),
        ("min-dag", "/"),
        ("mina-uppgifter", "/konto/mina-uppgifter/"),
        ("forum", "/forum/"),
        ("radet", "@main .table a[href^='/forum/']"),
    ],
}

# picture in docs/handbok/bilder → the screenshot that it is the upper part of
HANDBOOK = {
    "min-dag": "personal-min-dag-phone",
    "ny-handelse": "personal-ny-handelse-phone",
    "ny-kontakt": "personal-ny-kontakt-phone",
    "sok": "personal-sok-phone",
    "handelse": "personal-handelse-desktop",
    "andra-listan": "enhetschef-lista-andra-desktop",
    "lasare": "enhetschef-lasare-desktop",
    "handelser": "chef-handelser-desktop",
    "anvandare": "admin-anvandare-desktop",
    "logg": "admin-logg-desktop",
    "ombudets-lista": "ombud-kontaktlista-phone",
    "forum": "sammankallande-radet-desktop",
    "mote": "sammankallande-mote-desktop",
    "forumet-som-medlem": "granne-radet-phone",
    "kontaktlista": "granne-kontaktlista-phone",
    "mina-uppgifter": "granne-mina-uppgifter-phone",
}
COLOURS = 64  # enough for flat pages, and a picture is a few kilobytes


@contextlib.contextmanager
def demo_server() -> Iterator[str]:
    """A server with fresh demonstration data on a free loopback port; gone afterwards. Gives its address."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        environment = {
            **os.environ,
            "DEMO": "1",
            "DEBUG": "0",
            "DATABASE_URL": f"sqlite:///{folder}/bilder.sqlite3",
            "SITE_URL": f"http://127.0.0.1:{port}",
        }
        for command in (
            ["migrate", "-v0"],
            ["demo_data", "--password", PASSWORD],
            ["collectstatic", "--noinput", "-v0"],
        ):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "platssamverkan.wsgi", "-b", f"127.0.0.1:{port}", "-w", "2"],
            cwd=ROOT,
            env=environment,
            stderr=subprocess.DEVNULL,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address + "/halsa/live")
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_for(address: str) -> None:
    """Until the server answers; raises TimeoutError after 30 seconds."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=2):  # noqa: S310 - loopback
            return
        time.sleep(0.2)
    raise TimeoutError(address)


def sign_in(page: Page, name: str) -> None:
    """Through the sign-in pages, with the password."""
    page.goto("/konto/login/")
    if not page.locator("input[type=password]").count():
        page.get_by_role("link", name="Logga in med lösenord").click()
    page.fill("input[name=login]", f"{name}@demo.example")
    page.fill("input[type=password]", PASSWORD)
    page.get_by_role("button", name="Logga in").first.click()
    page.wait_for_url(lambda url: "login" not in url)


def take(page: Page, folder: Path, role: str, suffix: str) -> None:
    """Every picture of one role."""
    for name, path in PAGES[role]:
        if path.startswith("@"):
            page.locator(path[1:]).first.click()
            page.wait_for_load_state()
        else:
            page.goto(path)
        page.screenshot(path=folder / f"{role or 'anonym'}-{name}-{suffix}.png", full_page=True)


def publish(folder: Path) -> None:
    """Copy the picture of README, and the upper part of those of the handbook, in few colours."""
    published = ROOT / "docs" / "screenshots"
    published.mkdir(parents=True, exist_ok=True)
    shutil.copy(folder / "personal-min-dag-desktop.png", published / "min-dag.png")
    pictures = ROOT / "docs" / "handbok" / "bilder"
    pictures.mkdir(parents=True, exist_ok=True)
    for name, shot in HANDBOOK.items():
        size = WIDTHS[shot.rpartition("-")[2]]
        with Image.open(folder / f"{shot}.png") as whole:
            part = whole.crop((0, 0, size["width"], min(size["height"], whole.height)))
        part.convert("RGB").quantize(COLOURS).save(pictures / f"{name}.png", optimize=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "var" / "screenshots")
    parser.add_argument("--publish", action="store_true")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with demo_server() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for role in PAGES:
            for width, viewport in WIDTHS.items():
                for scheme in ("light", "dark"):
                    if scheme == "dark" and role not in ("personal", ""):
                        continue
                    context = browser.new_context(
                        base_url=address, viewport=viewport, color_scheme=scheme, locale="sv-SE"
                    )
                    page = context.new_page()
                    if role:
                        sign_in(page, role)
                    take(page, options.folder, role, width if scheme == "light" else f"{width}-dark")
                    context.close()
        browser.close()
    if options.publish:
        publish(options.folder)
    print(options.folder)


if __name__ == "__main__":
    main()
