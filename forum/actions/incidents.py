# SPDX-License-Identifier: EUPL-1.2
"""Verbs of presenting incidents: which are offered, the sekretessprövning, and taking back what is withdrawn."""

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from boenden.models import Boende
from forum.actions.agenda import refuse_sealed
from forum.models import Meeting, PresentedIncident, Protokoll, ProtokollItem
from incidents.models import Incident, ReleasedText
from platssamverkan.ground.actions import action, save_record

BEFORE_FIRST = timedelta(days=180)  # how far back the first meeting of a forum looks


def offered(meeting: Meeting, boenden: list[Boende]) -> QuerySet[Incident]:
    """Incidents whose forum text was released since the forum last met, and that no meeting of it has tried.

    What was tried for a meeting that was called off is offered again.
    """
    previous = Meeting.objects.held().filter(forum=meeting.forum_id).before(meeting.starts_at).values("starts_at")[:1]
    tried = PresentedIncident.objects.active().filter(incident=OuterRef("pk"), meeting__forum=meeting.forum)
    tried = tried.exclude(meeting__status=Meeting.Status.CANCELLED)
    since = Coalesce(Subquery(previous), Value(meeting.starts_at - BEFORE_FIRST, DateTimeField()))
    released = Incident.objects.active().released().filter(boende__in=[b.pk for b in boenden], released_at__gt=since)
    return released.filter(~Exists(tried)).order_by("happened_at", "pk")


def waiting_at(meeting: Meeting, boenden: list[Boende]) -> dict[Boende, int]:
    """How many texts wait for their sekretessprövning at each boende: all that others than its staff are told."""
    counts = Counter(offered(meeting, boenden).values_list("boende", flat=True))
    return {boende: counts[boende.pk] for boende in boenden if counts[boende.pk]}


@action
def examine(
    *, meeting: Meeting, incident: Incident, released_text: UUID, is_shown: bool, ground: str, by: Any
) -> PresentedIncident:
    """Note a sekretessprövning, and if the text may be shown put that very text into the papers.

    Raises ValidationError if it has been withdrawn or changed since it was read, or has been tried already.
    """
    refuse_sealed(meeting)
    Incident.objects.select_for_update().get(pk=incident.pk)
    text = ReleasedText.objects.filter(incident=incident, withdrawn_at__isnull=True, pk=released_text).first()
    if text is None:
        raise ValidationError(_("Forumtexten har ändrats eller tagits tillbaka sedan du läste den. Läs den igen."))
    if PresentedIncident.objects.active().filter(meeting=meeting, incident=incident).exists():
        raise ValidationError(_("Händelsen är redan prövad för mötet."))
    presented = PresentedIncident(
        meeting=meeting,
        incident=incident,
        boende_id=incident.boende_id,
        happened_on=timezone.localdate(incident.happened_at),
        forum_what=text.forum_what if is_shown else "",
        forum_handled=text.forum_handled if is_shown else "",
        is_shown=is_shown,
        ground=ground,
        examined_at=timezone.now(),
        examined_by=by,
    )
    return save_record(record=presented, by=by)


@action
def empty_papers(*, incident: Incident, by: Any) -> None:
    """Take a withdrawn text out of every paper that is not justerat; what is justerat stands (design.md, "Settled")."""
    shown = PresentedIncident.objects.active().filter(incident=incident, meeting__sealed_at__isnull=True)
    for presented in shown.select_for_update(of=("self",)):
        presented.forum_what = presented.forum_handled = ""
        presented.withdrawn_at = presented.archived_at = timezone.now()
        save_record(record=presented, by=by)
    empty_corrections(incident=incident, by=by)


@action
def empty_corrections(*, incident: Incident, by: Any) -> None:
    """Take a withdrawn text out of corrections that are not justerade, and say so where it stood.

    The edition that was justerad has it still; a correction holds a copy of that edition's lines.
    """
    meetings = PresentedIncident.objects.filter(incident=incident).values("meeting")
    corrections = Protokoll.objects.active().filter(meeting__in=meetings, replaces__isnull=False, sealed_at=None)
    for correction in corrections.select_related("meeting__forum", "replaces"):
        withdrawn = withdrawn_texts(correction.meeting)
        for item in ProtokollItem.objects.active().filter(protokoll=correction).order_by("position", "pk"):
            lines = item.extras.get("incidents", [])
            left = without_withdrawn(lines, withdrawn)
            if left != lines:
                item.extras = {**item.extras, "incidents": left}
                save_record(record=item, by=by)


def withdrawn_texts(meeting: Meeting) -> set[tuple[str, str]]:
    """The forum texts that the meeting was shown and that have been withdrawn since, as (what, handled)."""
    presented = PresentedIncident.objects.filter(meeting=meeting)
    texts = ReleasedText.objects.filter(incident__in=presented.values("incident"))
    stands = set(texts.filter(withdrawn_at__isnull=True).values_list("forum_what", "forum_handled"))
    return set(texts.filter(withdrawn_at__isnull=False).values_list("forum_what", "forum_handled")) - stands


def without_withdrawn(lines: list[dict[str, Any]], withdrawn: set[tuple[str, str]]) -> list[dict[str, Any]]:
    """A protokoll's lines of incidents, with a word in the place of a text that is withdrawn."""
    gone = {"what": _("Texten har tagits tillbaka."), "handled": ""}
    return [{**line, **gone} if (line["what"], line["handled"]) in withdrawn else line for line in lines]
