# SPDX-License-Identifier: EUPL-1.2
"""The demonstration's protokoll: one justerat with a public variant, one out for comments, one begun."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from forum.actions.protokoll import justera, make_protokoll, open_justering, save_protokoll, send_for_comments
from forum.actions.protokoll_comments import comment
from forum.actions.protokoll_files import make_public
from forum.models import Meeting, Protokoll, ProtokollComment
from forum.protokoll_jobs import make_files
from forum.protokoll_text import checksum, compose

FORUM = "Kallebäcks platssamverkansråd"


def make_protokoll_demo(maker: Any) -> dict[str, int]:
    """Protokoll of the held meetings of Kallebäck's råd, the latest three."""
    convener = maker.users["sammankallande"]
    held = Meeting.objects.held().filter(forum__name=FORUM)[:3]
    latest, middle, earliest = (chosen_protokoll(meeting, maker, convener) for meeting in held)
    day = timezone.localdate() + timedelta(days=10)
    for protokoll in (earliest, middle):
        send_for_comments(protokoll=protokoll, comments_until=day, by=convener)
    said = ProtokollComment(protokoll=middle, item=middle.items.order_by("position")[0])
    said.text = "Lägg till att bänkarna målades om av Wallenstam."
    comment(comment=said, by=maker.users["granne"])
    sealed = justerat(earliest, maker, convener)
    make_public(protokoll=sealed, numbers=[len(compose(sealed)["items"])], attendance=True, by=convener)
    make_files()
    return {"protokoll": Protokoll.objects.filter(pk__in=[latest.pk, middle.pk, sealed.pk]).count()}


def chosen_protokoll(meeting: Meeting, maker: Any, by: Any) -> Protokoll:
    """A draft with two who are to justera it."""
    protokoll = make_protokoll(meeting=meeting, by=by)
    protokoll.diarienummer = f"SOC-{meeting.day.year}-{meeting.day.month:05d}"
    chosen = [maker.users["fastighetsagare"], maker.users["granne"]]
    return save_protokoll(protokoll=protokoll, justerare=chosen, by=by)


def justerat(protokoll: Protokoll, maker: Any, by: Any) -> Protokoll:
    """It has been justerat by both."""
    open_justering(protokoll=protokoll, by=by)
    for name in ("fastighetsagare", "granne"):
        now = checksum(compose(Protokoll.objects.get(pk=protokoll.pk)))
        justera(protokoll=protokoll, sha256=now, by=maker.users[name])
    return Protokoll.objects.get(pk=protokoll.pk)
