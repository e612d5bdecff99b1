# SPDX-License-Identifier: EUPL-1.2
"""Tells a forum's sammankallande what somebody has sent her."""

from typing import Any

from forum.models import Forum
from platssamverkan.notices.actions import post_notice


def tell_conveners(*, forum: Forum, what: str, about: Any, subject: str, text: str, by: Any) -> None:
    """Post a notice about a record to each of them with an account, but for the one who sent it; in an action."""
    for convener in forum.members.current().convening().with_names():
        if convener.account and convener.account != by:
            post_notice(
                what=what,
                occasion=str(about.pk),
                recipient=convener.account,
                subject=subject,
                text=text,
                url=about.get_absolute_url(),
                by=by,
            )
