# SPDX-License-Identifier: EUPL-1.2
"""Pages of examples: the list that all boenden search, one example, and its steps."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, DetailView, UpdateView
from django_filters.views import FilterView

from boenden.rights import boenden_where, has_right
from boenden.views.at_boende import AtBoende
from boenden.views.list_files import HasFile
from kartlaggning.actions import examples as actions
from kartlaggning.forms.examples import ExampleFilter, ExampleForm
from kartlaggning.models import Example
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.actions import EditConflict, Refused, put_away
from platssamverkan.ground.gates import read_version, writable
from platssamverkan.ground.paging import UncountedPaginator
from platssamverkan.ground.plain_forms import PlainFormMixin

LIST = "kartlaggning:example_list"


class ExampleListView(HasFile, FilterView):
    """Everyone's examples, and the drafts of the person's own boenden."""

    file_view = "kartlaggning:example_list_export"
    filterset_class = ExampleFilter
    template_name = "kartlaggning/example_list.html"
    paginate_by = 50
    paginator_class = UncountedPaginator
    page_kwarg = "sida"
    strict = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not has_right(request.user, Right.READ_KARTLAGGNING):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        return Example.objects.visible_to(self.request.user).for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = boenden_where(self.request.user, Right.EDIT_KARTLAGGNING)
        return super().get_context_data(own_boenden=own, **kwargs)


class ExampleDetailView(DetailView):
    """One example, with what is left before it can be published."""

    template_name = "kartlaggning/example_detail.html"
    object: Example

    def get_queryset(self) -> Any:
        return Example.objects.visible_to(self.request.user).select_related("boende__forvaltning", "published_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**detail_context(self.request.user, self.object), **kwargs)


def detail_context(user: Any, example: Example) -> dict[str, Any]:
    """What the page of an example shows beside it."""
    return {
        "example": example,
        "may_edit": example.boende in boenden_where(user, Right.EDIT_KARTLAGGNING),
        "may_publish": example.boende in boenden_where(user, Right.APPROVE_PLAN),
    }


class ExampleFormView(PlainFormMixin):
    """What the forms of an example share."""

    form_class: Any = ExampleForm
    submit = _("Spara exemplet")


class ExampleCreateView(AtBoende, ExampleFormView, CreateView):
    """A new example, as a draft."""

    reads = Right.READ_KARTLAGGNING
    writes = Right.EDIT_KARTLAGGNING
    heading = _("Nytt exempel")
    success_message = _("Exemplet är sparat som utkast. Enhetschefen publicerar det.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": Example(boende=self.boende)}

    def get_sub(self) -> Any:
        return self.boende

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return [(reverse(LIST), _("Exempel"))]

    def save(self, form: Any) -> Example:
        return actions.save_example(example=form.instance, by=self.request.user)


class ExampleUpdateView(ExampleFormView, UpdateView):
    """An example that is there. Changed, it is a draft again."""

    heading = _("Ändra exemplet")
    object: Example

    def get_object(self, queryset: Any = None) -> Example:
        return example_for(self.request.user, self.kwargs["pk"], Example.objects.editable_by(self.request.user))

    def get_sub(self) -> Any:
        return _("Ett publicerat exempel blir ett utkast igen, tills enhetschefen har läst det.")

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return [(reverse(LIST), _("Exempel")), (self.object.get_absolute_url(), self.object.title)]

    def save(self, form: Any) -> Example:
        return actions.save_example(example=form.instance, by=self.request.user, opened_version=self.opened(form))

    def get_success_url(self) -> str:
        return self.object.get_absolute_url()


def example_for(user: Any, pk: UUID, allowed: Any) -> Example:
    """The example. Raises Http404, or PermissionDenied unless it is among the `allowed`."""
    found: Example = writable(Example.objects.visible_to(user).select_related("boende__forvaltning"), allowed, pk)
    return found


@require_POST
def example_publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let all boenden read it, as it stood on the page; or the page again with what is missing."""
    example = example_for(request.user, pk, Example.objects.publishable_by(request.user))
    try:
        version = read_version(request, "seen")
        actions.publish_example(example=example, by=request.user, opened_version=version)
    except Refused as refused:
        return answer(request, example, refused.missing, 422)
    except EditConflict:
        changed = __("Exemplet har ändrats sedan du läste det. Läs det igen innan du publicerar.")
        return answer(request, example, [changed], 409)
    messages.success(request, __("Exemplet är publicerat. Alla boenden kan läsa det."))
    return redirect(example)


def answer(request: HttpRequest, example: Example, missing: list[str], status: int) -> HttpResponse:
    """The page of the example with why it is not published."""
    context = {**detail_context(request.user, example), "missing": missing}
    return render(request, "kartlaggning/example_detail.html", context, status=status)


@require_POST
def example_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take it back."""
    example = example_for(request.user, pk, Example.objects.publishable_by(request.user))
    actions.withdraw_example(example=example, by=request.user)
    messages.success(request, __("Exemplet är ett utkast igen. Bara ert boende ser det."))
    return redirect(example)


@require_POST
def example_archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take it out of the list."""
    example = example_for(request.user, pk, Example.objects.publishable_by(request.user))
    put_away(record=example, by=request.user)
    messages.success(request, __("Exemplet är borttaget ur listan."))
    return redirect(LIST)
