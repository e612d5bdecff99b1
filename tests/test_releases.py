# SPDX-License-Identifier: EUPL-1.2
"""Released figures: no table, nor any two together, lets a number under five be worked out (docs/decisions/0028)."""

from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import product

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.crime.actions import confirm_import, preview_import
from incidents.crime.reading import FigureRow, Reading
from incidents.models import CrimeArea, CrimeChoice, CrimeImport, Felanmalan
from platssamverkan.export.models import Export
from platssamverkan.ground.actions import Refused
from platssamverkan.ground.records import Immutable
from platssamverkan.reports.actions import release_quarter
from platssamverkan.reports.models import Release
from platssamverkan.reports.quarters import Quarter, latest_over
from platssamverkan.reports.suppression import HIDDEN_LEAST, LEAST, protect, whole_sum
from platssamverkan.start.picture import release_sources
from tests import factories
from tests.queries import queries_of
from tests.voices import synpunkt

COUNTS = st.lists(st.integers(0, 40) | st.integers(0, 6), min_size=1, max_size=8)


def named(counts):
    return {f"del {place}": count for place, count in enumerate(counts)}


def worlds(released):
    """Every set of counts that would have been released just so: what a reader who knows the rule can think of."""
    hidden = [key for key, value in released.parts.items() if value is None]
    shown = {key: value for key, value in released.parts.items() if value is not None}
    most = LEAST - 1 if released.total is None else released.total - sum(shown.values())
    for values in product(range(most + 1), repeat=len(hidden)):
        if released.total is not None and sum(values) != most:
            continue
        counts = {**shown, **dict(zip(hidden, values, strict=True))}
        counts = {key: counts[key] for key in released.parts}
        if protect(counts) == released:
            yield counts


@settings(max_examples=400, deadline=None)
@given(COUNTS)
def test_no_shown_number_and_no_rest_is_small(counts):
    released = protect(named(counts))
    shown = [value for value in released.parts.values() if value is not None]
    hidden = sum(value is None for value in released.parts.values())
    assert all(value >= LEAST for value in shown)
    assert released.total is None or released.total == sum(counts) >= LEAST
    if released.total is not None and hidden:
        rest = released.total - sum(shown)
        # linear algebra gives a reader this one sum and no other; it spans several numbers, none of them known
        assert hidden >= 2 and rest >= (HIDDEN_LEAST if shown else LEAST)
    if released.total is None:
        assert not shown


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 8), min_size=1, max_size=4))
def test_even_who_knows_the_rule_cannot_work_out_a_small_number(counts):
    """Against every world that would look the same: each hidden part under five could be another number."""
    counts = named(counts)
    released = protect(counts)
    possible = list(worlds(released))
    assert counts in possible
    for key, value in released.parts.items():
        if value is None and counts[key] < LEAST:
            thought = {world[key] for world in possible}
            assert len(thought) > 1
            if released.total is not None:
                assert max(thought) >= LEAST  # not even that it is small


@pytest.mark.parametrize(("parts", "most"), [(1, 30), (2, 30), (3, 14), (4, 9), (5, 6)])
def test_of_every_small_table_no_small_number_can_be_worked_out(parts, most):
    """All tables there are, by what is released of them: what looks the same holds other numbers, and large ones."""
    alike = {}
    for counts in product(range(most + 1), repeat=parts):
        released = protect(named(counts))
        alike.setdefault((tuple(released.parts.values()), released.total), []).append(counts)
    for (shown, total), tables in alike.items():
        for place in [place for place, value in enumerate(shown) if value is None]:
            thought = {counts[place] for counts in tables}
            if min(thought) < LEAST:
                assert len(thought) > 1, (shown, total)
                assert total is None or max(thought) >= LEAST, (shown, total)


