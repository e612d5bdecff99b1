# SPDX-License-Identifier: EUPL-1.2
"""Files with rows."""

from django.apps import AppConfig


class ExportConfig(AppConfig):
    """Files with rows."""

    name = "platssamverkan.export"
