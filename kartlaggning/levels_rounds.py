# SPDX-License-Identifier: EUPL-1.2
"""What rounds, observations and plans know about the levels' first steps, counted in one query with the rest."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Subquery, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incidents.models import Felanmalan
from kartlaggning.levels import Step
from kartlaggning.levels_facts import LevelFact
from kartlaggning.models import Insats, Kartlaggning, Observation, Plan, StepChange
from kartlaggning.principles import Principle


def one_of(rows: Any, by: str, **value: Any) -> Subquery:
    """A number or a day of the rows that belong to a boende through `by`."""
    ((name, counted),) = value.items()
    return Subquery(rows.order_by().values(by).annotate(**{name: counted}).values(name))


def columns_mapped() -> dict[str, Any]:
    """The rounds, what has been seen and fault-reported, and what the plan in force has of principle 2."""
    rounds = Kartlaggning.objects.active().filter(boende=OuterRef("pk"))
    mapped = rounds.exclude(step=Kartlaggning.Step.KARTLAGGNING)
    changes = StepChange.objects.filter(
        kartlaggning__boende=OuterRef("pk"), kartlaggning__archived_at=None, is_back=False, from_step="kartlaggning"
    ).exclude(kartlaggning__step=Kartlaggning.Step.KARTLAGGNING)
    seen = Observation.objects.active().filter(kartlaggning__boende=OuterRef("pk"))
    reported = Felanmalan.objects.active().filter(boende=OuterRef("pk"))
    return {
        "round_begun": one_of(rounds, "boende", latest=Max("year")),
        "round_made": one_of(mapped, "boende", latest=Max("year")),
        "round_made_at": one_of(changes, "kartlaggning__boende", last=Max("created_at")),
        "seen": one_of(seen, "kartlaggning__boende", number=Count("pk")),
        "reported": one_of(reported, "boende", number=Count("pk")),
        "reported_since": one_of(reported, "boende", first=Min("created_at")),
        "whole_short": one_of(whole(Insats.Term.SHORT), "plan__boende", number=Count("pk")),
        "whole_long": one_of(whole(Insats.Term.LONG), "plan__boende", number=Count("pk")),
    }


def whole(term: str) -> Any:
    """The insatser of principle 2 on short or long term in the plan in force. Principles are kept as a list: [1, 2]."""
    rows = Insats.objects.active().filter(plan__boende=OuterRef("pk"), plan__status=Plan.Status.APPROVED, term=term)
    rows = rows.exclude(status=Insats.Status.DROPPED).alias(principle_digits=Cast("principles", TextField()))
    return rows.filter(principle_digits__contains=str(Principle.WHOLE.value))


def mapped_and_planned(row: Any) -> Iterable[LevelFact]:
    """Level A, steps 1, 5 and 6."""
    if row.round_begun:
        yield round_made(row)
    if row.reported or row.seen:
        yield area_looked_over(row)
    if row.whole_short or row.whole_long:
        yield outside_looked_over(row)


def round_made(row: Any) -> LevelFact:
    """Whether a round has come past its kartläggning."""
    url = reverse("kartlaggning:kartlaggning_list", args=[row.slug])
    if row.round_made:
        why = _("Kartläggningen %(year)s är gjord.") % {"year": row.round_made}
        return LevelFact(Step.MAPPING, True, why, day_of(row.round_made_at), url)
    why = _("Kartläggningen %(year)s pågår.") % {"year": row.round_begun}
    return LevelFact(Step.MAPPING, False, why, url=url)


def area_looked_over(row: Any) -> LevelFact:
    """What has been fault-reported; what has only been seen leaves the step open."""
    url = reverse("kartlaggning:kartlaggning_list", args=[row.slug])
    if row.reported:
        why = ngettext("%(count)s felanmälan är skriven.", "%(count)s felanmälningar är skrivna.", row.reported)
        return LevelFact(Step.AREA, True, why % {"count": row.reported}, day_of(row.reported_since), url)
    why = ngettext(
        "%(count)s observation är antecknad, ingen felanmäld ännu.",
        "%(count)s observationer är antecknade, ingen felanmäld ännu.",
        row.seen,
    )
    return LevelFact(Step.AREA, False, why % {"count": row.seen}, url=url)


def outside_looked_over(row: Any) -> LevelFact:
    """Done when the plan has something to mend or make beautiful on both terms (the guide, 001:949)."""
    counts = {"short": row.whole_short or 0, "long": row.whole_long or 0}
    why = _("Planen har insatser om helt, rent och vackert: %(short)s på kort sikt, %(long)s på lång.") % counts
    url = reverse("kartlaggning:plan_list", args=[row.slug])
    return LevelFact(Step.OUTSIDE, all(counts.values()), why, url=url)


def day_of(moment: Any) -> date | None:
    """Its day, in Sweden."""
    return timezone.localdate(moment) if moment else None
