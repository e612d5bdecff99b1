# SPDX-License-Identifier: EUPL-1.2
"""What actors add: their page under each boende, next steps that are due, persons whose data should be checked."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boenden.models import Boende, ContactPerson, Neighbour
from boenden.models.actors import VERIFIED_DAYS
from boenden.rights import has_right, rights_at
from platssamverkan.accounts.roles import Right
from platssamverkan.audit.labels import register_event
from platssamverkan.start import registry
from platssamverkan.start.registry import MenuEntry, Todo

AHEAD_DAYS = 7  # what is due within a week is shown
MOST = 30  # of each kind on Min dag; the boende's own list has them all


def register() -> None:
    """Called once when Django starts."""
    registry.boende_page_providers.append(pages)
    registry.todo_providers += [next_steps, unverified_persons]
    register_event("imported", gettext_lazy("importerade"))


def pages(user: Any, boende: Boende) -> Iterator[MenuEntry]:
    """The actors around the boende, as a list and on a map."""
    if Right.READ_ACTORS in rights_at(user, boende):
        url = reverse("boenden:neighbour_list", args=[boende.slug])
        yield MenuEntry(gettext_lazy("Aktörer"), url, "shop", order=130)
        yield MenuEntry(gettext_lazy("Karta"), reverse("boenden:boende_map", args=[boende.slug]), "map", order=132)


def next_steps(user: Any) -> Iterator[Todo]:
    """Next steps of the user's boenden, due within a week."""
    if not has_right(user, Right.EDIT_ACTORS):
        return
    due = Neighbour.objects.editable_by(user).due(days=AHEAD_DAYS).select_related("actor", "boende")
    for neighbour in due.order_by("next_step_on", "pk")[:MOST]:
        if neighbour.next_step_on:
            yield Todo(
                title=f"{neighbour.actor}: {neighbour.next_step}",
                url=neighbour.get_absolute_url(),
                due_on=neighbour.next_step_on,
                about=_("nästa steg · %(boende)s") % {"boende": neighbour.boende},
            )


def unverified_persons(user: Any) -> Iterator[Todo]:
    """Actors of the user's boenden with a person whose data have not been checked for a year."""
    if not has_right(user, Right.EDIT_ACTORS):
        return
    unverified = ContactPerson.objects.unverified().filter(actor=OuterRef("actor"))
    checked_on = Min("actor__persons__verified_on", filter=Q(actor__persons__archived_at__isnull=True))
    rows = Neighbour.objects.editable_by(user).in_use().filter(Exists(unverified)).annotate(checked_on=checked_on)
    for neighbour in rows.select_related("actor", "boende").order_by(F("checked_on").asc(nulls_last=True), "pk")[:MOST]:
        due_on, about = timezone.localdate(), _("inte kontrollerade än")
        if neighbour.checked_on and neighbour.checked_on + timedelta(days=VERIFIED_DAYS) < due_on:
            due_on = neighbour.checked_on + timedelta(days=VERIFIED_DAYS)
            about = _("inte kontrollerade på ett år")
        yield Todo(
            title=_("Kontrollera uppgifterna till %(actor)s") % {"actor": neighbour.actor},
            url=neighbour.get_absolute_url(),
            due_on=due_on,
            about=f"{about} · {neighbour.boende}",
        )
