# SPDX-License-Identifier: EUPL-1.2
"""Whether a user holds a right anywhere. The rooms above know who holds what, and register here how to ask them."""

from collections.abc import Callable
from typing import Any

from platssamverkan.accounts.roles import Right

Holder = Callable[[Any, Right], bool]

holders: list[Holder] = []


def has_right(user: Any, right: Right) -> bool:
    """Whether the user holds the right somewhere today: the question of pages and menu entries that name no boende."""
    return any(holds(user, right) for holds in holders)
