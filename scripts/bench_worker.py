# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: E402  the settings are changed before the application is loaded
"""The process that `make bench` measures: the real application on one database, and the floor beside it.

It answers one JSON line for each line it reads: {"do": "make", …} makes the data, {"do": "time", …} times pages,
{"do": "import", …} brings a file in, {"do": "export", …} takes every incident out, {"do": "passages", …} finds the
actors along a way, {"do": "sweep", …} reminds of the årshjul.
"""

import html
import io
import json
import os
import sys
import time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "platssamverkan.settings")

import django
from django.conf import settings

django.setup()
settings.STORAGES = settings.STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}
settings.ROOT_URLCONF = "scripts.bench_worker"
settings.STATIC_ROOT = ""  # no static file is measured, and none is looked for

from django.contrib import admin
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from boenden.models import Assignment, Boende
from incidents.filters import NEWEST, ORDERS
from incidents.models import Incident
from incidents.scale import make_scale, scale_email, tidy
from platssamverkan.accounts.models import User
from scripts.bench_export import measure_exports
from scripts.bench_import import import_actors
from scripts.bench_passages import time_passages
from scripts.bench_sweep import sweep_activities

CATEGORY = Incident.Category.STORNING
LIST = f"/handelser/?kategori={CATEGORY}"
ROWS_A_PAGE = 50
FLOOR_QUERY = """
    SELECT id, happened_at, headline, handled, severity, children, status, follow_up_on, released_at
    FROM incidents_incident WHERE boende_id = ANY(%s) AND category = %s AND archived_at IS NULL
    ORDER BY happened_at DESC, id DESC LIMIT 51
"""


class Measured:
    """What is set up once: the server's handler, signed-in people, and the addresses to ask for."""

    def __init__(self) -> None:
        self.serve = get_wsgi_application()
        self.cookies = {
            "personal": self.sign_in(scale_email("personal", 1)),
            "chef": self.sign_in(scale_email("chef", 1)),
            "admin": self.sign_in("admin@scale.example"),
        }
        self.boenden = {
            "personal": boenden_of(scale_email("personal", 1)),
            "chef": boenden_of(scale_email("chef", 1)),
        }
        self.pages = {
            "floor": ("personal", "/golv/"),
            "list": ("personal", LIST),
            "deep": ("personal", f"{LIST}&efter={self.deep_place('personal')}"),
            "chef floor": ("chef", "/golv/"),
            "chef list": ("chef", LIST),
            "chef deep": ("chef", f"{LIST}&efter={self.deep_place('chef')}"),
            "admin": ("admin", f"/admin/incidents/incident/?category__exact={CATEGORY}"),
        }
        self.shells: dict[str, tuple[str, str]] = {}
        for who in ("personal", "chef"):
            page = self.get(who, LIST).decode()
            start, end = page.index("<li><time"), page.rindex("</ul>", 0, page.index("</main>"))
            self.shells[who] = page[:start], page[end:]

    def sign_in(self, email: str) -> str:
        """A session of the user's, as sign-in would leave it."""
        user = User.objects.get(email=email)
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"

    def deep_place(self, who: str) -> str:
        """A place nine tenths down the list."""
        rows = Incident.objects.filter(boende__in=self.boenden[who], category=CATEGORY).rows()
        rows = rows.order_by("-happened_at", "-id")
        return ORDERS[NEWEST].place(rows[int(rows.count() * 0.9) - ROWS_A_PAGE])

    def get(self, who: str, address: str) -> bytes:
        """One request through the whole server."""
        route, _, query = address.partition("?")
        seen: list[str] = []
        answer = self.serve(
            {
                "REQUEST_METHOD": "GET",
                "PATH_INFO": route,
                "QUERY_STRING": query,
                "SERVER_NAME": "127.0.0.1",
                "SERVER_PORT": "80",
                "HTTP_COOKIE": self.cookies[who],
                "wsgi.input": io.BytesIO(),
                "wsgi.errors": sys.stderr,
                "wsgi.url_scheme": "http",
            },
            lambda status, headers: seen.append(status),
        )
        body = b"".join(answer)
        answer.close()  # type: ignore[attr-defined]
        if seen != ["200 OK"]:
            raise RuntimeError(f"{address}: {seen}")
        return body

    def time(self, name: str, times: int) -> list[float]:
        """Seconds for each of so many requests."""
        who, address = self.pages[name]
        took = []
        for _ in range(times):
            begun = time.perf_counter()
            self.get(who, address)
            took.append(time.perf_counter() - begun)
        return took

    def queries(self, name: str) -> int:
        """How many queries the page runs."""
        count = 0

        def counted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            nonlocal count
            count += 1
            return execute(sql, params, many, context)

        with connection.execute_wrapper(counted):
            self.get(*self.pages[name])
        return count