@pytest.mark.parametrize(
    ("counts", "shown", "total"),
    [
        ([0, 0, 0], [None] * 3, None),
        ([2, 2], [None] * 2, None),
        ([3, 2], [None] * 2, 5),
        ([4], [None], None),
        ([7], [7], 7),
        ([9, 8, 7], [9, 8, 7], 24),
        ([4, 20, 9], [None, 20, None], 33),  # one small alone would be the total less the rest
        ([4, 6, 6], [None] * 3, 16),  # equals go together
        ([4, 4, 4, 30], [None, None, None, 30], 42),
        ([4, 4, 4, 5], [None] * 4, 17),  # beside a five that is shown the hidden could only be fours
        ([2, 4, 4, 6], [None, None, None, 6], 16),
    ],
)
def test_what_is_hidden(counts, shown, total):
    released = protect(named(counts))
    assert (list(released.parts.values()), released.total) == (shown, total)


@settings(max_examples=200, deadline=None)
@given(st.lists(COUNTS, min_size=2, max_size=5))
def test_tables_together_say_no_more_than_each(tables):
    """Sums across quarters or areas are shown only where every number in them is: they say nothing new."""
    totals = [protect(named(counts)).total for counts in tables]
    together = whole_sum(totals)
    if any(total is None for total in totals):
        assert together is None
    else:
        assert together == sum(total for total in totals if total is not None)


# ---------- releasing ----------

NOW = datetime(2026, 7, 20, 9, tzinfo=UTC)
SECOND = Quarter(2026, 2)


@contextmanager
def only_source(key):
    """As if no other source were registered."""
    every = release_sources[:]
    release_sources[:] = [source for source in every if source.key == key]
    try:
        yield
    finally:
        release_sources[:] = every


def incidents(cast, category, number, month=5):
    for _ in range(number):
        when = datetime(2026, month, 12, 10, tzinfo=UTC)
        factories.IncidentFactory(boende=cast.kalleback, category=category, happened_at=when)


@pytest.fixture
def spring(request):
    """July, with a spring's incidents; the cast's roles begin then."""
    with time_machine.travel(NOW, tick=False):
        cast = request.getfixturevalue("cast")
        incidents(cast, "storning", 12)
        incidents(cast, "otrygghet", 6)
        incidents(cast, "hot", 2)
        yield cast


def test_a_quarter_is_released_once_and_stands(spring):
    cast = spring
    release = release_quarter(boende=cast.kalleback, quarter=SECOND, by=cast["enhetschef"])[0]
    assert release.total == 20
    assert {number for _key, _name, number in release.parts} == {None}  # 2 and 6 would give away each other
    incidents(cast, "hot", 1)  # written down late
    with pytest.raises(Refused):
        release_quarter(boende=cast.kalleback, quarter=SECOND, by=cast["enhetschef"])
    assert Release.objects.get(pk=release.pk).total == 20


def test_a_released_table_cannot_be_changed_by_anyone(spring):
    cast = spring
    release = release_quarter(boende=cast.kalleback, quarter=SECOND, by=cast["enhetschef"])[0]
    release.total = 999
    for change in (release.save, release.delete, Release.objects.all().delete, lambda: Release.objects.update(total=9)):
        with pytest.raises(Immutable):
            change()
    with pytest.raises(DatabaseError), transaction.atomic():
        QuerySet(Release).filter(pk=release.pk).update(total=999)
    assert Release.objects.get(pk=release.pk).total == 20


def test_synpunkter_and_felanmalningar_are_released_too_wishes_of_a_husmote_not(spring):
    cast, made = spring, datetime(2026, 5, 12, 10, tzinfo=UTC)
    for _number in range(7):
        synpunkt(cast, kind="oro", received_at=made)
    for _number in range(20):
        synpunkt(cast, kind="fraga", received_at=made, channel="husmote")
    for _number in range(6):
        Felanmalan.objects.create(boende=cast.kalleback, what="Lampan", place_text="torget", created_at=made)
    released = release_quarter(boende=cast.kalleback, quarter=SECOND, by=cast["enhetschef"])
    totals = {release.source_key: release.total for release in released}
    assert totals == {"handelser": 20, "synpunkter": 7, "felanmalningar": 6}


