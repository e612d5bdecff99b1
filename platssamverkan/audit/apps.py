# SPDX-License-Identifier: EUPL-1.2
"""The audit trail: who changed, read and took out what."""

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Registers every own model when all are known, so that none can be forgotten."""

    name = "platssamverkan.audit"
    verbose_name = _("logg")

    def ready(self) -> None:
        from platssamverkan.audit.register import register_models

        register_models(apps.get_models())
