# SPDX-License-Identifier: EUPL-1.2
"""What protokoll add to Min dag, the reminders and the log's words."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.demo_protokoll import make_protokoll_demo
from forum.models import Justering, Protokoll, ProtokollComment
from forum.own import convened_by
from forum.protokoll_letters import REMIND_AFTER, justeringar_due
from incidents.demo import make
from platssamverkan.audit.labels import register_event
from platssamverkan.notices.providers import register_provider
from platssamverkan.start import registry
from platssamverkan.start.registry import Todo

EVENTS = {
    "protokoll_sent": gettext_lazy("skickade för synpunkter"),
    "justering_opened": gettext_lazy("öppnade för justering"),
    "justering_voided": gettext_lazy("upphävde, eftersom texten ändrades,"),
    "protokoll_sealed": gettext_lazy("justerade som sista person"),
    "protokoll_corrected": gettext_lazy("påbörjade en rättad utgåva,"),
    "protokollfile_retried": gettext_lazy("gjorde om"),
    "calendarfeed_renewed": gettext_lazy("gjorde en ny länk för"),
}


def register() -> None:
    """Called once when Django starts."""
    registry.todo_providers.append(todos)
    register_provider("protokoll_justeringar", justeringar_due)
    make.more_rooms.append(make_protokoll_demo)  # after the forums' own
    for event, label in EVENTS.items():
        register_event(event, label)


def todos(user: Any) -> Iterator[Todo]:
    """Protokoll that wait for the user's justering, and for a sammankallande comments without an answer."""
    waiting = Justering.objects.waiting().filter(user=user.pk, protokoll__in=Protokoll.objects.visible_to(user))
    for row in waiting.select_related("protokoll__meeting__forum").order_by("created_at", "pk"):
        protokoll = row.protokoll
        due = timezone.localdate(protokoll.opened_at or row.created_at) + REMIND_AFTER
        title = _("Justera protokollet: %(meeting)s") % {"meeting": protokoll.meeting}
        yield Todo(title, protokoll.get_absolute_url(), due)
    if convened := convened_by(user):
        comments = ProtokollComment.objects.waiting().filter(
            protokoll__meeting__forum__in=convened, protokoll__sealed_at=None, protokoll__archived_at=None
        )
        for comment in comments.select_related("protokoll__meeting__forum").order_by("created_at", "pk"):
            due = timezone.localdate(comment.created_at) + timedelta(days=7)
            title = _("Svara på synpunkten på protokollet: %(meeting)s") % {"meeting": comment.protokoll.meeting}
            yield Todo(title, comment.get_absolute_url(), due)
