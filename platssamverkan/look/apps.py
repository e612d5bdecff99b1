# SPDX-License-Identifier: EUPL-1.2
"""Page frame and components."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    """Page frame and components."""

    name = "platssamverkan.look"
