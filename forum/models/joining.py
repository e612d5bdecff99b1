# SPDX-License-Identifier: EUPL-1.2
"""Which forums a user convenes or is in, and which are a boende's: subqueries for the gates of what is theirs."""

from typing import Any

from boenden.models import Boende
from forum.kinds import INTERNAL_KINDS
from forum.models.forums import Forum
from forum.models.members import Member


def convened_by(user: Any) -> Any:
    """The ids of the forums that the user convenes, as a subquery."""
    return Member.objects.current().of(user).convening().filter(forum__archived_at__isnull=True).values("forum")


def joined_by(user: Any) -> Any:
    """The ids of the forums, none of them internal, that the user is in, as a subquery."""
    own = Member.objects.current().of(user).filter(forum__archived_at__isnull=True)
    return own.exclude(forum__kind__in=INTERNAL_KINDS).values("forum")


def forums_at(boenden: list[Boende]) -> Any:
    """The ids of the boendens' forums, as a subquery."""
    through = Forum.boenden.through.objects.filter(boende__in=[boende.pk for boende in boenden])
    return through.filter(forum__archived_at__isnull=True).values("forum")
