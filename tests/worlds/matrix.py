# SPDX-License-Identifier: EUPL-1.2
"""Files of what hangs on another's id: a round's observations, a forum's meetings."""


def add(cast, world) -> None:
    """Where they are."""
    world["by_name"] |= {
        "observation_export": {"observation_export": world["single"]["kartlaggning"]},
        "meeting_export": {"meeting_export": cast.forum},
    }
