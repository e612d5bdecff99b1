# SPDX-License-Identifier: EUPL-1.2
"""What incidents add to the menu, Min dag, the boende's page and the reminders."""

from datetime import timedelta

import pytest
from django.utils import timezone

from boenden.models import Assignment
from boenden.rights import boenden_where
from incidents.registration import follow_ups_due
from platssamverkan.accounts.roles import Right, Role
from platssamverkan.ground.workdays import is_workday
from platssamverkan.start import registry
from tests import factories


def days(number):
    return timezone.localdate() + timedelta(days=number)


def ago(number):
    return timezone.now() - timedelta(days=number)


def todos(user):
    return [todo for todo in registry.todos_for(user) if "/handelser/" in todo.url]


class TestTheMenu:
    @pytest.mark.parametrize(
        ("who", "entries"),
        [
            ("personal", {"Händelser", "Ny händelse"}),
            ("enhetschef", {"Händelser", "Ny händelse"}),
            ("forvaltningschef", {"Händelser"}),
            ("systemforvaltare", set()),
            ("boendeombud", set()),
            ("granne", set()),
        ],
    )
    def test_has_what_the_role_may(self, cast, who, entries):
        found = {str(entry.label) for entry in registry.menu_for(cast[who]) if entry.url.startswith("/handelser/")}
        assert found == entries

    def test_the_round_button_is_a_new_incident(self, cast):
        first = next(entry for entry in registry.menu_for(cast["personal"]) if entry.is_new)
        assert (first.url, str(first.short_label)) == ("/handelser/ny/", "Ny")

    @pytest.mark.parametrize(
        ("who", "has_it"), [("personal", True), ("boendeombud", False), ("systemforvaltare", False)]
    )
    def test_the_boendes_own_pages(self, cast, who, has_it):
        urls = [entry.url for entry in registry.boende_pages_for(cast[who], cast.kalleback)]
        assert ("/boenden/kalleback/handelser/" in urls) is has_it


class TestTheLatest:
    def test_on_min_dag(self, as_user, cast):
        for number in range(5):
            factories.IncidentFactory(boende=cast.kalleback, headline=f"Händelse nr {number}", happened_at=ago(number))
        for who in ("personal", "forvaltningschef"):
            page = as_user(who).get("/").content.decode()
            assert [f"Händelse nr {number}" in page for number in range(5)] == [True, True, True, False, False]
            assert "INTERNTEXT" not in page
        for who in ("boendeombud", "systemforvaltare", "outsider"):
            assert "Händelse nr" not in as_user(who).get("/").content.decode()

    def test_on_the_boendes_page(self, as_user, cast):
        assert "Ingen händelse är antecknad ännu." in as_user("personal").get("/boenden/kalleback/").content.decode()
        factories.IncidentFactory(boende=cast.kalleback, headline="Glas på gångvägen")
        assert "Glas på gångvägen" in as_user("personal").get("/boenden/kalleback/").content.decode()
        assert "Glas på gångvägen" not in as_user("boendeombud").get("/boenden/kalleback/").content.decode()

    def test_names_the_boende_where_they_are_several(self, as_user, cast):
        Assignment.objects.create(user=cast["personal"], role=Role.PERSONAL, boende=cast.alma)
        factories.IncidentFactory(boende=cast.alma)
        panel = next(p for p in registry.panels_for(cast["personal"]) if p.template == "incidents/latest.html")
        assert ">Alma</span>" in panel.context["rows"]


