# SPDX-License-Identifier: EUPL-1.2
"""One letter each morning instead of many, for whoever has asked for it."""

from collections.abc import Iterable
from datetime import datetime, time
from itertools import groupby
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from platssamverkan.ground.actions import action
from platssamverkan.notices.actions import post_notices
from platssamverkan.notices.models import Notice
from platssamverkan.notices.providers import Due

logger = structlog.get_logger(__name__)

MORNING = time(6, 30)  # on the clock here: before the day begins, after the night's sweep


def morning_of(now: datetime) -> datetime | None:
    """This morning's moment, if it has come."""
    here = timezone.localtime(now)
    morning = here.replace(hour=MORNING.hour, minute=MORNING.minute, second=0, microsecond=0)
    return morning if here >= morning else None


def send_digests(now: datetime) -> int:
    """Put together what has gathered until this morning, a letter a person; returns how many letters.

    One query when there is nothing. What gathers later in the day waits for the next morning.
    """
    morning = morning_of(now)
    if morning is None:
        return 0
    waiting = Notice.objects.active().filter(status=Notice.Status.DIGEST, created_at__lt=morning)
    rows = list(waiting.select_related("user").order_by("user", "due_on", "created_at", "pk"))
    mine = [list(notices) for _user, notices in groupby(rows, key=lambda notice: notice.user_id)]
    if not mine:
        return 0
    try:
        return post_digests(gathered=mine, now=now, by=None)
    except ValidationError:
        return sum(post_one(notices, now) for notices in mine)


def post_one(notices: list[Notice], now: datetime) -> int:
    """One person's, when something is wrong with another's."""
    try:
        return post_digests(gathered=[notices], now=now, by=None)
    except ValidationError:
        logger.error("digest refused", user=str(notices[0].user_id))
        return 0


@action
def post_digests(*, gathered: Iterable[list[Notice]], now: datetime, by: Any) -> int:
    """Each person's letter, and that what it tells of is told."""
    gathered = list(gathered)
    post_notices(dues=[letter(notices, now) for notices in gathered], by=None, now=now)
    told = [notice.pk for notices in gathered for notice in notices]
    Notice.objects.filter(pk__in=told, status=Notice.Status.DIGEST).update(status=Notice.Status.APP_ONLY)
    return len(gathered)


def letter(notices: list[Notice], now: datetime) -> Due:
    """What it says: each thing with its page."""
    today = timezone.localdate(now)
    count = len(notices)
    subject = ngettext("En påminnelse i dag", "%(count)s påminnelser i dag", count) % {"count": count}
    lines = [
        f"{notice.subject}\n{settings.SITE_URL}{notice.url}" if notice.url else notice.subject for notice in notices
    ]
    end = _("Du får ett mail varje morgon i stället för ett för varje påminnelse. Det ändrar du under Mitt konto.")
    return Due(
        what=Notice.DIGEST,
        occasion=str(today),
        subject=subject,
        text="\n\n".join([*lines, end]),
        due_on=today,
        user=notices[0].user,
        url=reverse("notices:notice_list"),
        at_once=True,
    )
