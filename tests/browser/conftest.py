# SPDX-License-Identifier: EUPL-1.2
"""Chromium against the live server. A script that the CSP stops, or an error in the console, fails the test."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import Cast, make_cast

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the tests' own thread
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session", autouse=True)
def _fresh_static_files(tmp_path_factory) -> None:
    """The live server serves what was collected when it starts: style sheets and scripts as they are now."""
    django_settings.STATIC_ROOT = tmp_path_factory.mktemp("collected")
    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def cast(transactional_db) -> Cast:
    """The cast, committed, so that the server's thread sees it."""
    return make_cast()


@pytest.fixture
def open_page(chromium, live_server, cast) -> Iterator[Callable[..., Page]]:
    """`open_page("personal", viewport=PHONE, dark=True, javascript=False)`: a page signed in as one of the cast."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_as(name: str = "anonymous", *, viewport=PHONE, dark=False, javascript=True) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport=viewport,
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
        )
        contexts.append(context)
        if name != "anonymous":
            client = Client()
            client.force_login(cast[name])
            cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_as
    for context in contexts:
        context.close()
    # a page that answers 4xx on purpose is reported by Chromium as a failed load; that is no fault of the page
    real = [text for text in complaints if "Failed to load resource" not in text]
    assert not real, real
