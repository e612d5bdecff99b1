# SPDX-License-Identifier: EUPL-1.2
"""The demonstration's levels: Kallebäck has come far, Alma some way (domain.md, "Cases")."""

from typing import Any

from kartlaggning.levels import Step
from kartlaggning.models import LevelStep, Network

# boende, step, days ago, who, note
STEPS = [
    ("kalleback", Step.MAPPING, 1300, "enhetschef", "Gjordes när rådet startade. Görs om varje år."),
    ("kalleback", Step.OUTSIDE, 900, "personal", "Skyltar, belysning och sittplatser på baksidan."),
    ("kalleback", Step.AREA, 880, "personal", "Två lyktstolpar och en trasig bänk vid hållplatsen."),
    ("kalleback", Step.INTERESTED, 1250, "enhetschef", ""),
    ("alma", Step.MAPPING, 700, "enhetschef.alma", ""),
    ("alma", Step.STATISTICS, 200, "enhetschef.alma", "Trygghetssamordningen visade den på forumet."),
]
NETWORKS = [
    ("alma", "BID Gamlestaden", 1100, "enhetschef.alma", "Att bänkarna på torget får vara kvar."),
    ("kalleback", "Trygg i Kallebäck", 500, "enhetschef", "Att vägen till bussen är upplyst också på natten."),
]


def make_levels(maker: Any) -> dict[str, int]:
    """Everything, for the demonstration's boenden."""
    for slug, step, days, user, note in STEPS:
        LevelStep.objects.create(
            boende=maker.boenden[slug],
            step=step,
            done_on=maker.days_ago(days),
            responsible=maker.users[user],
            note=note,
        )
    for slug, name, days, user, perspective in NETWORKS:
        Network.objects.create(
            boende=maker.boenden[slug],
            name=name,
            joined_on=maker.days_ago(days),
            responsible=maker.users[user],
            perspective=perspective,
        )
    return {"nätverk": Network.objects.count()}
