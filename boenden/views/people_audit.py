# SPDX-License-Identifier: EUPL-1.2
"""The log: who did what to which record, and when. It holds digests, never texts."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.views.generic import ListView

from boenden.forms.audit import AuditFilter
from boenden.views.list_files import HasFile
from boenden.views.people import PAGE_SIZE, refuse_without
from platssamverkan.accounts.roles import Right
from platssamverkan.audit.models import AuditEntry

BEFORE = "fore"  # the id of the last row on the page before


class AuditListView(HasFile, ListView):
    """The newest first, a page at a time by the last row: the log is long and never counted."""

    file_view = "people:audit_export"
    takes_out = Right.READ_AUDIT
    template_name = "people/audit_list.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refuse_without(request.user, Right.READ_AUDIT)
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[AuditEntry]:
        entries = AuditEntry.objects.visible_to(self.request.user).for_list()
        self.filter = AuditFilter(self.request.GET, entries, request=self.request)
        rows = self.filter.qs
        if last := self.last_on_page_before():
            rows = rows.filter(Q(timestamp__lt=last.timestamp) | Q(timestamp=last.timestamp, pk__lt=last.pk))
        return rows

    def last_on_page_before(self) -> AuditEntry | None:
        """The row that the list goes on after, if the address names one."""
        number = self.request.GET.get(BEFORE, "")
        if not (number.isascii() and number.isdigit() and len(number) < 19):  # a bigint
            return None
        return AuditEntry.objects.visible_to(self.request.user).filter(pk=int(number)).first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = list(self.object_list[: PAGE_SIZE + 1])
        last = entries[PAGE_SIZE - 1].pk if len(entries) > PAGE_SIZE else None
        return super().get_context_data(
            object_list=entries[:PAGE_SIZE], last=last, filter_form=self.filter.form, before=BEFORE, **kwargs
        )
