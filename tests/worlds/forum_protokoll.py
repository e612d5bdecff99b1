# SPDX-License-Identifier: EUPL-1.2
"""Protokoll in each state, with what belongs to them."""

from datetime import timedelta

from django.utils import timezone

from forum.models import (
    CalendarFeed,
    Justering,
    Meeting,
    Protokoll,
    ProtokollComment,
    ProtokollFile,
    ProtokollItem,
    PublicProtokoll,
)
from forum.protokoll_text import checksum, compose, meeting_facts
from platssamverkan.documents.actions import store_document
from tests import factories

State = Protokoll.State


def held_meeting(forum, days: int) -> Meeting:
    """A meeting so many days ago."""
    return factories.MeetingFactory(forum=forum, status="held", days=-days)


def protokoll_of(meeting, state=State.DRAFT, **fields) -> Protokoll:
    """A protokoll with one item, written straight into the tables."""
    if state != State.DRAFT:
        fields.setdefault("comments_until", timezone.localdate() + timedelta(days=14))
    protokoll = Protokoll.objects.create(meeting=meeting, state=state, frozen=meeting_facts(meeting), **fields)
    ProtokollItem.objects.create(
        protokoll=protokoll, title="Belysning", text="Det är mörkt på gångvägen.", decision="Lampan lagas."
    )
    return protokoll


def stored(title="Protokoll", kind="protokoll"):
    """A small stored file."""
    return store_document(content=b"%PDF-1.7 protokoll", title=title, kind=kind, by=None)


def sealed_protokoll(meeting, user) -> Protokoll:
    """One that is justerat, with its file, without drawing it."""
    draft = protokoll_of(meeting, State.JUSTERING)
    now = timezone.now()
    content = compose(draft)
    sha256 = checksum(content)
    Justering.objects.create(protokoll=draft, user=user, justerat_at=now, sha256=sha256, sealed_at=now)
    draft.content, draft.sha256, draft.state, draft.sealed_at = content, sha256, State.SEALED, now
    draft.signatures = [{"name": str(user), "justerat_at": now.isoformat(), "sha256": sha256}]
    draft.save()
    ProtokollFile.objects.create(protokoll=draft, state="done", done=1, document=stored())
    meeting.sealed_at = now
    meeting.save()
    return draft


def add(cast, world) -> None:
    """One out for comments with a comment, one that waits for the member's justering, one justerat and its variant."""
    forum, member = cast.forum, cast["medlem"]
    protokoll = protokoll_of(held_meeting(forum, 10), State.COMMENTS)
    comment = ProtokollComment.objects.create(
        protokoll=protokoll, text="Lampan står vid hållplatsen.", created_by=member
    )
    waiting = protokoll_of(held_meeting(forum, 20), State.JUSTERING, opened_at=timezone.now())
    Justering.objects.create(protokoll=waiting, user=member)
    sealed = sealed_protokoll(held_meeting(forum, 30), member)
    public = PublicProtokoll.objects.create(protokoll=sealed, content=sealed.content, sha256=sealed.sha256)
    ProtokollFile.objects.create(public=public, state="done", done=1, document=stored(kind="offentlig"))
    pack = ProtokollFile.objects.create(
        forum=forum, created_by=member, state="done", done=1, document=stored(kind="protokollsamling")
    )
    feed = CalendarFeed.objects.create(user=member, token_digest="1" * 64)
    world["single"] |= {
        "protokoll": protokoll, "protokollitem": protokoll.items.get(), "protokollcomment": comment,
        "publicprotokoll": public, "protokollfile": pack, "calendarfeed": feed, "decision": forum,
    }  # fmt: skip
    without = held_meeting(forum, 40)
    world["by_name"] |= {
        name: {name: thing}
        for name, thing in (
            ("protokoll_list", forum),
            ("protokoll_pack", forum),
            ("protokoll_create", without),
            ("protokoll_justera", waiting),
            ("protokoll_pdf", sealed),
            ("protokoll_correct", sealed),
            ("protokoll_public", sealed),
        )
    }
