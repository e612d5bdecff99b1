# SPDX-License-Identifier: EUPL-1.2
"""How long it takes to find the actors that a way passes (docs/decisions/0024). Needs no database."""

import random
import time
from statistics import median

from kartlaggning.passages import passed

WITHIN_M = 50
TIMES = 5


def time_passages(*, points: int, actors: int) -> float:
    """Seconds, the median of some runs: a winding way of so many points through a town with so many actors."""
    chance = random.Random(2026)  # noqa: S311  the same town each time
    line = [[57.68 + chance.uniform(-0.002, 0.002), 12.0 + number * 0.0001] for number in range(points)]
    places = {number: (57.68 + chance.uniform(-0.02, 0.02), 12.0 + chance.uniform(0, 0.05)) for number in range(actors)}
    took = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        passed(line, places, WITHIN_M)
        took.append(time.perf_counter() - begun)
    return median(took)
