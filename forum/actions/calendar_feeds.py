# SPDX-License-Identifier: EUPL-1.2
"""Verbs of calendar links: make or renew one, take it back."""

import secrets
from typing import Any

from forum.models import CalendarFeed, Forum
from forum.tokens import token_digest
from platssamverkan.audit.actions import log_event
from platssamverkan.ground.actions import action, archive_record, save_record


@action
def renew_feed(*, forum: Forum | None, by: Any) -> tuple[CalendarFeed, str]:
    """The user's link to a forum's meetings, or to her own, with a new secret: the old one stops at once.

    The secret is given back and kept nowhere.
    """
    token = secrets.token_urlsafe(32)
    own = CalendarFeed.objects.select_for_update(of=("self",)).active().filter(user=by, forum=forum)
    feed = own.first() or CalendarFeed(user=by, forum=forum)
    feed.token_digest = token_digest(token)
    save_record(record=feed, by=by)
    log_event(record=feed, by=by, event="calendarfeed_renewed")
    return feed, token


@action
def revoke_feed(*, feed: CalendarFeed, by: Any) -> CalendarFeed:
    """Stop the link, for good."""
    return archive_record(record=feed, by=by)
