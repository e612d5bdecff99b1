# SPDX-License-Identifier: EUPL-1.2
"""Dokument: the person's own files, how far each has come, and the file itself."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import DetailView, ListView

from platssamverkan.accounts.rights import has_right
from platssamverkan.accounts.roles import Right
from platssamverkan.audit.actions import log_reading
from platssamverkan.documents.models import ChecksumMismatch
from platssamverkan.documents.responses import as_file
from platssamverkan.export import made_actions as actions
from platssamverkan.export.asking import may_fetch
from platssamverkan.export.models import KEPT, MadeFile
from platssamverkan.ground.paging import UncountedPaginator

PAGE_SIZE = 20


@dataclass(frozen=True)
class Shelf:
    """Documents that are kept elsewhere and read by the person: a heading, and (words, address, about) of each."""

    label: Any
    lines: list[tuple[str, str, str]]


shelf_providers: list[Callable[[Any], Iterable[Shelf]]] = []  # the rooms above register theirs


def has_documents(user: Any) -> bool:
    """Whether the page Dokument is for the user: she takes files out, or reads reports."""
    return has_right(user, Right.EXPORT) or has_right(user, Right.READ_REPORTS)


class MadeFileListView(ListView):
    """Her files, the latest first, and the documents that stand elsewhere."""

    model = MadeFile
    paginate_by = PAGE_SIZE
    paginator_class = UncountedPaginator
    page_kwarg = "sida"

    def get_queryset(self) -> Any:
        if not has_documents(self.request.user):
            raise Http404
        return MadeFile.objects.visible_to(self.request.user).for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        is_first = context["page_obj"].number == 1
        shelves = [s for provide in shelf_providers for s in provide(self.request.user)] if is_first else []
        context["reads_exports"] = has_right(self.request.user, Right.READ_EXPORTS)
        return {**context, "shelves": [shelf for shelf in shelves if shelf.lines], "kept_days": KEPT.days}


class MadeFileDetailView(DetailView):
    """How far one has come, and what is to be known of it when it is ready."""

    context_object_name = "made"

    def get_queryset(self) -> Any:
        if not has_documents(self.request.user):
            raise Http404
        return MadeFile.objects.active().visible_to(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_refused = self.object.is_ready and not may_fetch(self.request.user, self.object)
        return super().get_context_data(kept_days=KEPT.days, is_refused=is_refused, **kwargs)


@require_safe
def madefile_fetch(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The file, for her who asked for it, while she may still take out everything in it. Each fetching is logged."""
    made = get_object_or_404(MadeFile.objects.active().visible_to(request.user), pk=pk, state=MadeFile.State.DONE)
    if not may_fetch(request.user, made):
        context = {"made": made, "kept_days": KEPT.days, "is_refused": True}
        return render(request, "export/madefile_detail.html", context, status=403)
    file = made.file.open("rb")
    if hashlib.file_digest(file, "sha256").hexdigest() != made.sha256:
        file.close()
        raise ChecksumMismatch(f"made file {made.pk}")
    file.seek(0)
    log_reading(record=made, by=request.user)
    return as_file(FileResponse(file), filename=made.filename, content_type=made.content_type)


@require_POST
def madefile_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make one anew that did not go, or that has been put away."""
    made = get_object_or_404(MadeFile.objects.active().visible_to(request.user), pk=pk)
    try:
        actions.ask_again(made=made, by=request.user)
    except actions.NotNow:
        messages.info(request, _("Filen görs redan, eller är klar."))
    return redirect(made)
