# SPDX-License-Identifier: EUPL-1.2
"""Verbs that take a boende's chapter out of a draft, and put one in. What was written in it is kept."""

from typing import Any

from django.utils.translation import gettext as _

from boenden.models import Boende
from platssamverkan.ground.actions import Refused, action, archive_record, restore_record
from platssamverkan.reports.annual.actions import refuse_unless_draft
from platssamverkan.reports.annual.belonging import may_come_in
from platssamverkan.reports.annual.filling import fill
from platssamverkan.reports.models import AnnualReport, AnnualSection, OutlineSection


@action
def take_chapter_out(*, report: AnnualReport, boende: Boende, by: Any) -> int:
    """Take a boende's sections out of the draft; gives how many. Raises Refused once approved."""
    stored = refuse_unless_draft(report)
    sections = list(AnnualSection.objects.active().filter(report=stored, boende=boende).order_by("position", "pk"))
    for section in sections:
        archive_record(record=section, by=by)
    return len(sections)


@action
def put_chapter_in(*, report: AnnualReport, boende: Boende, by: Any) -> int:
    """Put a boende's chapter into the draft, with what was written if it has been there; gives how many sections.

    Raises Refused once approved, and for a boende that is not the förvaltning's.
    """
    stored = refuse_unless_draft(report)
    if boende not in may_come_in(stored):
        raise Refused([_("Boendet har redan ett kapitel, eller hör inte till förvaltningen.")])
    sections = list(AnnualSection.objects.archived().filter(report=stored, boende=boende).order_by("position", "pk"))
    for section in sections:
        restore_record(record=section, by=by)
    outline = list(OutlineSection.objects.filter(forvaltning=stored.forvaltning).for_list())
    return len(sections) + fill(report=stored, outline=outline, earlier=None, by=by, boenden=[boende])
