# SPDX-License-Identifier: EUPL-1.2
"""The named cast that every test can call in, and a client that is signed in as one of them."""

import os
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.signals import request_finished
from django.db import close_old_connections, connection
from django.test import Client
from django.utils import timezone

from boenden.models import Assignment, Boende, ContactList, ContactListReader, Forvaltning
from forum.models import Forum, Member
from platssamverkan.accounts.models import User
from platssamverkan.accounts.roles import Role
from tests import factories
from tests.kept_cast import KeptCast


@dataclass
class Cast:
    """Who is who. `kalleback` (Sydväst) is theirs; `alma` (Nordost) is another förvaltning's, a world apart.

    `forum` is Kallebäck's råd: `sammankallande` convenes it and `medlem` is in it, both from outside the boende.
    """

    sydvast: Forvaltning
    nordost: Forvaltning
    kalleback: Boende
    alma: Boende
    contact_list: ContactList
    forum: Forum
    users: dict[str, User] = field(default_factory=dict)

    def __getitem__(self, name: str) -> User:
        return self.users[name]


def pytest_configure(config):
    """Each process that runs tests has a Redis database of its own: one that empties it leaves the others theirs."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    default = django_settings.CACHES["default"]
    if str(default.get("LOCATION", "")).startswith("redis"):
        default["LOCATION"] = f"{default['LOCATION'].rsplit('/', 1)[0]}/{int(worker) + 1}"
    else:
        default |= {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "tests"}


SWEEPS = ("test_foreign_ids.py", "test_query_counts.py", "test_url_table.py")
# Coverage doubles the time of a test: it is measured of no sweep, and on PostgreSQL of what SQLite has not run.
MEASURED = ("services", "pdf", "once", "skipif")


def commits(item) -> bool:
    """Whether the test commits what it writes; its end then empties every table, with what the migrations put there."""
    mark = item.get_closest_marker("django_db")
    asked = bool(mark and mark.kwargs.get("transaction"))
    return asked or not {"transactional_db", "live_server"}.isdisjoint(item.fixturenames)


def refuse_mixed_modules(items) -> None:
    """A module goes whole to one process, placed by its first test: one that mixes empties tables others rely on."""
    kinds = defaultdict(set)
    for item in items:
        if "cast" in item.fixturenames or "db" in item.fixturenames or item.get_closest_marker("django_db"):
            kinds[item.path].add(commits(item))
    if mixed := [path.name for path, found in kinds.items() if len(found) > 1]:
        raise pytest.UsageError(f"tests that commit belong in a module of their own: {', '.join(mixed)}")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """The sweeps over all pages first: begun last, one process would be at them while the other has nothing to do."""
    refuse_mixed_modules(items)
    items.sort(key=lambda item: item.path.name not in SWEEPS)
    for item in items:
        is_new = connection.vendor == "sqlite" or any(item.get_closest_marker(mark) for mark in MEASURED)
        if item.path.name in SWEEPS or not is_new:
            item.add_marker(pytest.mark.no_cover)


def close(response) -> None:
    """Close a streamed answer as a server does when it is sent or cut off, and keep the test's connection."""
    request_finished.disconnect(close_old_connections)
    try:
        response.close()
    finally:
        request_finished.connect(close_old_connections)


@pytest.fixture(scope="session")
def no_static_files(tmp_path_factory):
    """An empty folder: WhiteNoise reads every file of the real one for each client, two thirds of a test's time."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture(autouse=True)
def _fresh_world(settings, tmp_path, no_static_files):
    """Plain static files, an empty cache, mails and files of the test's own."""
    settings.STATIC_ROOT = no_static_files
    settings.STORAGES = {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "documents")},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


