# SPDX-License-Identifier: EUPL-1.2
"""Large files are made by a worker: with the asker's rights of the day, whole or not at all, and for her alone."""

import csv
import hashlib
import io
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from boenden.models import Assignment
from incidents.models import Felanmalan, Incident
from platssamverkan.accounts.roles import Role
from platssamverkan.audit.models import AuditEntry
from platssamverkan.documents.models import ChecksumMismatch
from platssamverkan.export import made_actions, made_jobs, responses, taking_out
from platssamverkan.export.made_jobs import make_files
from platssamverkan.export.models import KEPT, Export, MadeFile
from platssamverkan.notices.models import Notice
from tests import factories
from tests.queries import queries_of

WHY = {"purpose": "Underlag till nämnden", "format": "csv"}
FELANMALNINGAR = reverse("incidents:felanmalan_export")
HANDELSER = reverse("incidents:incident_export")
LIST = reverse("export:madefile_list")
State = MadeFile.State


@pytest.fixture(autouse=True)
def small(settings, monkeypatch):
    """Three rows are many, and nobody is woken."""
    settings.EXPORT_ROWS_AT_ONCE = 2
    monkeypatch.setattr(made_actions, "wake", lambda task: None)
    monkeypatch.setattr(made_jobs, "NOTED_EACH", 1)


def mend(cast, count=3, **more):
    for number in range(count):
        Felanmalan.objects.create(**{"boende": cast.kalleback, "what": f"Lampa\n{number}", "place_text": "g", **more})


def ask(client, url=FELANMALNINGAR, **more):
    """What was asked for, and the page that answers."""
    answer = client.post(url, WHY | more)
    assert answer.status_code == 302, answer.content.decode()[:500]
    made = MadeFile.objects.latest("created_at")
    assert answer["Location"] == made.get_absolute_url()
    return made


def page(client, made):
    return client.get(made.get_absolute_url()).content.decode()


def fetch(client, made):
    return client.get(reverse("export:madefile_fetch", args=[made.pk]))


def leave(**held):
    yesterday = timezone.localdate() - timedelta(days=1)
    Assignment._base_manager.filter(**held).update(starts_on=yesterday, ends_on=yesterday)


@pytest.fixture
def made(as_user, cast):
    """One that is ready."""
    mend(cast)
    made = ask(as_user("personal"))
    assert make_files() == 1
    made.refresh_from_db()
    assert made.state == State.DONE, made.failure
    return made


