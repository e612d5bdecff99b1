# SPDX-License-Identifier: EUPL-1.2
"""The common numbers, kept right in one place by the systemförvaltare."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import CreateView, ListView, UpdateView

from boenden.forms.contact_lists import CommonEntryForm
from boenden.models import CommonEntry
from boenden.rights import has_right
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.views import RecordFormMixin


class ForKeepers:
    """For those who keep the förvaltningar; for others the pages don't exist."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not has_right(request.user, Right.MANAGE_UNITS):
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class CommonEntryListView(ForKeepers, ListView):
    """All the common numbers, by the group they get on a new list."""

    def get_queryset(self) -> Any:
        return CommonEntry.objects.visible_to(self.request.user).for_list()


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