def make_cast() -> Cast:
    """Rows for the cast: one person a role at Kallebäck, an outsider with every right at Alma, a reader, one ended."""
    sydvast = factories.ForvaltningFactory(name="Socialförvaltningen Sydväst")
    nordost = factories.ForvaltningFactory(name="Socialförvaltningen Nordost")
    kalleback = factories.BoendeFactory(forvaltning=sydvast, name="Kallebäcks boende", slug="kalleback")
    alma = factories.BoendeFactory(forvaltning=nordost, name="Alma", slug="alma")
    contact_list = factories.ContactListFactory(boende=kalleback)
    factories.ContactListFactory(boende=alma)
    forum = factories.ForumFactory(boenden=[kalleback], name="Kallebäcks platssamverkansråd")
    cast = Cast(sydvast, nordost, kalleback, alma, contact_list, forum)
    scopes: dict[Role, dict] = {
        Role.SYSTEMFORVALTARE: {},
        Role.FORVALTNINGSCHEF: {"forvaltning": sydvast},
        Role.ENHETSCHEF: {"boende": kalleback},
        Role.PERSONAL: {"boende": kalleback},
        Role.BOENDEOMBUD: {"boende": kalleback},
    }
    for role, scope in scopes.items():
        user = factories.UserFactory(email=f"{role}@example.org", name=f"{str(role.label).capitalize()} Ek")
        Assignment.objects.create(user=user, role=role, **scope)
        cast.users[str(role)] = user
    outsider = factories.UserFactory(email="utanfor@example.org", name="Utanför Berg")
    Assignment.objects.create(user=outsider, role=Role.ENHETSCHEF, boende=alma)
    ended = factories.UserFactory(email="slutat@example.org", name="Slutat Lund")
    yesterday = timezone.localdate() - timedelta(days=1)
    Assignment.objects.create(
        user=ended, role=Role.ENHETSCHEF, boende=kalleback, starts_on=yesterday - timedelta(days=30), ends_on=yesterday
    )
    granne = factories.UserFactory(email="granne@example.org", name="Granne Wik")
    ContactListReader.objects.create(contact_list=contact_list, user=granne, shared_by=cast["enhetschef"])
    cast.users |= {"outsider": outsider, "ended": ended, "granne": granne}
    for name, kind in (("sammankallande", Member.Kind.SAMMANKALLANDE), ("medlem", Member.Kind.ORDINARIE)):
        cast.users[name] = make_member(cast, name, kind)
    return cast


def make_member(cast: Cast, name: str, kind: str) -> User:
    """A user who belongs to an actor, is in the forum, and therefore reads the contact list."""
    user = factories.UserFactory(email=f"{name}@example.org", name=f"{name.capitalize()} Alm")
    person = factories.ContactPersonFactory(
        actor=factories.ActorFactory(forvaltning=cast.sydvast, name=f"Föreningen {name}"),
        user=user,
        name=user.name,
        email=user.email,
    )
    member = Member.objects.create(forum=cast.forum, person=person, kind=kind)
    reader = ContactListReader.objects.create(
        contact_list=cast.contact_list, user=user, person=person, shared_by=cast["enhetschef"]
    )
    member.readerships.add(reader)
    return user


@pytest.fixture
def unprinted(monkeypatch):
    """Documents are laid out but not printed: what a sweep over every page asks is decided before."""

    class Sheets:
        metadata = SimpleNamespace(generate_rdf_metadata=None)

        def write_pdf(self, **options):
            return b"%PDF-1.7\n%%EOF\n"

    monkeypatch.setattr("weasyprint.HTML.render", lambda *args, **options: Sheets())


KEPT_CAST = KeptCast(make_cast)


@pytest.fixture
def cast(db) -> Cast:
    """The cast, see make_cast."""
    return KEPT_CAST()


@pytest.fixture
def world(cast) -> dict:
    """One row of everything at Kallebäck, by the names that the URL table's rows need in their addresses."""
    return factories.one_of_everything(cast)


@pytest.fixture
def as_user(client, cast):
    """A client signed in as a named member of the cast: `as_user("personal").get(…)`; "anonymous" signs in nobody."""

    def sign_in(name: str) -> Client:
        client = Client()
        if name != "anonymous":
            client.force_login(cast[name])
        return client

    return sign_in
