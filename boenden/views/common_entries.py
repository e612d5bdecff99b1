# SPDX-License-Identifier: EUPL-1.2
"""The common numbers, kept right in one place by the systemförvaltare."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, ListView, UpdateView

from boenden.forms.contact_lists import CommonEntryForm
from boenden.models import CommonEntry
from boenden.rights import has_right
from boenden.views.list_files import HasFile
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.actions import put_away, restore_record
from platssamverkan.ground.views import RecordFormMixin


class ForKeepers:
    """For those who keep the förvaltningar; for others the pages don't exist."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not has_right(request.user, Right.MANAGE_UNITS):
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class CommonEntryListView(HasFile, ForKeepers, ListView):
    """All the common numbers, by the group they get on a new list."""

    file_view = "boenden:commonentry_export"
    takes_out = Right.MANAGE_UNITS

    def get_queryset(self) -> Any:
        return CommonEntry.objects.visible_to(self.request.user).for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        archived = CommonEntry.objects.visible_to(self.request.user).archived().in_order()
        return super().get_context_data(archived=archived, **kwargs)


class CommonEntryFormMixin(ForKeepers, RecordFormMixin):
    """Create and change share everything."""

    model = CommonEntry
    form_class: Any = CommonEntryForm
    success_url: Any = reverse_lazy("boenden:commonentry_list")
    success_message = _("Numret är sparat. Det gäller på alla listor som visar det.")

    def get_queryset(self) -> Any:
        return CommonEntry.objects.editable_by(self.request.user).active()


class CommonEntryCreateView(CommonEntryFormMixin, CreateView):
    """A new common number."""


class CommonEntryUpdateView(CommonEntryFormMixin, UpdateView):
    """A number, or when to call it, has changed."""


def common_entry_to_write(request: HttpRequest, pk: UUID) -> CommonEntry:
    """The number, archived or not, for someone who keeps them; Http404 for everyone else."""
    return get_object_or_404(CommonEntry.objects.editable_by(request.user), pk=pk)


@require_POST
def commonentry_archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the number off every list that shows it."""
    put_away(record=common_entry_to_write(request, pk), by=request.user)
    messages.success(request, __("Numret är arkiverat. Det visas inte längre på någon lista."))
    return redirect("boenden:commonentry_list")


@require_POST
def commonentry_restore(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring the number back, to the lists that had it too."""
    restore_record(record=common_entry_to_write(request, pk), by=request.user)
    messages.success(request, __("Numret är tillbaka, också på de listor som visade det."))
    return redirect("boenden:commonentry_list")
