# SPDX-License-Identifier: EUPL-1.2
"""A step that somebody has ticked at Kallebäck, and a network it is in."""

from kartlaggning.models import LevelStep, Network


def add(cast, world) -> None:
    """Put them into the world of the sweeping tests."""
    LevelStep.objects.create(
        boende=cast.kalleback,
        step="utsidan",
        done_on="2026-01-10",
        responsible=cast["personal"],
        note="Listan är gjord.",
    )
    network = Network.objects.create(boende=cast.kalleback, name="Trygg i Kallebäck", joined_on="2025-01-10")
    world["here"]["level_step"] = "omradet"
    world["at"]["network"] = network
