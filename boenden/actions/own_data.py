# SPDX-License-Identifier: EUPL-1.2
"""What a contact person does with the data about herself (GDPR art. 16 and 18)."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from boenden.models import Assignment, ContactListEntry, ContactPerson, Neighbour
from platssamverkan.accounts.roles import Role
from platssamverkan.ground.actions import action, save_record
from platssamverkan.notices.actions import post_notice


@action
def save_person(*, person: ContactPerson, by: Any, opened_version: int | None = None) -> ContactPerson:
    """Save a contact person. Who is kept to the boende leaves the readers' lists at once, and stays away until someone
    who may share the list shares her anew."""
    save_record(record=person, by=by, opened_version=opened_version)
    if person.visibility == ContactPerson.Visibility.BOENDET:
        unshare_person(person=person, by=by)
    return person


@action
def unshare_person(*, person: ContactPerson, by: Any) -> None:
    """Take a person off the readers' lists."""
    for entry in ContactListEntry.objects.filter(person=person, is_shared=True):
        entry.is_shared = False
        save_record(record=entry, by=by)


@action
def correct_own_data(*, person: ContactPerson, by: Any, opened_version: int | None = None) -> ContactPerson:
    """Save what the person corrected: it is verified by that."""
    person.verified_on = timezone.localdate()
    person.verified_how = ContactPerson.VerifiedHow.SELF
    save_person(person=person, by=by, opened_version=opened_version)
    tell_managers(person=person, by=by)
    return person


def tell_managers(*, person: ContactPerson, by: Any) -> None:
    """Let the enhetschef of every boende that the actor neighbours know, in the app."""
    neighbours = Neighbour.objects.active().filter(actor=person.actor_id)
    managers = Assignment.objects.current().filter(role=Role.ENHETSCHEF).select_related("user", "boende")
    for assignment in managers.filter(boende__in=neighbours.values("boende")):
        post_notice(
            what="own_data_corrected",
            occasion=f"{person.pk}:{person.version}:{assignment.boende_id}",
            recipient=assignment.user,
            subject=_("%(name)s har sett över sina kontaktuppgifter") % {"name": person},
            text=_("%(name)s, %(actor)s: titta på raden i kontaktlistan för %(boende)s.")
            % {"name": person, "actor": person.actor, "boende": assignment.boende},
            url=reverse("boenden:contactlist_detail", args=[assignment.boende.slug]),  # type: ignore[union-attr]
            mail=False,
            by=by,
        )
