# SPDX-License-Identifier: EUPL-1.2
"""What seals the log every five minutes."""

from celery import shared_task

from platssamverkan.audit.seals import seal


@shared_task(name="audit.seal")
def seal_log() -> int:
    """Seal the rows that are old enough."""
    return seal()
