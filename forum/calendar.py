# SPDX-License-Identifier: EUPL-1.2
"""A meeting as iCalendar (RFC 5545, 5546): one UID for its whole life, SEQUENCE counts what was sent.

The organiser is our own address and no reply by calendar is asked for: nobody reads that mailbox. The answer goes by
the link that stands in the description (docs/decisions/0021).
"""

from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vText

from forum.models import Meeting

STOCKHOLM = ZoneInfo("Europe/Stockholm")
ALARM_BEFORE = timedelta(days=1)


def uid_of(meeting: Meeting) -> str:
    """The same for every letter and feed about the meeting."""
    return f"{meeting.pk}@{urlsplit(settings.SITE_URL).hostname}"


def event_of(meeting: Meeting, *, url: str, description: str = "", is_off: bool = False) -> Event:
    """The VEVENT, with its alarm; `url` leads to the papers. Shared by letters, files and feeds.

    `is_off` for one to whom it is off though it is held.
    """
    event = Event()
    event.add("uid", uid_of(meeting))
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", timezone.now())
    event.add("last-modified", meeting.changed_at)
    event.add("dtstart", meeting.starts_at.astimezone(STOCKHOLM))
    event.add("dtend", meeting.ends_at.astimezone(STOCKHOLM))
    event.add("summary", str(meeting.forum))
    if place := ", ".join(filter(None, (meeting.place, meeting.link))):
        event.add("location", place)
    event.add("url", url)
    event.add("description", description or url)
    if meeting.is_cancelled or is_off:
        event.add("status", "CANCELLED")
    else:
        event.add("status", "CONFIRMED" if meeting.called_at else "TENTATIVE")
        event.add_component(alarm(meeting))
    return event


def alarm(meeting: Meeting) -> Alarm:
    """A reminder the day before."""
    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("description", _("%(forum)s i morgon") % {"forum": meeting.forum})
    reminder.add("trigger", -ALARM_BEFORE)
    return reminder


def organiser(meeting: Meeting) -> vCalAddress:
    """Our address, in the forum's name."""
    address = vCalAddress(f"MAILTO:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    address.params["CN"] = vText(str(meeting.forum))
    return address


def attendee(name: str, email: str) -> vCalAddress:
    """The one the letter is to; the other members' addresses are not told."""
    address = vCalAddress(f"MAILTO:{email}")
    address.params["CN"] = vText(name)
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText("NEEDS-ACTION")
    address.params["RSVP"] = vText("FALSE")
    return address


def letter_calendar(
    meeting: Meeting, *, name: str, email: str, url: str, description: str, is_off: bool = False
) -> str:
    """The calendar part of a letter to one person: REQUEST, or CANCEL for a meeting that is off, for all or for her."""
    event = event_of(meeting, url=url, description=description, is_off=is_off)
    event.add("organizer", organiser(meeting))
    event.add("attendee", attendee(name, email))
    return calendar_of([event], method="CANCEL" if meeting.is_cancelled or is_off else "REQUEST")


def stockholm() -> Timezone:
    """The time zone by its rule, in force since 1996.

    A list of dates, as the library writes one, is read as eternal winter by some programs.
    """
    zone = Timezone()
    zone.add("tzid", STOCKHOLM.key)
    hour = timedelta(hours=1)
    summer, winter = TimezoneDaylight(), TimezoneStandard()
    for part, name, begins, month, before, now in (
        (summer, "CEST", datetime(1996, 3, 31, 2), 3, hour, 2 * hour),  # noqa: DTZ001 - on the clock there
        (winter, "CET", datetime(1996, 10, 27, 3), 10, 2 * hour, hour),  # noqa: DTZ001
    ):
        part.add("dtstart", begins)
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", now)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        zone.add_component(part)
    return zone


def calendar_of(events: list[Event], *, method: str = "PUBLISH", name: str = "") -> str:
    """Events as a calendar with the time zone that they are in."""
    calendar = Calendar()
    calendar.add("prodid", "-//Platssamverkan//SV")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
    calendar.add_component(stockholm())
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical().decode()
