# SPDX-License-Identifier: EUPL-1.2
"""The demonstration's forums."""

from forum.demo import make_forums
from incidents.demo import make


def register() -> None:
    """Called once when Django starts."""
    make.more_rooms.append(make_forums)
