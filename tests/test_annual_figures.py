# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: S608 - the words of every statement stand in this file
"""Every computed figure of the årsrapport equals a count in plain SQL, and keeps the words it was frozen with."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from forum.models import Cost
from incidents.models import Felanmalan
from kartlaggning.models import Insats, Plan
from platssamverkan.ground.actions import Refused
from platssamverkan.ground.records import Immutable
from platssamverkan.reports.annual import actions, figures
from platssamverkan.reports.annual.figures import KEYS, TOGETHER, Figure, figures_of
from platssamverkan.reports.annual.reading import Document
from platssamverkan.reports.annual.tables import figure_table
from platssamverkan.reports.figures.dictionary import INDICATORS
from platssamverkan.reports.figures.models import Bevakningskostnad
from platssamverkan.reports.models import AnnualFreeze, AnnualReport
from tests import factories
from tests.voices import synpunkt

YEAR = timezone.localdate().year - 1  # it is over: every day of it can be counted through
FIRST_SECOND, LAST_SECOND = time(0), time(23, 59, 59)
GONE = {"archived_at": timezone.now()}


def local(day: date, clock: time = time(12)) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


@pytest.fixture
def chief(cast):
    return cast["forvaltningschef"]


@pytest.fixture
def report(cast, chief) -> AnnualReport:
    return actions.start_report(forvaltning=cast.sydvast, year=YEAR, by=chief)


def rows_of_a_year(cast, boende, forum, year: int, number: int) -> None:
    """So many rows of each kind in June, and of each an archived one."""
    june = date(year, 6, 1)
    for position in range(number):
        on = june + timedelta(days=position)
        late = position == 0
        factories.IncidentFactory(
            boende=boende, happened_at=local(on), children=late, affected_neighbourhood=position < 2
        )
        factories.ContactFactory(boende=boende, happened_on=on)
        synpunkt(
            cast, boende=boende, received_at=local(june), answer_by=june + timedelta(days=8), status="answered",
            answered_at=local(june + timedelta(days=9 if late else 8), LAST_SECOND),
        )  # fmt: skip
        Felanmalan.objects.create(
            boende=boende, what="Lampan", place_text="gångvägen", status="mended", sent_on=on,
            mended_on=date(year + 1, 1, 1) if late else date(year, 12, 31),
        )  # fmt: skip
        factories.MeetingFactory(forum=forum, starts_at=local(on), ends_at=local(on, time(13)), status="held")
    synpunkt(cast, boende=boende, received_at=local(june), answer_by=june, channel="husmote")  # nobody answered
    for hour, fields in ((14, {"status": "cancelled"}), (15, {"status": "held", **GONE})):
        start = local(june, time(hour))
        factories.MeetingFactory(forum=forum, starts_at=start, ends_at=start + timedelta(hours=1), **fields)
    factories.IncidentFactory(boende=boende, happened_at=local(june), **GONE)
    factories.ContactFactory(boende=boende, happened_on=june, **GONE)
    synpunkt(cast, boende=boende, received_at=local(june), answer_by=june, **GONE)
    Felanmalan.objects.create(
        boende=boende, what="Lampan", place_text="porten", status="mended", sent_on=june, mended_on=june, **GONE
    )


def at_the_edges(cast, boende, forum) -> None:
    """The first and the last second of both years on the clock here, and the seconds just outside them."""
    edges = [(date(year, 1, 1), FIRST_SECOND) for year in (YEAR - 1, YEAR, YEAR + 1)]
    edges += [(date(year, 12, 31), LAST_SECOND) for year in (YEAR - 2, YEAR - 1, YEAR)]
    for day, clock in edges:
        moment = local(day, clock)
        factories.IncidentFactory(boende=boende, happened_at=moment, children=True, affected_neighbourhood=True)
        factories.ContactFactory(boende=boende, happened_on=day)
        synpunkt(cast, boende=boende, received_at=moment, answer_by=day, answered_at=moment, status="answered")
        factories.MeetingFactory(forum=forum, starts_at=moment, ends_at=moment + timedelta(hours=1), status="held")


def approve_plan(cast, boende, edition, day, number, previous=None) -> Plan:
    plan = Plan.objects.create(boende=boende, edition=edition, previous=previous)
    for place in range(number):
        Insats.objects.create(plan=plan, title=f"Bänk {place}")
    Insats.objects.create(plan=plan, title="Borttagen", **GONE)
    plan.status = "approved" if previous else "replaced"
    plan.approved_at, plan.approved_by = local(day, LAST_SECOND), cast["enhetschef"]
    plan.save()
    return plan


@pytest.fixture
def counted(cast):
    """Three boenden with the same kinds of rows: Kallebäck, another of its förvaltning, and one of another's."""
    cast.victor = factories.BoendeFactory(forvaltning=cast.sydvast, name="Victor", slug="victor")
    shared = factories.ForumFactory(boenden=[cast.kalleback, cast.victor])
    internal = factories.ForumFactory(boenden=[cast.kalleback], kind="husmote")
    for forum in (shared, internal):
        for year in (YEAR - 1, YEAR):
            end = local(date(year, 2, 2), time(13))
            factories.MeetingFactory(forum=forum, starts_at=local(date(year, 2, 2)), ends_at=end, status="held")
    for extra, boende in enumerate((cast.kalleback, cast.victor, cast.alma)):
        forum = factories.ForumFactory(boenden=[boende])
        for year, number in ((YEAR - 2, 1), (YEAR - 1, 2), (YEAR, 3 + extra)):
            rows_of_a_year(cast, boende, forum, year, number)
        at_the_edges(cast, boende, forum)
        first = approve_plan(cast, boende, 1, date(YEAR - 1, 2, 1), 2)
        second = approve_plan(cast, boende, 2, date(YEAR, 2, 1), 5 + extra, first)
        Plan.objects.create(boende=boende, edition=3, previous=second)
        for year in (YEAR - 2, YEAR - 1, YEAR, YEAR + 1):
            Bevakningskostnad.objects.create(boende=boende, year=year, kronor=100_000 + year + extra)
            for day in (date(year, 1, 1), date(year, 12, 31)):
                for unit, gone in (("kronor", {}), ("hours", {}), ("kronor", GONE)):
                    Cost.objects.create(
                        boende=boende, title="Café", day=day, unit=unit, budget=1, outcome=year - 1000 + extra, **gone
                    )
    return cast


