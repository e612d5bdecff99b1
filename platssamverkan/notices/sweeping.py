# SPDX-License-Identifier: EUPL-1.2
"""Asking every provider what is due, and putting what has not been told yet in the outbox."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.utils import timezone

from platssamverkan.notices.actions import post_notices
from platssamverkan.notices.batches import post_batch
from platssamverkan.notices.models import Notice
from platssamverkan.notices.providers import Due, Provider, batches, providers, senders

logger = structlog.get_logger(__name__)


def latest_of_each_series(dues: Iterable[Due], now: datetime) -> list[Due]:
    """What is due by today, without what a later one of the same series and recipient replaces."""
    today = timezone.localdate(now)
    latest: dict[tuple[Any, ...], Due] = {}
    for due in dues:
        series = (due.series, due.recipient) if due.series else due.key
        if due.due_on <= today and (series not in latest or latest[series].due_on < due.due_on):
            latest[series] = due
    return list(latest.values())


def not_told_yet(dues: list[Due]) -> list[Due]:
    """Those without a row. One query at most; two sweepers at once are sorted out by the database."""
    if not dues:
        return []
    told = Notice.objects.filter(
        what__in={due.what for due in dues}, due_on__gte=min(due.due_on for due in dues)
    ).values_list("what", "occasion", "user", "email")
    keys = {(what, occasion, user or email) for what, occasion, user, email in told.order_by()}
    return [due for due in dues if due.key not in keys]


def sweep_one(provide: Provider, now: datetime) -> int:
    """Post what one provider says is due; returns how many were new."""
    new = not_told_yet(latest_of_each_series(provide(now), now))
    if not new:
        return 0
    try:
        post_notices(dues=new, by=None, now=now)
    except ValidationError:
        return sum(post_one(due, now) for due in new)
    return len(new)


def post_one(due: Due, now: datetime) -> bool:
    """Post one when something is wrong with the batch: a text with a personnummer in it must not stop the others."""
    try:
        post_notices(dues=[due], by=None, now=now)
    except ValidationError:
        logger.error("notice refused", what=due.what, occasion=due.occasion)
        return False
    return True


def sweep(now: datetime | None = None) -> int:
    """Ask every provider, sender and batch; returns how many notices were new. One that fails stops no other."""
    now = now or timezone.now()
    new = 0
    for name, provide in providers.items():
        try:
            new += sweep_one(provide, now)
        except Exception as error:
            logger.error("provider failed", provider=name, error=type(error).__name__)
    for name, send in senders.items():
        try:
            new += send(now)
        except Exception as error:
            logger.error("sender failed", sender=name, error=type(error).__name__)
    for name, batch in batches.items():
        try:
            new += post_batch(batch=batch, now=now, by=None)
        except Exception as error:
            logger.error("batch failed", batch=name, error=type(error).__name__)
    return new
