# SPDX-License-Identifier: EUPL-1.2
"""The verbs of a user's own account."""

from typing import Any

from platssamverkan.accounts.models import User
from platssamverkan.ground.actions import action


@action
def save_own_settings(*, user: User, name: str, gets_digest: bool, by: Any) -> User:
    """How a person is called, and whether her reminders gather in one letter each morning."""
    user.name, user.gets_digest = name, gets_digest
    user.save(update_fields=["name", "gets_digest"])
    return user


@action
def end_sign_ins(*, user: User, by: Any) -> User:
    """Sign the user out everywhere, at the next request."""
    user.sign_in_round += 1
    user.save(update_fields=["sign_in_round"])
    return user


@action
def set_active(*, user: User, is_active: bool, by: Any) -> User:
    """Open or shut an account. A shut one is signed out, and stays so when it is opened again."""
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    return user if is_active else end_sign_ins(user=user, by=by)
