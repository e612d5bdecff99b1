# SPDX-License-Identifier: EUPL-1.2
"""Pages of a boende's own work: the five principles, and the talks about them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, ListView, UpdateView

from boenden.models import Boende
from boenden.views.at_boende import AtBoende, boende_for
from boenden.views.list_files import HasFile
from kartlaggning.forms.principles import BriefingForm, PrincipleReviewForm
from kartlaggning.models import Briefing, PrincipleReview
from kartlaggning.principles import Principle
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.actions import put_away, save_record
from platssamverkan.ground.begun import BegunOnceMixin
from platssamverkan.ground.paging import UncountedPaginator
from platssamverkan.ground.plain_forms import PlainFormMixin

READS, WRITES = Right.READ_KARTLAGGNING, Right.EDIT_KARTLAGGNING


class PrincipleListView(HasFile, AtBoende, ListView):
    """The five principles with what the boende does and shall try; then the talks, the latest first."""

    file_view = "kartlaggning:principle_export"
    reads = READS
    template_name = "kartlaggning/principle_list.html"
    paginate_by = 50
    paginator_class = UncountedPaginator
    page_kwarg = "sida"

    def get_queryset(self) -> Any:
        return Briefing.objects.visible_to(self.request.user).filter(boende=self.boende).for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = PrincipleReview.objects.visible_to(self.request.user).filter(boende=self.boende)
        stored = {row.principle: row for row in rows}
        reviews = [stored.get(p) or PrincipleReview(boende=self.boende, principle=p) for p in Principle]
        return super().get_context_data(reviews=reviews, **kwargs)


class PrincipleFormView(AtBoende, PlainFormMixin):
    """A form page under the principles."""

    reads = READS
    writes = WRITES

    def get_sub(self) -> Any:
        return self.boende

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return [(self.boende.get_absolute_url(), self.boende), (self.get_success_url(), _("Principerna"))]

    def get_success_url(self) -> str:
        """Back to the principles."""
        return reverse("kartlaggning:principle_list", args=[self.boende.slug])


class PrincipleReviewView(BegunOnceMixin, PrincipleFormView, UpdateView):
    """The self-review by one principle."""

    form_class = PrincipleReviewForm
    submit = _("Spara genomgången")
    success_message = _("Genomgången är sparad.")

    def get_heading(self) -> Any:
        return self.object.get_principle_display()

    def get_sub(self) -> Any:
        return self.object.asks

    def get_object(self, queryset: Any = None) -> PrincipleReview:
        number = self.kwargs["principle"]
        if number not in Principle.values:
            raise Http404
        return self.stored() or PrincipleReview(boende=self.boende, principle=number)

    def stored(self) -> PrincipleReview | None:
        return PrincipleReview.objects.filter(boende=self.boende, principle=self.kwargs["principle"]).first()


class BriefingFormView(PrincipleFormView):
    """What the forms of a talk share."""

    form_class: Any = BriefingForm
    submit = _("Spara samtalet")
    success_message = _("Samtalet är antecknat.")


class BriefingCreateView(BriefingFormView, CreateView):
    """A talk that has been."""

    heading = _("Nytt samtal om grannskapet")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": Briefing(boende=self.boende)}

    def save(self, form: Any) -> Briefing:
        return save_record(record=form.instance, by=self.request.user)


class BriefingUpdateView(BriefingFormView, UpdateView):
    """A talk that is written down."""

    heading = _("Ändra samtalet")

    def get_queryset(self) -> Any:
        return briefings_of(self.request.user, self.boende)

    def save(self, form: Any) -> Briefing:
        return save_record(record=form.instance, by=self.request.user, opened_version=self.opened(form))


def briefings_of(user: Any, boende: Boende) -> Any:
    """The talks of the boende that the user may change."""
    return Briefing.objects.editable_by(user).filter(boende=boende).select_related("boende")


@require_POST
def briefing_archive(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Take a talk out of the list."""
    boende = boende_for(request.user, slug, reads=READS, writes=WRITES)
    put_away(record=get_object_or_404(briefings_of(request.user, boende), pk=pk), by=request.user)
    messages.success(request, __("Samtalet är borttaget ur listan."))
    return redirect("kartlaggning:principle_list", boende.slug)
