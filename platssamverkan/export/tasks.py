# SPDX-License-Identifier: EUPL-1.2
"""What wakes the making of large files. Running twice, or not at all for a while, does no harm."""

from celery import shared_task

from platssamverkan.export.made_actions import TASK
from platssamverkan.export.made_jobs import make_files


@shared_task(name=TASK)
def make_files_task() -> int:
    """Make the files that wait, and put away the old ones."""
    return make_files()
