# SPDX-License-Identifier: EUPL-1.2
"""The förvaltningens template, and an activity of Kallebäck's own."""

from datetime import timedelta

from django.utils import timezone

from kartlaggning.actions.arshjul import save_own
from kartlaggning.actions.arshjul_filling import start_template
from kartlaggning.models import ArshjulActivity


def add(cast, world) -> None:
    """Put them into the world of the sweeping tests."""
    template = start_template(forvaltning=cast.sydvast, by=None)
    activity = ArshjulActivity(
        boende=cast.kalleback, title="Byt sand vid gångvägen", due_on=timezone.localdate() + timedelta(days=40)
    )
    save_own(activity=activity, by=cast["personal"])
    entry = template.entries.get(source="winter")
    world["single"] |= {"arshjultemplate": template, "arshjulentry": entry, "arshjulactivity": activity}
    world["by_name"] |= {
        "arshjulentry_create": {"arshjulentry_create": template},
        "arshjultemplate_start": {"arshjultemplate_start": cast.sydvast},
    }