class TestToDo:
    def test_follow_ups_of_the_week_late_ones_first(self, cast):
        for due, headline in ((days(-2), "Sen"), (days(3), "Snart"), (days(9), "Långt bort"), (None, "Ingen")):
            factories.IncidentFactory(
                boende=cast.kalleback, headline=headline, follow_up_on=due, children=due == days(-2)
            )
        factories.IncidentFactory(boende=cast.kalleback, headline="Klar", follow_up_on=days(0), status="closed")
        factories.IncidentFactory(boende=cast.alma, headline="Annan", follow_up_on=days(0))
        found = todos(cast["personal"])
        assert [todo.title for todo in found] == ["Följ upp: Sen", "Följ upp: Snart"]
        assert [todo.children for todo in found] == [True, False]
        assert not todos(cast["forvaltningschef"])
        assert not todos(cast["boendeombud"])

    def test_a_forum_text_that_the_neighbourhood_waits_for(self, cast):
        def affected(headline, at, **fields):
            factories.IncidentFactory(
                boende=cast.kalleback, headline=headline, happened_at=at, affected_neighbourhood=True, **fields
            )

        affected("Väntar", ago(5))
        affected("Ny", ago(1))
        affected("Länge sedan", ago(120))
        affected("Skriven", ago(5), forum_what="a", forum_handled="b")
        factories.IncidentFactory(boende=cast.kalleback, headline="Påverkade ingen", happened_at=ago(5))
        (todo,) = todos(cast["personal"])
        assert todo.title == "Skriv forumtext: Väntar"
        assert todo.url.endswith("/forumtext/")
        assert is_workday(todo.due_on)

    def test_queries_do_not_grow(self, cast, django_assert_num_queries):
        for _ in range(12):
            factories.IncidentFactory(boende=cast.kalleback, follow_up_on=days(0))
        boenden_where(cast["personal"], Right.READ_INCIDENTS)
        from incidents.registration import todos as provide

        with django_assert_num_queries(1):
            assert len(list(provide(cast["personal"]))) == 12


class TestReminders:
    def make(self, cast, due, **fields):
        return factories.IncidentFactory(
            boende=cast.kalleback, follow_up_on=due, headline="Rubrik", internal_text="INTERNTEXT", **fields
        )

    def test_to_whoever_is_responsible(self, cast):
        incident = self.make(cast, days(0), follow_up_by=cast["personal"])
        (due,) = follow_ups_due(timezone.now())
        assert (due.user, due.due_on, due.url) == (cast["personal"], days(0), incident.get_absolute_url())
        assert due.subject == "Följ upp en händelse vid Kallebäcks boende"
        assert "Rubrik" not in due.subject + due.text
        assert "INTERNTEXT" not in due.text

    @pytest.mark.parametrize("who", [None, "outsider", "ended"])
    def test_to_the_enhetschef_where_nobody_there_is(self, cast, who):
        self.make(cast, days(0), follow_up_by=who and cast[who])
        assert [due.user for due in follow_ups_due(timezone.now())] == [cast["enhetschef"]]

    def test_a_second_one_when_it_is_late(self, cast):
        self.make(cast, days(-3), follow_up_by=cast["personal"], children=True)
        first, second = follow_ups_due(timezone.now())
        assert second.due_on == days(0)
        assert "försenad" in second.subject
        assert "rör barn" in second.text
        assert first.key != second.key
        assert first.series == second.series

    def test_none_for_what_is_done_or_to_come(self, cast):
        self.make(cast, days(1))
        self.make(cast, days(0), status="closed")
        assert not list(follow_ups_due(timezone.now()))

    def test_queries_do_not_grow(self, cast, django_assert_num_queries):
        for _ in range(7):
            self.make(cast, days(0))
        with django_assert_num_queries(2):
            assert len(list(follow_ups_due(timezone.now()))) == 7


class TestBoendenWhere:
    """The quick way to the boenden with a right says the same as the gate."""

    @pytest.mark.parametrize(
        "right", [Right.READ_INCIDENTS, Right.EDIT_INCIDENTS, Right.READ_BOENDE, Right.MANAGE_UNITS]
    )
    @pytest.mark.parametrize(
        "who",
        ["systemforvaltare", "forvaltningschef", "enhetschef", "boendeombud", "granne", "outsider", "ended", "both"],
    )
    def test_as_the_gate(self, cast, who, right):
        from boenden.models import Boende

        factories.BoendeFactory(forvaltning=cast.sydvast, name="Ängen", slug="angen")
        factories.BoendeFactory(forvaltning=cast.sydvast, slug="gammalt", archived_at=timezone.now())
        if who == "both":
            who = "forvaltningschef"
            Assignment.objects.create(user=cast[who], role=Role.PERSONAL, boende=cast.alma)
        expected = set(Boende.objects.with_right(cast[who], right).active())
        found = boenden_where(cast[who], right)
        assert set(found) == expected
        assert len(found) == len(expected)
