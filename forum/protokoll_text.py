# SPDX-License-Identifier: EUPL-1.2
"""A protokoll as text: what is taken over from the meeting, what it is composed to, and the checksum of that.

Everything that is shown, printed, justerat and stored comes from `compose`, or for what is justerat from the content
that `compose` gave then. Facts, attendance and åtgärder are taken over when the protokoll is made; the incidents are
read until it is justerat, since a forum text that is withdrawn empties papers that are not (design.md, "Settled").
"""

import hashlib
import json
import math
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from forum.kinds import Section
from forum.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    Justering,
    Meeting,
    PresentedIncident,
    Protokoll,
    ProtokollItem,
)
from platssamverkan.look.words import day

Content = dict[str, Any]

MOMENTS = ("starts_at", "ends_at", "justerat_at")
DAYS = ("due_on", "day", "sealed_on")
LETTERS_A_LINE, LINES_A_PAGE = 92, 44  # of the document's look, on A4


# ---------- taking over from the meeting ----------


def meeting_facts(meeting: Meeting) -> Content:
    """When, where and who, as the protokoll keeps them."""
    forum = meeting.forum
    boenden = list(forum.boenden.select_related("forvaltning").order_by("name"))
    conveners = forum.members.current().convening().with_names().order_by("pk")
    return {
        "forum": str(forum),
        "kind": str(forum.get_kind_display()),
        "boenden": [str(boende) for boende in boenden],
        "forvaltningar": list(dict.fromkeys(str(boende.forvaltning) for boende in boenden)),
        "starts_at": meeting.starts_at.isoformat(),
        "ends_at": meeting.ends_at.isoformat(),
        "place": meeting.place,
        "convener": ", ".join(str(member) for member in conveners),
        "brukare_count": meeting.brukare_count,
        "attendance": [attendance_line(row) for row in Attendance.objects.for_list().filter(meeting=meeting)],
        "other_actions": [action_line(action) for action in decided(meeting, None)],
    }


def attendance_line(row: Attendance) -> Content:
    """One who was, or was not, there."""
    return {
        "name": str(row),
        "organisation": (row.member.organisation or _("boendet")) if row.member else _("gäst"),
        "presence": row.presence_words,
        "detail": row.part,
    }


def action_line(action: ActionItem) -> Content:
    """An åtgärd as it stands now."""
    return {
        "title": action.title,
        "responsible": action.responsible,
        "organisation": str(action.person.actor) if action.person else _("boendet"),
        "due_on": action.due_on.isoformat(),
        "status": str(action.get_status_display()),
    }


def decided(meeting: Meeting, item: AgendaItem | None) -> Iterable[ActionItem]:
    """The åtgärder that the meeting decided, under an item, or under none that is left on the agenda."""
    under = Q(item=item) if item else Q(item__isnull=True) | Q(item__archived_at__isnull=False)
    return ActionItem.objects.for_list().filter(under, meeting=meeting)


def followed_up(meeting: Meeting) -> list[Content]:
    """What the meeting was told of earlier åtgärder: open ones, and those finished since the one before."""
    before = Meeting.objects.held().filter(forum=meeting.forum).before(meeting.starts_at).first()
    told = ActionItem.objects.since(before.starts_at if before else None).filter(
        forum=meeting.forum, meeting__starts_at__lt=meeting.starts_at
    )
    return [action_line(action) for action in told.for_list()]


def item_extras(item: AgendaItem) -> Content:
    """What stands under an item by itself, less the incidents, which are read until the justering."""
    return {
        "followed": followed_up(item.meeting) if item.section == Section.ACTIONS else [],
        "actions": [action_line(action) for action in decided(item.meeting, item)],
        "postponed": item.state == AgendaItem.State.POSTPONED,
        "with_incidents": item.section == Section.INCIDENTS,
        "next": next_meeting(item.meeting) if item.section == Section.NEXT else "",
    }


def next_meeting(meeting: Meeting) -> str:
    """When and where the forum meets the next time, as a sentence; empty if that is not planned."""
    following = Meeting.objects.coming().filter(forum=meeting.forum, starts_at__gt=meeting.starts_at).first()
    if following is None:
        return ""
    when = timezone.localtime(following.starts_at)
    about = {"day": day(following.starts_at), "clock": f"{when:%H.%M}", "place": following.place}
    if following.place:
        return _("Nästa möte är %(day)s kl. %(clock)s, %(place)s.") % about
    return _("Nästa möte är %(day)s kl. %(clock)s.") % about


