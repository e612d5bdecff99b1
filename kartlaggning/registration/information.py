# SPDX-License-Identifier: EUPL-1.2
"""What incidents hold for two steps of a trygghetsforum: crime statistics, and what anyone may read (001:983–990)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Min, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boenden.models import Boende
from incidents.models import CrimeChoice, PublicRelease, PublicText
from kartlaggning.levels import Step
from kartlaggning.levels_facts import Counted, LevelFact, counted_facts


def register() -> None:
    """Called once when Django starts."""
    counted_facts.append(Counted(columns, facts))


def columns() -> dict[str, Any]:
    """Material that anyone may read, and the area that the boende has chosen to follow, once it has figures."""
    material = PublicRelease.objects.in_force().filter(boende=OuterRef("pk"), kind__in=PublicText.MATERIAL)
    released = material.order_by().values("boende")
    chosen = CrimeChoice.objects.active().filter(boende=OuterRef("pk"), own__figures__isnull=False).order_by()
    return {
        "texts_released": Subquery(released.annotate(number=Count("pk")).values("number")),
        "texts_since": Subquery(released.annotate(first=Min("created_at")).values("first")),
        "crime_area": Subquery(chosen.values("own__name")[:1]),
        "crime_since": Subquery(chosen.values("created_at")[:1]),
    }


def facts(row: Any) -> Iterable[LevelFact]:
    """The two steps."""
    if row.texts_released:
        why = ngettext(
            "%(count)s text om boendet är släppt för alla.",
            "%(count)s texter om boendet är släppta för alla.",
            row.texts_released,
        )
        url = PublicText(boende=Boende(slug=row.slug)).get_absolute_url()
        since = timezone.localdate(row.texts_since)
        yield LevelFact(Step.TARGET_GROUP, True, why % {"count": row.texts_released}, since, url)
    if row.crime_area:
        why = _("Ni följer anmälda brott i %(area)s.") % {"area": row.crime_area}
        url = reverse("incidents:crime_series", args=[row.slug])
        yield LevelFact(Step.STATISTICS, True, why, timezone.localdate(row.crime_since), url)
