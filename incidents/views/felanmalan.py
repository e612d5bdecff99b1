# SPDX-License-Identifier: EUPL-1.2
"""Pages of felanmälningar: the prioritised list, one of them, its form and its steps."""

from collections.abc import Callable
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.generic import CreateView, DetailView, UpdateView
from django_filters.views import FilterView

from boenden.rights import boenden_where, rights_at
from boenden.views.at_boende import AtBoende
from boenden.views.list_files import HasFile
from incidents import felanmalan_actions as actions
from incidents.beside import felanmalan_panels
from incidents.forms.felanmalan import FelanmalanFilter, FelanmalanForm, PastDayForm, SentForm
from incidents.models import Felanmalan, FelanmalanPhoto, Synpunkt
from platssamverkan.accounts.roles import Right
from platssamverkan.documents.responses import document_response
from platssamverkan.ground.actions import Refused
from platssamverkan.ground.forms import VERSION_FIELD
from platssamverkan.ground.gates import writable
from platssamverkan.ground.paging import UncountedPaginator
from platssamverkan.ground.plain_forms import PlainFormMixin

READS, WRITES = Right.READ_FELANMALNINGAR, Right.EDIT_FELANMALNINGAR


class FelanmalanListView(HasFile, FilterView):
    """All of the user's boenden, as prioritised."""

    file_view = "incidents:felanmalan_export"
    filterset_class = FelanmalanFilter
    template_name = "incidents/felanmalan_list.html"
    paginate_by = 50
    paginator_class = UncountedPaginator
    page_kwarg = "sida"
    strict = False

    @cached_property
    def boenden(self) -> list[Any]:
        """The boenden whose felanmälningar the user reads."""
        boenden = boenden_where(self.request.user, READS)
        if not boenden:
            raise Http404
        return boenden

    def get_filterset_kwargs(self, filterset_class: Any) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(filterset_class), "boenden": self.boenden}

    def get_queryset(self) -> Any:
        return Felanmalan.objects.visible_to(self.request.user).filter(boende__in=self.boenden).for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        writes = [boende for boende in self.boenden if WRITES in rights_at(self.request.user, boende)]
        query = self.request.GET.copy()
        query.pop("sida", None)
        return super().get_context_data(writes=writes, query=query.urlencode(), **kwargs)


def felanmalan_for(user: Any, pk: UUID) -> Felanmalan:
    """One that the user may change. Raises Http404 outside, PermissionDenied where she only reads."""
    rows = Felanmalan.objects.visible_to(user).select_related("boende__forvaltning", "recipient")
    return writable(rows, Felanmalan.objects.editable_by(user), pk)


class FelanmalanDetailView(DetailView):
    """One of them, with what can be done next."""

    template_name = "incidents/felanmalan_detail.html"
    object: Felanmalan

    def get_queryset(self) -> Any:
        rows = Felanmalan.objects.visible_to(self.request.user)
        return rows.select_related("boende__forvaltning", "recipient", "created_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_edit = WRITES in rights_at(self.request.user, self.object.boende)
        photos = list(self.object.photos.active())
        said = Synpunkt.objects.visible_to(self.request.user).filter(felanmalan=self.object).order_by("received_at")
        return super().get_context_data(
            may_edit=may_edit,
            photos=photos,
            synpunkter=said,
            boende=self.object.boende,
            panels=felanmalan_panels(self.request.user, self.object),
            **kwargs,
        )


class FelanmalanFormView(PlainFormMixin):
    """What the forms of one share."""

    form_class: Any = FelanmalanForm
    submit = _("Spara felanmälan")
    success_message = _("Felanmälan är sparad.")
    request: HttpRequest

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return [(reverse("incidents:felanmalan_list"), _("Felanmälningar"))]

    def save(self, form: Any) -> Felanmalan:
        """With its photo, if one was sent."""
        found: Felanmalan = actions.save_felanmalan(
            felanmalan=form.instance,
            photos=form.cleaned_data["photo_file"],
            by=self.request.user,
            opened_version=self.opened(form),
        )
        return found


class FelanmalanCreateView(AtBoende, FelanmalanFormView, CreateView):
    """A new one at a boende."""

    reads = READS
    writes = WRITES
    heading = _("Ny felanmälan")

    def get_sub(self) -> Any:
        return self.boende

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": Felanmalan(boende=self.boende)}


class FelanmalanUpdateView(FelanmalanFormView, UpdateView):
    """One that is there."""

    heading = _("Ändra felanmälan")

    def get_object(self, queryset: Any = None) -> Felanmalan:
        return felanmalan_for(self.request.user, self.kwargs["pk"])


def taken(request: HttpRequest, felanmalan: Felanmalan, words: str, verb: Callable[..., Any], **values: Any) -> Any:
    """Take a step, and say so; or say why it cannot be taken."""
    try:
        verb(felanmalan=felanmalan, by=request.user, **values)
        messages.success(request, words)
    except Refused as refused:
        for sentence in refused.missing:
            messages.warning(request, sentence)
    return redirect(felanmalan)


@require_POST
def felanmalan_send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mail it to its recipient."""
    found = felanmalan_for(request.user, pk)
    return taken(request, found, __("Felanmälan är på väg med mail."), actions.send_felanmalan)


@require_POST
def felanmalan_drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It came to nothing."""
    found = felanmalan_for(request.user, pk)
    return taken(request, found, __("Felanmälan är avskriven. Den finns kvar i listan."), actions.drop_felanmalan)


def step_page(request: HttpRequest, pk: UUID, form_class: Any, words: dict[str, Any], verb: Any) -> HttpResponse:
    """A form with a day, and the step that it takes."""
    found = felanmalan_for(request.user, pk)
    initial = {"reference": found.reference, VERSION_FIELD: found.version}
    form = form_class(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        return taken(request, found, words["done"], verb, **form.cleaned_data)
    context = {
        "form": form,
        "heading": words["heading"],
        "sub": found,
        "submit": words["submit"],
        "crumbs": [(reverse("incidents:felanmalan_list"), __("Felanmälningar")), (found.get_absolute_url(), found)],
        "cancel_url": found.get_absolute_url(),
    }
    return render(request, "components/plain_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def felanmalan_sent(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It has been reported elsewhere."""
    words = {
        "heading": __("Anmäld på annat sätt"), "submit": __("Spara"), "done": __("Det är antecknat att den är anmäld."),
    }  # fmt: skip
    return step_page(request, pk, SentForm, words, actions.note_sent)


@require_http_methods(["GET", "HEAD", "POST"])
def felanmalan_mended(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It is mended."""
    words = {
        "heading": __("Åtgärdat"), "submit": __("Spara"), "done": __("Det är antecknat att det är åtgärdat."),
    }  # fmt: skip
    return step_page(request, pk, PastDayForm, words, actions.note_mended)


@require_safe
def felanmalan_photo(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """A photo, behind the gate of its felanmälan."""
    photo = get_object_or_404(FelanmalanPhoto.objects.visible_to(request.user).select_related("document"), pk=pk)
    return document_response(photo.document, disposition="inline")
