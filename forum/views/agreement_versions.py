# SPDX-License-Identifier: EUPL-1.2
"""A version's steps: write, show, sign, seal, and its file."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.generic import UpdateView

from forum.actions import agreements as actions
from forum.actions.meetings import Refused
from forum.agreement_missing import missing_for_sealing
from forum.agreement_reading import AgreementReading, version_for, version_to_edit
from forum.forms.agreements import TextForm
from forum.models import AgreementVersion
from forum.views.agreements import agreement_page
from platssamverkan.documents.responses import document_response
from platssamverkan.ground.actions import EditConflict
from platssamverkan.ground.gates import read_version
from platssamverkan.ground.plain_forms import PlainFormMixin


class TextUpdateView(PlainFormMixin, UpdateView):
    """The text of a draft."""

    form_class = TextForm
    heading = _("Skriv avtalet")
    submit = _("Spara texten")
    success_message = _("Texten är sparad.")
    object: AgreementVersion

    def get_object(self, queryset: Any = None) -> AgreementVersion:
        return version_to_edit(self.request.user, self.kwargs["pk"])

    def get_sub(self) -> Any:
        return self.object

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return [(self.object.get_absolute_url(), self.object.agreement.title)]

    def save(self, form: Any) -> AgreementVersion:
        return actions.save_text(version=form.instance, by=self.request.user, opened_version=self.opened(form))


def take_step(request: HttpRequest, pk: UUID, step: Any, success: str, **kwargs: Any) -> HttpResponse:
    """Do a step with a version; what it refuses stands on the page with its reasons, 422."""
    version = version_to_edit(request.user, pk)
    try:
        step(version=version, by=request.user, **kwargs)
    except Refused as refused:
        reading = AgreementReading(request.user, version_for(request.user, pk))
        return agreement_page(request, reading, status=422, refused=refused.missing)
    except EditConflict:
        reading = AgreementReading(request.user, version_for(request.user, pk))
        sentence = __("Texten har ändrats sedan du öppnade sidan. Läs igenom den igen.")
        return agreement_page(request, reading, status=409, refused=[sentence])
    messages.success(request, success)
    return redirect(version)


@require_POST
def agreementversion_show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the forum's members read the draft."""
    return take_step(request, pk, actions.show_draft, __("Forumets medlemmar kan läsa utkastet."))


@require_POST
def agreementversion_begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Freeze the text and gather signatures."""
    success = __("Texten står fast. Nu kan parterna skriva under.")
    return take_step(request, pk, actions.begin_signing, success, opened_version=read_version(request))


@require_POST
def agreementversion_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Back to a draft, as long as nobody has signed."""
    return take_step(request, pk, actions.back_to_draft, __("Texten kan ändras igen."))


@require_POST
def agreementversion_seal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everyone has signed: it holds, and the archive has its file."""
    return take_step(request, pk, actions.seal_version, __("Versionen är fastställd."))


@require_http_methods(["GET", "HEAD"])
def agreementversion_pdf(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The archive's file; while something is missing there is none, and the page says what (422)."""
    version = version_for(request.user, pk)
    if version.document:
        return document_response(version.document)
    reading = AgreementReading(request.user, version)
    missing = missing_for_sealing(version, reading.parties, reading.posts)
    return agreement_page(request, reading, status=422, refused=missing or [__("Fastställ versionen först.")])
