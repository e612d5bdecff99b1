# SPDX-License-Identifier: EUPL-1.2
"""Förvaltningar: list, create, rename."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import CreateView, ListView, UpdateView

from boenden.forms.people import ForvaltningForm
from boenden.models import Forvaltning
from boenden.views.list_files import HasFile
from boenden.views.people import PAGE_SIZE, refuse_without
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.views import RecordFormMixin


class ForvaltningListView(HasFile, ListView):
    """All of them, with how many boenden each has."""

    file_view = "people:forvaltning_export"
    takes_out = Right.MANAGE_UNITS
    template_name = "people/forvaltning_list.html"
    paginate_by = PAGE_SIZE
    context_object_name = "forvaltningar"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refuse_without(request.user, Right.MANAGE_UNITS)
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Forvaltning]:
        boenden = Count("boenden", filter=Q(boenden__archived_at__isnull=True))
        return Forvaltning.objects.editable_by(self.request.user).active().annotate(n_boenden=boenden).order_by("name")


class ForvaltningCreateView(RecordFormMixin, CreateView):
    """A new one."""

    form_class = ForvaltningForm
    template_name = "people/forvaltning_form.html"
    success_url = reverse_lazy("people:forvaltning_list")
    success_message = _("Förvaltningen är sparad.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refuse_without(request.user, Right.MANAGE_UNITS)
        return super().dispatch(request, *args, **kwargs)


class ForvaltningUpdateView(RecordFormMixin, UpdateView):
    """Its names."""

    form_class = ForvaltningForm
    template_name = "people/forvaltning_form.html"
    success_url = reverse_lazy("people:forvaltning_list")
    success_message = _("Förvaltningen är sparad.")

    def get_object(self, queryset: Any = None) -> Forvaltning:
        user = self.request.user
        forvaltning = get_object_or_404(Forvaltning.objects.visible_to(user).active(), pk=self.kwargs["pk"])
        if not Forvaltning.objects.editable_by(user).filter(pk=forvaltning.pk).exists():
            raise PermissionDenied
        return forvaltning
