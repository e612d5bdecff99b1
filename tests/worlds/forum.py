# SPDX-License-Identifier: EUPL-1.2
"""One of everything in Kallebäck's råd."""

from django.utils import timezone

from forum.actions import agenda as actions
from forum.models import Attachment, Invitation, Question
from incidents.models import ReleasedText
from tests import factories


def add(cast, world) -> None:
    """A called meeting with an item, a file, a question, an answer to give, an åtgärd and a text to try."""
    forum = cast.forum
    member = forum.members.get(person__user=cast["medlem"])
    meeting = factories.MeetingFactory(
        forum=forum, status="called", called_at=timezone.now(), called_by=cast["sammankallande"]
    )
    item = factories.AgendaItemFactory(meeting=meeting, section="incidents")
    factories.AgendaItemFactory(meeting=meeting, section="actions", position=1)
    attachment = attach(item)
    question = Question.objects.create(meeting=meeting, member=member, title="Snöröjning")
    invitation = Invitation.objects.create(meeting=meeting, member=member)
    action = factories.ActionItemFactory(meeting=meeting, person=member.person)
    released_incident(cast)
    world["single"] |= {
        "forum": forum, "member": member, "meeting": meeting, "agendaitem": item, "attachment": attachment,
        "question": question, "invitation": invitation, "actionitem": action,
    }  # fmt: skip
    world["by_name"] |= {
        "member_list": {"member_list": forum},
        "member_create": {"member_create": forum},
        "meeting_create": {"meeting_create": forum},
        "agendaitem_create": {"agendaitem_create": meeting},
        "question_create": {"question_create": meeting},
        "actionitem_create": {"actionitem_create": meeting},
        "actionitem_list": {"actionitem_list": forum},
        "presentedincident_create": {"presentedincident_create": meeting},
    }


def attach(item) -> Attachment:
    """A file that goes with an item."""
    row = Attachment(item=item, title="Karta")
    return actions.attach(attachment=row, content=b"%PDF-1.7 karta", content_type="application/pdf", by=None)


def released_incident(cast):
    """An incident whose forum text is released and waits for its sekretessprövning."""
    incident = factories.IncidentFactory(
        boende=cast.kalleback,
        forum_what="Det var höga röster vid hållplatsen.",
        forum_handled="Personalen gick ut, och det blev lugnt.",
        released_at=timezone.now(),
        released_by=cast["enhetschef"],
    )
    text = {"forum_what": incident.forum_what, "forum_handled": incident.forum_handled}
    ReleasedText.objects.create(incident=incident, **text)
    return incident
