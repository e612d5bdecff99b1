# SPDX-License-Identifier: EUPL-1.2
"""What a boende's own work adds: its page, the step of level A that it ticks, and the demonstration."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boenden.models import Boende
from boenden.rights import rights_at
from incidents.demo import make
from kartlaggning.levels import Step
from kartlaggning.levels_facts import LevelFact, level_fact_providers
from kartlaggning.models import PrincipleReview
from kartlaggning.principles import Principle
from kartlaggning.principles_demo import make_principles
from platssamverkan.accounts.roles import Right
from platssamverkan.start import registry
from platssamverkan.start.registry import MenuEntry


def register() -> None:
    """Called once when Django starts."""
    registry.boende_page_providers.append(pages)
    level_fact_providers.append(principles_reviewed)
    make.more_rooms.append(make_principles)


def pages(user: Any, boende: Boende) -> Iterator[MenuEntry]:
    """The principles, under the boende."""
    if Right.READ_KARTLAGGNING in rights_at(user, boende):
        url = reverse("kartlaggning:principle_list", args=[boende.slug])
        yield MenuEntry(gettext_lazy("Principerna"), url, "star", order=175)


def principles_reviewed(boenden: list[Boende]) -> Iterable[tuple[UUID, LevelFact]]:
    """Level A, step 4: whether all five have been looked through. One query."""
    rows = PrincipleReview.objects.active().filter(boende__in=boenden).values("boende")
    counted = rows.annotate(number=Count("pk"), latest=Max("reviewed_on")).order_by()
    slugs = {boende.pk: boende.slug for boende in boenden}
    for row in counted:
        is_done = row["number"] == len(Principle)
        why = _("%(done)s av 5 principer är genomgångna.") % {"done": row["number"]}
        url = reverse("kartlaggning:principle_list", args=[slugs[row["boende"]]])
        yield row["boende"], LevelFact(Step.PRINCIPLES, is_done, why, row["latest"] if is_done else None, url)
