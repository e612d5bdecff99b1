# SPDX-License-Identifier: EUPL-1.2
"""The JSON API: what opens it, what it gives, what it never gives, and that it counts as the pages do."""

import json
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from boenden.models import Assignment, Boende
from boenden.rights import people_with
from forum.models import Cost
from kartlaggning.models import Plan
from platssamverkan.accounts.models import User
from platssamverkan.accounts.roles import Right
from platssamverkan.audit.models import AuditEntry
from platssamverkan.ground import actions
from platssamverkan.ground.actions import Refused
from platssamverkan.reports.api.actions import renew_key, revoke_key
from platssamverkan.reports.api.models import ApiUse
from platssamverkan.reports.figures.dictionary import INDICATORS
from platssamverkan.reports.figures.reading import Figures
from platssamverkan.reports.matrix.report import Report
from platssamverkan.start.picture import Scope
from tests import factories
from tests.api_reader import PATHS, ROWS, Reader, incident, insats_in_force, today
from tests.voices import synpunkt
from tests.worlds.api import key_of

PERIOD = {"fran": "2025-01-01", "till": "2025-12-31"}


@contextmanager
def undone(change):
    """A change that is taken back."""
    sid = transaction.savepoint()
    token = actions._depth.set(1)
    change()
    actions._depth.reset(token)
    yield
    transaction.savepoint_rollback(sid)


@pytest.fixture
def key(cast):
    return key_of(cast, forvaltning=cast.sydvast)


@pytest.fixture
def reader(key):
    return Reader(key[1])


class TestWhatOpensIt:
    @pytest.mark.parametrize("path", PATHS)
    def test_a_key_and_nothing_else(self, cast, reader, as_user, path):
        assert reader.get(path).status_code == 200
        for client in (Client(), as_user("forvaltningschef"), Reader("psv_gissad").client):
            answer = client.get(path)
            assert answer.status_code == 401 and answer["WWW-Authenticate"].startswith("Bearer")
            assert answer.json()["detail"] and not answer.cookies

    def test_no_key_in_an_address_and_no_other_scheme(self, cast, key):
        assert Client().get("/api/v1/boenden", {"key": key[1]}).status_code == 401
        assert Client(headers={"Authorization": f"Token {key[1]}"}).get("/api/v1/boenden").status_code == 401

    def test_the_rest_of_the_house_takes_no_key(self, cast, reader):
        for page in (reverse("start"), reverse("reports:apikey_list"), reverse("boenden:boende_list")):
            assert reader.client.get(page).status_code == 302

    def test_the_secret_is_not_kept(self, cast, key):
        made, secret = key
        made.refresh_from_db()
        kept = [str(getattr(made, field.attname)) for field in made._meta.concrete_fields]
        assert secret not in kept and made.prefix == secret[:10]
        assert not any(secret[10:] in json.dumps(row.changes) for row in AuditEntry.objects.all())

    def test_an_ended_revoked_or_archived_one_does_not(self, cast, key, reader):
        made = key[0]
        yesterday = today() - timedelta(days=1)
        for change in (
            lambda: type(made).objects.filter(pk=made.pk).update(ends_on=yesterday),
            lambda: Assignment.objects.filter(pk=made.assignment_id).update(starts_on=yesterday, ends_on=yesterday),
            lambda: Assignment.objects.filter(pk=made.assignment_id).update(archived_at=timezone.now()),
        ):
            with undone(change):
                assert reader.get("boenden").status_code == 401
        assert reader.get("boenden").status_code == 200
        revoke_key(key=made, by=cast["systemforvaltare"])
        assert reader.get("boenden").status_code == 401
        assert not Assignment.objects.current().filter(pk=made.assignment_id).exists()

    def test_a_renewed_one_opens_a_week_beside_the_new(self, cast, key, reader):
        new, secret = renew_key(
            key=key[0], ends_on=today() + timedelta(days=365), seen=key[0].version, by=cast["forvaltningschef"]
        )
        assert reader.get("boenden").status_code == 200 and Reader(secret).get("boenden").status_code == 200
        key[0].refresh_from_db()
        assert key[0].ends_on == today() + timedelta(days=7)
        assert new.assignment_id == key[0].assignment_id

    def test_nobody_signs_in_as_a_service(self, cast, key, mailoutbox):
        service = key[0].assignment.user
        assert not service.is_active and not service.has_usable_password()
        with pytest.raises(Exception, match="user_service_never_signs_in"), transaction.atomic():
            User.objects.filter(pk=service.pk).update(is_active=True)
        Client().post(reverse("account_request_login_code"), {"email": service.email})
        Client().post(reverse("account_reset_password"), {"email": service.email})
        assert not any(service.email in letter.to for letter in mailoutbox)
        client = Client()
        client.force_login(service)
        assert client.get(reverse("start")).status_code == 302

    def test_not_with_a_password_either(self, cast, key):
        service = key[0].assignment.user
        service.set_password("Ett-langt-losen-2026")
        service.save()
        client = Client()
        found = {"login": service.email, "email": service.email, "password": "Ett-langt-losen-2026"}
        client.post(reverse("account_login"), found)
        assert "_auth_user_id" not in client.session and not client.login(**found)
        assert service not in {person for right in Right for person in people_with(right, cast.kalleback)}

    def test_a_service_is_no_person(self, cast, key, as_user):
        service = key[0].assignment.user
        client = as_user("systemforvaltare")
        assert service.name not in client.get(reverse("people:user_list")).content.decode()
        assert client.get(reverse("people:user_detail", args=[service.pk])).status_code == 404
        assert client.post(reverse("people:assignment_end", args=[key[0].assignment_id])).status_code == 404
        assert client.post(reverse("people:user_reactivate", args=[service.pk])).status_code == 404