# ---------- composing ----------


def presented(meeting: Meeting) -> list[Content]:
    """The incidents that the meeting was shown: the forum texts alone."""
    rows = PresentedIncident.objects.for_papers().filter(meeting=meeting)
    return [
        {
            "day": row.happened_on.isoformat(),
            "boende": str(row.boende),
            "what": row.forum_what,
            "handled": row.forum_handled,
        }
        for row in rows
    ]


def compose(
    protokoll: Protokoll, items: list[ProtokollItem] | None = None, chosen: list[Justering] | None = None
) -> Content:
    """The whole text of a protokoll as it stands now; of one that is justerat, as it was justerat.

    Plain JSON: moments and days in ISO 8601. `items` in order and `chosen`, its justerare, if they have been read.
    """
    if protokoll.content is not None:
        return dict(protokoll.content)
    if items is None:
        items = list(ProtokollItem.objects.in_order().filter(protokoll=protokoll))
    if chosen is None:
        chosen = list(Justering.objects.for_list().filter(protokoll=protokoll))
    needs_incidents = any(item.extras.get("with_incidents") and "incidents" not in item.extras for item in items)
    shown = presented(protokoll.meeting) if needs_incidents else []
    old = protokoll.replaces
    return {
        **protokoll.frozen,
        "edition": protokoll.edition,
        "replaces": {"edition": old.edition, "sealed_on": sealed_day(old), "sha256": old.sha256} if old else None,
        "correction": protokoll.correction,
        "diarienummer": protokoll.diarienummer,
        "justerare": [str(row) for row in chosen],
        "attendance_left_out": False,
        "items": [item_text(number, item, shown) for number, item in enumerate(items, 1)],
    }


def item_text(number: int, item: ProtokollItem, shown: list[Content]) -> Content:
    """An item with what stands under it."""
    extras = item.extras
    following = {"next": extras["next"]} if extras.get("next") else {}
    return {
        "number": number,
        "left_out": False,
        "title": item.title,
        "text": item.text,
        "decision": item.decision,
        "postponed": extras.get("postponed", False),
        "followed": extras.get("followed", []),
        "actions": extras.get("actions", []),
        "incidents": extras.get("incidents", shown if extras.get("with_incidents") else []),
        **following,
    }


def sealed_day(protokoll: Protokoll) -> str:
    """The day a protokoll was justerat, here."""
    return timezone.localdate(protokoll.sealed_at).isoformat() if protokoll.sealed_at else ""


def checksum(content: Content) -> str:
    """SHA-256 of a text, the same whatever database it has been through."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def leave_out(content: Content, numbers: Iterable[int], *, attendance: bool) -> Content:
    """A text for the public: the items with these numbers are marked as left out.

    With `attendance` so are the names of who came, and of åtgärder only the organisation stands.
    """
    hidden = set(numbers)
    blank = {
        "left_out": True, "title": "", "text": "", "decision": "", "postponed": False,
        "followed": [], "actions": [], "incidents": [], "next": "",
    }  # fmt: skip
    public = {
        **content,
        "items": [{**item, **(blank if item["number"] in hidden else {})} for item in content["items"]],
    }
    if attendance:
        public |= {"attendance": [], "attendance_left_out": True, "justerare": [], "convener": ""}
        public["other_actions"] = without_names(content["other_actions"])
        for item in public["items"]:
            item |= {name: without_names(item[name]) for name in ("followed", "actions")}
    return public


def without_names(actions: list[Content]) -> list[Content]:
    """Åtgärder with the organisation that has taken them on, and no person."""
    return [{**action, "responsible": action["organisation"]} for action in actions]


# ---------- reading ----------


def thaw(value: Any, key: str = "") -> Any:
    """A composed text for a template: its moments and days are such again."""
    if isinstance(value, dict):
        return {name: thaw(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [thaw(inner) for inner in value]
    if key in MOMENTS and value:
        return datetime.fromisoformat(value)
    if key in DAYS and value:
        return date.fromisoformat(value)
    return value


def letters_in(value: Any) -> Iterable[str]:
    """Every text in a composed text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from letters_in(inner)


def pages_of(content: Content) -> int:
    """About how many pages it will be on paper; a little more rather than less."""
    lines = 30.0
    for text in letters_in(content):
        lines += sum(math.ceil(len(line) / LETTERS_A_LINE) for line in text.splitlines())
    return math.ceil((lines + 3 * len(content["items"])) / LINES_A_PAGE)