def test_what_was_released_stands_while_the_rest_of_the_quarter_is_released(spring, as_user):
    """As after a new kind of figures has come to the house."""
    cast = spring
    with only_source("handelser"):
        release_quarter(boende=cast.kalleback, quarter=SECOND, by=cast["enhetschef"])
    incidents(cast, "storning", 9)
    chief, url = as_user("enhetschef"), reverse("reports:release_create", args=["kalleback", "2026-2"])
    listed = chief.get(reverse("reports:release_list", args=["kalleback"]))
    assert SECOND in listed.context["form"].quarters
    preview = chief.get(url)
    assert {draft.source_key for draft in preview.context["drafts"]} == {"synpunkter", "felanmalningar"}
    assert chief.post(url, {"seen": preview.context["seen"]}).status_code == 302
    assert Release.objects.get(source_key="handelser").total == 20
    listed = chief.get(reverse("reports:release_list", args=["kalleback"]))
    assert SECOND not in listed.context["form"].quarters


def test_nothing_hidden_is_kept_in_the_row(spring):
    cast = spring
    release_quarter(boende=cast.kalleback, quarter=SECOND, by=cast["enhetschef"])
    row = Release.objects.values().get(source_key="handelser")
    hidden = [part for part in row["parts"] if part[2] is None]
    assert hidden and all(len(part) == 3 for part in row["parts"])


@pytest.mark.parametrize("quarter", [Quarter(2026, 3), Quarter(2026, 4)])
def test_a_quarter_that_goes_on_is_not_released(spring, quarter):
    with pytest.raises(Refused):
        release_quarter(boende=spring.kalleback, quarter=quarter, by=spring["enhetschef"])
    assert not Release.objects.exists()


def test_quarters():
    assert Quarter.of(date(2026, 1, 1)) == (2026, 1) and Quarter.of(date(2026, 12, 31)) == (2026, 4)
    assert Quarter(2026, 4).last == date(2026, 12, 31) and Quarter(2026, 1).earlier == (2025, 4)
    assert latest_over(date(2026, 7, 14), 1) == [Quarter(2026, 1)]  # two weeks for what is written down late
    assert latest_over(date(2026, 7, 15), 2) == [Quarter(2026, 2), Quarter(2026, 1)]


