# SPDX-License-Identifier: EUPL-1.2
"""What forums show on the pages of a boende's kartläggning: an insats's åtgärder, the activity that owns a promenad."""

from collections.abc import Iterator
from typing import Any

from forum.models import ActionItem, Activity
from kartlaggning import beside
from kartlaggning.families import Families
from kartlaggning.models import Insats, Walk
from platssamverkan.start.registry import Panel


def register() -> None:
    """Called once when Django starts."""
    beside.insats_panel_providers.append(actions_of_insats)
    beside.walk_panel_providers.append(activity_of_walk)


def actions_of_insats(user: Any, insats: Insats) -> Iterator[Panel]:
    """The åtgärder tied to it, in this edition of the plan or another, of forums that the user reads."""
    family = Families([insats.plan.boende_id]).of(insats.pk)
    if actions := list(ActionItem.objects.visible_to(user).filter(insats__in=family).for_list()):
        yield Panel("forum/insats_actions.html", {"actions": actions})


def activity_of_walk(user: Any, walk: Walk) -> Iterator[Panel]:
    """The trygghetsvandring that it is part of."""
    if activity := Activity.objects.visible_to(user).filter(walk=walk).first():
        yield Panel("forum/walk_activity.html", {"activity": activity})
