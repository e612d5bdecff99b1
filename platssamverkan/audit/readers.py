# SPDX-License-Identifier: EUPL-1.2
"""Who may read the log. Accounts, a floor above, registers how to ask."""

from collections.abc import Callable
from typing import Any

readers: list[Callable[[Any], bool]] = []


def may_read(user: Any) -> bool:
    """Whether the user may read the log."""
    return any(allows(user) for allows in readers)