class TestMaking:
    def test_a_few_rows_are_answered_at_once(self, as_user, cast):
        mend(cast, 2)
        assert as_user("personal").post(FELANMALNINGAR, WHY).getvalue().startswith(b"\xef\xbb\xbf")
        assert not MadeFile.objects.exists()

    def test_many_are_made_by_a_worker_and_end_in_dokument_with_a_notice(self, as_user, cast):
        mend(cast)
        mend(cast, 4, ground="own", what="Egen")
        mend(cast, 1, boende=cast.alma, ground="own")
        client = as_user("personal")
        made = ask(client, f"{FELANMALNINGAR}?var=own")
        assert not Export.objects.exists()
        assert "Filen görs" in page(client, made) and "väntar på sin tur" in client.get(LIST).content.decode().lower()
        assert fetch(client, made).status_code == 404
        make_files()
        made.refresh_from_db()
        shown = page(client, made)
        for said in ("Filen är klar", made.sha256, WHY["purpose"], "boendets egen fastighet", "Hämta filen"):
            assert said in shown
        assert re.search(r"<dl class=.facts.>\s*<dt>", shown), "its columns are dt and dd: with a div around it is wide"
        answer = fetch(client, made)
        content = answer.getvalue()
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        assert [row["Vad som ska lagas"] for row in rows] == ["Egen"] * 4
        assert (made.row_count, made.size, made.sha256) == (4, len(content), hashlib.sha256(content).hexdigest())
        assert "Felanm%C3%A4lningar.csv" in answer["Content-Disposition"]
        export = Export.objects.get()
        assert (export.created_by, export.state, export.row_count) == (cast["personal"], "whole", 4)
        assert (export.sha256, export.purpose) == (made.sha256, WHY["purpose"])
        notice = Notice.objects.get(what="export.made")
        assert (notice.user, notice.url) == (cast["personal"], made.get_absolute_url())
        assert AuditEntry.objects.filter(object_pk=str(made.pk), action=AuditEntry.Action.ACCESS).count() == 1
        assert make_files() == 0

    @pytest.mark.parametrize("fmt", ["xlsx", "csv-rfc4180"])
    def test_in_every_format(self, as_user, cast, fmt):
        mend(cast)
        made = ask(as_user("personal"), format=fmt)
        make_files()
        made.refresh_from_db()
        assert (made.state, made.row_count) == (State.DONE, 3)
        assert len(fetch(as_user("personal"), made).getvalue()) == made.size

    def test_incidents_hold_the_internal_texts_for_the_staff_alone(self, as_user, cast):
        for number in range(3):
            factories.IncidentFactory(boende=cast.kalleback, internal_text=f"INTERNT {number}")
        for who, holds in (("personal", True), ("forvaltningschef", False)):
            made = ask(as_user(who), HANDELSER)
            make_files()
            made.refresh_from_db()
            assert (b"INTERNT" in fetch(as_user(who), made).getvalue()) is holds

    def test_asked_for_twice_it_is_made_once(self, as_user, cast):
        mend(cast)
        client = as_user("personal")
        assert ask(client) == ask(client)
        assert MadeFile.objects.count() == 1 and make_files() == 1
        assert ask(client) != MadeFile.objects.earliest("created_at")

    def test_rows_are_counted_no_further_than_needed(self, as_user, cast, django_assert_max_num_queries):
        mend(cast)
        with django_assert_max_num_queries(40) as asked:
            ask(as_user("personal"))
        counts = [query["sql"] for query in asked if "COUNT(" in query["sql"] and "felanmalan" in query["sql"]]
        assert counts and all("LIMIT 3" in sql for sql in counts)

    def test_a_filter_with_a_personnummer_is_not_kept(self, as_user, settings):
        settings.EXPORT_ROWS_AT_ONCE = -1
        answer = as_user("personal").post(f"{FELANMALNINGAR}?q=811228-9874", WHY)
        assert answer.status_code == 422 and "personnummer" in answer.content.decode()
        assert not MadeFile.objects.exists()

    @pytest.mark.parametrize("written", ["sida=811228%2D9874", "q=8112289874", "q=811228%2B9874", "811228-9874=1"])
    def test_nor_in_any_other_spelling_or_place(self, as_user, settings, written):
        settings.EXPORT_ROWS_AT_ONCE = -1
        assert as_user("personal").post(f"{FELANMALNINGAR}?{written}", WHY).status_code == 422
        assert not MadeFile.objects.exists()

    def test_without_a_purpose_nothing_is_asked_for(self, as_user, cast):
        mend(cast)
        assert as_user("personal").post(FELANMALNINGAR, {"format": "csv", "purpose": ""}).status_code == 422
        assert not MadeFile.objects.exists()