class TestWhatItRefuses:
    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
    def test_anything_but_reading(self, cast, reader, method):
        answer = getattr(reader.client, method)("/api/v1/handelser")
        assert answer.status_code == 405 and answer["Allow"] == "GET, HEAD" and answer.json()["detail"]

    def test_head_is_reading(self, cast, reader):
        assert reader.client.head("/api/v1/handelser").status_code == 200

    @pytest.mark.parametrize(
        "asked",
        [
            {"fran": "igår"}, {"till": "2025-13-01"}, {"fran": "2025-02-01", "till": "2025-01-01"},
            {"fran": "0001-01-01"}, {"updated_since": "2025-01-01T00:00:00"},
            {"limit": 0}, {"limit": 1001}, {"limit": "många"}, {"cursor": "x"},
            {"updated_since": "0001-01-01T00:00:00Z"}, {"forvaltning": "7"}, {"form": "2025-01-01"},
            {"boende": "x" * 200},
        ],
        ids=str,
    )  # fmt: skip
    def test_what_cannot_be_read_with_words_at_its_field(self, cast, reader, asked):
        answer = reader.get("handelser", **asked)
        assert answer.status_code == 422, answer.content
        assert set(answer.json()["fields"]) == {list(asked)[-1]}
        assert "valid" not in answer.content.decode() and "input" not in answer.content.decode()

    def test_what_is_not_there_looks_as_what_it_does_not_reach(self, cast, reader):
        answers = [
            reader.get("handelser", boende="alma"), reader.get("handelser", boende="finns-inte"),
            reader.get("handelser", forvaltning=cast.nordost.pk), reader.get("nyckeltal/varden", boende="alma"),
            reader.get("finns-inte"), reader.get("handelser/"), reader.get("/api/"),
        ]  # fmt: skip
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1

    @pytest.mark.parametrize("path", ["/api/v1/moten?boende=%00", "/api/v1/%00", "/api/%01?x=%ff", "/api/v1/x?y=%02"])
    def test_odd_characters_in_an_address_in_json(self, cast, reader, path):
        answer = reader.client.get(path)
        assert answer.status_code == 400 and answer["Content-Type"] == "application/json"
        assert answer.json()["detail"] and answer["Cache-Control"] == "no-store"
        assert "html" in reader.client.get("/om/%00/")["Content-Type"]

    @pytest.mark.parametrize(
        ("error", "status"), [(OperationalError("server closed the connection"), 503), (ValueError("x"), 500)]
    )
    def test_our_own_faults_in_json(self, cast, reader, monkeypatch, error, status):
        def broken(*_args):
            raise error

        monkeypatch.setattr("platssamverkan.reports.api.access.is_over", broken, raising=True)
        monkeypatch.setattr("platssamverkan.look.error_pages.is_database_away", lambda found: status == 503)
        reader.client.raise_request_exception = False
        for path in ("/api/v1/boenden", "/api/v1/openapi.json"):
            answer = reader.client.get(path)
            assert answer.status_code == status and answer.json()["detail"] and answer.json()["fields"] == {}
            assert ("Retry-After" in answer) == (status == 503)

    def test_too_often(self, cast, reader, monkeypatch):
        monkeypatch.setattr("platssamverkan.reports.api.access.MOST_CALLS", 2)
        assert [reader.get("boenden").status_code for _n in range(3)] == [200, 200, 429]
        answer = reader.get("boenden")
        assert answer["Retry-After"] == "60" and answer.json()["detail"]
        cache.clear()
        monkeypatch.setattr("platssamverkan.reports.api.access.MOST_MISSES", 1)
        assert [Client().get("/api/v1/boenden").status_code for _n in range(2)] == [401, 429]


