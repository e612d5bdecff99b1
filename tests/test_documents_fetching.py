# SPDX-License-Identifier: EUPL-1.2
"""A document fetches our own files and nothing else, whatever is in it (faults.md, case 16)."""

import base64
import socket
import threading
from pathlib import Path

import pytest
from weasyprint import HTML
from weasyprint.urls import URLFetchingError

from platssamverkan.documents.fetcher import AddressRefused, OwnFilesFetcher
from platssamverkan.documents.renderer import render_pdf
from tests.pdf.reading import objects_of, streams_of

HERE = Path(__file__).parent
SECRET = "hemlighet-som-inte-far-lacka"


@pytest.fixture(autouse=True)
def _own_templates(settings):
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**engine, "DIRS": [*engine["DIRS"], HERE / "pdf" / "templates"]}]


@pytest.fixture
def listener():
    """A server on loopback that counts who calls, and answers nobody."""
    calls = []
    server = socket.create_server(("127.0.0.1", 0))

    def listen():
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            calls.append(connection)
            connection.close()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    yield server.getsockname()[1], calls
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(5)


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    return path


ATTEMPTS = {
    "img": '<img alt="x" src="{url}">',
    "img srcset": '<img alt="x" srcset="{url} 2x" src="{url}">',
    "picture": '<picture><source srcset="{url}"><img alt="x" src="{url}"></picture>',
    "input image": '<input type="image" alt="x" src="{url}">',
    "stylesheet": '<link rel="stylesheet" href="{url}">',
    "css import": '<style>@import url("{url}");</style>',
    "css background": '<style>p {{ background: url("{url}") }}</style><p>x</p>',
    "css list": '<style>ul {{ list-style-image: url("{url}") }}</style><ul><li>x</li></ul>',
    "css content": '<style>p::before {{ content: url("{url}") }}</style><p>x</p>',
    "css font": '<style>@font-face {{ font-family: Y; src: url("{url}") }} p {{ font-family: Y }}</style><p>x</p>',
    "style attribute": "<p style=\"background-image: url('{url}')\">x</p>",
    "link attachment": '<link rel="attachment" href="{url}">',
    "a attachment": '<p><a rel="attachment" href="{url}">x</a></p>',
    "shouted attachment": '<p><a REL="nofollow Attachment" href="{url}">x</a></p>',
    "icon": '<link rel="icon" href="{url}">',
    "object": '<object data="{url}" type="image/png">x</object>',
    "embed": '<embed src="{url}" type="image/png">',
    "iframe": '<iframe src="{url}"></iframe>',
    "video": '<video poster="{url}" src="{url}"></video>',
    "svg image": '<svg width="9" height="9"><image href="{url}" width="9" height="9"/></svg>',
    "svg xlink": '<svg width="9" height="9"><image xlink:href="{url}" width="9" height="9"/></svg>',
    "svg use": '<svg width="9" height="9"><use href="{url}#x"/></svg>',
    "svg style": '<svg width="9" height="9"><style>@import url("{url}");</style></svg>',
    "base": '<base href="{url}"><img alt="x" src="x.png"><p><a rel="attachment" href="x">x</a></p>',
    "meta refresh": '<meta http-equiv="refresh" content="0; url={url}">',
    "script": '<script src="{url}"></script>',
}


def render(markup: str) -> bytes:
    return render_pdf(template="documents_test/raw.html", context={"markup": markup}, title="Prov")


def attached_to(content: bytes) -> bool:
    """Whether the file has others inside it."""
    return any(isinstance(thing, dict) and "/EF" in thing for thing in objects_of(content))


def svg_that_fetches(url: str) -> str:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{url}" width="9" height="9"/></svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS.keys())
def test_nothing_is_fetched_and_nothing_attached(attempt, listener, secret):
    port, calls = listener
    addresses = [
        f"http://127.0.0.1:{port}/x",
        f"HTTP://127.0.0.1:{port}/x",
        f"//127.0.0.1:{port}/x",
        f"ftp://127.0.0.1:{port}/x",
        secret.as_uri(),
        secret.as_uri().replace("file:", "FILE:"),
        str(secret),
        svg_that_fetches(f"http://127.0.0.1:{port}/x"),
        svg_that_fetches(secret.as_uri()),
    ]
    content = render("".join(attempt.format(url=address) for address in addresses))
    assert calls == []
    assert not attached_to(content)
    assert SECRET.encode() not in streams_of(content)


def test_these_looks_would_see_an_attachment(secret):
    content = HTML(string=f'<link rel="attachment" href="{secret.as_uri()}">').write_pdf()
    assert attached_to(content)
    assert SECRET.encode() in streams_of(content)


def test_a_colour_profile_from_elsewhere_stops_the_document_unfetched(listener):
    """The one refusal that WeasyPrint does not go on after. No typed text can bring it: it takes a stylesheet."""
    port, calls = listener
    with pytest.raises(URLFetchingError):
        render(f'<style>@color-profile --x {{ src: url("http://127.0.0.1:{port}/x") }}</style>')
    assert calls == []


def test_our_own_data_is_not_attached_either():
    assert not attached_to(
        render('<link rel="attachment" href="data:text/plain,x"><p><a rel="attachment" href="data:,x">x</a></p>')
    )


class TestFetcher:
    def test_gives_our_own_stylesheet(self):
        response = OwnFilesFetcher().fetch("static:css/document.css")
        assert response.content_type == "text/css"
        assert b"@page" in response.read()

    def test_gives_fonts_that_browsers_are_not_sent(self):
        url = "font:@fontsource/noto-sans-hebrew/files/noto-sans-hebrew-hebrew-400-normal.woff2"
        assert OwnFilesFetcher().fetch(url).read()[:4] == b"wOF2"

    def test_gives_data(self):
        assert OwnFilesFetcher()("data:text/plain;base64,aGVq").read() == b"hej"

    def test_finds_collected_files_where_the_sources_are_not(self, settings, tmp_path):
        settings.STATIC_ROOT = tmp_path
        (tmp_path / "only-collected.css").write_text("p {}")
        assert OwnFilesFetcher().fetch("static:only-collected.css").read() == b"p {}"

    @pytest.mark.parametrize(
        "url",
        [
            "static:../platssamverkan/settings.py",
            "static:/etc/passwd",
            "static:css/../../var/secret_key",
            "static:missing.css",
            "static:css",
            "font:../manage.py",
            "font:../var/secret_key",
            "font:/etc/passwd",
            "font:bootstrap/package.json",
            "file:///etc/passwd",
            "http://127.0.0.1/",
            "https://example.org/",
            "ftp://127.0.0.1/",
            "javascript:alert(1)",
            "/etc/passwd",
            "",
        ],
    )
    def test_refuses_everything_else(self, url):
        with pytest.raises(AddressRefused):
            OwnFilesFetcher().fetch(url)
