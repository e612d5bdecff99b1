# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: S608 - the words of every statement stand in this file
"""Key figures: each equals an independent SQL count, stays in its boenden, and says why where it cannot be compared."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from forum.models import Cost
from incidents.models import Felanmalan
from kartlaggning.levels import STEPS, Level
from kartlaggning.models import ArshjulActivity, Insats, LevelStep, Plan
from platssamverkan.ground.days import midnight, midnight_after
from platssamverkan.reports.figures.dictionary import COMPUTED, COUNTED, INDICATORS, by_group
from platssamverkan.reports.figures.indicators import per_cent, share
from platssamverkan.reports.figures.models import Bevakningskostnad
from platssamverkan.reports.figures.reading import Figures, rows_behind
from platssamverkan.start.picture import Scope
from tests import factories
from tests.queries import queries_of_reading
from tests.voices import synpunkt

FIRST, LAST = date(2025, 1, 1), date(2025, 6, 30)
BEFORE = (date(2024, 1, 1), date(2024, 6, 30))


def day(*when):
    return datetime(*when, tzinfo=UTC)


def scope(cast, *boenden, first=FIRST, last=LAST):
    return Scope(cast["forvaltningschef"], boenden or (cast.kalleback, cast.victor), first, last)


def sql(statement, *params):
    """One number, asked in plain SQL and not through the application."""
    shown = []
    for value in params:
        if isinstance(value, UUID):
            shown.append(value if connection.vendor == "postgresql" else value.hex)
        elif isinstance(value, datetime):
            shown.append(connection.ops.adapt_datetimefield_value(value))
        else:
            shown.append(value)
    with connection.cursor() as cursor:
        cursor.execute(statement, shown)
        return cursor.fetchone()[0] or 0


def in_period(table, moment, cast, period, more=""):
    """Rows of the two boenden in a period, in plain SQL."""
    statement = (
        f"SELECT count(*) FROM {table} WHERE boende_id IN (%s, %s) AND archived_at IS NULL "
        f"AND {moment} >= %s AND {moment} < %s {more}"
    )
    first, last = period
    return sql(statement, cast.kalleback.pk, cast.victor.pk, midnight(first), midnight_after(last))


@pytest.fixture
def town(cast):
    """Two boenden of one förvaltning with something of everything, this period and a year before; Alma has it too."""
    cast.victor = factories.BoendeFactory(forvaltning=cast.sydvast, name="Victor", slug="victor")
    for boende in (cast.kalleback, cast.victor, cast.alma):
        happened(boende)
        planned(cast, boende)
        costs(boende)
    forum = factories.ForumFactory(boenden=[cast.victor, cast.alma], kind="trygghetsforum")
    meetings(cast, cast.forum)
    meetings(cast, forum)
    meetings(cast, factories.ForumFactory(boenden=[cast.kalleback], kind="husmote"))
    return cast


def happened(boende):
    """Five incidents in the period, one of them archived, and two the year before; the first at midnight here."""
    for when in ((2024, 12, 31, 23, 0), (2025, 3, 1), (2025, 4, 1), (2025, 6, 30, 21, 59), (2024, 2, 1), (2024, 5, 1)):
        factories.IncidentFactory(boende=boende, happened_at=day(*when), affected_neighbourhood=when[1] in (3, 5))
    factories.IncidentFactory(boende=boende, happened_at=day(2025, 5, 1), archived_at=timezone.now())
    factories.IncidentFactory(boende=boende, happened_at=day(2025, 6, 30, 22, 0))  # 1 July here
    today = timezone.localdate()
    Felanmalan.objects.create(
        boende=boende, what="Lampan", place_text="porten", status="sent", sent_on=today - timedelta(days=14)
    )
    Felanmalan.objects.create(boende=boende, what="Grinden", place_text="porten", status="sent", sent_on=today)
    for days, state in ((-1, "open"), (0, "open"), (-1, "skipped")):
        ArshjulActivity.objects.create(
            boende=boende, title=f"{days} {state}", due_on=today + timedelta(days=days), state=state, reason="Flytt"
        )


def planned(cast, boende):
    """A plan that was approved in 2022 and anew in May 2025, with four insatser, and a contact list half checked."""
    who = {"approved_by": cast["enhetschef"], "boende": boende}
    old = Plan.objects.create(**who, status="replaced", approved_at=day(2022, 1, 10), review_on="2023-01-10")
    new = Plan.objects.create(
        **who, status="approved", approved_at=day(2025, 5, 10), review_on="2026-05-10", edition=2, previous=old
    )
    for principles, status, values in (
        ([1, 2], "planned", ("Bänk", "Ljus")),
        ([2], "ongoing", ("", "Ljus")),
        ([5], "done", ("Kaffe", "")),
        ([], "dropped", ("", "")),
    ):
        brukare, surroundings = values
        Insats.objects.create(
            plan=new, title="Insats", principles=principles, status=status, value_brukare=brukare,
            value_surroundings=surroundings,
        )  # fmt: skip
    Insats.objects.create(plan=old, title="Gammal", principles=[3])
    contact_list = factories.ContactListFactory(boende=boende)
    group = factories.ContactListGroupFactory(contact_list=contact_list)
    today = timezone.localdate()
    for verified_on in (today, today - timedelta(days=366), None):
        person = factories.ContactPersonFactory(verified_on=verified_on, verified_how="phone" if verified_on else "")
        factories.ContactListEntryFactory(group=group, label="", own_phone="", person=person)
    factories.ContactListEntryFactory(group=group)  # a number of its own: nobody to check


def costs(boende):
    """Kronor and hours of both years, one without an outcome yet; bevakning of both."""
    for year, unit, outcome in (
        (2025, "kronor", 4000),
        (2025, "hours", 12),
        (2024, "kronor", 2500),
        (2025, "kronor", None),
    ):
        Cost.objects.create(boende=boende, title="Café", day=date(year, 9, 1), unit=unit, budget=1, outcome=outcome)
    for year, kronor in ((2025, 300_000), (2024, 400_000), (2023, 1)):
        Bevakningskostnad.objects.create(boende=boende, year=year, kronor=kronor)


def meetings(cast, forum):
    """Four in the period, two held; one held the year before; an åtgärd that is late."""
    for status, when in (
        ("held", day(2025, 2, 1)), ("held", day(2025, 3, 1)), ("cancelled", day(2025, 4, 1)),
        ("planned", day(2025, 5, 1)), ("held", day(2024, 3, 1)),
    ):  # fmt: skip
        meeting = factories.MeetingFactory(forum=forum, status=status, starts_at=when)
    factories.ActionItemFactory(meeting=meeting, user=cast["personal"], due_on=timezone.localdate() - timedelta(days=1))
    factories.ActionItemFactory(meeting=meeting, user=cast["personal"], due_on=timezone.localdate())


def voices(cast):
    """In the period two answered in time and one late, one that waits after its day; one in time the year before."""
    for boende in (cast.kalleback, cast.victor, cast.alma):
        for year, answered in ((2025, 3), (2025, 5), (2025, 20), (2025, None), (2024, 3)):
            synpunkt(
                cast, boende=boende, received_at=day(year, 2, 1), answer_by=date(year, 2, 6),
                answered_at=day(year, 2, answered) if answered else None, status="answered" if answered else "new",
            )  # fmt: skip


class TestOfAPeriod:
    def test_handelser(self, town):
        found = Figures(scope(town), ["handelser", "handelser_grannskap"])
        for key, more in (("handelser", ""), ("handelser_grannskap", "AND affected_neighbourhood")):
            now = in_period("incidents_incident", "happened_at", town, (FIRST, LAST), more)
            before = in_period("incidents_incident", "happened_at", town, BEFORE, more)
            reading = found[key]
            assert (reading.value, reading.before) == (now, before)
            assert reading.difference == now - before
            assert reading.percent == round((now - before) / before * 100, 1)
        assert found["handelser"].value == 8 and found["handelser"].before == 4

    def test_synpunkter_and_answers_in_time(self, town):
        voices(town)
        found = Figures(scope(town), ["synpunkter", "svar_i_tid"])
        now = in_period("incidents_synpunkt", "received_at", town, (FIRST, LAST))
        assert found["synpunkter"].value == now == 8
        assert found["synpunkter"].before == in_period("incidents_synpunkt", "received_at", town, BEFORE) == 2
        good = in_period("incidents_synpunkt", "received_at", town, (FIRST, LAST), "AND answered_at < '2025-02-06'")
        reading = found["svar_i_tid"]
        assert (reading.count, reading.of) == (good, now) and reading.value == 50.0
        assert reading.before == 100.0 and reading.difference_words == "−50 procentenheter"
        assert reading.percent is None and reading.of_words == "4 av 8"

    def test_meetings_held_of_planned(self, town):
        reading = Figures(scope(town), ["moten_hallna"])["moten_hallna"]
        statement = (
            "SELECT count(DISTINCT m.id) FROM forum_meeting m JOIN forum_forum f ON f.id = m.forum_id "
            "JOIN forum_forum_boenden b ON b.forum_id = f.id WHERE b.boende_id IN (%s, %s) "
            "AND f.kind <> 'husmote' AND m.starts_at >= %s AND m.starts_at < %s AND m.archived_at IS NULL"
        )
        asked = (town.kalleback.pk, town.victor.pk, midnight(FIRST), midnight_after(LAST))
        assert reading.of == sql(statement, *asked) == 8
        assert reading.count == sql(statement + " AND m.status = 'held'", *asked) == 4
        assert reading.value == 50 and reading.before == 100

    def test_costs_of_whole_years(self, town):
        found = Figures(scope(town), ["bevakning", "forebyggande", "forebyggande_timmar"])
        where = "WHERE boende_id IN (%s, %s) AND archived_at IS NULL"
        ids = (town.kalleback.pk, town.victor.pk)
        guard = f"SELECT sum(kronor) FROM reports_bevakningskostnad {where} AND year = %s"
        assert found["bevakning"].value == sql(guard, *ids, 2025) == 600_000
        assert found["bevakning"].before == sql(guard, *ids, 2024) == 800_000
        paid = f"SELECT sum(outcome) FROM forum_cost {where} AND unit = %s AND day >= %s AND day <= %s"
        assert found["forebyggande"].value == sql(paid, *ids, "kronor", date(2025, 1, 1), date(2025, 12, 31)) == 8000
        assert found["forebyggande_timmar"].value == 24
        assert found["bevakning"].period == "hela 2025" and found["bevakning"].difference_words.startswith("−200")


class TestOfADay:
    def test_plans_as_they_stood(self, town):
        found = Figures(scope(town)).parts("planer")
        assert {key: reading.value for key, reading in found.items()} == {
            "ett-ar": 2, "tva-ar": 0, "aldre": 0, "forsta": 0, "ingen": 0,
        }  # fmt: skip
        # a year earlier the plan of 2022 was in force, which had been approved and not looked over
        assert (found["aldre"].before, found["forsta"].before) == (0, 2)
        assert found["ett-ar"].period == "30 juni 2025"
        overdue = Figures(replace(scope(town), last=date(2025, 4, 1)))
        statement = (
            "SELECT count(*) FROM kartlaggning_plan p WHERE p.boende_id IN (%s, %s) AND p.approved_at < %s "
            "AND p.review_on < %s AND NOT EXISTS (SELECT 1 FROM kartlaggning_plan q WHERE q.boende_id = p.boende_id "
            "AND q.edition > p.edition AND q.approved_at < %s)"
        )
        end = midnight_after(date(2025, 4, 1))
        asked = (town.kalleback.pk, town.victor.pk, end, date(2025, 4, 1), end)
        assert overdue["planer_oversyn"].value == sql(statement, *asked) == 2
        assert overdue["planer_tva_ar"].value == 2

    def test_contacts_that_are_checked(self, town):
        reading = Figures(scope(town))["kontakter_verifierade"]
        statement = (
            "SELECT count(*) FROM boenden_contactlistentry e JOIN boenden_contactlistgroup g ON g.id = e.group_id "
            "JOIN boenden_contactlist l ON l.id = g.contact_list_id JOIN boenden_contactperson p ON p.id = e.person_id "
            "WHERE l.boende_id IN (%s, %s)"
        )
        ids = (town.kalleback.pk, town.victor.pk)
        assert reading.of == sql(statement, *ids) == 6
        limit = timezone.localdate() - timedelta(days=365)
        assert reading.count == sql(statement + " AND p.verified_on >= %s", *ids, limit) == 2
        assert reading.value == 33.3 and "inte sparat" in reading.why_not

    def test_insatser_of_the_plans_in_force(self, town):
        found = Figures(scope(town))
        assert {k: r.value for k, r in found.parts("insatser_princip").items()} == {
            "1": 2, "2": 4, "3": 0, "4": 0, "5": 2,
        }  # fmt: skip
        assert {k: r.value for k, r in found.parts("insatser_varde").items()} == {
            "bada": 2, "brukare": 2, "omgivning": 2, "ingen": 2,
        }  # fmt: skip
        statement = (
            "SELECT count(*) FROM kartlaggning_insats i JOIN kartlaggning_plan p ON p.id = i.plan_id "
            "WHERE p.boende_id IN (%s, %s) AND p.status = 'approved' AND i.status = %s"
        )
        for status, reading in found.parts("insatser_lage").items():
            assert reading.value == sql(statement, town.kalleback.pk, town.victor.pk, status)

    def test_what_is_late(self, town):
        voices(town)
        found = Figures(scope(town))
        today = timezone.localdate()
        where = "WHERE boende_id IN (%s, %s) AND archived_at IS NULL"
        ids = (town.kalleback.pk, town.victor.pk)
        for key, statement, *more in (
            ("felanmalningar_sena", f"incidents_felanmalan {where} AND status = 'sent' AND sent_on <= %s",
             today - timedelta(days=14)),
            ("arshjul_sena", f"kartlaggning_arshjulactivity {where} AND state = 'open' AND due_on < %s", today),
            ("synpunkter_sena", f"incidents_synpunkt {where} AND answered_at IS NULL AND answer_by < %s", today),
        ):  # fmt: skip
            assert found[key].value == sql(f"SELECT count(*) FROM {statement}", *ids, *more) == 2
        actions = (
            "SELECT count(DISTINCT a.id) FROM forum_actionitem a JOIN forum_forum_boenden b ON b.forum_id = a.forum_id "
            "WHERE b.boende_id IN (%s, %s) AND a.finished_at IS NULL AND a.due_on < %s"
        )
        assert found["atgarder_sena"].value == sql(actions, *ids, today) == 3

    def test_levels_and_steps_as_the_levels_own_page_counts(self, town):
        for step in STEPS[Level.TRYGGHETSFORUM]:
            LevelStep.objects.create(boende=town.victor, step=step, done_on="2025-01-01")
        found = Figures(scope(town))
        levels, steps = found.parts("nivaer"), found.parts("steg")
        assert levels["trygghetsforum:klart"].value == 1
        for level in Level:
            assert sum(r.value for key, r in levels.items() if key.startswith(f"{level.value}:")) == 2
        ticked = sql("SELECT count(*) FROM kartlaggning_levelstep WHERE step = 'statistik' AND done_on IS NOT NULL")
        assert steps["statistik:klart"].value == ticked == 1 and steps["statistik:kvar"].value == 1


class TestComparing:
    def test_nothing_entered_is_not_nought(self, town):
        found = Figures(scope(town))["synpunkter"]
        assert found.before is None and found.difference is None
        assert found.why_not == "Kan inte jämföras: inget sådant var antecknat då."

    def test_not_in_use(self, cast):
        factories.IncidentFactory(boende=cast.kalleback, happened_at=day(2025, 3, 1))
        found = Figures(scope(cast, cast.kalleback), ["handelser"])["handelser"]
        assert found.value == 1 and found.why_not == "Kan inte jämföras: systemet användes inte då."

    def test_not_open_yet(self, town):
        town.kalleback.opened_on = date(2024, 9, 1)
        found = Figures(scope(town, town.kalleback))
        assert found["handelser"].why_not == "Kan inte jämföras: boendet hade inte öppnat då."
        both = Figures(scope(town))
        assert both["handelser"].why_not == "" and "Av 2 boenden hade 1 inte öppnat" in both.note
        assert f"började: {town.kalleback.name}." in both.note

    def test_a_boende_that_is_planned_has_not_opened(self, town):
        town.kalleback.status = "planerat"
        assert "hade inte öppnat" in Figures(scope(town, town.kalleback), ["handelser"])["handelser"].why_not

    def test_whether_it_was_in_use_is_asked_of_everything(self, town):
        found = Figures(scope(town), ["synpunkter"])
        assert "inget sådant" in found["synpunkter"].why_not
        with pytest.raises(KeyError):
            found["handelser"]  # it was not asked for, and is not nought

    def test_a_year_that_goes_on(self, town):
        found = Figures(scope(town, last=timezone.localdate()))["bevakning"]
        assert found.why_not == "Kan inte jämföras: året är inte slut."

    @pytest.mark.parametrize(
        ("part", "whole", "said"), [(1, 16, "6.3"), (-1, 16, "-6.3"), (1, 3, "33.3"), (0, 4, "0.0")]
    )
    def test_halves_of_a_tenth_go_up_as_in_sql(self, part, whole, said):
        assert str(per_cent(part, whole)) == said
        assert share(part, whole) == float(said)

    def test_from_nought_there_is_no_per_cent(self, town):
        reading = Figures(scope(town, first=date(2026, 2, 2), last=date(2026, 2, 3)))["handelser"]
        assert (reading.value, reading.before, reading.percent) == (0, 0, None)
        assert reading.difference_words == "0"
        nothing = Figures(scope(town, first=date(2026, 2, 2), last=date(2026, 2, 3)))["svar_i_tid"]
        assert nothing.value is None and nothing.value_words == "inget att räkna"


class TestTheDictionary:
    def test_says_everything_of_everything(self):
        for indicator in INDICATORS.values():
            words = [indicator.name, indicator.unit, indicator.definition, indicator.source, indicator.formula]
            assert all(str(word).strip() for word in [*words, indicator.span_words])
            assert indicator.source_key in COUNTED or indicator.source_key in COMPUTED
        assert sum(len(found) for _group, found in by_group()) == len(INDICATORS)

    def test_every_figure_is_as_many_as_its_rows(self, town):
        """Kronor and hours are sums of their rows; a share's rows are all that it is a share of."""
        voices(town)
        asked = scope(town)
        for reading in Figures(asked).readings:
            rows = rows_behind(asked, reading.indicator, reading.part)
            if reading.indicator.source_key in ("bevakning", "kostnader"):
                amount = {"bevakning": "kronor", "kostnader": "outcome"}[reading.indicator.source_key]
                assert sum(getattr(row, amount) for row in rows) == reading.count
            else:
                expected = reading.count if reading.of is None else reading.of
                assert len(rows) == expected, reading.indicator.key
            assert reading.url and reading.period

    def test_one_query_counts_all_but_the_levels(self, town):
        keys = [key for key, indicator in INDICATORS.items() if indicator.source_key in COUNTED]
        Figures(scope(town), keys).readings  # noqa: B018  what she may read is kept on the user
        assert queries_of_reading(lambda: Figures(scope(town), keys).readings) == 1
        assert queries_of_reading(lambda: Figures(scope(town, town.victor)).readings) <= 6
