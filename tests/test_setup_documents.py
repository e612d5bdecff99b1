# SPDX-License-Identifier: EUPL-1.2
"""What is written for people who work on the house is true as far as a machine can tell."""

import re
from pathlib import Path

import pytest

from incidents.demo.places import READERS, USERS
from scripts.demo import OTHERS

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "deploy" / "README.md"]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document):
    links = re.findall(r"\]\((?!https?://)([^)#]+)", document.read_text())
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_dated_and_has_its_three_lines(decision):
    text = decision.read_text()
    assert text.startswith(f"# {decision.stem[:4]}. ")
    assert re.search(r"^20\d\d-\d\d-\d\d$", text, re.MULTILINE)
    assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == ["Context", "Decision", "Consequence"]


def test_decisions_are_numbered_without_gaps():
    assert [int(path.stem[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_the_readmes_users_are_the_demonstrations():
    named = set(re.findall(r"`(\w+)@demo\.example`", (ROOT / "README.md").read_text()))
    assert named == {
        "admin", "chef", "enhetschef", "personal", "ombud", "sammankallande", "granne", "fastighetsagare"
    }  # fmt: skip
    assert named <= set(USERS) | set(READERS)


def test_every_make_target_that_is_named_is_there():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for document in DOCUMENTS:
        named = set(re.findall(r"(?:^    |`)make ([a-z-]+)", document.read_text(), re.MULTILINE))
        assert named <= targets, document


def test_every_variable_that_settings_read_is_described():
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "platssamverkan" / "settings.py").read_text()))
    described = set(re.findall(r"`([A-Z_]+)`", (ROOT / "docs" / "house.md").read_text()))
    assert read <= described
    assert {name for name in read if name.endswith("_URL")} - {"SITE_URL"} <= set(OTHERS)
