# SPDX-License-Identifier: EUPL-1.2
"""The background worker. Tasks only wake what the database already knows (docs/decisions/0006)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "platssamverkan.settings")

app = Celery("platssamverkan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
