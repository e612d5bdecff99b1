# SPDX-License-Identifier: EUPL-1.2
"""Förvaltningar, the log, and everyone's own account."""

from datetime import timedelta

import pytest
import time_machine
from auditlog.context import set_actor
from django.urls import reverse
from django.utils import timezone

from boenden.models import Assignment, Forvaltning
from platssamverkan.accounts.models import User
from platssamverkan.accounts.roles import Role
from platssamverkan.audit.actions import log_event, log_reading
from platssamverkan.audit.labels import register_event
from platssamverkan.audit.models import AuditEntry
from tests import factories


def url(name, *args):
    return reverse(f"people:{name}", args=args)


class TestForvaltningar:
    def test_list_counts_boenden(self, as_user, cast):
        page = as_user("systemforvaltare").get(url("forvaltning_list")).content.decode()
        assert cast.sydvast.name in page
        assert cast.nordost.name in page

    def test_create_and_rename(self, as_user, cast):
        client = as_user("systemforvaltare")
        page = client.post(url("forvaltning_create"), {"name": "Socialförvaltningen Ö", "short_name": ""}, follow=True)
        assert "Förvaltningen är sparad." in page.content.decode()
        made = Forvaltning.objects.get(name="Socialförvaltningen Ö")
        assert made.created_by == cast["systemforvaltare"]
        assert client.get(url("forvaltning_update", made.pk)).status_code == 200
        client.post(
            url("forvaltning_update", made.pk),
            {"name": "Socialförvaltningen Å", "short_name": "Å", "opened_version": 1},
        )
        made.refresh_from_db()
        assert (made.name, made.short_name) == ("Socialförvaltningen Å", "Å")

    def test_bad_input_is_told_and_kept(self, as_user, cast):
        client = as_user("systemforvaltare")
        response = client.post(url("forvaltning_create"), {"name": cast.sydvast.name, "short_name": "SV"})
        page = response.content.decode()
        assert response.status_code == 422
        assert "Det finns redan en förvaltning med det namnet." in page
        assert 'value="SV"' in page
        assert client.post(url("forvaltning_create"), {"name": ""}).status_code == 422

    @pytest.mark.parametrize(
        "name", ["forvaltningschef", "enhetschef", "personal", "boendeombud", "granne", "outsider"]
    )
    def test_is_refused_to_others(self, as_user, cast, name):
        client = as_user(name)
        assert client.get(url("forvaltning_list")).status_code == 403
        assert client.get(url("forvaltning_create")).status_code == 403
        own = cast.nordost if name == "outsider" else cast.sydvast
        other = cast.sydvast if name == "outsider" else cast.nordost
        assert client.get(url("forvaltning_update", own.pk)).status_code == (404 if name == "granne" else 403)
        assert client.get(url("forvaltning_update", other.pk)).status_code == 404

    def test_asks_as_often_for_2_as_for_40(self, as_user, cast, django_assert_max_num_queries):
        client = as_user("systemforvaltare")
        with django_assert_max_num_queries(15) as few:
            client.get(url("forvaltning_list"))
        for number in range(40):
            factories.ForvaltningFactory(name=f"Förvaltning {number}")
        with django_assert_max_num_queries(15) as many:
            client.get(url("forvaltning_list"))
        assert len(few) == len(many)


