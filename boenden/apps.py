# SPDX-License-Identifier: EUPL-1.2
"""Boenden, the actors around them, contact lists and contacts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoendenConfig(AppConfig):
    """The hub of everything; registers what it adds to Min dag, the menu and the reminders."""

    name = "boenden"
    verbose_name = _("boenden")

    def ready(self) -> None:
        from boenden.registration import register_all

        register_all()
