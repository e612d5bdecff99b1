# SPDX-License-Identifier: EUPL-1.2
"""The house's own rules, read off the code: what review forgets."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from platssamverkan.accounts.models import User
from platssamverkan.ground.fields import GuardedMixin
from platssamverkan.ground.records import Record, RecordQuerySet

ROOT = Path(__file__).resolve().parent.parent
OWN = ("platssamverkan", "boenden", "incidents", "kartlaggning", "forum")
SOURCES = sorted(path for package in OWN for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html")) + sorted((ROOT / "templates").rglob("*.txt"))
OWN_MODELS = [model for model in apps.get_models() if model.__module__.split(".")[0] in OWN]

# design.md, "One picture": a floor imports from its own floor and those below it
FLOORS = [
    ["platssamverkan.ground"],
    ["platssamverkan.audit"],
    ["platssamverkan.accounts"],
    [
        "platssamverkan.documents",
        "platssamverkan.notices",
        "platssamverkan.export",
        "platssamverkan.look",
        "platssamverkan.start",
        "platssamverkan.health",
        "platssamverkan.demo",
    ],
    ["boenden"],
    ["incidents"],
    ["kartlaggning"],
    ["forum"],
    ["platssamverkan.reports"],
]
FRONT_DOOR = ("platssamverkan.urls", "platssamverkan.settings", "platssamverkan.wsgi", "platssamverkan.celery")


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def floor_of(module: str) -> int | None:
    for number, names in enumerate(FLOORS):
        if any(module == name or module.startswith(name + ".") for name in names):
            return number
    return None


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return {
        name for name in found if name.split(".")[0] in [floor.split(".")[0] for names in FLOORS for floor in names]
    }


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_imports_point_down(path):
    own = name_of(path)
    if own in FRONT_DOOR or own == "platssamverkan":
        return
    floor = floor_of(own)
    assert floor is not None, f"{own} stands on no floor: give it one in FLOORS"
    above = [name for name in imports_of(path) if (floor_of(name) or 0) > floor]
    assert not above, f"{own} imports from a floor above: {above}"


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("path", [*SOURCES, *sorted((ROOT / "tests").rglob("*.py"))], ids=name_of)
def test_every_file_names_its_licence(path):
    assert path.read_text().startswith("# SPDX-License-Identifier: EUPL-1.2\n")


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_module_grows_beyond_a_room(path):
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_public_functions_and_classes_say_what_they_are(path):
    silent = [
        node.name
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
    ]
    assert not silent, f"without a docstring: {silent}"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_trust_in_typed_text_and_no_formatted_sql(path):
    text = path.read_text()
    draws_own_signs = {f"platssamverkan.look.{name}" for name in ("templatetags.look", "shapes", "lean", "fields")}
    draws_own_signs |= {"platssamverkan.start.handbook"}  # our own files, and only the tags that nh3 lets through
    assert name_of(path) in draws_own_signs or not re.search(r"mark_safe|SafeString\(", text)
    assert not re.search(r"\.(raw|extra)\(", text)
    assert not re.search(r"\.execute\(\s*(f\"|f'|.*%\s*\()", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_templates_hold_no_inline_style_or_script(path):
    text = path.read_text()
    assert "|safe" not in text
    assert "autoescape off" not in text or path.suffix == ".txt"
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


def referenced_templates() -> str:
    texts = [path.read_text() for path in [*SOURCES, *TEMPLATES]]
    return "\n".join(texts)


LIBRARY_OVERRIDES = ("account/", "mfa/", "allauth/", "usersessions/", "platssamverkan/", "django/", "admin/")
BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html", "429.html"}


def test_every_template_is_used():
    """A generic view names its template by the model; everything else is named in words somewhere."""
    words = referenced_templates()
    by_model = {
        f"{model._meta.app_label}/{model._meta.model_name}_{suffix}.html"
        for model in OWN_MODELS
        for suffix in ("list", "detail", "form", "confirm_delete")
    }
    unused = [
        name
        for path in TEMPLATES
        if not (name := str(path.relative_to(ROOT / "templates"))).startswith(LIBRARY_OVERRIDES)
        and name not in BY_DJANGO
        and name not in by_model
        and name not in words
    ]
    assert not unused


@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda model: model._meta.label)
class TestEveryModel:
    def test_is_a_record_with_a_queryset_that_leaves_traces(self, model):
        own_ground = {"accounts.User", "audit.AuditEntry", "audit.AuditSeal"}
        if model._meta.label in own_ground or model._meta.auto_created:
            return
        assert issubclass(model, Record)
        assert isinstance(model._default_manager.get_queryset(), RecordQuerySet)

    def test_its_names_are_in_lower_case(self, model):
        for words in (model._meta.verbose_name, model._meta.verbose_name_plural):
            assert str(words)[0].islower()
        for field in model._meta.fields:
            name = str(field.verbose_name)
            assert name[0].islower() or name.split()[0].isupper(), f"{field}: {name}"

    def test_its_free_texts_are_guarded(self, model):
        """Every text a person writes refuses a personnummer; what no person writes is listed here."""
        not_typed = {
            "slug", "icon", "token_digest", "sha256", "digest", "search_open", "search_internal", "password", "what",
            "occasion", "message_id", "last_error", "file", "content_type", "url", "website",
            "rrule", "calendar",
        }  # fmt: skip
        for field in model._meta.fields:
            is_text = type(field) in (models.CharField, models.TextField) and not field.choices
            if is_text and model.__name__ != "AuditEntry":
                assert field.name in not_typed, f"{field} is free text: make it a GuardedTextField"

    def test_it_is_ordered(self, model):
        if not model._meta.auto_created:
            assert model._meta.ordering or model.__name__ == "AuditEntry"


def test_users_name_is_guarded():
    assert isinstance(User._meta.get_field("name"), GuardedMixin)
