# SPDX-License-Identifier: EUPL-1.2
"""The demonstration's closed boende: what was done there can still be read, and nothing is left to do. All made up."""

from typing import Any

from boenden.models import Boende
from kartlaggning.levels import Step
from kartlaggning.models import LevelStep
from platssamverkan.ground.actions import save_record

TAKEN = [Step.MAPPING, Step.CONTACT, Step.DETAILS]


def make_closed(maker: Any) -> dict[str, int]:
    """One that closed two years ago, when it had taken some steps."""
    chief = maker.users["chef"]
    boende = Boende(
        forvaltning=maker.forvaltningar["sydvast"],
        name="Fågelbergets boende",
        slug="fagelberget",
        address="Sagogatan 3, Göteborg",
        omrade="Fågelberget",
        latitude=57.6650,
        longitude=11.9510,
        type=Boende.Type.KORTTID,
        places=12,
        staffing="Var bemannat dagtid.",
        malgrupp="Vuxna i akut hemlöshet.",
        opened_on=maker.days_ago(2600),
        need=Boende.Need.CHANGING_AREA,
        status=Boende.Status.AVSLUTAT,
    )
    save_record(record=boende, by=chief)
    for number, step in enumerate(TAKEN):
        save_record(record=LevelStep(boende=boende, step=step, done_on=maker.days_ago(1400 - number)), by=chief)
    return {"avslutade boenden": 1}
