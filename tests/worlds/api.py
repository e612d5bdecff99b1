# SPDX-License-Identifier: EUPL-1.2
"""A key of Sydväst to look at, renew and revoke."""

from datetime import timedelta

from django.utils import timezone

from platssamverkan.reports.api.actions import issue_key
from platssamverkan.reports.api.models import ApiKey


def key_of(cast, *, forvaltning=None, boende=None, by="forvaltningschef", days=300, name="Stadens datalager"):
    """A key and its secret."""
    key = ApiKey(purpose="Nyckeltal i ledningsrapporten", ends_on=timezone.localdate() + timedelta(days=days))
    return issue_key(key=key, name=name, forvaltning=forvaltning, boende=boende, by=cast[by])


def add(cast, world) -> None:
    """One of everything."""
    key, _secret = key_of(cast, forvaltning=cast.sydvast)
    world["single"]["apikey"] = key
