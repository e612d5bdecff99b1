# SPDX-License-Identifier: EUPL-1.2
"""Working days: a promise must not fall due when nobody is there."""

from datetime import date

import pytest
import time_machine

from platssamverkan.ground.workdays import is_workday, next_workday


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2026, 11, 23), date(2026, 11, 24)),  # Monday
        (date(2026, 11, 27), date(2026, 11, 30)),  # Friday
        (date(2026, 12, 23), date(2026, 12, 28)),  # Christmas and the weekend after it
        (date(2026, 12, 30), date(2027, 1, 4)),  # New Year's eve
        (date(2026, 4, 2), date(2026, 4, 7)),  # Easter
        (date(2026, 6, 18), date(2026, 6, 22)),  # Midsummer's eve
        (date(2027, 5, 5), date(2027, 5, 7)),  # Ascension day
    ],
)
def test_the_next_working_day(day, following):
    assert next_workday(day) == following
    assert is_workday(following)


def test_from_today():
    with time_machine.travel("2026-11-27 23:30:00+01:00"):
        assert next_workday() == date(2026, 11, 30)
