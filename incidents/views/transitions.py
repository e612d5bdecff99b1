# SPDX-License-Identifier: EUPL-1.2
"""The steps of an incident: each a small verb behind a button."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from incidents.access import incident_for
from incidents.actions import Refused, close_incident, release_forum_text, reopen_incident, withdraw_forum_text
from incidents.models import Incident
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.actions import EditConflict
from platssamverkan.ground.gates import read_version


@require_POST
def incident_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close it; while something is missing, say what."""
    incident = incident_for(request.user, pk, Right.EDIT_INCIDENTS)
    try:
        close_incident(incident=incident, by=request.user)
        messages.success(request, _("Händelsen är avslutad."))
    except Refused as refused:
        for sentence in refused.missing:
            messages.error(request, sentence)
    return HttpResponseRedirect(incident.get_absolute_url())


@require_POST
def incident_reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open it again."""
    incident = incident_for(request.user, pk, Right.EDIT_INCIDENTS)
    reopen_incident(incident=incident, by=request.user)
    messages.success(request, _("Händelsen är öppen igen."))
    return HttpResponseRedirect(incident.get_absolute_url())


@require_POST
def incident_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the forum text back."""
    incident = incident_for(request.user, pk, Right.RELEASE_FORUM_TEXT)
    withdraw_forum_text(incident=incident, by=request.user)
    messages.success(request, _("Forumtexten är återtagen. Ingen utanför boendet kan läsa den längre."))
    return HttpResponseRedirect(incident.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def incident_release(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read the forum text as outsiders will read it, then release that very text."""
    incident = incident_for(request.user, pk, Right.RELEASE_FORUM_TEXT)
    if request.method != "POST":
        return release_page(request, incident)
    try:
        release_forum_text(incident=incident, by=request.user, opened_version=read_version(request))
    except Refused as refused:
        return release_page(request, incident, missing=refused.missing, status=422)
    except EditConflict as conflict:
        current = cast(Incident, conflict.current)
        return release_page(request, current, was_changed=True, status=409)
    messages.success(request, _("Forumtexten är släppt."))
    return HttpResponseRedirect(incident.get_absolute_url())


def release_page(
    request: HttpRequest,
    incident: Incident,
    *,
    status: int = 200,
    missing: list[str] | None = None,
    was_changed: bool = False,
) -> HttpResponse:
    """The forum text and nothing else of the incident, with what is missing."""
    context = {"incident": incident, "boende": incident.boende, "missing": missing, "was_changed": was_changed}
    return render(request, "incidents/incident_release.html", context, status=status)