class TestLog:
    @pytest.fixture
    def incident(self, cast):
        with set_actor(cast["personal"]):
            return factories.IncidentFactory(boende=cast.kalleback)

    def get(self, as_user, **query):
        return as_user("systemforvaltare").get(url("audit_list"), query).content.decode()

    def test_says_who_did_what_and_never_a_text(self, as_user, cast, incident):
        log_reading(record=incident, by=cast["forvaltningschef"])
        page = self.get(as_user)
        assert "skapade händelse" in page
        assert "läste händelse" in page
        assert str(cast["personal"]) in page
        assert "INTERNTEXT" not in page
        assert incident.headline not in page

    @pytest.mark.parametrize(
        "name", ["forvaltningschef", "enhetschef", "personal", "boendeombud", "granne", "outsider", "ended"]
    )
    def test_is_refused_to_others(self, as_user, name):
        assert as_user(name).get(url("audit_list")).status_code == 403

    def test_can_be_narrowed(self, as_user, cast, incident):
        log_reading(record=incident, by=cast["forvaltningschef"])
        register_event("provades", "provade")
        log_event(record=cast.kalleback, by=cast["enhetschef"], event="provades")
        today = timezone.localdate()
        readings = self.get(as_user, done="3")
        assert "läste händelse" in readings
        assert "skapade" not in readings.split("<tbody>")[1]
        tried = self.get(as_user, done="provades")
        assert "provade boende" in tried
        assert "läste" not in tried.split("<tbody>")[1]
        assert "provade boende" not in self.get(as_user, done="1"), "an event is no plain change"
        boenden = self.get(as_user, what="boenden.boende")
        assert "händelse" not in boenden.split("<tbody>")[1]
        for who in ("förvaltningschef", "forvaltningschef@example.org"):
            assert "läste händelse" in self.get(as_user, who=who)
            assert "provade" not in self.get(as_user, who=who).split("<tbody>")[1]
        assert "Ingen rad stämmer." in self.get(as_user, since=(today + timedelta(days=1)).isoformat())
        assert "Ingen rad stämmer." in self.get(as_user, until=(today - timedelta(days=1)).isoformat())
        assert "läste händelse" in self.get(as_user, since=today.isoformat(), until=today.isoformat())
        history = self.get(as_user, record=str(incident.pk)).split("<tbody>")[1]
        assert "läste händelse" in history
        assert "provade" not in history

    def test_a_days_limits_are_ours_and_not_utcs(self, as_user, cast):
        with time_machine.travel("2026-07-01 00:30+02:00"):
            log_reading(record=cast.kalleback, by=cast["personal"])
        assert "läste boende" in self.get(as_user, since="2026-07-01", until="2026-07-01")
        assert "läste boende" not in self.get(as_user, until="2026-06-30")

    def test_shows_which_fields_changed(self, as_user, cast):
        client = as_user("systemforvaltare")
        client.post(
            url("forvaltning_update", cast.sydvast.pk),
            {"name": cast.sydvast.name, "short_name": "Hemlig", "opened_version": cast.sydvast.version},
        )
        page = self.get(as_user, what="boenden.forvaltning", done="1")
        assert "kortnamn" in page
        assert "Hemlig" not in page

    def test_bad_choices_are_told_and_kept(self, as_user):
        page = self.get(as_user, since="i går", what="nonsens")
        assert 'value="i går"' in page
        assert "giltigt datum" in page

    def test_pages_go_on_after_the_last_row(self, as_user, cast):
        for _ in range(60):
            log_reading(record=cast.alma, by=cast["outsider"])
        query = {"what": "boenden.boende", "done": "3"}
        first = as_user("systemforvaltare").get(url("audit_list"), query)
        assert len(first.context["object_list"]) == 50
        last = first.context["last"]
        assert f"fore={last}" in first.content.decode()
        second = as_user("systemforvaltare").get(url("audit_list"), query | {"fore": last})
        assert len(second.context["object_list"]) == 10
        assert all(entry.pk < last for entry in second.context["object_list"])
        for odd in ("x", "9" * 30, "-1", "²", "0"):
            assert as_user("systemforvaltare").get(url("audit_list"), query | {"fore": odd}).status_code == 200

    def test_asks_as_often_for_5_rows_as_for_50(self, as_user, cast, django_assert_max_num_queries):
        client = as_user("systemforvaltare")
        asked = []
        for rows in (5, 50):
            for _ in range(rows):
                log_reading(record=cast.alma, by=factories.UserFactory())
            with django_assert_max_num_queries(12) as queries:
                client.get(url("audit_list"), {"done": "3"})
            asked.append(len(queries))
        assert asked[0] == asked[1]


