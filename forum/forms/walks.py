# SPDX-License-Identifier: EUPL-1.2
"""The promenad of a trygghetsvandring: its day is the activity's."""

from kartlaggning.forms.walks import WalkForm


class ActivityWalkForm(WalkForm):
    """When on the day it is walked, and where."""

    class Meta(WalkForm.Meta):
        fields = ["time_of_day", "route"]
