# SPDX-License-Identifier: EUPL-1.2
"""What a calendar link gives at the moment it is read: the meetings its user may see then, and nothing of others."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Event

from boenden.rights import own_boenden
from forum.calendar import calendar_of, event_of
from forum.models import CalendarFeed, Forum, Meeting, Member
from platssamverkan.start.registry import CalendarDay, calendar_providers

BACK = timedelta(days=400)


def own_forums(user: Any) -> Any:
    """The forums that the user is in, and those of the boenden where she works, as far as she sees them."""
    member = Member.objects.current().of(user).values("forum")
    at_work = Forum.boenden.through.objects.filter(boende__in=own_boenden(user)).values("forum")
    visible = Forum.objects.visible_to(user)
    return visible.filter(pk__in=member) | visible.filter(pk__in=at_work)


def forums_of(feed: CalendarFeed) -> Any:
    """The forums that the feed may tell of now. None for a former member, or when the assignment has ended."""
    if feed.forum_id:
        return Forum.objects.visible_to(feed.user).filter(pk=feed.forum_id)
    return own_forums(feed.user)


def feed_calendar(feed: CalendarFeed) -> str | None:
    """The feed as iCalendar (RFC 5545), or None when its user sees none of its forums any more.

    Without a meeting it holds the time zone: a calendar of no component at all is none, and strict readers refuse it.
    """
    forums = list(forums_of(feed).values_list("pk", flat=True))
    days = [] if feed.forum_id else [day_of(day) for provide in calendar_providers for day in provide(feed.user)]
    if not forums and not days:
        return None
    since = timezone.now() - BACK
    meetings = Meeting.objects.for_list().filter(forum__in=forums, starts_at__gte=since)
    events = []
    for meeting in meetings:
        event = event_of(meeting, url=settings.SITE_URL + meeting.get_absolute_url())
        event["dtstamp"] = event["last-modified"]  # the same bytes until something changes
        events.append(event)
    name = str(feed.forum) if feed.forum else _("Platssamverkan, möten och årshjul")
    return calendar_of(events + days, name=name)


def day_of(day: CalendarDay) -> Event:
    """A whole day of what a room below tells of: it makes nobody busy."""
    event = Event()
    event.add("uid", f"{day.uid}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", day.changed_at)
    event.add("last-modified", day.changed_at)
    event.add("dtstart", day.day)
    event.add("summary", day.title)
    event.add("url", settings.SITE_URL + day.url)
    event.add("description", settings.SITE_URL + day.url)
    event.add("transp", "TRANSPARENT")
    return event
