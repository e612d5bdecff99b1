# SPDX-License-Identifier: EUPL-1.2
"""What wakes the imports and the letters. Running twice, or not at all for a while, does no harm."""

from celery import shared_task
from django.utils import timezone

from boenden.actions.verifications import write_queued_letters
from boenden.imports.jobs import run_imports


@shared_task(name="boenden.imports")
def go_on_with_imports() -> int:
    """Read files that have come in, and write those that are confirmed."""
    return run_imports()


@shared_task(name="boenden.letters")
def write_letters() -> int:
    """Write the letters of those whom somebody has asked all at once."""
    return write_queued_letters(timezone.now())
