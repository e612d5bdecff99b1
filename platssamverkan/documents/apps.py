# SPDX-License-Identifier: EUPL-1.2
"""PDF and stored files."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """PDF and stored files."""

    name = "platssamverkan.documents"
