# SPDX-License-Identifier: EUPL-1.2
"""Of very many händelser the overview reads the stretch of an index that its period is, not every row."""

import re

import pytest
from django.db import connection

from platssamverkan.reports.figures.reading import Figures
from platssamverkan.start.picture import Scope
from tests.many import A_DAY, FIRST, LAST, make_many

# Nothing is tended before it is committed.
pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]

NEARLY = 0.9  # of a table is tended where people work in it


def tend() -> None:
    """Let the database tend its tables. A statement that is under way elsewhere, its own upkeep too, puts that off."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("ANALYZE")
            return
        cursor.execute("VACUUM ANALYZE")
        for _try in range(200):
            cursor.execute("SELECT relallvisible, relpages FROM pg_class WHERE relname = 'incidents_incident'")
            visible, pages = cursor.fetchone()
            if visible >= NEARLY * pages:
                return
            cursor.execute("VACUUM ANALYZE incidents_incident")
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


def test_a_period_is_a_stretch_of_an_index(cast):
    """On tables that PostgreSQL has tended, as it does by itself where the application runs."""
    many = make_many(cast)
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
