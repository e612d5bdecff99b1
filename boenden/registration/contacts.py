# SPDX-License-Identifier: EUPL-1.2
"""What the contact log adds: "Ny kontakt", promises to keep on Min dag, and a reminder to whoever promised."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boenden.models import Assignment, Boende, Contact
from boenden.rights import boenden_in_menu, has_right, rights_at
from platssamverkan.accounts.roles import Right, roles_with
from platssamverkan.notices.providers import Due, register_provider
from platssamverkan.start import registry
from platssamverkan.start.registry import MenuEntry, Todo

AHEAD_DAYS = 7
MOST = 50
LATE_AFTER_DAYS = 3  # a second and last reminder


def register() -> None:
    """Called once when Django starts."""
    registry.menu_providers.append(menu)
    registry.boende_page_providers.append(pages)
    registry.todo_providers.append(promises)
    register_provider("promises", promises_due)


def menu(user: Any) -> Iterator[MenuEntry]:
    """ "Ny kontakt", at once for someone with one boende."""
    if has_right(user, Right.EDIT_CONTACTS):
        boenden = boenden_in_menu(user)
        url = reverse("boenden:contact_start")
        if len(boenden) == 1 and Right.EDIT_CONTACTS in rights_at(user, boenden[0]):
            url = reverse("boenden:contact_create", args=[boenden[0].slug])
        yield MenuEntry(gettext_lazy("Ny kontakt"), url, "person-plus", order=20, is_new=True)


def pages(user: Any, boende: Boende) -> Iterator[MenuEntry]:
    """The contact log of the boende."""
    if Right.READ_CONTACTS in rights_at(user, boende):
        url = reverse("boenden:contact_list", args=[boende.slug])
        yield MenuEntry(gettext_lazy("Kontakter"), url, "chat-left-text", order=140)


def promises(user: Any) -> Iterator[Todo]:
    """Promises of the user's boenden, due within a week; on each day the user's own come first."""
    if not has_right(user, Right.EDIT_CONTACTS):
        return
    due = Contact.objects.editable_by(user).due(days=AHEAD_DAYS).select_related("boende", "actor", "follow_up_by")
    for contact in sorted(due[:MOST], key=lambda contact: contact.follow_up_by_id != user.pk):
        if contact.follow_up_on:
            responsible = _("ditt löfte") if contact.follow_up_by_id == user.pk else str(contact.follow_up_by or "")
            yield Todo(
                title=f"{contact.actor}: {contact.follow_up}" if contact.actor else contact.follow_up,
                url=contact.get_absolute_url(),
                due_on=contact.follow_up_on,
                about=" · ".join(part for part in (responsible, str(contact.boende)) if part),
                mine=contact.follow_up_by_id == user.pk,
            )


def promises_due(now: datetime) -> Iterator[Due]:
    """One reminder on the day to whoever is responsible and still works there, one more when it is three days late.

    The letter says whom it is about and where to read on, never what was said.
    """
    today = timezone.localdate(now)
    still_there = Assignment.objects.current().filter(
        user=OuterRef("follow_up_by"), boende=OuterRef("boende"), role__in=roles_with(Right.EDIT_CONTACTS)
    )
    contacts = Contact.objects.follow_up_open().filter(Exists(still_there), follow_up_on__lte=today)
    for contact in contacts.select_related("boende", "actor", "follow_up_by").order_by("pk").iterator():
        if contact.follow_up_on:
            yield reminder(contact, contact.follow_up_on, is_late=False)
            if contact.follow_up_on + timedelta(days=LATE_AFTER_DAYS) <= today:
                yield reminder(contact, contact.follow_up_on + timedelta(days=LATE_AFTER_DAYS), is_late=True)


def reminder(contact: Contact, due_on: Any, *, is_late: bool) -> Due:
    """The letter to whoever is responsible."""
    whom = {"whom": contact.actor or contact.boende}
    return Due(
        what="promise_late" if is_late else "promise",
        occasion=f"{contact.pk}:{contact.follow_up_on}",
        subject=(_("Ett löfte till %(whom)s är försenat") if is_late else _("Följ upp löftet till %(whom)s")) % whom,
        text=_("Du är ansvarig för ett löfte vid %(boende)s. Läs vad ni lovade, och markera det som uppföljt.")
        % {"boende": contact.boende},
        due_on=due_on,
        user=contact.follow_up_by,
        url=contact.get_absolute_url(),
        series=f"promise:{contact.pk}:{contact.follow_up_on}",
    )
