# SPDX-License-Identifier: EUPL-1.2
"""Days here against moments in the database."""

from datetime import UTC, date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(9000, 1, 1)


def midnight(day: date) -> datetime:
    """When a day begins here. Days outside every calendar of ours begin where ours ends."""
    return datetime.combine(
        min(max(day, FIRST_DAY), LAST_DAY), time(), tzinfo=timezone.get_current_timezone()
    ).astimezone(UTC)


def midnight_after(day: date) -> datetime:
    """When the day after begins here: the end of the day."""
    return midnight(min(max(day, FIRST_DAY), LAST_DAY) + timedelta(days=1))


def not_past(day: date | None, *, stored: date | None) -> date | None:
    """The day by which something is promised. Raises ValidationError for one that has been, unless it is the stored."""
    if day and day != stored and day < timezone.localdate():
        raise ValidationError(_("Dagen har varit. Välj i dag eller en senare dag."), code="past")
    return day