OWN = "boende_id IN ({ids}) AND archived_at IS NULL"
INCIDENTS = f"SELECT COUNT(*) FROM incidents_incident WHERE {OWN} AND happened_at >= {{a}} AND happened_at < {{z}}"
SYNPUNKTER = f"SELECT COUNT(*) FROM incidents_synpunkt WHERE {OWN} AND received_at >= {{a}} AND received_at < {{z}}"
MEETINGS = (
    "SELECT COUNT(DISTINCT m.id) FROM forum_meeting m JOIN forum_forum f ON f.id = m.forum_id JOIN forum_forum_boenden "
    "b ON b.forum_id = f.id WHERE b.boende_id IN ({ids}) AND m.archived_at IS NULL AND m.status = 'held' "
    "AND m.starts_at >= {a} AND m.starts_at < {z} AND f.kind "
)
INTERNAL = "IN ('husmote', 'verksamhetsrad', 'ombudsmote')"
# what each figure is, written without the application: from the moment {a} to just before {z}, the days {first}–{last}
STATEMENTS = {
    "handelser": INCIDENTS,
    "handelser_grannskap": INCIDENTS + " AND affected_neighbourhood",
    "handelser_barn": INCIDENTS + " AND children",
    "synpunkter": SYNPUNKTER,
    "svar_i_tid": SYNPUNKTER + " AND answered_at < {answered}",
    "kontakter": f"SELECT COUNT(*) FROM boenden_contact WHERE {OWN} AND happened_on BETWEEN {{first}} AND {{last}}",
    "moten": MEETINGS + "NOT " + INTERNAL,
    "husmoten": MEETINGS + INTERNAL,
    "felanmalda": f"SELECT COUNT(*) FROM incidents_felanmalan WHERE {OWN} AND sent_on BETWEEN {{first}} AND {{last}}",
    "atgardade": f"SELECT COUNT(*) FROM incidents_felanmalan WHERE {OWN} AND mended_on BETWEEN {{first}} AND {{last}}",
    "insatser_planen": (
        "SELECT COUNT(*) FROM kartlaggning_insats i JOIN kartlaggning_plan p ON p.id = i.plan_id WHERE p.boende_id IN "
        "({ids}) AND i.archived_at IS NULL AND p.approved_at < {z} AND NOT EXISTS (SELECT 1 FROM kartlaggning_plan q "
        "WHERE q.boende_id = p.boende_id AND q.edition > p.edition AND q.approved_at < {z})"
    ),
    "bevakning": f"SELECT SUM(kronor) FROM reports_bevakningskostnad WHERE {OWN} AND year = {{year}}",
    "forebyggande": (
        f"SELECT SUM(outcome) FROM forum_cost WHERE {OWN} AND unit = 'kronor' AND day BETWEEN '{{year}}-01-01' AND "
        "'{year}-12-31'"
    ),
}
OF_YEARS = ("bevakning", "forebyggande")
ANSWER_DAY = {  # an answer is in time until its day here is over: its last second is in, the next is out
    "postgresql": "(answer_by + 1)::timestamp AT TIME ZONE 'Europe/Stockholm'",
    "sqlite": "datetime(answer_by, '+1 day', CASE WHEN strftime('%m', answer_by) = '06' THEN '-2 hours' "
    "ELSE '-1 hours' END)",
}


