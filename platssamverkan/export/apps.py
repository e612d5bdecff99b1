# SPDX-License-Identifier: EUPL-1.2
"""Files with rows."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportConfig(AppConfig):
    """Files with rows."""

    name = "platssamverkan.export"
    verbose_name = _("uttag")
