# SPDX-License-Identifier: EUPL-1.2
"""PDF and stored files."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """PDF and stored files."""

    name = "platssamverkan.documents"
    verbose_name = _("dokument")
