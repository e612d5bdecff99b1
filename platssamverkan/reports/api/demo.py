# SPDX-License-Identifier: EUPL-1.2
"""A key of the demonstration. Nobody knows its secret: whoever wants to try the API makes one of her own."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from platssamverkan.reports.api.actions import issue_key, note_call
from platssamverkan.reports.api.models import ApiKey

DAYS_LEFT = 200


def make_key(maker: Any) -> dict[str, int]:
    """The city's data warehouse reads the förvaltning's figures."""
    chief = maker.users["chef"]
    forvaltning = maker.boenden["kalleback"].forvaltning
    key = ApiKey(purpose=_("Nyckeltal i stadens ledningsrapport"), ends_on=maker.today + timedelta(days=DAYS_LEFT))
    issued, _secret = issue_key(key=key, name=_("Stadens datalager"), forvaltning=forvaltning, boende=None, by=chief)
    for operation, rows in (("boenden", 3), ("handelser", 200), ("nyckeltal_varden", 41)):
        note_call(key=issued, operation=operation, row_count=rows, by=issued.assignment.user)
    return {"API-nycklar": 1}
