# SPDX-License-Identifier: EUPL-1.2
"""What the sweep does: reminders of åtgärder, on the day and three days late; who has left a forum is let go."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from forum.about_meeting import about_meeting
from forum.actions.action_items import letter_to
from forum.actions.forums import let_go_ended
from forum.models import ActionItem
from platssamverkan.notices.providers import Due, register_provider, register_sender

LATE_AFTER_DAYS = 3


def register() -> None:
    """Called once when Django starts."""
    register_provider("action_items", action_items_due)
    register_sender("forum_members", let_go_ended)


def action_items_due(now: datetime) -> Iterator[Due]:
    """A letter to whoever has taken it on, with the link to answer by for someone without account."""
    today = timezone.localdate(now)
    due = ActionItem.objects.open().of_members().filter(due_on__lte=today, forum__archived_at__isnull=True).for_list()
    due = due.select_related("meeting__forum")
    for item in due.iterator(chunk_size=2000):
        yield from letters(item, today)


def letters(item: ActionItem, today: date) -> Iterator[Due]:
    """The letters about one åtgärd."""
    to = letter_to(item)
    if not (to["recipient"] or to["email"]):
        return
    late_on = item.due_on + timedelta(days=LATE_AFTER_DAYS)
    for is_late in (False, True) if late_on <= today else (False,):
        subject = _("En åtgärd är försenad: %(title)s") if is_late else _("I dag skulle det vara klart: %(title)s")
        text = _("%(title)s, från %(forum)s. Berätta hur det går, så vet de andra.") % {
            "title": item.title,
            "forum": item.forum,
        }
        text = f"{text}\n\n{about_meeting(item.meeting)}"
        yield Due(
            what="action_item_late" if is_late else "action_item_due",
            occasion=f"{item.pk}:{item.due_on}",
            subject=subject % {"title": item.title},
            text=f"{text}\n\n{to['link']}" if to["link"] else text,
            due_on=late_on if is_late else item.due_on,
            user=to["recipient"],
            email=to["email"],
            url=to["url"],
            series=f"action_item:{item.pk}:{item.due_on}",
        )
