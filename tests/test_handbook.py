# SPDX-License-Identifier: EUPL-1.2
"""The handbook: a page a role, true to the screen, and linked from what it explains."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import get_resolver
from django.utils.text import slugify

from boenden.models import Assignment
from platssamverkan.accounts.roles import Role
from platssamverkan.start import handbook, registry
from tests.test_house import ROOT, SOURCES, TEMPLATES
from tests.test_url_table import all_names

FILES = sorted((ROOT / "docs" / "handbok").glob("*.md"))
TEXTS = {path.stem: path.read_text() for path in FILES}


def test_the_files_are_the_pages():
    assert set(TEXTS) == {handbook.FRONT, *handbook.PAGES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
class TestEachFile:
    def test_begins_with_its_title(self, path: Path):
        assert re.match(r"# \S.*\n\n", TEXTS[path.stem])

    def test_names_what_stands_on_the_screen(self, path: Path):
        """A button that is renamed is renamed here too."""
        screen = "\n".join(file.read_text() for file in [*SOURCES, *TEMPLATES])
        names = set(re.findall(r"\*\*(.+?)\*\*", TEXTS[path.stem])) - {"fet stil"}
        assert not [name for name in names if f'"{name.rstrip(".")}"' not in screen]

    def test_has_links_and_pictures_that_exist(self, path: Path):
        for target in re.findall(r"\]\(([^)]+)\)", TEXTS[path.stem]):
            name, _hash, anchor = target.partition("#")
            assert (path.parent / name).exists(), target
            if anchor:
                assert handbook.page(name.removesuffix(".md")).explains(anchor)
            if name.startswith("bilder/"):
                assert finders.find(f"handbok/{name.removeprefix('bilder/')}")

    def test_says_what_its_pictures_show(self, path: Path):
        assert all(text.strip() for text in re.findall(r"!\[(.*?)\]\(", TEXTS[path.stem]))


def test_every_picture_is_used_and_small():
    pictures = {path.name: path.stat().st_size for path in (ROOT / "docs" / "handbok" / "bilder").glob("*.png")}
    used = {name for text in TEXTS.values() for name in re.findall(r"bilder/([\w-]+\.png)", text)}
    assert set(pictures) == used
    assert max(pictures.values()) < 80_000


def test_every_topic_is_explained_and_every_page_that_names_one_exists():
    explained = {topic.anchor for slug in handbook.PAGES for topic in handbook.page(slug).topics}
    assert set(registry.help_topics.values()) <= explained
    assert get_resolver().url_patterns
    assert set(registry.help_topics) <= set(all_names())


@pytest.mark.parametrize(
    ("who", "own"),
    [
        ("personal", ["personal"]),
        ("enhetschef", ["enhetschef"]),
        ("forvaltningschef", ["forvaltningschef"]),
        ("systemforvaltare", ["systemforvaltare"]),
        ("boendeombud", ["boendeombud"]),
        ("granne", ["granne"]),
        ("ended", []),
    ],
)
def test_ones_own_page_comes_first_and_all_are_open(as_user, who, own):
    answer = as_user(who).get("/hjalp/")
    assert [chapter.slug for chapter in answer.context["chapters"]][: len(own)] == own
    assert answer.context["own"] == own
    assert len(answer.context["chapters"]) == len(handbook.PAGES)


@pytest.mark.parametrize("slug", handbook.PAGES)
def test_a_page_has_its_headings_pictures_and_the_way_to_the_others(as_user, slug):
    page = as_user("personal").get(f"/hjalp/{slug}/").content.decode()
    for heading in re.findall(r"^## (.+)$", TEXTS[slug], re.MULTILINE):
        assert f'<h2 id="{slugify(heading)}">{heading}</h2>' in page
    assert page.count("<h1") == 1
    assert page.count("/static/handbok/") == TEXTS[slug].count("](bilder/")
    assert ".md" not in page


@pytest.mark.parametrize(
    ("who", "path", "chapter"),
    [
        ("forvaltningschef", "/", "forvaltningschef/#min-dag"),
        ("enhetschef", "/", "enhetschef/#min-dag"),
        ("personal", "/handelser/ny/", "personal/#ny-handelse"),
        ("enhetschef", "/handelser/ny/", "personal/#ny-handelse"),
        ("enhetschef", "/boenden/kalleback/kontaktlista/", "enhetschef/#kontaktlistan"),
        ("granne", "/boenden/kalleback/kontaktlista/", "granne/#kontaktlistan"),
        ("boendeombud", "/boenden/kalleback/kontaktlista/", "boendeombud/#kontaktlistan"),
        ("forvaltningschef", "/handelser/", "forvaltningschef/#handelser"),
        ("systemforvaltare", "/konto/logg/", "systemforvaltare/#loggen"),
        ("systemforvaltare", "/mer/", '"'),
    ],
)
def test_each_page_links_to_where_it_is_explained(cast, as_user, who, path, chapter):
    assert as_user(who).get(path).content.decode().count(f'href="/hjalp/{chapter}') >= 2


def test_with_several_roles_the_help_is_the_highest_ones(cast, as_user):
    Assignment.objects.create(user=cast["personal"], role=Role.ENHETSCHEF, boende=cast.kalleback)
    assert 'href="/hjalp/enhetschef/#min-dag"' in as_user("personal").get("/").content.decode()


def test_what_is_no_page_is_not_found(as_user):
    for slug in ("index", "finns-inte", "..", "readme"):
        assert as_user("personal").get(f"/hjalp/{slug}/").status_code in ((200,) if slug == "index" else (404,))


def test_a_file_cannot_bring_a_script(tmp_path, monkeypatch):
    (tmp_path / "prov.md").write_text("# Prov\n\n<script>alert(1)</script> [x](javascript:alert(1)) **fet**\n")
    monkeypatch.setattr(handbook, "FOLDER", tmp_path)
    html = handbook.Page("prov").html
    assert "<script" not in html
    assert "href" not in html
    assert "<strong>fet</strong>" in html
