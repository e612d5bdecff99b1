# SPDX-License-Identifier: EUPL-1.2
"""What the demonstration's figures are compared with: the year before, and what bevakning costs."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from incidents.actions import fill_search
from incidents.demo.scenes import SCENES
from incidents.models import Incident
from platssamverkan.ground.actions import save_record
from platssamverkan.reports.figures.models import Bevakningskostnad

KRONOR = {
    "kalleback": (412_000, 356_000, 298_000, 204_000),
    "alma": (268_000, 284_000, 251_000, 196_000),
    "victor": (186_000, 172_000, 150_000),
}

A_YEAR = {"kalleback": 71, "alma": 44, "victor": 46}  # händelser
FIRST_DAYS_AGO = 366


def make_years_before(maker: Any) -> dict[str, int]:
    """What had happened before the last year, back to where last year's årsrapport compares from.

    Closed long ago, told to nobody outside.
    """
    made, back = 0, (maker.today - date(maker.today.year - 2, 1, 1)).days
    for slug, a_year in A_YEAR.items():
        count = a_year * (back - FIRST_DAYS_AGO) // 365
        for number in range(count):
            scene, author = maker.random.choice(SCENES), maker.random.choice(maker.staff(slug))
            ago = maker.random.randrange(FIRST_DAYS_AGO, back) if number else back - 2  # somebody wrote from the start
            happened = maker.moment(ago, 7, 23)
            incident = Incident(
                id=maker.new_id(),
                boende=maker.boenden[slug],
                happened_at=happened,
                category=scene.category,
                severity=scene.severity,
                place=Incident.Place.ELSEWHERE if scene.place else Incident.Place.AT_BOENDE,
                place_text=scene.place,
                affected_neighbourhood=scene.affected,
                children=scene.children,
                headline=scene.headline,
                internal_text=scene.internal,
                done=list(scene.done),
                handled=scene.handled,
                status=Incident.Status.CLOSED,
                created_by=author,
                changed_by=author,
                created_at=happened,
                changed_at=happened,
            )
            fill_search(incident)
            incident.save()
            made += 1
    return {"händelser åren före": made}


def make_guard_costs(maker: Any) -> dict[str, int]:
    """A row a year, the last being this year so far."""
    made = 0
    for slug, amounts in KRONOR.items():
        for ago, kronor in enumerate(reversed(amounts)):
            cost = Bevakningskostnad(
                boende=maker.boenden[slug],
                year=maker.today.year - ago,
                kronor=kronor,
                about=_("Väktare, ronderingar och larm"),
            )
            save_record(record=cost, by=maker.chief(slug))
            made += 1
    return {"kostnader för bevakning": made}
