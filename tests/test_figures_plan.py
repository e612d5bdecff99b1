# SPDX-License-Identifier: EUPL-1.2
"""Of very many boenden and händelser the overview reads the stretch of an index that its period is, not every row."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from incidents.models import Incident
from platssamverkan.ground.actions import action
from platssamverkan.reports.figures.reading import Figures
from platssamverkan.reports.figures.sources import FEW, these
from platssamverkan.start.picture import Scope
from tests import factories

DAYS, A_DAY = 7305, 2  # twenty years of händelser
FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)


@action
def make_many(*, boenden, by) -> None:
    """As many rows as make it worth while to read an index."""
    start = datetime(2006, 1, 1, 12, tzinfo=UTC)
    one = factories.IncidentFactory(boende=boenden[0])
    fields = {field.attname: getattr(one, field.attname) for field in Incident._meta.concrete_fields}
    rows = []
    for number in range(DAYS * A_DAY):
        changed = {"id": uuid4(), "boende_id": boenden[number % len(boenden)].pk, "children": not number % 7}
        rows.append(Incident(**{**fields, **changed, "happened_at": start + timedelta(days=number // A_DAY)}))
    Incident.objects.bulk_create(rows, batch_size=2000)


@pytest.fixture
def many(cast):
    boenden = [
        factories.BoendeFactory(forvaltning=cast.sydvast, name=f"Hus {number}", slug=f"hus-{number}")
        for number in range(FEW + 10)
    ]
    make_many(boenden=boenden, by=cast["personal"])
    return tuple(boenden)


def tend() -> None:
    """Let the database tend its tables. A statement that is under way elsewhere, its own upkeep too, puts that off."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("ANALYZE")
            return
        for _try in range(200):
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("SELECT relallvisible, relpages FROM pg_class WHERE relname = 'incidents_incident'")
            visible, pages = cursor.fetchone()
            if visible == pages:
                return
    raise AssertionError(f"{visible} of {pages} pages are tended")


def plan_of(read) -> list[str]:
    """How PostgreSQL goes about the query, a step a line."""
    found: list[str] = []

    def explain(execute, sql, params, many, context):
        with connection.connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {sql}", params)
            found.extend(row[0] for row in cursor.fetchall())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        read()
    return found


@pytest.mark.once
@pytest.mark.django_db(transaction=True)  # nothing is tended before it is committed
def test_a_period_is_a_stretch_of_an_index(many):
    """On tables that PostgreSQL has tended, as it does by itself where the application runs."""
    tend()
    figures = Figures(Scope(None, many, FIRST, LAST), ["handelser", "handelser_grannskap", "handelser_barn"])
    if connection.vendor == "postgresql":
        lines = plan_of(lambda: figures.tally)
        touched = [line for line in lines if re.search(r"\bon incidents_incident\b", line)]
        assert touched and not [line for line in touched if "Seq Scan" in line], "\n".join(lines)
        assert [line for line in lines if "Index Only Scan using incident_counted" in line], "\n".join(lines)
        ranges = [line for line in lines if "Index Cond" in line and "happened_at >=" in line]
        assert len(ranges) >= 2, "\n".join(lines)  # this period and the one before, each its own
    tally = figures.tally
    assert sum(tally["handelser", "now"].values()) == 365 * A_DAY
    assert sum(tally["handelser", "before"].values()) == 366 * A_DAY


def test_many_boenden_are_one_parameter(many):
    assert these([boende.pk for boende in many[:FEW]]) == [boende.pk for boende in many[:FEW]]
    found = []

    def look(execute, sql, params, many_times, context):
        found.append(len(params))
        return execute(sql, params, many_times, context)

    with connection.execute_wrapper(look):
        of_many = Figures(Scope(None, many, FIRST, LAST), ["handelser"]).tally
        of_few = Figures(Scope(None, many[:FEW], FIRST, LAST), ["handelser"]).tally
    assert found[0] < found[1]
    assert sum(of_few["handelser", "now"].values()) < sum(of_many["handelser", "now"].values())
