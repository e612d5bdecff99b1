# SPDX-License-Identifier: EUPL-1.2
"""A file copied out by PostgreSQL is the very file that is written row by row, whatever stands in the rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from incidents.columns import columns_for
from incidents.models import Felanmalan, Incident, Synpunkt
from incidents.views.list_files import FelanmalanFileView, SynpunktFileView
from platssamverkan.export.columns import Column
from platssamverkan.export.copying import copied_chunks, cursor_apart, harmless_line, statement
from platssamverkan.export.csv_writer import EXCEL, RFC4180, RowCounter, csv_chunks
from platssamverkan.ground.middleware import is_storable
from tests import factories
from tests.voices import synpunkt

on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="COPY is PostgreSQL's")
TEXTS = st.text(st.characters(codec="utf-8").filter(is_storable), max_size=40)
NASTY = st.text(alphabet="'\"=+-@\t\r\n＝＋－＠;,\\. \u00a0\u2009\ufeffåäöÅÄÖa0", max_size=6)


def both(rows, columns, flavour=EXCEL):
    """The file by COPY and row by row."""
    copy = statement(rows, columns, flavour)
    assert copy is not None
    counted = RowCounter(())
    copied = b"".join(copied_chunks(copy, columns, counted, flavour))
    assert counted.count == rows.count()
    return copied, b"".join(csv_chunks(rows.iterator(chunk_size=100), columns, flavour))


@pytest.mark.parametrize(
    ("line", "flavour", "written"),
    [
        (b"Alma;-5;3", EXCEL, b"Alma;-5;3"),
        (b"Alma,-5.2,3", RFC4180, b"Alma,-5.2,3"),
        (b"Lampa,=1;-5", EXCEL, b"Lampa,'=1;-5"),
        (b"'-5;Lampa,=1", EXCEL, b"'-5;Lampa,'=1"),
    ],
)
def test_a_number_below_nought_stays_one_beside_what_is_made_harmless(line, flavour, written):
    assert harmless_line(line, flavour) == written


@on_postgres
class TestCopied:
    @settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(first=TEXTS | NASTY, second=TEXTS | NASTY, flavour=st.sampled_from([EXCEL, RFC4180]))
    @example(first="\\.", second="rad\nrad\r\nrad", flavour=EXCEL)
    @example(first="", second='"', flavour=RFC4180)
    @example(first="''=1", second="'", flavour=EXCEL)
    @example(first=" =1", second="\u00a0'=1", flavour=RFC4180)
    @example(first="Lampa;=1", second="Lampa,=1", flavour=RFC4180)
    @example(first="a,\"'+x", second="a;'-x", flavour=EXCEL)
    def test_any_text_is_the_same_to_the_byte(self, cast, first, second, flavour):
        if not Felanmalan.objects.exists():
            for name in ("ett", "två"):
                Felanmalan.objects.create(boende=cast.kalleback, what=name, place_text="gången")
        Felanmalan._base_manager.update(text=first, what=second, reference=first, latitude=57.7, longitude=11.5)
        copied, written = both(Felanmalan.objects.order_by("pk"), FelanmalanFileView.columns, flavour)
        assert copied == written

    def test_incidents_are_the_same_with_the_internal_texts_too(self, cast):
        now = timezone.now()
        released = {"released_at": now, "released_by": cast["enhetschef"], "forum_what": "=A", "forum_handled": "B\nC"}
        factories.IncidentFactory(boende=cast.kalleback)
        factories.IncidentFactory(boende=cast.kalleback, done=[], affected_neighbourhood=None, place_text="Torget; ö")
        factories.IncidentFactory(boende=cast.kalleback, happened_until=now + timedelta(hours=1), **released)
        done = Incident.Done.values
        factories.IncidentFactory(boende=cast.kalleback, done=[done[2], "finns inte", done[0]], internal_text="+46\t'")
        factories.IncidentFactory(boende=cast.kalleback, follow_up_on=now.date(), follow_up_note="-", children=True)
        rows = Incident.objects.order_by("pk")
        for flavour in (EXCEL, RFC4180):
            copied, written = both(rows, columns_for(with_internal=True), flavour)
            assert copied == written
        assert "'=A" in copied.decode()

    def test_what_was_done_stands_in_the_order_it_was_given(self, cast):
        done = Incident.Done.values
        for codes in (done, done[::-1], done[:1] * 2):
            factories.IncidentFactory(boende=cast.kalleback, done=codes)
        copied, written = both(Incident.objects.order_by("pk"), columns_for(with_internal=True))
        assert copied == written

    def test_the_first_row_does_not_wait_for_the_last(self, cast):
        """An index gives the order: nothing is sorted, and nothing is compiled."""
        rows = Incident.objects.active().order_by("-happened_at", "-id")
        sql, params = statement(rows, columns_for(with_internal=True))
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("EXPLAIN " + sql[6 : sql.index(") TO STDOUT")], params)
            plan = "\n".join(line for (line,) in cursor.fetchall())
        assert "incident_when" in plan and "Sort" not in plan
        with cursor_apart(False) as cursor:
            cursor.execute("SHOW jit")
            assert cursor.fetchone() == ("off",)

    def test_synpunkter_are_the_same(self, cast):
        synpunkt(cast, text="=1\n;2")
        synpunkt(cast, text="Tack", children=True)
        copied, written = both(Synpunkt.objects.order_by("pk"), SynpunktFileView.columns)
        assert copied == written

    def test_a_column_without_a_form_in_sql_is_read_row_by_row(self, cast):
        rows = Felanmalan.objects.all()
        assert statement(rows, [Column("A", "what"), Column("B", lambda row: row.what)]) is None
        assert statement(rows, [Column("A", "what"), Column("B", "is_planned")]) is None
        assert statement(list(rows), FelanmalanFileView.columns) is None
