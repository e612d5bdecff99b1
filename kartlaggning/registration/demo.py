# SPDX-License-Identifier: EUPL-1.2
"""The demonstration's kartläggningar."""

from incidents.demo import make
from kartlaggning.demo import make_kartlaggningar


def register() -> None:
    """Called once when Django starts."""
    make.more_rooms.append(make_kartlaggningar)
