# SPDX-License-Identifier: EUPL-1.2
"""Rounds, walks, observations, analysis and plan."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KartlaggningConfig(AppConfig):
    """Registers what the kartläggning adds to the boende's pages and the demonstration."""

    name = "kartlaggning"
    verbose_name = _("kartläggning")

    def ready(self) -> None:
        from kartlaggning.registration import register_all

        register_all()
