# SPDX-License-Identifier: EUPL-1.2
"""The start page (Min dag), the menu and the page "Mer": places that the rooms above fill."""

from django.apps import AppConfig


class StartConfig(AppConfig):
    """Places that the rooms above fill."""

    name = "platssamverkan.start"