def quoted(value) -> str:
    """A value as the database compares it."""
    if isinstance(value, datetime):
        return f"'{connection.ops.adapt_datetimefield_value(value)}'"
    return f"'{value}'"


def count_by_sql(statement: str, boenden, first: date, last: date) -> int:
    """The number, counted past the application."""
    hexed = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(
            statement.format(
                ids=", ".join(quoted(boende.pk.hex if hexed else boende.pk) for boende in boenden),
                a=quoted(local(first, FIRST_SECOND)),
                z=quoted(local(last + timedelta(days=1), FIRST_SECOND)),
                first=quoted(first),
                last=quoted(last),
                year=first.year,
                answered=ANSWER_DAY[connection.vendor],
            )
        )
        return cursor.fetchone()[0]


class TestEachIsAnIndependentCount:
    @pytest.mark.parametrize("through", [date(YEAR, 12, 31), date(YEAR, 6, 2)])
    @pytest.mark.parametrize("names", [("kalleback",), ("kalleback", "victor")])
    def test_of_both_years(self, counted, names, through):
        boenden = [getattr(counted, name) for name in names]
        found = {figure.key: figure for figure in figures_of(boenden, YEAR, through)}
        assert set(found) == set(STATEMENTS) == set(KEYS)
        before = through.replace(year=YEAR - 1)
        for key, statement in STATEMENTS.items():
            one = found[key]
            days = (date(YEAR, 12, 31), date(YEAR - 1, 12, 31)) if key in OF_YEARS else (through, before)
            assert (one.last, one.before_last) == days
            now = count_by_sql(statement, boenden, date(YEAR, 1, 1), through)
            then = count_by_sql(statement, boenden, date(YEAR - 1, 1, 1), before)
            assert (one.count, one.count_before, one.reason) == (now, then, ""), key
            assert now and then, f"{key} is tried on nothing"
            if not one.is_share:
                assert (one.value, one.before, one.difference) == (now, then, now - then), key
                assert abs(one.percent - Decimal(now - then) * 100 / then) <= Decimal("0.05"), key
        every = count_by_sql(STATEMENTS["synpunkter"], boenden, date(YEAR, 1, 1), through)
        assert found["svar_i_tid"].of == every
        assert found["svar_i_tid"].value == round(found["svar_i_tid"].count / every * 100, 1)

    def test_the_last_second_is_in_and_the_next_is_out(self, counted):
        whole = figures_of([counted.kalleback], YEAR, date(YEAR, 12, 31))[0]
        assert (whole.count, whole.count_before) == (3 + 2, 2 + 2)  # those of June, and two at the edges
        assert figures_of([counted.kalleback], YEAR, date(YEAR, 12, 30))[0].count == whole.count - 1

    def test_they_are_the_dictionarys(self, counted):
        for one in figures_of([counted.kalleback], YEAR):
            indicator = INDICATORS[one.key]
            assert (one.label, one.unit, one.definition, one.source, one.formula) == tuple(
                str(said)
                for said in (
                    indicator.name, indicator.unit, indicator.definition, indicator.source, indicator.formula
                )
            )  # fmt: skip


