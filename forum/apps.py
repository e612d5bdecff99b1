# SPDX-License-Identifier: EUPL-1.2
"""Forums, their members and their meetings."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumConfig(AppConfig):
    """Registers what forums add to Min dag, the menu, the boende's page, invitations and the reminders."""

    name = "forum"
    verbose_name = _("forum")

    def ready(self) -> None:
        from forum.registration import register_all

        register_all()