class TestWhatItGives:
    def test_only_rows_of_its_own_forvaltning(self, cast, world, reader):
        incident(cast.alma)
        assert {row["id"] for row in reader.rows("boenden")} == {str(cast.kalleback.pk)}
        assert [row["name"] for row in reader.get("forvaltningar").json()] == [cast.sydvast.name]
        for path in ROWS:
            for row in reader.all_rows(path):
                assert {row.get("boende_id"), *row.get("boende_ids", [])} - {None} == {str(cast.kalleback.pk)}

    def test_a_key_of_one_boende_gives_that_alone(self, cast):
        victor = factories.BoendeFactory(forvaltning=cast.sydvast, name="Victor", slug="victor")
        incident(victor)
        incident(cast.kalleback)
        one = Reader(key_of(cast, boende=victor)[1])
        assert [row["boende_id"] for row in one.rows("handelser")] == [str(victor.pk)]
        assert one.get("handelser", boende="kalleback").status_code == 404

    def test_a_boende_that_moves_takes_its_rows_with_it(self, cast, as_user):
        """What another förvaltning answers for is that one's to let out; back again the key opens again."""
        incident(cast.kalleback)
        key, secret = key_of(cast, boende=cast.kalleback)
        one = Reader(secret)
        assert len(one.rows("handelser")) == 1
        Boende._base_manager.filter(pk=cast.kalleback.pk).update(forvaltning=cast.nordost)
        assert one.get("handelser").status_code == 401
        page = as_user("systemforvaltare").get(key.get_absolute_url()).content.decode()
        assert "boendet hör till en annan förvaltning" in page
        assert "Förnya nyckeln" not in as_user("forvaltningschef").get(key.get_absolute_url()).content.decode()
        with pytest.raises(Refused, match="annan förvaltning nu"):
            renew_key(key=key, ends_on=today(), seen=key.version, by=cast["forvaltningschef"])
        Boende._base_manager.filter(pk=cast.kalleback.pk).update(forvaltning=cast.sydvast)
        assert len(one.rows("handelser")) == 1

    def test_an_incident_is_codes_a_day_and_an_hour(self, cast, reader):
        incident(cast.kalleback, affected_neighbourhood=True, latitude=57.7, longitude=11.9)
        (row,) = reader.rows("handelser")
        assert (row["day"], row["hour"], row["affected_neighbourhood"]) == ("2025-03-01", 23, True)
        assert not {"headline", "internal_text", "latitude", "forum_what", "place_text", "created_by"} & set(row)

    def test_archived_ones_are_gone_and_told_by_their_id_to_who_asks_what_has_changed(self, cast, reader):
        gone, since = incident(cast.kalleback, archived_at=timezone.now()), str(today() - timedelta(days=1))
        assert reader.rows("handelser") == []
        stays = incident(cast.kalleback)
        incident(cast.alma, archived_at=timezone.now())
        rows = reader.rows("handelser", updated_since=f"{since}T00:00:00Z", **PERIOD)
        assert rows[0] == {"id": str(gone.pk), "archived": True}
        assert [row["id"] for row in rows[1:]] == [str(stays.pk)] and "archived" not in rows[1]
        assert reader.rows("handelser", updated_since=f"{today() + timedelta(days=2)}T00:00:00Z") == []

    def test_what_is_gone_comes_in_its_order_page_by_page(self, cast, reader):
        begun = timezone.now() - timedelta(hours=1)
        made = [
            incident(
                cast.kalleback,
                changed_at=begun + timedelta(minutes=position // 3),
                archived_at=timezone.now() if position % 2 else None,
            )
            for position in range(11)
        ]
        since = begun.isoformat().replace("+00:00", "Z")
        order = sorted(made, key=lambda row: (row.changed_at, row.pk))
        for limit in (1, 2, 3, 11):
            rows = reader.all_rows("handelser", updated_since=since, limit=limit)
            assert [row["id"] for row in rows] == [str(row.pk) for row in order]

    def test_coming_meetings_are_told_with_their_state(self, cast, reader):
        forum = factories.ForumFactory(boenden=[cast.kalleback], name="Rådet")
        coming = factories.MeetingFactory(forum=forum)
        factories.MeetingFactory(forum=factories.ForumFactory(boenden=[cast.kalleback], kind="husmote", name="Hus"))
        assert [(row["id"], row["status"]) for row in reader.rows("moten")] == [(str(coming.pk), "planned")]
        since = timezone.now()
        later = since + timedelta(seconds=5)
        with undone(lambda: type(forum).objects.filter(pk=forum.pk).update(archived_at=later, changed_at=later)):
            assert reader.rows("moten") == []
            asked = since.isoformat().replace("+00:00", "Z")
            assert reader.rows("moten", updated_since=asked) == [{"id": str(coming.pk), "archived": True}]

    def test_insatser_follow_their_plan_in_and_out_of_force(self, cast, reader):
        made = insats_in_force(cast, cast.kalleback)
        since = timezone.now()
        asked, later = since.isoformat().replace("+00:00", "Z"), since + timedelta(seconds=5)
        assert reader.rows("insatser", updated_since=asked) == []
        with undone(lambda: Plan.objects.filter(pk=made.plan_id).update(changed_at=later)):
            assert [row["id"] for row in reader.rows("insatser", updated_since=asked)] == [str(made.pk)]
        replaced = {"status": Plan.Status.REPLACED, "changed_at": later}
        with undone(lambda: Plan.objects.filter(pk=made.plan_id).update(**replaced)):
            assert reader.rows("insatser", updated_since=asked) == [{"id": str(made.pk), "archived": True}]

    def test_a_cost_whose_outcome_is_taken_back_is_gone(self, cast, reader):
        cost = Cost.objects.create(boende=cast.kalleback, title="Blommor", day=today(), budget=500, outcome=450)
        assert [row["outcome"] for row in reader.rows("kostnader")] == [450]
        with undone(lambda: Cost.objects.filter(pk=cost.pk).update(outcome=None)):
            assert reader.rows("kostnader") == []
            gone = reader.rows("kostnader", updated_since=f"{today() - timedelta(days=1)}T00:00:00Z")
            assert gone == [{"id": str(cost.pk), "archived": True}]

    def test_a_forum_that_others_share_shows_only_own_boenden(self, cast, reader):
        shared = factories.ForumFactory(boenden=[cast.kalleback, cast.alma], name="Delat")
        factories.MeetingFactory(forum=shared, starts_at=timezone.now() - timedelta(days=9))
        assert [row["boende_ids"] for row in reader.rows("moten")] == [[str(cast.kalleback.pk)]]

    def test_pages_go_on_until_the_end_and_meet_what_changes(self, cast, reader):
        made = {str(incident(cast.kalleback).pk) for _n in range(7)}
        rows = reader.all_rows("handelser", limit=3)
        assert len(rows) == 7 and {row["id"] for row in rows} == made
        since = timezone.now()
        changed = incident(cast.kalleback, changed_at=since + timedelta(seconds=1))
        new = reader.rows("handelser", updated_since=since.isoformat().replace("+00:00", "Z"))
        assert [row["id"] for row in new] == [str(changed.pk)]

    def test_boenden_come_page_by_page_too(self, cast, reader):
        for number in range(4):
            factories.BoendeFactory(forvaltning=cast.sydvast, name=f"Boende {number}", slug=f"b-{number}")
        for path in ("boenden", "genomforande"):
            assert len(reader.all_rows(path, limit=2)) == 5
        assert len(reader.all_rows("nivaer", limit=2)) == 15

    def test_counts_as_the_overview_does(self, cast, world, reader):
        incident(cast.kalleback)
        incident(cast.kalleback, happened_at=datetime(2024, 5, 1, tzinfo=UTC))
        synpunkt(cast)
        answer = reader.get("nyckeltal/varden", **PERIOD).json()
        scope = Scope(cast["forvaltningschef"], (cast.kalleback,), date(2025, 1, 1), date(2025, 12, 31))
        readings = Figures(scope).readings
        assert len(answer["values"]) == len(readings)
        for value, reading in zip(answer["values"], readings, strict=True):
            for name in ("count", "value", "before", "difference", "percent", "why_not", "period", "part"):
                assert value[name] == getattr(reading, name)
        found = {value["key"]: value["count"] for value in answer["values"]}
        assert found["handelser"] == len(reader.all_rows("handelser", **PERIOD)) == 1

    def test_the_dictionary_is_the_pages_own(self, cast, reader):
        words = {row["key"]: row for row in reader.get("nyckeltal").json()}
        assert set(words) == set(INDICATORS)
        for key, indicator in INDICATORS.items():
            assert words[key]["definition"] == str(indicator.definition)
            assert words[key]["formula"] == str(indicator.formula)

    def test_one_figure_alone_and_none_that_is_not(self, cast, reader):
        values = reader.get("nyckeltal/varden", nyckeltal="handelser").json()["values"]
        assert [value["key"] for value in values] == ["handelser"]
        assert reader.get("nyckeltal/varden", nyckeltal="x").status_code == 422

    def test_the_implementation_report_stands_as_its_page_does(self, cast, world, reader):
        (row,) = reader.rows("genomforande")
        (line,) = Report([cast.kalleback]).all_rows
        assert [step["words"] for step in row["steps"]] == [cell.text for cell in line.cells]
        assert row["left"] == len(line.left)

    def test_what_it_gave_is_counted_and_logged(self, cast, key, reader):
        for _n in range(3):
            incident(cast.kalleback)
        before = AuditEntry.objects.count()
        for _n in range(2):
            reader.rows("handelser")
        use = ApiUse.objects.get(key=key[0], operation="handelser")
        assert (use.calls, use.row_count, use.day) == (2, 6, today())
        assert AuditEntry.objects.count() == before + 1
