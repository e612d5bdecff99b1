# SPDX-License-Identifier: EUPL-1.2
"""What makes the long files of forums. Running twice, or not at all for a while, does no harm."""

from celery import shared_task

from forum.protokoll_jobs import TASK, make_files


@shared_task(name=TASK)
def make_files_task() -> int:
    """Make what waits."""
    return make_files()
