# SPDX-License-Identifier: EUPL-1.2
"""Who has read a record whose readings are logged."""

from datetime import datetime
from typing import Any

from auditlog.models import LogEntry as Kinds
from django.db.models import Max, Model

from platssamverkan.audit.models import AuditEntry


def last_readings(record: Model) -> dict[Any, datetime]:
    """When each user last read the record, by the user's id. One query."""
    rows = AuditEntry.objects.get_for_object(record).filter(action=Kinds.Action.ACCESS).order_by()
    return dict(rows.values("actor").annotate(last=Max("timestamp")).values_list("actor", "last"))
