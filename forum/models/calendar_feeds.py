# SPDX-License-Identifier: EUPL-1.2
"""A secret link by which a calendar program follows meetings. It reads what its user may read at that moment."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forum.models.forums import Forum
from forum.tokens import token_digest
from platssamverkan.ground.records import Record, RecordQuerySet


class CalendarFeedQuerySet(RecordQuerySet):
    """The user's own feeds, and nobody else's."""

    def visible_to(self, user: Any) -> Self:
        """The user's own that work."""
        return self.active().filter(user=user.pk) if user.is_authenticated else self.none()

    def with_token(self, token: str) -> Self:
        """The feed that a link leads to, if it works: neither renewed nor revoked, and its user's account open."""
        return self.active().filter(token_digest=token_digest(token), user__is_active=True).select_related("user")


class CalendarFeed(Record):
    """A link for one user, to her own meetings or to those of one forum. Its secret is shown once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_feeds", verbose_name=_("användare")
    )
    forum = models.ForeignKey(
        Forum, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("forum")
    )
    token_digest = models.CharField(_("länk"), max_length=64, unique=True, editable=False)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("kalenderlänk")
        verbose_name_plural = _("kalenderlänkar")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "forum"],
                condition=Q(archived_at__isnull=True, forum__isnull=False),
                name="calendarfeed_forum_once",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(archived_at__isnull=True, forum__isnull=True),
                name="calendarfeed_own_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.forum or _("Mina möten"))
