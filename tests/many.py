# SPDX-License-Identifier: EUPL-1.2
"""Twenty years of händelser at very many boenden."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from boenden.models import Boende
from incidents.models import Incident
from platssamverkan.ground.actions import action
from platssamverkan.reports.figures.sources import FEW
from tests import factories

DAYS, A_DAY = 7305, 2
FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)


@action
def make_incidents(*, boenden, by) -> None:
    """As many rows as make it worth while to read an index."""
    start = datetime(2006, 1, 1, 12, tzinfo=UTC)
    one = factories.IncidentFactory(boende=boenden[0])
    fields = {field.attname: getattr(one, field.attname) for field in Incident._meta.concrete_fields}
    rows = []
    for number in range(DAYS * A_DAY):
        changed = {"id": uuid4(), "boende_id": boenden[number % len(boenden)].pk, "children": not number % 7}
        rows.append(Incident(**{**fields, **changed, "happened_at": start + timedelta(days=number // A_DAY)}))
    Incident.objects.bulk_create(rows, batch_size=2000)


def make_many(cast) -> tuple[Boende, ...]:
    """More boenden of Sydväst than a query names one by one, with as many händelser as make an index worth while."""
    boenden = [
        factories.BoendeFactory(forvaltning=cast.sydvast, name=f"Hus {number}", slug=f"hus-{number}")
        for number in range(FEW + 10)
    ]
    make_incidents(boenden=boenden, by=cast["personal"])
    return tuple(boenden)
