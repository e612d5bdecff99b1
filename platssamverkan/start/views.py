# SPDX-License-Identifier: EUPL-1.2
"""Min dag: what is late or due, and what the rooms put there. And "Mer": the whole menu on a page."""

from datetime import time
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from platssamverkan.start import registry

TODOS_SHOWN = 7


def greeting(now: time) -> str:
    """What one says at this hour. The night shift is met too."""
    if now < time(5):
        return _("God natt")
    if now < time(10):
        return _("God morgon")
    if now < time(18):
        return _("God dag")
    return _("God kväll")


class StartView(TemplateView):
    """Min dag of the person who signed in."""

    template_name = "start/start.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Someone without a Min dag of her own lands where her role says."""
        if landing := registry.landing_for(request.user):
            return HttpResponseRedirect(landing)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        todos = registry.todos_for(user)
        panels = registry.panels_for(user)
        shows_all = "alla" in self.request.GET
        return super().get_context_data(
            greeting=greeting(timezone.localtime().time()),
            today=timezone.localdate(),
            todos=todos if shows_all else todos[:TODOS_SHOWN],
            todo_count=len(todos),
            has_more=len(todos) > TODOS_SHOWN and not shows_all,
            panels=[panel for panel in panels if not panel.aside],
            asides=[panel for panel in panels if panel.aside],
            **kwargs,
        )


class MoreView(TemplateView):
    """Every page the person has, the light or dark of the page, and the way out."""

    template_name = "start/more.html"
