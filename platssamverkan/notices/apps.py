# SPDX-License-Identifier: EUPL-1.2
"""The outbox for mail and reminders."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The outbox for mail and reminders."""

    name = "platssamverkan.notices"
