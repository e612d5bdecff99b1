# SPDX-License-Identifier: EUPL-1.2
"""Information material that is released ticks the step to spread knowledge of the target group (the guide, 001:990)."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import ngettext

from boenden.models import Boende
from incidents.models import PublicRelease, PublicText
from kartlaggning.levels import Step
from kartlaggning.levels_facts import LevelFact, level_fact_providers


def register() -> None:
    """Called once when Django starts."""
    level_fact_providers.append(information_released)


def information_released(boenden: list[Boende]) -> Iterable[tuple[UUID, LevelFact]]:
    """Level B, the step about the target group: material that anyone may read. One query."""
    slugs = {boende.pk: boende.slug for boende in boenden}
    rows = PublicRelease.objects.in_force().filter(boende__in=boenden, kind__in=PublicText.MATERIAL)
    counted = rows.order_by().values("boende").annotate(number=Count("pk"), first=Min("created_at"))
    for row in counted.order_by("boende"):
        why = ngettext(
            "%(count)s text om boendet är släppt för alla.",
            "%(count)s texter om boendet är släppta för alla.",
            row["number"],
        )
        yield (
            row["boende"],
            LevelFact(
                Step.TARGET_GROUP,
                True,
                why % {"count": row["number"]},
                timezone.localdate(row["first"]),
                PublicText(boende=Boende(slug=slugs[row["boende"]])).get_absolute_url(),
            ),
        )