measured: Measured


def boenden_of(email: str) -> list[Any]:
    """The ids of the boenden that the user reaches."""
    held = Assignment.objects.get(user__email=email)
    return [held.boende_id] if held.boende_id else list(held.forvaltning.boenden.values_list("pk", flat=True))  # type: ignore[union-attr]


def floor(request: HttpRequest) -> HttpResponse:
    """The floor F: the user, one prepared query, rows put together by f-strings in a ready shell."""
    who = "personal" if "personal" in request.user.email else "chef"  # type: ignore[union-attr]
    head, tail = measured.shells[who]
    with connection.cursor() as cursor:
        cursor.cursor.execute(FLOOR_QUERY, [measured.boenden[who], CATEGORY], prepare=True)
        rows = cursor.fetchall()
    escape = html.escape
    lines = [
        f'<li><time datetime="{at:%Y-%m-%dT%H:%M}"><b>{at:%Y-%m-%d}</b> kl. {at:%H.%M}</time><div><a class="what" '
        f'href="/handelser/{pk}/">{escape(headline)}</a><p>{escape(handled)}</p>'
        '<div class="foot"><span class="lockline">'
        f"{'Forumtext släppt' if released else 'Bara för boendet'}</span>"
        f"{'<span>Rör barn</span>' if children else ''}<span>{severity}</span><span>{due or status}</span>"
        "</div></div></li>"
        for pk, at, headline, handled, severity, children, status, due, released in rows[:ROWS_A_PAGE]
    ]
    return HttpResponse(head + "".join(lines) + tail)


class IncidentAdmin(admin.ModelAdmin):
    """What the same list costs in Django's admin."""

    list_display = ["headline", "boende", "happened_at", "category", "severity", "status", "children", "released_at"]
    list_filter = ["category", "severity", "status", "children"]
    list_per_page = ROWS_A_PAGE
    list_select_related = ["boende"]


site = admin.AdminSite()
site.register(Incident, IncidentAdmin)
urlpatterns = [
    path("golv/", floor),
    path("admin/", site.urls),
    path("", include("platssamverkan.urls")),
]


def answer(asked: dict[str, Any]) -> Any:
    """What one line asks for."""
    if asked["do"] == "make":
        call_command("migrate", verbosity=0)
        begun = time.perf_counter()
        make_scale(boenden=asked["boenden"], incidents=asked["incidents"], seed=2026, by=None)
        tidy()
        User.objects.create_superuser("admin@scale.example", None)
        took = time.perf_counter() - begun
        global measured
        measured = Measured()
        return took
    if asked["do"] == "time":
        return measured.time(asked["page"], asked["times"])
    if asked["do"] == "import":
        user = User.objects.get(email=scale_email("personal", 1))
        boende = Boende.objects.select_related("forvaltning").get(pk=measured.boenden["personal"][0])
        return import_actors(rows=asked["rows"], boende=boende, by=user)
    if asked["do"] == "export":
        return measure_exports(asked["psql"])
    if asked["do"] == "passages":
        return time_passages(points=asked["points"], actors=asked["actors"])
    if asked["do"] == "sweep":
        return sweep_activities(asked["boenden"])
    return measured.queries(asked["page"])


def main() -> None:
    """Answer until nobody asks any more."""
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
