# SPDX-License-Identifier: EUPL-1.2
"""`manage.py notices`: what beat and worker do for reminders and letters, once, from cron where there is no Celery."""

from typing import Any

from django.core.management.base import BaseCommand

from platssamverkan.notices.outbox import drain
from platssamverkan.notices.sweeping import sweep


class Command(BaseCommand):
    """Run it every fifteen minutes or oftener; two at once do no harm (faults.md, case 6)."""

    help = "Find what is due, and send the letters that wait."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep first, so that what is found goes at once."""
        new = sweep()
        self.stdout.write(f"{new} new, {drain()} sent")
