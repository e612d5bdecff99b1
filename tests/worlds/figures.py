# SPDX-License-Identifier: EUPL-1.2
"""What bevakning cost at Kallebäck, and a figure to look behind."""

from platssamverkan.reports.figures.models import Bevakningskostnad


def add(cast, world) -> None:
    """One of everything."""
    cost = Bevakningskostnad.objects.create(boende=cast.kalleback, year=2025, kronor=300_000)
    world["single"]["bevakningskostnad"] = cost
    world["here"]["key"] = "handelser"
