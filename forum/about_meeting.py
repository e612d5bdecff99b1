# SPDX-License-Identifier: EUPL-1.2
"""What every letter of a forum ends with: which forum it is, and when and where the meeting is or was."""

from django.utils.dateformat import format as format_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from forum.models import Meeting
from platssamverkan.look.words import clock, local


def about_meeting(meeting: Meeting) -> str:
    """Forum, day with its year, time and place, a line each."""
    starts, ends = local(meeting.starts_at), local(meeting.ends_at)
    when = capfirst(format_date(starts, "l j F Y"))
    lines = [
        _("Forum: %(forum)s") % {"forum": meeting.forum},
        _("Möte: %(when)s %(start)s–%(end)s") % {"when": when, "start": clock(starts), "end": f"{ends:%H.%M}"},
    ]
    if meeting.place:
        lines.append(_("Plats: %(place)s") % {"place": meeting.place})
    return "\n".join(lines)
