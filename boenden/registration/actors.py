# SPDX-License-Identifier: EUPL-1.2
"""What actors add: their page under each boende, next steps that are due, persons whose data should be checked."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery
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
    registry.todo_providers.append(todos)
    register_event("imported", gettext_lazy("importerade"))


def pages(user: Any, boende: Boende) -> Iterator[MenuEntry]:
    """The actors around the boende, as a list and on a map."""
    if Right.READ_ACTORS in rights_at(user, boende):
        url = reverse("boenden:neighbour_list", args=[boende.slug])
        yield MenuEntry(gettext_lazy("Aktörer"), url, "shop", order=130)
        yield MenuEntry(gettext_lazy("Karta"), reverse("boenden:boende_map", args=[boende.slug]), "map", order=132)


def todos(user: Any) -> Iterator[Todo]:
    """Next steps due within a week, and persons whose data have not been checked for a year. One query for both."""
    if not has_right(user, Right.EDIT_ACTORS):
        return
    persons = ContactPerson.objects.active().filter(actor=OuterRef("actor"), verified_on__isnull=False)
    rows = Neighbour.objects.editable_by(user).annotate(
        is_unverified=Exists(ContactPerson.objects.unverified().filter(actor=OuterRef("actor"))),
        checked_on=Subquery(persons.order_by("verified_on").values("verified_on")[:1]),
    )
    due = rows.due(days=AHEAD_DAYS) | rows.in_use().filter(is_unverified=True)
    in_order = due.order_by(F("next_step_on").asc(nulls_last=True), F("checked_on").asc(nulls_last=True), "pk")
    soon = timezone.localdate() + timedelta(days=AHEAD_DAYS)
    for neighbour in in_order.select_related("actor", "boende")[: 2 * MOST]:
        if neighbour.next_step and neighbour.next_step_on and neighbour.next_step_on <= soon:
            yield next_step(neighbour, neighbour.next_step_on)
        if neighbour.is_unverified:
            yield unverified(neighbour)


def next_step(neighbour: Any, due_on: date) -> Todo:
    """What is to be done with an actor next."""
    return Todo(
        title=f"{neighbour.actor}: {neighbour.next_step}",
        url=neighbour.get_absolute_url(),
        due_on=due_on,
        about=_("nästa steg · %(boende)s") % {"boende": neighbour.boende},
    )


def unverified(neighbour: Any) -> Todo:
    """That the data of an actor's persons are to be checked."""
    due_on, about = timezone.localdate(), _("inte kontrollerade än")
    if neighbour.checked_on and neighbour.checked_on + timedelta(days=VERIFIED_DAYS) < due_on:
        due_on = neighbour.checked_on + timedelta(days=VERIFIED_DAYS)
        about = _("inte kontrollerade på ett år")
    return Todo(
        title=_("Kontrollera uppgifterna till %(actor)s") % {"actor": neighbour.actor},
        url=neighbour.get_absolute_url(),
        due_on=due_on,
        about=f"{about} · {neighbour.boende}",
    )
