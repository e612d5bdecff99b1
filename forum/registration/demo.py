# SPDX-License-Identifier: EUPL-1.2
"""The demonstration's forums."""

from forum.demo import make_forums
from forum.demo_agreements import make_agreements
from incidents.demo import make


def register() -> None:
    """Called once when Django starts."""
    make.more_rooms.append(make_forums)
    make.more_rooms.append(make_agreements)