class TestRights:
    def test_whoever_has_left_before_it_is_made_gets_none(self, as_user, cast):
        mend(cast)
        made = ask(as_user("personal"))
        leave(user=cast["personal"])
        make_files()
        made.refresh_from_db()
        assert made.state == State.FAILED and "inte längre rätt" in made.failure
        assert not made.file and not Export.objects.exists()

    def test_nor_one_whose_account_is_closed(self, as_user, cast):
        mend(cast)
        made = ask(as_user("personal"))
        cast["personal"].is_active = False
        cast["personal"].save()
        make_files()
        made.refresh_from_db()
        assert made.state == State.FAILED and "stängt" in made.failure

    def test_no_other_page_than_a_files_is_ever_asked(self, cast, as_user, made):
        row = Felanmalan.objects.first()
        for url in (row.get_absolute_url(), f"{row.get_absolute_url()}arkivera/", "/dokument/", "/finns-inte/"):
            MadeFile._base_manager.filter(pk=made.pk).update(url=url, state=State.WAITING, file="", finished_at=None)
            before = Export.objects.count()
            make_files()
            made.refresh_from_db()
            assert made.state == State.FAILED and Export.objects.count() == before, url
        row.refresh_from_db()
        assert row.archived_at is None

    def test_whoever_has_left_before_she_fetches_it_is_refused(self, as_user, cast, made):
        leave(user=cast["personal"])
        assert fetch(as_user("personal"), made).status_code == 403
        assert not AuditEntry.objects.filter(object_pk=str(made.pk), action=AuditEntry.Action.ACCESS).exists()

    def test_so_is_one_who_has_lost_one_of_its_boenden(self, as_user, cast):
        also = Assignment.objects.create(user=cast["personal"], boende=cast.alma, role=Role.PERSONAL)
        mend(cast, 2)
        mend(cast, 1, boende=cast.alma)
        made = ask(as_user("personal"))
        make_files()
        assert fetch(as_user("personal"), made).status_code == 200
        leave(pk=also.pk)
        assert fetch(as_user("personal"), made).status_code == 403

    def test_rows_of_what_was_lost_meanwhile_are_not_in_it(self, as_user, cast):
        also = Assignment.objects.create(user=cast["personal"], boende=cast.alma, role=Role.PERSONAL)
        mend(cast, 2)
        mend(cast, 1, boende=cast.alma)
        made = ask(as_user("personal"))
        leave(pk=also.pk)
        make_files()
        made.refresh_from_db()
        assert made.row_count == 2

    @pytest.mark.parametrize("who", ["enhetschef", "forvaltningschef", "outsider", "systemforvaltare"])
    def test_it_exists_for_its_asker_alone(self, as_user, made, who):
        client = as_user(who)
        assert client.get(made.get_absolute_url()).status_code == 404
        assert fetch(client, made).status_code == 404
        assert client.post(reverse("export:madefile_again", args=[made.pk])).status_code == 404
        assert str(made.pk) not in client.get(LIST).content.decode()

    def test_a_file_that_was_changed_is_not_served(self, as_user, made):
        with default_storage.open(made.file.name, "wb") as file:
            file.write(b"annat")
        with pytest.raises(ChecksumMismatch):
            fetch(as_user("personal"), made)


class TestFailures:
    def test_cut_midway_leaves_no_file_says_so_and_can_be_tried_again(self, as_user, cast, monkeypatch):
        mend(cast)
        client = as_user("personal")
        made = ask(client)

        def torn(*args, **kwargs):
            yield b"en bit"
            raise RuntimeError("torn")

        with monkeypatch.context() as patch:
            patch.setattr(responses, "csv_chunks", torn)
            patch.setattr(responses, "copied_chunks", torn)
            make_files()
        made.refresh_from_db()
        assert made.state == State.FAILED and "Ingen fil är gjord" in page(client, made)
        assert not made.file and not default_storage.exists(made_actions.place_of(made))
        assert Export.objects.get().state == Export.State.CUT
        assert Notice.objects.filter(what="export.made").count() == 1
        assert client.post(reverse("export:madefile_again", args=[made.pk])).status_code == 302
        make_files()
        made.refresh_from_db()
        assert (made.state, made.row_count, made.failure) == (State.DONE, 3, "")
        assert Notice.objects.filter(what="export.made").count() == 2

    def test_a_disk_that_is_full_leaves_none(self, as_user, cast, monkeypatch):
        mend(cast)
        made = ask(as_user("personal"))

        def full(*args, **kwargs):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(FileSystemStorage, "save", full)
        make_files()
        made.refresh_from_db()
        assert made.state == State.FAILED and "plats" in made.failure

    def test_a_worker_that_died_is_followed_by_the_next(self, as_user, cast, monkeypatch):
        mend(cast)
        client = as_user("personal")
        made = ask(client)
        with monkeypatch.context() as patch:
            patch.setattr(made_jobs, "make", lambda made: (_ for _ in ()).throw(OperationalError("away")))
            with pytest.raises(OperationalError):
                make_files()
        assert make_files() == 0, "it is another's until the lease is out"
        with time_machine.travel(timezone.now() + made_actions.LEASE * 2, tick=False):
            assert "Arbetet avbröts" in page(client, made)
            assert make_files() == 1
        made.refresh_from_db()
        assert (made.state, made.attempts) == (State.DONE, 2)

    def test_one_that_kills_its_workers_is_given_up(self, as_user, cast):
        mend(cast)
        made = ask(as_user("personal"))
        MadeFile._base_manager.filter(pk=made.pk).update(attempts=made_actions.MAX_ATTEMPTS)
        make_files()
        made.refresh_from_db()
        assert made.state == State.FAILED and "avbröts" in made.failure

    def test_a_worker_that_was_overtaken_keeps_nothing(self, as_user, cast, monkeypatch):
        mend(cast)
        made = ask(as_user("personal"))
        whole = made_jobs.write

        def overtaken(file, content):
            MadeFile._base_manager.update(lease_until=timezone.now() + timedelta(hours=1))
            return whole(file, content)

        monkeypatch.setattr(made_jobs, "write", overtaken)
        make_files()
        made.refresh_from_db()
        assert made.state == State.RUNNING and not made.file
        assert not default_storage.exists(made_actions.place_of(made))

    def test_one_that_is_ready_is_not_made_again(self, as_user, made):
        as_user("personal").post(reverse("export:madefile_again", args=[made.pk]))
        made.refresh_from_db()
        assert made.state == State.DONE
        assert as_user("personal").get(reverse("export:madefile_again", args=[made.pk])).status_code == 405


