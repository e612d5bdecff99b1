# SPDX-License-Identifier: EUPL-1.2
"""Lägesbilder and released figures."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Registers what the reports add to the menu, the boende's pages and the demonstration."""

    name = "platssamverkan.reports"
    label = "reports"
    verbose_name = _("rapporter")

    def ready(self) -> None:
        from platssamverkan.reports.registration import register

        register()
