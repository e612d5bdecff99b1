# SPDX-License-Identifier: EUPL-1.2
"""Verbs of åtgärder: decide one, tell how it goes."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from forum.about_meeting import about_meeting
from forum.models import ActionItem
from platssamverkan.ground.actions import action, save_record
from platssamverkan.look.words import day
from platssamverkan.notices.actions import post_notice


@action
def save_action_item(*, item: ActionItem, by: Any, opened_version: int | None = None) -> ActionItem:
    """Decide an åtgärd, or word it anew. Whoever it falls on is told, and again if it falls on another."""
    item.note_finished()
    stored = None if item.is_new else ActionItem.objects.get(pk=item.pk)
    save_record(record=item, by=by, opened_version=opened_version)
    if item.is_open and (stored is None or (stored.user_id, stored.person_id) != (item.user_id, item.person_id)):
        tell_responsible(item, by)
    return item


@action
def report(*, item: ActionItem, by: Any, opened_version: int | None = None) -> ActionItem:
    """Tell how it goes. `by` is None for someone who answers by the link in her letter. Raises EditConflict."""
    item.note_finished()
    return save_record(record=item, by=by, opened_version=opened_version)


def own_link(item: ActionItem) -> str:
    """The address at which a contact person without account answers."""
    return settings.SITE_URL + reverse("forum:actionitem_open", args=[item.link_token])


def letter_to(item: ActionItem) -> dict[str, Any]:
    """To whom a letter about it goes, and where it leads: `recipient`, `email`, `url` and a line with the link."""
    account = item.account
    if account and account.is_active:
        return {"recipient": account, "email": "", "url": item.get_absolute_url(), "link": ""}
    email = item.person.email if item.person else ""
    link = _("Berätta hur det går: %(link)s") % {"link": own_link(item)} if email else ""
    return {"recipient": None, "email": email, "url": "", "link": link}


def tell_responsible(item: ActionItem, by: Any) -> None:
    """The letter to whoever takes it on, unless she wrote it down herself."""
    to = letter_to(item)
    link = to.pop("link")
    if (by and to["recipient"] == by) or not (to["recipient"] or to["email"]):
        return
    text = _("Ni kom överens om det här på mötet: %(title)s. Klart senast %(day)s.") % {
        "title": item.title,
        "day": day(item.due_on),
    }
    text = f"{text}\n\n{about_meeting(item.meeting)}"
    post_notice(
        what="action_item",
        occasion=f"{item.pk}:{item.version}",
        subject=_("Din åtgärd från %(forum)s") % {"forum": item.forum},
        text=f"{text}\n\n{link}" if link else text,
        by=by,
        **to,
    )