class TestKept:
    def test_a_month_and_no_longer_and_can_be_made_anew(self, as_user, made):
        name = made.file.name
        client = as_user("personal")
        with time_machine.travel(timezone.now() + KEPT - timedelta(hours=1), tick=False):
            make_files()
            assert default_storage.exists(name)
        with time_machine.travel(timezone.now() + KEPT + timedelta(hours=1), tick=False):
            make_files()
        made.refresh_from_db()
        assert made.state == State.GONE and made.row_count == 3 and Export.objects.count() == 1
        assert "Filen är borttagen" in page(client, made) and fetch(client, made).status_code == 404
        client.post(reverse("export:madefile_again", args=[made.pk]))
        make_files()
        made.refresh_from_db()
        assert made.state == State.DONE


@pytest.fixture(autouse=True)
def _after_commit(monkeypatch):
    """What is done after the commit is done at once: a test's transaction has none."""
    monkeypatch.setattr(made_actions.transaction, "on_commit", lambda do, robust=False: do())


class TestDokument:
    def test_is_empty_at_first_and_for_those_who_take_files_out(self, as_user):
        assert "Inga filer än" in as_user("personal").get(LIST).content.decode()
        assert as_user("granne").get(LIST).status_code == 404

    def test_takes_the_same_queries_for_many(self, as_user, cast, made):
        client = as_user("personal")
        few = queries_of(client, LIST)
        for _ in range(8):
            MadeFile._base_manager.create(
                what="felanmälningar", purpose="p", format="csv", url=FELANMALNINGAR, created_by=cast["personal"]
            )
        assert queries_of(client, LIST) == few


class TestLongPapers:
    @pytest.mark.parametrize(
        ("url", "posted"),
        [
            (reverse("reports:implementation_export"), WHY | {"format": "pdf"}),
            (reverse("reports:overview_pdf"), {}),
        ],
    )
    def test_are_made_by_a_worker(self, as_user, cast, monkeypatch, url, posted):
        monkeypatch.setattr(taking_out, "PAPER_AT_ONCE", 0)
        client = as_user("forvaltningschef")
        answer = client.post(url, posted)
        made = MadeFile.objects.get()
        assert answer["Location"] == made.get_absolute_url()
        make_files()
        made.refresh_from_db()
        assert made.state == State.DONE, made.failure
        answer = fetch(client, made)
        assert answer.getvalue().startswith(b"%PDF") and answer["Content-Type"] == "application/pdf"

    def test_are_not_made_of_more_rows_than_anyone_reads(self, as_user, monkeypatch):
        monkeypatch.setattr(taking_out, "PAPER_ROWS", 0)
        answer = as_user("forvaltningschef").post(reverse("reports:implementation_export"), WHY | {"format": "pdf"})
        assert answer.status_code == 422 and not Incident.objects.exists()
