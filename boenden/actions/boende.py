# SPDX-License-Identifier: EUPL-1.2
"""What is done with a boende: made, changed, opened, closed, its akutnummer tried."""

from typing import Any

from django.utils import timezone

from boenden.actions.actors import measure_distances
from boenden.actions.contact_lists import start_list
from boenden.models import Boende, OpeningStep
from platssamverkan.ground.actions import action, save_record


class StillMissing(Exception):
    """The step can't be taken yet; `missing` says in sentences what is left."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__("still missing")
        self.missing = missing


@action
def create_boende(*, boende: Boende, by: Any) -> Boende:
    """Make a boende, and the contact list that every boende has."""
    save_record(record=boende, by=by)
    start_list(boende=boende, by=by)
    return boende


@action
def update_boende(*, boende: Boende, by: Any, opened_version: int | None = None) -> Boende:
    """Change a boende's facts; the distances to its neighbours follow. Raises EditConflict."""
    save_record(record=boende, by=by, opened_version=opened_version)
    measure_distances(neighbours=boende.neighbours.select_related("boende", "actor"), by=by)
    return boende


@action
def save_opening_step(*, step: OpeningStep, by: Any, opened_version: int | None = None) -> OpeningStep:
    """Write down how far a step before the opening has come. Raises EditConflict."""
    save_record(record=step, by=by, opened_version=opened_version)
    return step


@action
def open_boende(*, boende: Boende, by: Any) -> Boende:
    """Open a planned boende, or one that had closed. Raises StillMissing with what is left before it can."""
    if missing := boende.missing_for_opening():
        raise StillMissing(missing)
    boende.status = Boende.Status.OPPET
    boende.opened_on = boende.opened_on or timezone.localdate()
    save_record(record=boende, by=by)
    return boende


@action
def close_boende(*, boende: Boende, by: Any) -> Boende:
    """Say that a boende has closed. Everything about it stays to be read."""
    boende.status = Boende.Status.AVSLUTAT
    save_record(record=boende, by=by)
    return boende


@action
def note_akutnummer_tested(*, boende: Boende, by: Any) -> Boende:
    """Somebody has called the akutnummer today, and it was answered."""
    boende.akutnummer_tested_on = timezone.localdate()
    save_record(record=boende, by=by)
    return boende