class TestThePages:
    def test_staff_review_and_release_and_members_read(self, spring, as_user):
        cast = spring
        chief, url = as_user("enhetschef"), reverse("reports:release_create", args=["kalleback", "2026-2"])
        preview = chief.get(url)
        seen = {"seen": preview.context["seen"]}
        assert "visas inte" in preview.content.decode()
        assert chief.post(url).status_code == 409  # nobody has read anything
        assert not Release.objects.exists()
        assert chief.post(url, seen).status_code == 302
        again = chief.post(url, seen)
        assert again.status_code == 409
        assert "Släpp siffrorna till forumet" not in again.content.decode()
        listed = reverse("reports:forum_release_list", args=[cast.forum.pk])
        page = as_user("medlem").get(listed).content.decode()
        assert "Kvartal 2 2026" in page and "visas inte" in page and ">20</td>" in page
        assert 'name="fran"' not in page  # no free filters
        answer = as_user("medlem").post(reverse("reports:forum_release_pdf", args=[cast.forum.pk]))
        assert answer.content.startswith(b"%PDF") and Export.objects.get().what == "släppta siffror"

    def test_a_table_without_a_number_is_a_line_and_why_is_said(self, spring, as_user):
        cast = spring
        with only_source("felanmalningar"):
            release_quarter(boende=cast.kalleback, quarter=SECOND, by=cast["enhetschef"])
        listed = as_user("medlem").get(reverse("reports:forum_release_list", args=[cast.forum.pk]))
        page = listed.content.decode()
        assert not listed.context["tables"] and not listed.context["overviews"]
        assert "eftersom de är små" in page and "Summan av ett helt kvartal visas" in page
        assert "Felanmälningar, " in page and "visas inte</td>" not in page
        release_quarter(boende=cast.kalleback, quarter=SECOND, by=cast["enhetschef"])
        listed = as_user("medlem").get(reverse("reports:forum_release_list", args=[cast.forum.pk]))
        assert [table.release.source_key for table in listed.context["tables"]] == ["handelser"]

    def test_members_read_published_crime_figures_and_nothing_else_of_the_picture(self, cast, as_user):
        listed = reverse("reports:forum_release_list", args=[cast.forum.pk])
        assert "Anmälda brott" not in as_user("medlem").get(listed).content.decode()
        rows = [FigureRow(area, "alla brott", year, 0, 90, "") for area in ("Norr", "Öst") for year in (2024, 2025)]
        held = CrimeImport(file_name="x.csv", sha256="0" * 64, source="Brå, anmälda brott")
        confirm_import(crime_import=preview_import(crime_import=held, reading=Reading(rows=rows), by=None), by=None)
        areas = {area.name: area for area in CrimeArea.objects.all()}
        CrimeChoice.objects.create(boende=cast.kalleback, own=areas["Norr"])
        few = queries_of(as_user("medlem"), listed)
        page = as_user("medlem").get(listed).content.decode()
        assert "Anmälda brott, Norr" in page and "inte alla brott" in page and "Källa: Brå, anmälda brott." in page
        assert reverse("incidents:crime_series", args=["kalleback"]) not in page
        assert "När det händer" not in page and "Var det händer" not in page and "Felanmälningar" not in page
        assert page.count('<svg class="chart"') == 1
        cast.forum.boenden.add(cast.alma)
        CrimeChoice.objects.create(boende=cast.alma, own=areas["Öst"])
        assert queries_of(as_user("medlem"), listed) == few
        answer = as_user("medlem").post(reverse("reports:forum_release_pdf", args=[cast.forum.pk]))
        assert answer.content.startswith(b"%PDF")
        assert as_user("granne").get(listed).status_code == 404

    def test_what_is_released_is_what_was_read(self, spring, as_user):
        chief, url = as_user("enhetschef"), reverse("reports:release_create", args=["kalleback", "2026-2"])
        seen = chief.get(url).context["seen"]
        for _number in range(30):
            factories.IncidentFactory(boende=spring.kalleback, happened_at=datetime(2026, 5, 1, 12, tzinfo=UTC))
        changed = chief.post(url, {"seen": seen})
        assert changed.status_code == 409 and not Release.objects.exists()
        assert "Släpp siffrorna till forumet" in changed.content.decode()  # as they are now
        assert chief.post(url, {"seen": changed.context["seen"]}).status_code == 302

    def test_without_the_right_or_outside(self, spring, as_user):
        cast = spring
        url = reverse("reports:release_create", args=["kalleback", "2026-2"])
        assert as_user("personal").post(url).status_code == 403
        assert as_user("forvaltningschef").post(url).status_code == 403
        assert as_user("medlem").post(url).status_code == 404
        assert as_user("outsider").post(url).status_code == 404
        assert as_user("enhetschef").get(url.replace("2026-2", "2026-7")).status_code == 404
        listed = reverse("reports:forum_release_list", args=[cast.forum.pk])
        assert as_user("granne").get(listed).status_code == 404
        assert as_user("outsider").get(listed).status_code == 404

    def test_choosing_leads_to_the_preview(self, spring, as_user):
        choose = reverse("reports:release_choose", args=["kalleback"])
        client = as_user("enhetschef")
        assert client.get(choose, {"quarter": "2026-2"}).url.endswith("/siffror/2026-2/")
        assert client.get(choose, {"quarter": "strunt"}).url.endswith("/siffror/")
