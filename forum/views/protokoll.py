# SPDX-License-Identifier: EUPL-1.2
"""Protokoll as they are read: the page, the forum's list, the PDF, the public variant."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView

from forum.access import forum_for
from forum.actions.meetings import Refused
from forum.actions.protokoll_files import ask_for_all, retry_file
from forum.models import Meeting, Protokoll, ProtokollFile
from forum.paper import LONG_PAGES, draft_paper, protokoll_title
from forum.protokoll_access import file_for, protokoll_for, public_for
from forum.protokoll_jobs import ZIP
from forum.protokoll_reading import ProtokollReading
from forum.protokoll_text import compose, pages_of, thaw
from forum.views.of_forum import OfForum
from platssamverkan.audit.actions import log_reading
from platssamverkan.documents.models import StoredDocument
from platssamverkan.documents.responses import as_file, document_response, pdf_response


def protokoll_page(
    request: HttpRequest, protokoll: Protokoll, place: Any, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page of a protokoll; `more` is what went wrong with a step."""
    context = {
        "protokoll": protokoll,
        "meeting": protokoll.meeting,
        "forum": protokoll.meeting.forum,
        "place": place,
        "reading": ProtokollReading(protokoll, place, request.user),
        "refused": [],
        "was_changed": False,
        **more,
    }
    return render(request, "forum/protokoll_detail.html", context, status=status)


@require_safe
def protokoll_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The protokoll, and for the sammankallande and the justerare their next step."""
    return protokoll_page(request, *protokoll_for(request.user, pk))


class ProtokollListView(OfForum, TemplateView):
    """The forum's protokoll, and for staff and sammankallande the meetings that have none."""

    template_name = "forum/protokoll_list.html"
    file_view = "forum:protokoll_list_export"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.forum, self.place = forum, place = forum_for(self.request.user, self.kwargs["pk"])
        visible = Protokoll.objects.visible_to(self.request.user).filter(meeting__forum=forum)
        without: list[Meeting] = []
        if place.convenes:
            held = Meeting.objects.held().filter(forum=forum, protokoll__isnull=True)
            without = list(held.select_related("forum"))
        files = ProtokollFile.objects.active().filter(forum=forum, created_by=self.request.user.pk)
        return super().get_context_data(
            forum=forum,
            place=place,
            protokoll_list=list(visible.for_list().select_related("replaces", "meeting__forum")),
            without=without,
            pack=files.order_by("-created_at").first(),
            **kwargs,
        )


@require_safe
def protokoll_pdf(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The stored archive file; before the justering a draft, marked as such. Whoever takes it is noted."""
    protokoll, _place = protokoll_for(request.user, pk)
    if protokoll.is_sealed:
        file = ProtokollFile.objects.filter(protokoll=protokoll).select_related("document").first()
        return stored_file(request, protokoll, file.document if file else None)
    if pages_of(compose(protokoll)) > LONG_PAGES:
        messages.error(request, _("Utkastet är för långt för en PDF. Läs det här; PDF:en görs när det är justerat."))
        return redirect(protokoll)
    content = draft_paper(protokoll)
    log_reading(record=protokoll, by=request.user)
    title = protokoll_title(compose(protokoll))
    return pdf_response(content, _("%(title)s, utkast.pdf") % {"title": title}, disposition="inline")


def stored_file(request: HttpRequest, record: Any, document: StoredDocument | None) -> HttpResponseBase:
    """A stored file behind the gate of `record`, or word that it is not ready."""
    if document is None:
        messages.info(request, _("PDF:en är inte klar ännu. Ladda om sidan om en stund."))
        return redirect(record)
    log_reading(record=record, by=request.user)
    return document_response(document, disposition="inline")


@require_safe
def publicprotokoll_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The public variant as a page."""
    variant, place = public_for(request.user, pk)
    context = {
        "variant": variant,
        "protokoll": variant.protokoll,
        "forum": variant.protokoll.meeting.forum,
        "place": place,
        "text": thaw(variant.content),
        "paper": getattr(variant, "paper", None),
    }
    return render(request, "forum/publicprotokoll_detail.html", context)


@require_safe
def publicprotokoll_pdf(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The public variant's file."""
    variant, _place = public_for(request.user, pk)
    paper = getattr(variant, "paper", None)
    return stored_file(request, variant, paper.document if paper else None)


# ---------- files made in the background ----------


@require_POST
def protokoll_pack(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for all justerade protokoll of a forum in one file."""
    forum, _place = forum_for(request.user, pk)
    try:
        ask_for_all(forum=forum, by=request.user)
        messages.success(request, _("Filen görs i ordning. Du hittar den här när den är klar."))
    except Refused as refused:
        for sentence in refused.missing:
            messages.error(request, sentence)
    return redirect("forum:protokoll_list", pk=forum.pk)


@require_safe
def protokollfile_detail(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """A packed file, for whoever asked for it while she reads the forum."""
    file = file_for(request.user, pk)
    if file.forum is None or file.document is None:
        raise Http404
    log_reading(record=file, by=request.user)
    content = HttpResponse(file.document.read_verified())
    return as_file(content, filename=f"{file.document.title}.zip", content_type=ZIP)


@require_POST
def protokollfile_retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Try a file again that was given up."""
    file = retry_file(file=file_for(request.user, pk), by=request.user)
    messages.success(request, _("Filen görs om. Ladda om sidan om en stund."))
    if file.forum_id:
        return redirect("forum:protokoll_list", pk=file.forum_id)
    return redirect((file.protokoll or file.public).get_absolute_url())  # type: ignore[union-attr]
