# SPDX-License-Identifier: EUPL-1.2
"""Pages of functions and of brukarnas ways to them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kartlaggning.access import row_to_write
from kartlaggning.actions.ways import archive_function
from kartlaggning.forms.analyses import FunctionForm, RouteForm
from kartlaggning.models import Function, Route
from kartlaggning.views.pages import OfRoundCreateView, OfRoundUpdateView, archive
from platssamverkan.ground.actions import Refused


class FunctionCreateView(OfRoundCreateView):
    """A new function."""

    form_class = FunctionForm
    heading = _("Ny funktion")
    submit = _("Spara funktionen")
    success_message = _("Funktionen är sparad.")

    def new(self) -> Function:
        return Function(kartlaggning=self.kartlaggning)


class FunctionUpdateView(OfRoundUpdateView):
    """A function that is there."""

    model = Function
    form_class = FunctionForm
    heading = _("Ändra funktionen")
    submit = _("Spara funktionen")
    success_message = _("Funktionen är ändrad.")


@require_POST
def function_archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take it out of the round, unless ways lead to it."""
    function = row_to_write(Function, request.user, pk)
    try:
        archive_function(function=function, by=request.user)
        messages.success(request, __("Funktionen är borttagen."))
    except Refused as refused:
        messages.error(request, " ".join(refused.missing))
    return redirect(function.kartlaggning)


class RouteCreateView(OfRoundCreateView):
    """A new way; ?till= says where it leads."""

    form_class = RouteForm
    heading = _("Ny väg")
    submit = _("Spara vägen")
    success_message = _("Vägen är sparad.")

    def new(self) -> Route:
        return Route(kartlaggning=self.kartlaggning)

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("till", "")
        here = Function.objects.active().filter(kartlaggning=self.kartlaggning)
        return {"function": next((row.pk for row in here if str(row.pk) == asked), None)}


class RouteUpdateView(OfRoundUpdateView):
    """A way that is there."""

    model = Route
    form_class = RouteForm
    heading = _("Ändra vägen")
    submit = _("Spara vägen")
    success_message = _("Vägen är ändrad.")


@require_POST
def route_archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take it out of the round."""
    return archive(request, Route, pk, __("Vägen är borttagen."))
