# SPDX-License-Identifier: EUPL-1.2
"""What has been taken out as files: who, what, what for and how much, for those who look after it."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django_filters.views import FilterView

from boenden.forms.exports import ExportFilter
from boenden.rights import has_right
from boenden.views.list_files import HasFile
from boenden.views.people import refuse_without
from platssamverkan.accounts.roles import Right
from platssamverkan.export.models import Export
from platssamverkan.ground.paging import UncountedPaginator


class ExportListView(HasFile, FilterView):
    """The latest first."""

    file_view = "people:export_log_export"
    takes_out = Right.READ_EXPORTS
    filterset_class = ExportFilter
    template_name = "people/export_list.html"
    paginate_by = 50
    paginator_class = UncountedPaginator
    page_kwarg = "sida"
    strict = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refuse_without(request.user, Right.READ_EXPORTS)
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        return Export.objects.visible_to(self.request.user).told_to(self.request.user).for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reads_all = has_right(self.request.user, Right.READ_AUDIT)
        return super().get_context_data(reads_all=reads_all, **kwargs)
