# SPDX-License-Identifier: EUPL-1.2
"""What bevakning costs, boende by boende and year by year: a list, a form, and taking one out of the list."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, ListView, UpdateView

from boenden.models import Boende
from boenden.rights import rights_at
from boenden.views.list_files import HasFile
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.actions import put_away, save_record
from platssamverkan.ground.gates import writable
from platssamverkan.ground.paging import UncountedPaginator
from platssamverkan.ground.plain_forms import PlainFormMixin
from platssamverkan.reports.figures.forms import BevakningskostnadForm, YearsForm
from platssamverkan.reports.figures.models import Bevakningskostnad
from platssamverkan.reports.figures.views import boenden_of_reports

WRITES = {Right.EDIT_REPORTS, Right.EDIT_COSTS}


def boenden_to_write(user: Any) -> list[Boende]:
    """Those whose costs the user may write down. Raises Http404, or PermissionDenied for someone who only reads."""
    boenden = [boende for boende in boenden_of_reports(user) if WRITES & rights_at(user, boende)]
    if not boenden:
        raise PermissionDenied
    return boenden


def cost_for(user: Any, pk: UUID) -> Bevakningskostnad:
    """The cost, for someone who may change it. Raises Http404 or PermissionDenied."""
    rows = Bevakningskostnad.objects.visible_to(user).select_related("boende")
    found: Bevakningskostnad = writable(rows, Bevakningskostnad.objects.editable_by(user), pk)
    return found


class BevakningskostnadListView(HasFile, ListView):
    """What is noted, the latest year first."""

    file_view = "reports:bevakningskostnad_list_export"
    template_name = "reports/figures/bevakningskostnad_list.html"
    paginate_by = 50
    paginator_class = UncountedPaginator
    page_kwarg = "sida"

    def get_queryset(self) -> Any:
        self.boenden = boenden_of_reports(self.request.user)
        self.form = YearsForm(self.request.GET, self.boenden)
        return self.form.narrow(Bevakningskostnad.objects.visible_to(self.request.user).for_list())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        may_edit = {boende.pk for boende in self.boenden if WRITES & rights_at(user, boende)}
        return super().get_context_data(filter_form=self.form, may_edit=may_edit, **kwargs)


class CostFormView(PlainFormMixin):
    """What the two forms share."""

    form_class: Any = BevakningskostnadForm
    submit = _("Spara kostnaden")
    success_message = _("Kostnaden för bevakning är sparad.")
    request: Any

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "boenden": boenden_to_write(self.request.user)}  # type: ignore[misc]

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return [
            (reverse("reports:picture_list"), _("Rapporter")),
            (reverse("reports:bevakningskostnad_list"), _("Kostnader för bevakning")),
        ]

    def save(self, form: Any) -> Bevakningskostnad:
        return save_record(record=form.instance, by=self.request.user, opened_version=self.opened(form))


class BevakningskostnadCreateView(CostFormView, CreateView):
    """A boende's cost of a year."""

    heading = _("Ny kostnad för bevakning")

    def get_initial(self) -> dict[str, Any]:
        return {"year": timezone.localdate().year}


class BevakningskostnadUpdateView(CostFormView, UpdateView):
    """The same, changed."""

    heading = _("Ändra kostnaden för bevakning")
    object: Bevakningskostnad

    def get_object(self, queryset: Any = None) -> Bevakningskostnad:
        return cost_for(self.request.user, self.kwargs["pk"])


@require_POST
def bevakningskostnad_archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a cost out of the list."""
    put_away(record=cost_for(request.user, pk), by=request.user)
    messages.success(request, __("Kostnaden är arkiverad. Ingenting är borttaget."))
    return redirect("reports:bevakningskostnad_list")
