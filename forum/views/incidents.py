# SPDX-License-Identifier: EUPL-1.2
"""The page of sekretessprövning: one forum text at a time, by staff of the incident's own boende."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forum.access import Place, meeting_for
from forum.actions.incidents import examine, offered
from forum.forms.agenda import ExaminationForm
from forum.models import Meeting, PresentedIncident
from incidents.models import ReleasedText
from platssamverkan.accounts.roles import Right


def meeting_to_examine(user: Any, pk: UUID) -> tuple[Meeting, Place]:
    """The meeting, for staff who write incidents at one of its boenden. Raises Http404 or PermissionDenied."""
    meeting, place = meeting_for(user, pk)
    if not place.boenden_where(Right.EDIT_INCIDENTS) or meeting.forum.is_internal or meeting.is_sealed:
        raise PermissionDenied
    return meeting, place


@require_http_methods(["GET", "HEAD", "POST"])
def presentedincident_create(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read the next forum text and decide whether it may be shown."""
    meeting, place = meeting_to_examine(request.user, pk)
    waiting = offered(meeting, place.boenden_where(Right.EDIT_INCIDENTS))
    form = ExaminationForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        try:
            note_examination(request, meeting, waiting, form)
            return redirect("forum:presentedincident_create", pk=meeting.pk)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    status = 422 if form else 200
    return render(request, "forum/presentedincident_form.html", page_of(meeting, waiting, form), status=status)


def note_examination(request: HttpRequest, meeting: Meeting, waiting: Any, form: ExaminationForm) -> None:
    """Write the decision. Raises ValidationError for a text that is not (any more) the user's to try."""
    chosen = form.cleaned_data
    incident = waiting.filter(pk=chosen["incident"]).first()
    if incident is None:
        raise ValidationError(_("Händelsen är redan prövad, eller texten är tillbakatagen."))
    examine(
        meeting=meeting,
        incident=incident,
        released_text=chosen["released_text"],
        is_shown=chosen["is_shown"] == "ja",
        ground=chosen["ground"],
        by=request.user,
    )
    messages.success(request, _("Prövningen är sparad."))


def page_of(meeting: Meeting, waiting: Any, form: ExaminationForm | None) -> dict[str, Any]:
    """The next text with its form, and those tried already."""
    texts = ReleasedText.objects.filter(withdrawn_at__isnull=True, incident__in=waiting).select_related(
        "incident__boende"
    )
    texts = texts.order_by("incident__happened_at", "pk")
    text = None
    if form and (asked := form.data.get("released_text")):
        text = next((one for one in texts if str(one.pk) == asked), None)
    text = text or texts.first()
    if text and (form is None or form.data.get("released_text") != str(text.pk)):
        kept = form
        form = ExaminationForm(initial={"incident": text.incident_id, "released_text": text.pk})
        form.said = kept.non_field_errors() if kept else []  # type: ignore[attr-defined]
    tried = PresentedIncident.objects.active().filter(meeting=meeting).select_related("boende", "examined_by")
    return {
        "meeting": meeting,
        "forum": meeting.forum,
        "text": text,
        "form": form if text else None,
        "waiting_count": texts.count(),
        "tried": tried.order_by("happened_on", "pk"),
    }
