# SPDX-License-Identifier: EUPL-1.2
"""Verbs: make a förvaltning's template, and let its boendens årshjul follow it and the data. The sweep calls them."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from boenden.models import Boende, Forvaltning
from kartlaggning.arshjul.filling import WRITTEN, Filling
from kartlaggning.arshjul.rules import Rule
from kartlaggning.arshjul.sources import Source, sources, watched
from kartlaggning.models import ArshjulActivity, ArshjulEntry, ArshjulTemplate
from platssamverkan.audit.actions import log_bulk
from platssamverkan.ground.actions import action
from platssamverkan.ground.days import midnight

logger = structlog.get_logger(__name__)

BATCH = 2000  # rows an INSERT
TAKING_PART = ~Q(status=Boende.Status.AVSLUTAT)


def entry_of(source: Source, template: ArshjulTemplate) -> ArshjulEntry:
    """How a source stands in a template to begin with, not saved."""
    first, second, last = source.leads
    return ArshjulEntry(
        template=template,
        source=source.key,
        title=str(source.title),
        about=str(source.about),
        rule=source.rule,
        month=source.month,
        day=source.day,
        role=source.role,
        lead_first=first,
        lead_second=second,
        lead_last=last,
        is_reminded=source.is_reminded,
    )


@action
def start_template(*, forvaltning: Forvaltning, by: Any) -> ArshjulTemplate:
    """The förvaltning's template, made with everything that comes by itself if there is none; and what has come since.

    What somebody has taken out stays out.
    """
    template, _is_new = ArshjulTemplate.objects.get_or_create(forvaltning=forvaltning, defaults={"created_by": by})
    held = set(template.entries.values_list("source", flat=True).order_by())
    missing = [entry_of(source, template) for key, source in sources.items() if key not in held]
    if missing:
        ArshjulEntry.objects.bulk_create(missing, ignore_conflicts=True)
    return template


@action
def fill(*, template: ArshjulTemplate, by: Any, boenden: Any = None, now: datetime | None = None) -> int:
    """Let the årshjul of the förvaltning's boenden, or of some of them, follow; returns how many rows were written.

    Done twice it writes nothing the second time; done by two at once, the database keeps one of each.
    """
    begun = timezone.now()  # before anything is read: what changes meanwhile is seen to at the next sweep
    now = now or begun
    taking_part = Boende.objects.active().filter(TAKING_PART, forvaltning=template.forvaltning_id)
    changes = Filling(template, taking_part if boenden is None else taking_part.filter(pk__in=boenden), now).changes()
    for row in changes.new:
        row.created_at = row.changed_at = now
    ArshjulActivity.objects.bulk_create(changes.new, batch_size=BATCH, ignore_conflicts=True)
    for _before, row in changes.changed:
        row.version, row.changed_at, row.changed_by = row.version + 1, now, by
    rows = [row for _before, row in changes.changed]
    names = [*WRITTEN, "version", "changed_at", "changed_by"]
    ArshjulActivity.objects.bulk_update(rows, names, batch_size=200)
    log_bulk(changed=changes.changed, by=by)
    if boenden is None:
        ArshjulTemplate.objects.filter(pk=template.pk).update(filled_at=max(now, begun))
    return len(changes.new) + len(rows)


def waiting(now: datetime) -> Any:
    """The förvaltningar whose boendens årshjul may not be as they ought to: not filled today, or something changed.

    One query, whatever the number of boenden.
    """
    boenden = Boende.objects.active().filter(TAKING_PART, forvaltning=OuterRef("pk"))
    since = OuterRef("arshjul_template__filled_at")
    stale = Q(arshjul_template__filled_at__isnull=True) | Q(
        arshjul_template__filled_at__lt=midnight(timezone.localdate(now))
    )
    for model in [Boende, ArshjulTemplate, ArshjulEntry, *watched]:
        stale |= Q(Exists(model._default_manager.filter(changed_at__gt=since)))
    return Forvaltning.objects.active().filter(Exists(boenden)).filter(stale).order_by("pk")


def fill_waiting(now: datetime) -> int:
    """The sender of the sweep: fill what waits. It tells nobody anything by itself, so it gives nought."""
    for forvaltning in waiting(now):
        template = start_template(forvaltning=forvaltning, by=None)
        rows = fill(template=template, by=None, now=now)
        logger.info("arshjul filled", forvaltning=str(forvaltning.pk), rows=rows)
    return 0


def fill_boende(boende: Boende, by: Any) -> int:
    """One boende's, now: when somebody asks, or has changed what it follows."""
    template = start_template(forvaltning=boende.forvaltning, by=by)
    return fill(template=template, boenden=[boende.pk], by=by)


def fill_after_commit(boenden: Iterable[Boende], by: Any) -> None:
    """Let the årshjul of these boenden follow as soon as what was written is there; if it fails, the sweep does it."""
    for boende in boenden:
        transaction.on_commit(partial(fill_boende, boende, by), robust=True)


def is_by_data(entry: ArshjulEntry) -> bool:
    """Whether the entry follows what is planned in the system: then its rule is not for a person to choose."""
    return entry.rule == Rule.DATA
