# SPDX-License-Identifier: EUPL-1.2
"""Verbs of people: give a role, change its days, end it; shut and open an account."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boenden.grants import may_grant
from boenden.models import Assignment
from boenden.models.assignments import in_force
from boenden.rights import has_right
from platssamverkan.accounts.actions import set_active
from platssamverkan.accounts.models import User
from platssamverkan.accounts.roles import Right, Role
from platssamverkan.ground.actions import action, archive_record, save_record

LAST_ONE = gettext_lazy("Någon måste vara systemförvaltare. Ge rollen till en till först.")


@action
def assign(*, assignment: Assignment, by: Any) -> Assignment:
    """Give someone a role. Raises PermissionDenied for a role that is not `by`'s to give, or to herself."""
    allowed = may_grant(by, role=assignment.role, boende=assignment.boende, forvaltning=assignment.forvaltning)
    if not allowed or assignment.user == by:
        raise PermissionDenied
    return save_record(record=assignment, by=by)


@action
def change_assignment(*, assignment: Assignment, by: Any, opened_version: int | None = None) -> Assignment:
    """Change the days of a role. Nobody prolongs her own, and an ended one is not revived but given anew.

    Raises PermissionDenied for a role that is not `by`'s to give, or her own; ValidationError if it has ended, or if
    no systemförvaltare would be left.
    """
    if not may_grant(by, role=assignment.role, boende=assignment.boende, forvaltning=assignment.forvaltning):
        raise PermissionDenied
    if assignment.user == by and not has_right(by, Right.MANAGE_USERS):
        raise PermissionDenied
    stored = Assignment.objects.get(pk=assignment.pk)
    if stored.ends_on and stored.ends_on < timezone.localdate():
        raise ValidationError(_("Uppdraget är redan avslutat."))
    days = [timezone.localdate(), *([assignment.ends_on + timedelta(days=1)] if assignment.ends_on else [])]
    if not all(assignment.is_in_force(day) or others_hold_the_system(assignment, day) for day in days):
        raise ValidationError(LAST_ONE)
    return save_record(record=assignment, by=by, opened_version=opened_version)


@action
def end_assignment(*, assignment: Assignment, by: Any) -> Assignment:
    """End a role now: it stops working at once, also for who is signed in.

    Raises ValidationError if it has ended already, or if no systemförvaltare would be left.
    """
    today = timezone.localdate()
    current = Assignment.objects.active().select_for_update(of=("self",)).filter(pk=assignment.pk).first()
    if current is None or (current.ends_on and current.ends_on < today):
        raise ValidationError(_("Uppdraget är redan avslutat."))
    if not others_hold_the_system(current, today):
        raise ValidationError(LAST_ONE)
    if current.starts_on <= today:
        current.ends_on = today
    return archive_record(record=current, by=by)


@action
def deactivate(*, user: User, by: Any) -> User:
    """Shut an account: signed out at the next request. Raises ValidationError for one's own, or the last one."""
    if user == by:
        raise ValidationError(_("Du kan inte stänga av ditt eget konto. Be en annan systemförvaltare."))
    held = user.assignments.current().filter(role=Role.SYSTEMFORVALTARE).first()
    if held and not others_hold_the_system(held, timezone.localdate()):
        raise ValidationError(LAST_ONE)
    return set_active(user=user, is_active=False, by=by)


@action
def reactivate(*, user: User, by: Any) -> User:
    """Open a shut account. What ended meanwhile stays ended, and she signs in anew."""
    return set_active(user=user, is_active=True, by=by)


def others_hold_the_system(assignment: Assignment, day: date) -> bool:
    """Whether the system has a systemförvaltare on a day without this assignment's user; true for any other role.

    Their rows are held until the transaction ends, so that two of them cannot end each other at once.
    """
    if assignment.role != Role.SYSTEMFORVALTARE:
        return True
    every = Assignment.objects.active().filter(role=Role.SYSTEMFORVALTARE).select_for_update(of=("self",))
    held = [row.pk for row in every.order_by("pk")]
    others = Assignment.objects.filter(in_force(day), pk__in=held, user__is_active=True)
    return others.exclude(user=assignment.user_id).exists()
