# SPDX-License-Identifier: EUPL-1.2
"""Dates, numbers and shapes as people read them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.template import Context, Template

NOW = datetime(2026, 11, 23, 22, 40, tzinfo=ZoneInfo("Europe/Stockholm"))


def render(source: str, **context) -> str:
    """A template's output, with the tags that every template has."""
    return Template(source).render(Context(context))


@pytest.fixture(autouse=True)
def _monday_evening():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize(
    ("source", "value", "shown"),
    [
        ("{{ v|day }}", date(2026, 12, 1), "tisdag 1 december"),
        ("{{ v|day }}", date(2025, 12, 1), "måndag 1 december 2025"),
        ("{{ v|day }}", None, ""),
        ("{{ v|day_short }}", date(2026, 12, 1), "1 dec."),
        ("{{ v|day_short }}", date(2026, 5, 3), "3 maj"),
        ("{{ v|day_short }}", date(2024, 3, 9), "9 mars 2024"),
        ("{{ v|day_near }}", date(2026, 11, 23), "i dag"),
        ("{{ v|day_near }}", date(2026, 11, 22), "i går"),
        ("{{ v|day_near }}", date(2026, 11, 24), "i morgon"),
        ("{{ v|day_near }}", date(2026, 11, 21), "lördag 21 nov."),
        # 23.30 UTC is already the next day here
        ("{{ v|day_near }}", datetime(2026, 11, 22, 23, 30, tzinfo=UTC), "i dag"),
        ("{{ v|when }}", datetime(2026, 11, 23, 20, 15, tzinfo=UTC), "i dag kl. 21.15"),
        ("{{ v|when }}", datetime(2026, 11, 21, 13, 40, tzinfo=UTC), "lördag 21 nov. kl. 14.40"),
        ("{{ v|clock }}", datetime(2026, 7, 1, 12, 5, tzinfo=UTC), "kl. 14.05"),
        ("{{ v|clock }}", datetime(2026, 7, 1, 12, 5), "kl. 12.05"),  # noqa: DTZ001  a naive one is as it stands
        ("{{ v|telephone }}", "+46313900610", "031-390 06 10"),
        ("{{ v|telephone }}", "", ""),
        ("{{ v|signed }}", 3, "+3"),
        ("{{ v|signed }}", -11.6, "−11,6"),
        ("{{ v|signed }}", 0, "0"),
        ("{{ v|signed }}", 12400, "+12\N{NARROW NO-BREAK SPACE}400"),
        ("{{ v|distance }}", 92.4, "90\N{NO-BREAK SPACE}m"),
        ("{{ v|distance }}", 996, "1,0\N{NO-BREAK SPACE}km"),
        ("{{ v|distance }}", 1234, "1,2\N{NO-BREAK SPACE}km"),
        ("{{ v|things_to_mend }}", 1, "En sak behöver rättas"),
        ("{{ v|things_to_mend }}", 2, "Två saker behöver rättas"),
        ("{{ v|things_to_mend }}", 13, "13 saker behöver rättas"),
    ],
)
def test_filters(source, value, shown):
    assert render(source, v=value) == shown


def test_a_number_to_press():
    assert render('{% tel "11414" %}') == '<a class="tel-plain" href="tel:11414">114 14</a>'
    assert 'class="phone"' in render('{% tel "+46313900610" class="phone" %}')
    assert render('{% tel "" %}') == ""


@pytest.mark.parametrize(
    ("days", "word"),
    [(-1, "Försenat"), (0, "Snart dags"), (1, "Snart dags"), (2, "Planerat")],
)
def test_something_due_has_shape_and_word(days, word):
    shown = render("{% todo_shape due %}", due=NOW.date() + timedelta(days=days))
    assert "<svg" in shown
    assert f"{word}: " in shown


@pytest.mark.parametrize("kind", ["klart", "pagar", "planerat", "snart", "forsenat", "installt"])
def test_a_status_always_has_a_word(kind):
    shown = render("{% status kind %}", kind=kind)
    assert f"st-{kind}" in shown
    assert shown.split("</svg>")[1].removesuffix("</span>").strip()


def test_a_status_in_own_words_is_escaped():
    assert "&lt;b&gt;" in render("{% status 'klart' word %}", word="<b>")


def test_an_icon_is_drawn_in_the_page_and_hidden_from_screen_readers():
    shown = render('{% icon "plus-lg" "turn" %}')
    assert shown.startswith('<svg class="icon turn"')
    assert 'aria-hidden="true"' in shown
    assert "<path" in shown


def test_an_icon_that_does_not_exist_is_found_out():
    with pytest.raises(FileNotFoundError):
        render('{% icon "no-such-icon" %}')
