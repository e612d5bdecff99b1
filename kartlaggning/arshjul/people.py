# SPDX-License-Identifier: EUPL-1.2
"""Who holds the role that is responsible for an activity today, by name, for those who read the årshjul."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from boenden.models import Assignment
from platssamverkan.accounts.roles import Role

MOST_NAMED = 2  # more than so many are told by their role alone


def with_people(rows: Iterable[Any]) -> list[Any]:
    """The activities, each with the names of those responsible where they are few. One query.

    The rows know their boende.
    """
    found = list(rows)
    boenden = {row.boende_id for row in found}
    whole = {row.boende.forvaltning_id for row in found if row.role == Role.FORVALTNINGSCHEF}
    held = Assignment.objects.current().filter(Q(boende__in=boenden) | Q(forvaltning__in=whole), user__is_active=True)
    named: dict[Any, list[str]] = {}
    for assignment in held.select_related("user").order_by("user__email", "pk"):
        names = named.setdefault((assignment.boende_id or assignment.forvaltning_id, assignment.role), [])
        if (name := str(assignment.user)) not in names:
            names.append(name)
    for row in found:
        where = row.boende.forvaltning_id if row.role == Role.FORVALTNINGSCHEF else row.boende_id
        names = named.get((where, row.role), [])
        row.people = names if len(names) <= MOST_NAMED else []
    return found
