# SPDX-License-Identifier: EUPL-1.2
"""The project package: settings, front door and the ground floor."""

from platssamverkan.celery import app as celery_app

__all__ = ["celery_app"]
