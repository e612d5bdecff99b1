# SPDX-License-Identifier: EUPL-1.2
"""What wakes the outbox and the sweep. Running twice, or not at all for a while, does no harm."""

from celery import shared_task

from platssamverkan.notices.outbox import drain
from platssamverkan.notices.sweeping import sweep


@shared_task(name="notices.drain")
def drain_outbox() -> int:
    """Send what is to be sent."""
    return drain()


@shared_task(name="notices.sweep")
def sweep_for_due() -> int:
    """Find what is due."""
    return sweep()
