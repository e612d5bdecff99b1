# SPDX-License-Identifier: EUPL-1.2
"""A plan as a file: the edition as it was approved, or the draft as it is now."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kartlaggning.models import Insats, Plan
from kartlaggning.plan_paper import draft_paper, plan_title
from kartlaggning.views.plans import TO_BOENDE
from platssamverkan.audit.actions import log_reading
from platssamverkan.documents.responses import document_response, pdf_response


@require_safe
def plan_pdf(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The stored file of an approved edition; of a draft one that says so. Whoever takes it is noted."""
    rows = Plan.objects.visible_to(request.user).select_related(
        TO_BOENDE, "kartlaggning", "previous", "approved_by", "document"
    )
    plan = get_object_or_404(rows, pk=pk)
    log_reading(record=plan, by=request.user)
    if plan.document:
        return document_response(plan.document, disposition="inline")
    content = draft_paper(plan, list(Insats.objects.filter(plan=plan).for_plan()))
    return pdf_response(content, _("%(plan)s, utkast.pdf") % {"plan": plan_title(plan)}, disposition="inline")