class TestWhatCannotBeCompared:
    def test_a_boende_that_opened_late(self, counted):
        counted.kalleback.opened_on = date(YEAR - 1, 3, 1)
        one = figures_of([counted.kalleback], YEAR)[0]
        assert (one.difference, one.percent_words) == (None, "–")
        assert "öppnade" in one.reason
        every = figures_of([counted.kalleback, counted.victor], YEAR)[0]
        assert every.reason == "Kan inte jämföras: Kallebäcks boende hade inte öppnat när året före började."
        assert every.difference is None
        silent = factories.BoendeFactory(forvaltning=counted.sydvast, name="Tyst", slug="tyst")
        assert figures_of([counted.victor, silent], YEAR)[0].reason == ""

    def test_notes_that_begin_late(self, cast):
        factories.ContactFactory(boende=cast.kalleback, happened_on=date(YEAR - 1, 8, 1))
        assert f"börjar 1 aug. {YEAR - 1}" in figures_of([cast.kalleback], YEAR)[0].reason
        assert "inget är antecknat" in figures_of([cast.alma], YEAR)[0].reason

    def test_what_nobody_had_noted_is_no_nought(self, cast):
        factories.ContactFactory(boende=cast.kalleback, happened_on=date(YEAR - 1, 1, 2))
        found = {one.key: one for one in figures_of([cast.kalleback], YEAR)}
        assert found["kontakter"].reason == "" and found["kontakter"].difference == -1
        assert found["handelser"].before is None and "inget sådant" in found["handelser"].reason

    def test_a_plan_that_nobody_had(self, cast):
        approve_plan(cast, cast.kalleback, 1, date(YEAR, 2, 1), 2)
        one = figures_of([cast.kalleback], YEAR, date(YEAR, 12, 31))[KEYS.index("insatser_planen")]
        assert (one.count, one.before) == (2, None)
        assert one.reason.startswith("Kan inte jämföras")

    def test_costs_that_nobody_has_entered(self, cast):
        one = figures_of([cast.kalleback], YEAR, date(YEAR, 6, 30))[KEYS.index("bevakning")]
        assert (one.value_words, one.last) == ("inget är antecknat", date(YEAR, 12, 31))
        line = figure_table("T", [one], YEAR).lines[0]
        assert [cell.value for cell in line.cells] == [None] * 4

    def test_per_cent_is_worked_out_to_a_tenth_and_never_of_nothing(self):
        day, before = date(YEAR, 1, 1), date(YEAR - 1, 1, 1)
        one = Figure("k", "K", "u", "d", "s", "f", day, day, before, before, 222, 251)
        assert (one.difference, one.percent) == (-29, Decimal("-11.6"))
        nothing = replace(one, count=3, count_before=0)
        assert (nothing.difference, nothing.percent, nothing.percent_words) == (3, None, "–")
        assert nothing.notes == ["Året före var noll: ingen procent."]
        part = replace(one, is_share=True, of=250, of_before=0)
        assert (part.value, part.before, part.difference) == (88.8, None, None)
        assert part.notes == [f"{YEAR}: 222 av 250. {YEAR - 1}: inget att räkna."]
        part = replace(part, of_before=260)
        assert part.difference_words == "−7,7 procentenheter" and part.percent is None


class TestFrozen:
    def test_they_stand_and_are_frozen_anew(self, cast, chief, report, counted):
        actions.fill_report(report=report, by=chief)
        first = actions.freeze(report=report, through=date(YEAR, 6, 30), by=chief)
        own = Document(report).figures[str(cast.kalleback.pk)]
        factories.IncidentFactory(boende=cast.kalleback, happened_at=local(date(YEAR, 3, 3)))
        assert Document(report).figures[str(cast.kalleback.pk)] == own
        assert Document(report).figures[TOGETHER][0].count == own[0].count + 5
        with pytest.raises(Immutable):
            first.save()
        actions.freeze(report=report, through=date(YEAR, 6, 30), by=chief)
        again = Document(report).figures[str(cast.kalleback.pk)]
        assert again == [replace(own[0], count=own[0].count + 1), *again[1:]]
        assert AnnualFreeze.objects.filter(report=report).count() == 2
        for day in (date(YEAR - 1, 12, 31), date(YEAR + 1, 1, 1)):
            with pytest.raises(Refused):
                actions.freeze(report=report, through=day, by=chief)

    def test_their_words_are_those_of_the_day(self, cast, chief, report, counted, monkeypatch):
        actions.freeze(report=report, through=date(YEAR, 12, 31), by=chief)
        renamed = replace(INDICATORS["handelser"], name="Annat namn", definition="En annan definition.")
        monkeypatch.setattr(figures, "COUNTED_IN", [renamed])
        assert Document(report).definitions[0].label == "Händelser"
        assert [one.key for one in Document(report).definitions] == list(KEYS)
        actions.freeze(report=report, through=date(YEAR, 12, 31), by=chief)
        assert Document(report).definitions[0].definition == "En annan definition."

    def test_the_table_says_period_unit_and_source_of_each(self, counted):
        found = figures_of([counted.kalleback], YEAR, date(YEAR, 12, 31))
        for line, one in zip(figure_table("T", found, YEAR).lines, found, strict=True):
            for said in (f"Enhet: {one.unit}.", f"31 dec. {YEAR}", f"Källa: {one.source}."):
                assert said in line.meta
            assert [cell.value for cell in line.cells] == [one.before, one.value, one.difference, one.percent]
