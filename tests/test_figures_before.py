# SPDX-License-Identifier: EUPL-1.2
"""The figure of the year before leads to its own rows, and says which days it is of."""

from datetime import UTC, datetime
from html import unescape

from django.urls import reverse

from platssamverkan.reports.figures.models import Bevakningskostnad
from tests import factories

OVERVIEW = reverse("reports:overview")
YEAR = {"fran": "2025-01-01", "till": "2025-12-31"}


def text_of(answer):
    return unescape(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def test_every_figure_of_the_year_before_is_a_link_to_its_rows(cast, as_user):
    for year, often in ((2025, 1), (2024, 3)):
        for number in range(often):
            when = datetime(year, 3, 1 + number, tzinfo=UTC)
            factories.IncidentFactory(boende=cast.kalleback, happened_at=when, children=True)
            meeting = factories.MeetingFactory(forum=cast.forum, status="held", starts_at=when)
        Bevakningskostnad.objects.create(boende=cast.kalleback, year=year, kronor=often)
    assert meeting.pk
    client = as_user("forvaltningschef")
    page = client.get(OVERVIEW, YEAR)
    board, html = page.context["board"], text_of(page)
    compared = [
        reading
        for section in (board.happened, board.plans, board.costs)
        for reading in section.readings
        if reading.before is not None
    ]
    assert {"handelser", "handelser_barn", "moten", "bevakning"} <= {reading.indicator.key for reading in compared}
    assert all(f'href="{reading.url_before}"' in html for reading in compared)
    for key in ("handelser_barn", "moten"):
        reading = next(found for found in compared if found.indicator.key == key)
        rows = client.get(reading.url_before)
        assert len(rows.context["lines"]) == reading.before == 3 and "1 jan. 2024–31 dec. 2024" in text_of(rows)
    guard = next(found for found in compared if found.indicator.key == "bevakning")
    assert [cost.year for cost in client.get(guard.url_before).context["object_list"]] == [2024]


def test_its_days_stand_at_the_head_of_its_column(cast, as_user):
    factories.IncidentFactory(boende=cast.kalleback, happened_at=datetime(2024, 3, 1, tzinfo=UTC))
    page = as_user("forvaltningschef").get(OVERVIEW, YEAR)
    html = text_of(page)
    assert "jämfört med samma tid året före, 1 jan. 2024–31 dec. 2024." in html
    assert page.context["board"].happened.period_before == "1 jan. 2024–31 dec. 2024"
    assert 'Samma tid året före<br><span class="meta">1 jan. 2024–31 dec. 2024</span></th>' in html


def test_what_is_not_compared_has_no_link(cast, as_user):
    page = as_user("forvaltningschef").get(OVERVIEW, YEAR)
    assert all(not reading.url_before for reading in page.context["figures"].readings if reading.why_not)
