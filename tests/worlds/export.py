# SPDX-License-Identifier: EUPL-1.2
"""A file that was made for personal, and lies ready."""

from django.urls import reverse

from platssamverkan.export import made_actions
from platssamverkan.export.made_actions import ask_for_file
from platssamverkan.export.made_jobs import make_files
from platssamverkan.export.models import MadeFile


def add(cast, world) -> None:
    """Hers alone."""
    made = MadeFile(what="felanmälningar", format="csv", purpose="Underlag", url=reverse("incidents:felanmalan_export"))
    ask_for_file(made=made, by=cast["personal"])
    make_files()
    made.refresh_from_db()
    assert made.is_ready, (made.failure, made_actions.TASK)
    world["single"]["madefile"] = made