class TestProfile:
    @pytest.mark.parametrize(
        "name",
        [
            "systemforvaltare",
            "forvaltningschef",
            "enhetschef",
            "personal",
            "boendeombud",
            "granne",
            "outsider",
            "ended",
        ],
    )
    def test_everyone_has_one(self, as_user, cast, name):
        page = as_user(name).get(url("profile")).content.decode()
        assert cast[name].email in page
        assert "Logga ut på alla andra ställen" in page

    def test_shows_roles_lists_and_how_she_signs_in(self, as_user, cast):
        assert "Du har ingen roll i dag." in as_user("ended").get(url("profile")).content.decode()
        assert "Läser kontaktlistan för Kallebäcks boende" in as_user("granne").get(url("profile")).content.decode()
        held = Assignment.objects.get(user=cast["personal"])
        held.ends_on = timezone.localdate() + timedelta(days=3)
        held.save()
        user = cast["personal"]
        user.set_unusable_password()
        user.save()
        page = as_user("personal").get(url("profile")).content.decode()
        assert "Till och med" in page
        assert reverse("account_set_password") in page
        user.set_password("korrekt häst batteri")
        user.save()
        assert reverse("account_change_password") in as_user("personal").get(url("profile")).content.decode()

    def test_the_name_can_be_changed_and_is_logged(self, as_user, cast):
        response = as_user("personal").post(url("profile"), {"name": "Maria Öberg"}, follow=True)
        assert "Dina inställningar är sparade." in response.content.decode()
        assert User.objects.get(pk=cast["personal"].pk).name == "Maria Öberg"
        entry = AuditEntry.objects.filter(object_pk=str(cast["personal"].pk), actor=cast["personal"]).latest("pk")
        assert "Maria" not in str(entry.changes)

    def test_bad_input_is_told_and_kept(self, as_user, cast):
        response = as_user("personal").post(url("profile"), {"name": "Ek 19121212-1212"})
        page = response.content.decode()
        assert response.status_code == 422
        assert 'value="Ek 19121212-1212"' in page
        assert "<b>Personal Ek</b>" in page, "the frame goes on calling her by the name she has"
        assert User.objects.get(pk=cast["personal"].pk).name == "Personal Ek"

    def test_anonymous_signs_in_first(self, client, db):
        assert client.get(url("profile")).status_code == 302
        assert client.post(url("sign_ins_end")).status_code == 302


def test_a_systemforvaltare_needs_the_role_and_not_the_flag(client, db):
    """Who runs the servers (is_staff) has no rights in the application by that."""
    operator = User.objects.create_superuser("drift@example.org", "korrekt häst batteri", name="Drift")
    client.force_login(operator)
    assert client.get(url("user_list")).status_code == 403
    Assignment.objects.create(user=operator, role=Role.SYSTEMFORVALTARE)
    assert client.get(url("user_list")).status_code == 200


class TestUser:
    def test_an_address_is_one_persons_however_it_is_typed(self, db):
        user = User.objects.create_user(" Åsa@Example.ORG ", name="Åsa Ek")
        assert user.email == "åsa@example.org"
        assert User.objects.get_by_natural_key("ÅSA@example.org") == user
        user.email = "NY@example.org"
        user.clean()
        assert user.email == "ny@example.org"

    def test_needs_an_address(self, db):
        with pytest.raises(ValueError, match="e-mail"):
            User.objects.create_user("")

    def test_is_called_by_name_or_else_by_address(self):
        assert (str(User(email="a@example.org")), User(email="a@example.org").first_name) == ("a@example.org", "")
        assert (str(User(name="Maria Ek")), User(name="Maria Ek").first_name) == ("Maria Ek", "Maria")
