# SPDX-License-Identifier: EUPL-1.2
"""The outbox for mail and reminders."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """The one engine for reminders and letters; the rooms above register what is due."""

    name = "platssamverkan.notices"
    verbose_name = _("meddelanden")

    def ready(self) -> None:
        from platssamverkan.notices.registration import register_all

        register_all()
