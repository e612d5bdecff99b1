# SPDX-License-Identifier: EUPL-1.2
"""Steps with a round, by pressing: send, end, show, repeat, open the tablet."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from forum.actions import surveys as actions
from forum.models import Survey
from forum.views.surveys import survey_to_write
from platssamverkan.ground.actions import Refused
from platssamverkan.look.words import day


def take_step(request: HttpRequest, pk: UUID, step: Any, success: Callable[[Survey], str]) -> HttpResponse:
    """Do a step with a round, or say why not; then to the round, or to the one that came of it."""
    survey = survey_to_write(request.user, pk)
    try:
        done = step(survey=survey, by=request.user)
    except Refused as refused:
        messages.error(request, " ".join(refused.missing))
        return redirect(survey)
    after = done if isinstance(done, Survey) else survey
    messages.success(request, success(after))
    return redirect(after)


def when_sent(survey: Survey) -> str:
    """When the letters of a round that has been sent go out."""
    if survey.is_going_on:
        return _("Breven går ut nu.")
    return _("Breven går ut på mätningens första dag, %(day)s.") % {"day": day(survey.opens_on)}


def when_ended(survey: Survey) -> str:
    """What there is to read of a round that is over."""
    if survey.is_shown:
        return _("Mätningen är avslutad. Resultatet står här.")
    return _("Mätningen är avslutad. Räkna pappersenkäterna om ni har några, och tryck sedan på Visa resultatet.")


@require_POST
def survey_send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the actors."""
    return take_step(request, pk, actions.send_survey, when_sent)


@require_POST
def survey_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End it now."""
    return take_step(request, pk, actions.close_survey, when_ended)


@require_POST
def survey_show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what brukarna answered."""
    return take_step(request, pk, actions.show_results, lambda _survey: _("Resultatet visas. Nu räknas inget mer."))


@require_POST
def survey_tablet_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a shared tablet take answers today."""
    words = _("Surfplattan är öppen till midnatt. Öppna länken på den.")
    return take_step(request, pk, actions.open_tablet, lambda _survey: words)


@require_POST
def survey_repeat(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The next round."""
    words = _("En ny omgång med samma frågor är sparad.")
    return take_step(request, pk, actions.repeat_survey, lambda _survey: words)
