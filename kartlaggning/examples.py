# SPDX-License-Identifier: EUPL-1.2
"""An insats as an example for others: what it begins with, and whether there is one."""

from django.utils.translation import gettext as _

from kartlaggning.families import Families
from kartlaggning.models import Example, Insats
from platssamverkan.look.words import number


def drafted(insats: Insats) -> Example:
    """An example, not saved, with what the insats and its last evaluation say. Somebody reads it before it leaves.

    What came of it stands under each side that the insats was meant for, to be told apart by whoever knows.
    """
    evaluation = insats.latest_evaluation
    effect = evaluation.effect[:2000] if evaluation else ""
    cost = "" if insats.cost is None else _("Kostnad: %(kronor)s kr.") % {"kronor": number(insats.cost)}
    example = Example(
        boende=insats.plan.boende,
        insats=insats,
        title=insats.title,
        problem=insats.problem[:2000],
        text=insats.title,
        effect_brukare=effect if insats.value_brukare or not insats.value_surroundings else "",
        effect_around=effect if insats.value_surroundings else "",
        think_of=cost,
    )
    if insats.principles:
        example.principle = min(insats.principles)
    return example


def example_of(insats: Insats) -> Example | None:
    """The example that was made of it, in this edition of the plan or another."""
    family = Families([insats.plan.boende_id]).of(insats.pk)
    return Example.objects.active().filter(insats__in=family).first()
