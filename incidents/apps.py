# SPDX-License-Identifier: EUPL-1.2
"""Incidents: what happened, what was done about it, and what outsiders may read."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IncidentsConfig(AppConfig):
    """Registers what incidents add to Min dag, the menu and the reminders."""

    name = "incidents"
    verbose_name = _("händelser")

    def ready(self) -> None:
        from incidents import felanmalan_registration, picture, search, synpunkt_picture, synpunkt_registration
        from incidents.registration import register

        register()
        felanmalan_registration.register()
        search.register()
        picture.register()
        synpunkt_picture.register()
        synpunkt_registration.register()
