# SPDX-License-Identifier: EUPL-1.2
"""What a boende's own work adds: its page, the step of level A that it ticks, and the demonstration."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, Max, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boenden.models import Boende
from boenden.rights import rights_at
from incidents.demo import make
from kartlaggning.levels import Step
from kartlaggning.levels_facts import Counted, LevelFact, counted_facts
from kartlaggning.models import PrincipleReview
from kartlaggning.principles import Principle
from kartlaggning.principles_demo import make_principles
from platssamverkan.accounts.roles import Right
from platssamverkan.start import registry
from platssamverkan.start.registry import MenuEntry


def register() -> None:
    """Called once when Django starts."""
    registry.boende_page_providers.append(pages)
    counted_facts.append(Counted(columns_reviewed, principles_reviewed))
    make.more_rooms.append(make_principles)


def pages(user: Any, boende: Boende) -> Iterator[MenuEntry]:
    """The principles, under the boende."""
    if Right.READ_KARTLAGGNING in rights_at(user, boende):
        url = reverse("kartlaggning:principle_list", args=[boende.slug])
        yield MenuEntry(gettext_lazy("Principerna"), url, "star", order=175)


def columns_reviewed() -> dict[str, Any]:
    """How many principles have been looked through, and when last."""
    rows = PrincipleReview.objects.active().filter(boende=OuterRef("pk")).order_by().values("boende")
    return {
        "principles_done": Subquery(rows.annotate(number=Count("pk")).values("number")),
        "principles_last": Subquery(rows.annotate(latest=Max("reviewed_on")).values("latest")),
    }


def principles_reviewed(row: Any) -> Iterable[LevelFact]:
    """Level A, step 4: whether all five have been looked through."""
    if row.principles_done:
        is_done = row.principles_done == len(Principle)
        why = _("%(done)s av 5 principer är genomgångna.") % {"done": row.principles_done}
        url = reverse("kartlaggning:principle_list", args=[row.slug])
        yield LevelFact(Step.PRINCIPLES, is_done, why, row.principles_last if is_done else None, url)
