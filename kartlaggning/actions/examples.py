# SPDX-License-Identifier: EUPL-1.2
"""Verbs of examples: a changed text is not published until somebody who may has read it again."""

from typing import Any

from django.utils import timezone

from kartlaggning.models import Example
from platssamverkan.ground.actions import Refused, action, save_record


@action
def save_example(*, example: Example, by: Any, opened_version: int | None = None) -> Example:
    """Write an example, as a draft: what was published is taken back until it has been read again.

    Raises EditConflict.
    """
    example.published_at = example.published_by = None
    return save_record(record=example, by=by, opened_version=opened_version)


@action
def publish_example(*, example: Example, by: Any, opened_version: int | None = None) -> Example:
    """Let all boenden read it. Raises Refused with what is missing, and EditConflict if it has been changed since."""
    stored = Example.objects.select_for_update().get(pk=example.pk)
    if missing := stored.missing_to_publish():
        raise Refused(missing)
    stored.published_at, stored.published_by = timezone.now(), by
    return save_record(record=stored, by=by, opened_version=opened_version)


@action
def example_of_insats(*, example: Example, by: Any, publishes: bool) -> Example:
    """Keep what an insats taught, and let all boenden read it at once if it `publishes`.

    Raises Refused with what is missing before it can be read; then nothing is kept.
    """
    save_example(example=example, by=by)
    return publish_example(example=example, by=by) if publishes else example


@action
def withdraw_example(*, example: Example, by: Any) -> Example:
    """Take it back: it is a draft again."""
    stored = Example.objects.select_for_update().get(pk=example.pk)
    return save_example(example=stored, by=by)
