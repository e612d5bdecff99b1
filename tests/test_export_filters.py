# SPDX-License-Identifier: EUPL-1.2
"""A file holds what its filter says, in the list's order, or there is none: a filter that cannot be read is no file."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from boenden.models import Assignment
from incidents.models import Felanmalan
from platssamverkan.accounts.roles import Role
from platssamverkan.export import made_actions, taking_out
from platssamverkan.export.actions import record_export
from platssamverkan.export.made_jobs import make_files
from platssamverkan.export.models import Export, MadeFile
from tests import factories
from tests.queries import queries_of

WHY = {"purpose": "Underlag till nämnden", "format": "csv"}
State = MadeFile.State
WRONG = [
    ("incidents:incident_export", "personal", "boende=alma"),
    ("incidents:incident_export", "personal", "fran=2026-13-45"),
    ("incidents:incident_export", "forvaltningschef", "boende=finns-inte"),
    ("incidents:incident_export", "personal", "forvaltning=00000000-0000-0000-0000-000000000000"),
    ("incidents:felanmalan_export", "personal", "boende=alma"),
    ("incidents:felanmalan_export", "personal", "lage=xx"),
    ("incidents:synpunkt_export", "personal", "boende=alma"),
    ("incidents:synpunkt_export_boende", "personal", "fran=igår"),
    ("kartlaggning:arshjul_list_export", "personal", "boende=alma"),
    ("kartlaggning:arshjul_list_export", "personal", "lage=xx"),
    ("kartlaggning:arshjul_export", "personal", "ar=1999"),
    ("kartlaggning:example_list_export", "personal", "principle=999"),
    ("kartlaggning:observation_export", "personal", "kind=xx"),
    ("forum:activity_export", "personal", "status=xx"),
    ("forum:atgarder_export", "personal", "boende=alma"),
    ("forum:decision_export", "personal", "slag=xx"),
    ("people:audit_export", "systemforvaltare", "since=xx"),
    ("people:user_export", "systemforvaltare", "role=xx"),
    ("people:export_log_export", "forvaltningschef", "until=xx"),
    ("boenden:files", "personal", "vad=kontakter&actor=xx"),
    ("boenden:files", "personal", "category=xx"),
]


@pytest.fixture
def to_worker(settings, monkeypatch):
    """Three rows are many, and nobody is woken."""
    settings.EXPORT_ROWS_AT_ONCE = 2
    monkeypatch.setattr(made_actions, "wake", lambda task: None)


@pytest.fixture
def at_two(cast):
    """Personal has a role at two boenden."""
    return Assignment.objects.create(user=cast["personal"], boende=cast.alma, role=Role.PERSONAL)


def test_a_filter_that_cannot_be_read_gives_no_file_on_any_page(world, as_user):
    before = Export.objects.count(), MadeFile.objects.count()
    for name, who, query in WRONG:
        url = factories.address_of(name, world).partition("?")[0]
        posted = WHY | ({"what": "kontakter" if "vad=kontakter" in query else "aktorer"} if "files" in name else {})
        answer = as_user(who).post(f"{url}?{query}", posted)
        assert answer.status_code == 422, (name, query)
        assert "ingen fil är gjord" in answer.content.decode(), (name, query)
    assert (Export.objects.count(), MadeFile.objects.count()) == before


def test_every_list_with_a_filter_of_its_own_is_among_them():
    from tests.test_every_list_has_a_file import VIEWS, ListFile, is_a

    filtered = {name for name, view in VIEWS.items() if is_a(view, ListFile) and getattr(view, "filterset_class", None)}
    assert filtered <= {name for name, _who, _query in WRONG}


def test_a_boende_of_another_forvaltning_than_the_one_asked_for_is_in_no_file(as_user, cast, at_two):
    """Both are hers, and the words of the file name both: then there is nothing that they both have."""
    factories.IncidentFactory(boende=cast.kalleback), factories.IncidentFactory(boende=cast.alma)
    query = f"forvaltning={cast.sydvast.pk}&boende=alma"
    for name in ("incidents:incident_export", "forum:atgarder_export"):
        answer = as_user("personal").post(f"{reverse(name)}?{query}", WHY)
        assert answer.status_code == 200
        rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig")), delimiter=";"))
        assert len(rows) == 1


@pytest.mark.usefixtures("to_worker", "at_two")
def test_a_boende_that_has_moved_away_gives_no_file_of_the_others(as_user, cast):
    for boende in (cast.alma, cast.kalleback):
        for _ in range(3):
            Felanmalan.objects.create(boende=boende, what="Lampa", place_text="g")
    client = as_user("personal")
    client.post(reverse("incidents:felanmalan_export") + "?boende=alma", WHY)
    Assignment._base_manager.filter(boende=cast.alma, user=cast["personal"]).delete()
    make_files()
    made = MadeFile.objects.get()
    assert made.state == State.FAILED and "Urvalet går inte att läsa längre" in made.failure
    assert not Export.objects.exists()


@pytest.mark.usefixtures("to_worker", "at_two")
def test_a_file_of_less_than_was_asked_for_says_so(as_user, cast):
    for boende in (cast.alma, cast.kalleback):
        for _ in range(3):
            Felanmalan.objects.create(boende=boende, what="Lampa", place_text="g")
    client = as_user("personal")
    client.post(reverse("incidents:felanmalan_export"), WHY)
    asked = MadeFile.objects.get().scope
    Assignment._base_manager.filter(boende=cast.alma, user=cast["personal"]).delete()
    make_files()
    made = MadeFile.objects.get()
    assert (made.state, made.row_count, made.scope, made.scope_ordered) == (
        State.DONE,
        3,
        cast.kalleback.name,
        asked,
    )
    assert "inte längre rätt till allt när filen gjordes" in client.get(made.get_absolute_url()).content.decode()


@pytest.mark.usefixtures("to_worker", "at_two")
def test_the_page_offers_no_file_that_it_would_refuse(as_user, cast, at_two):
    for boende in (cast.alma, cast.kalleback):
        for _ in range(2):
            Felanmalan.objects.create(boende=boende, what="Lampa", place_text="g")
    client = as_user("personal")
    client.post(reverse("incidents:felanmalan_export"), WHY)
    make_files()
    made = MadeFile.objects.get()
    url = made.get_absolute_url()
    assert "Hämta filen" in client.get(url).content.decode()
    assert queries_of(client, url) <= 15
    at_two.delete()
    page = client.get(url).content.decode()
    assert "Hämta filen" not in page and "inte längre rätt" in page
    Assignment._base_manager.filter(user=cast["personal"]).delete()
    assert client.get(url).status_code == client.get(reverse("export:madefile_list")).status_code == 404


def test_a_file_has_the_lists_order(as_user, cast):
    for place, severity in (("först", 1), ("värst", 3), ("mitt", 2)):
        factories.IncidentFactory(boende=cast.kalleback, severity=severity, place_text=place)
    url = reverse("incidents:incident_export")
    for order, first in (("allvarligast", "värst"), ("aldst", "först"), ("nyast", "mitt")):
        content = as_user("personal").post(f"{url}?ordning={order}", WHY).getvalue().decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
        assert rows[0]["Plats"] == first, order
    assert "Ordning: Nyast först" in Export.objects.latest("created_at").filter_words


def test_a_workbook_is_made_by_a_worker_sooner_than_csv(settings, monkeypatch, as_user, cast):
    monkeypatch.setattr(made_actions, "wake", lambda task: None)
    assert taking_out.at_once("xlsx") == 10_000 < taking_out.at_once("csv") == 50_000
    settings.EXPORT_XLSX_ROWS_AT_ONCE = 1
    for _ in range(2):
        Felanmalan.objects.create(boende=cast.kalleback, what="Lampa", place_text="g")
    url, client = reverse("incidents:felanmalan_export"), as_user("personal")
    assert client.post(url, WHY).status_code == 200
    assert client.post(url, WHY | {"format": "xlsx"}).status_code == 302


@pytest.mark.parametrize("purpose", [".", "ab", "12 345", "a b c"])
def test_a_purpose_says_something(as_user, cast, purpose):
    answer = as_user("personal").post(reverse("incidents:felanmalan_export"), WHY | {"purpose": purpose})
    assert answer.status_code == 422 and "Skriv med ett par ord" in answer.content.decode()


@pytest.mark.usefixtures("to_worker")
@pytest.mark.parametrize("is_given_up", [True, False])
def test_what_a_try_began_is_ended_when_it_is_given_up_or_begun_again(as_user, cast, is_given_up):
    for _ in range(3):
        Felanmalan.objects.create(boende=cast.kalleback, what="Lampa", place_text="g")
    as_user("personal").post(reverse("incidents:felanmalan_export"), WHY)
    made = MadeFile.objects.get()
    begun = Export.objects.create(what="felanmälningar", purpose="Underlag", format="csv", made=made)
    attempts = made_actions.MAX_ATTEMPTS if is_given_up else 1
    gone = timezone.now() - made_actions.LEASE
    MadeFile._base_manager.filter(pk=made.pk).update(attempts=attempts, state=State.RUNNING, lease_until=gone, done=2)
    make_files()
    begun.refresh_from_db()
    made.refresh_from_db()
    assert (begun.state, begun.row_count) == (Export.State.CUT, 2) and begun.finished_at
    assert made.state == (State.FAILED if is_given_up else State.DONE)
    assert not Export.objects.filter(state=Export.State.BEGUN).exists()


@pytest.mark.usefixtures("to_worker")
def test_a_try_that_was_cut_says_so_before_its_lease_is_out(as_user, cast, monkeypatch):
    from django.db import OperationalError

    from platssamverkan.export import made_jobs

    for _ in range(3):
        Felanmalan.objects.create(boende=cast.kalleback, what="Lampa", place_text="g")
    client = as_user("personal")
    client.post(reverse("incidents:felanmalan_export"), WHY)
    monkeypatch.setattr(made_jobs, "make", lambda made: (_ for _ in ()).throw(OperationalError("locked")))
    with pytest.raises(OperationalError):
        make_files()
    made = MadeFile.objects.get()
    assert "Arbetet avbröts. Det börjar om" in client.get(made.get_absolute_url()).content.decode()
    MadeFile._base_manager.update(attempts=2, failure="")
    assert "har börjat om" in client.get(made.get_absolute_url()).content.decode()


class TestLogOfExports:
    def take(self, cast, who, scope=None, **more):
        values = {"what": "händelser", "purpose": "Underlag till nämnden", "format": "csv", "created_by": cast[who]}
        about = {"scope": scope.name, "scope_id": scope.pk} if scope else {"scope": "flera"}
        return Export.objects.create(**values | about | more)

    def page(self, client, query=""):
        answer = client.get(reverse("people:export_list") + query)
        return answer.content.decode() if answer.status_code == 200 else answer.status_code

    def test_shows_whoever_looks_after_the_rows(self, as_user, cast):
        self.take(cast, "personal", cast.kalleback, purpose="AVKALLEBACK", filter_words="Status: öppen")
        self.take(cast, "outsider", cast.kalleback.forvaltning, purpose="AVFORVALTNINGEN")
        self.take(cast, "personal", purpose="AVFLERA")
        self.take(cast, "enhetschef", purpose="AVCHEFENSJÄLV")
        shown = {
            "systemforvaltare": {"AVKALLEBACK", "AVFORVALTNINGEN", "AVFLERA", "AVCHEFENSJÄLV"},
            "forvaltningschef": {"AVKALLEBACK", "AVFORVALTNINGEN"},
            "enhetschef": {"AVKALLEBACK", "AVCHEFENSJÄLV"},
        }
        for who, purposes in shown.items():
            page = self.page(as_user(who))
            assert {p for p in shown["systemforvaltare"] if p in page} == purposes, who
        assert "Status: öppen" in page
        for who in ("personal", "granne", "boendeombud"):
            assert self.page(as_user(who)) == 403

    def test_is_narrowed_linked_and_a_file(self, as_user, cast):
        self.take(cast, "personal", cast.kalleback, purpose="FINNS")
        client = as_user("forvaltningschef")
        assert "FINNS" in self.page(client, f"?scope={cast.kalleback.name}&who={cast['personal'].email}")
        assert "Inget uttag stämmer" in self.page(client, "?until=2020-01-01")
        assert reverse("people:export_list") in client.get(reverse("export:madefile_list")).content.decode()
        log = as_user("systemforvaltare").get(reverse("people:audit_list")).content.decode()
        assert reverse("people:export_list") in log
        content = client.post(reverse("people:export_log_export"), WHY).getvalue().decode("utf-8-sig")
        assert "FINNS" in content and "Kontrollsumma" in content

    def test_takes_the_same_queries_for_many(self, as_user, cast):
        self.take(cast, "personal", cast.kalleback)
        client = as_user("enhetschef")
        few = queries_of(client, reverse("people:export_list"))
        for _ in range(8):
            self.take(cast, "personal", cast.kalleback)
        assert queries_of(client, reverse("people:export_list")) == few

    def test_keeps_nothing_that_somebody_looked_for(self, as_user, cast):
        """It could be a name, and the log is read by people who may not read the rows."""
        for looked_for in ("Kim Ek", "19121212-1212"):
            answer = as_user("personal").post(reverse("incidents:felanmalan_export") + f"?q={looked_for}&sena=on", WHY)
            assert answer.status_code == 200
            kept = Export.objects.for_list().first().filter_words
            assert "Sök: egna ord" in kept and looked_for not in kept

    def test_keeps_no_personnummer_whatever_says_the_filter(self, cast):
        about = {"what": "lista", "fmt": "pdf", "purpose": "Underlag", "content": b"", "row_count": 0}
        export = record_export(filter_words="Plats: 19121212-1212", by=cast["personal"], **about)
        assert export.filter_words == "ett urval som inte sparas"


def test_the_page_that_asks_says_the_filter_and_takes_no_other_method(as_user):
    client, url = as_user("personal"), reverse("incidents:incident_export")
    assert "Status: öppen" in client.get(f"{url}?status=open").content.decode()
    assert client.put(url).status_code == client.delete(url).status_code == 405


@pytest.mark.parametrize("fmt", ["csv", "csv-rfc4180", "xlsx"])
def test_a_contact_list_is_given_in_every_format_that_its_page_offers(as_user, world, fmt):
    client, url = as_user("personal"), factories.address_of("boenden:contactlist_detail", world)
    assert f'href="{url}fil/"' in client.get(url).content.decode()
    assert client.post(f"{url}fil/", WHY | {"format": fmt}).status_code == 200
