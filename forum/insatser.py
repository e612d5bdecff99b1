# SPDX-License-Identifier: EUPL-1.2
"""Åtgärder that are tied to insatser of a boende's plan.

The plan is the boende's own: only its staff see the tie, be they members, sammankallande or neither. Somebody from
outside, the sammankallande too, is not even told that there is one (docs/decisions/0026).
"""

from collections.abc import Iterable
from typing import Any

from boenden.rights import has_right, rights_at
from forum.models import ActionItem, Forum
from kartlaggning.families import Families, counting_today
from kartlaggning.models import Insats, Plan
from platssamverkan.accounts.roles import Right


def show_insatser(user: Any, actions: Iterable[ActionItem]) -> list[ActionItem]:
    """The åtgärder, each with `tied`: its insats as it stands today, or None for those who do not read the plan.

    No query where nothing is tied or the user reads no plan at all; else three, however many åtgärder.
    """
    shown: list[Any] = list(actions)
    tied = {action.insats_id for action in shown if action.insats_id}
    seen: dict[Any, Insats] = {}
    families = Families([])
    if tied and has_right(user, Right.READ_KARTLAGGNING):
        families = Families(Insats.objects.filter(pk__in=tied).order_by().values_list("plan__boende", flat=True))
        today = {pk for insats in tied if (pk := families.today(insats))}
        rows = Insats.objects.visible_to(user).filter(pk__in=today).select_related("plan")
        seen = {insats.pk: insats for insats in rows}
    for action in shown:
        action.tied = seen.get(families.today(action.insats_id))
    return shown


def may_tie(user: Any, forum: Forum) -> bool:
    """Whether the user ties its åtgärder to insatser: she works with the plan of one of its boenden."""
    return any(Right.EDIT_KARTLAGGNING in rights_at(user, boende) for boende in forum.boenden.all())


def choices_for(user: Any, action: ActionItem) -> Any:
    """The insatser to choose from: of the plans that the user works with at the forum's boenden, each one once.

    The one in force counts, else the draft; what it is tied to already can stay.
    """
    boenden = [boende for boende in action.forum.boenden.all() if Right.EDIT_KARTLAGGNING in rights_at(user, boende)]
    rows = Insats.objects.visible_to(user).filter(plan__boende__in=boenden).exclude(plan__status=Plan.Status.REPLACED)
    chosen = counting_today(rows, [boende.pk for boende in boenden])
    if tied := tied_today(action):
        chosen.add(tied)
    found = Insats.objects.visible_to(user).filter(pk__in=chosen).select_related("plan__boende")
    return found.order_by("plan__boende__name", "title", "pk")


def tied_today(action: ActionItem) -> Any:
    """The id of its insats as it stands in the plan that counts now, or None."""
    return Families([action.insats.plan.boende_id]).today(action.insats_id) if action.insats else None


def hides_tie(user: Any, action: ActionItem) -> bool:
    """Whether it is tied to a plan that the user does not read: then she leaves the tie alone."""
    if action.insats is None:
        return False
    return Right.READ_KARTLAGGNING not in rights_at(user, action.insats.plan.boende)
