# SPDX-License-Identifier: EUPL-1.2
"""What a synpunkt can become in the rooms above, and what it has become: they register here, for imports point down."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from incidents.models import Synpunkt


@dataclass(frozen=True)
class Outcome:
    """A line on the page of a synpunkt: something it became (`is_done`), or a page on which it can become that."""

    label: Any
    url: str
    is_done: bool = False
    about: Any = ""
    icon: str = "arrow-right"


OutcomeProvider = Callable[[Any, Synpunkt], Iterable[Outcome]]  # user, synpunkt: starts at visible_to

outcome_providers: list[OutcomeProvider] = []
meeting_providers: list[OutcomeProvider] = []  # where a meeting about recurring synpunkter is planned


def outcomes_of(user: Any, synpunkt: Synpunkt) -> list[Outcome]:
    """What it has become in the rooms above, and what it can become, in order."""
    found = [outcome for provide in outcome_providers for outcome in provide(user, synpunkt)]
    return sorted(found, key=lambda outcome: not outcome.is_done)


def meetings_for(user: Any, synpunkt: Synpunkt) -> list[Outcome]:
    """Where a meeting about it can be planned."""
    return [outcome for provide in meeting_providers for outcome in provide(user, synpunkt)]
