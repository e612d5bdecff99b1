# SPDX-License-Identifier: EUPL-1.2
"""A plan on paper: one template for the draft and for the archive's file, PDF/A-3a and PDF/UA-1, of what is approved.

An incident that an insats answers stands there by its day alone: the paper may be handed on.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kartlaggning.models import Insats, Plan
from kartlaggning.plan_changes import changes
from kartlaggning.plan_reading import balance
from platssamverkan.documents.renderer import render_pdf
from platssamverkan.look.words import day_year


def plan_title(plan: Plan) -> str:
    """What the document is called."""
    return _("Plan för %(boende)s, version %(edition)s") % {"boende": plan.boende, "edition": plan.edition}


def whole(day: date | None) -> str:
    """A day that no line breaks in two; "" where there is none."""
    return day_year(day).replace(" ", "\N{NO-BREAK SPACE}") if day else ""


def facts(plan: Plan) -> list[tuple[str, Any]]:
    """What stands at the top: which edition, by whom and when, and what it comes of."""
    approved_on = timezone.localdate(plan.approved_at) if plan.approved_at else None
    found = [
        (_("Version"), plan.edition),
        (_("Godkänd"), whole(approved_on)),
        (_("Av"), plan.approved_by),
        (_("Ses över"), whole(plan.review_on)),
        (_("Bygger på"), plan.kartlaggning),
    ]
    return [(term, value) for term, value in found if value]


def answers(insats: Insats) -> list[str]:
    """What the insats answers beside the problem: an observation, an incident of a day."""
    found = []
    if insats.incident:
        found.append(_("En händelse %(day)s") % {"day": whole(timezone.localdate(insats.incident.happened_at))})
    if insats.observation:
        found.append(str(insats.observation))
    return found


def render(plan: Plan, insatser: Sequence[Insats], *, archive: bool) -> bytes:
    """The PDF."""
    context = {
        "forvaltning": plan.boende.forvaltning,
        "boende": plan.boende,
        "facts": facts(plan),
        "plan": plan,
        "insatser": [(insats, answers(insats)) for insats in insatser],
        "balance": balance(insatser),
        "changes": changes(plan, insatser),
    }
    return render_pdf(template="documents/plan.html", context=context, title=plan_title(plan), archive=archive)


def draft_paper(plan: Plan, insatser: Sequence[Insats]) -> bytes:
    """A plan that is not approved, marked as such."""
    return render(plan, insatser, archive=False)


def archive_paper(plan: Plan, insatser: Sequence[Insats]) -> bytes:
    """The plan as it is approved, for good."""
    return render(plan, insatser, archive=True)
