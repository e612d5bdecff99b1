# SPDX-License-Identifier: EUPL-1.2
"""The letter box. It exists in the demonstration only."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from platssamverkan.demo.letters import newest_letters

SHOWN = 50


@method_decorator(login_not_required, name="dispatch")
class LetterListView(TemplateView):
    """The newest letters, open to anyone at the machine: the code one signs in with is among them."""

    template_name = "demo/letter_list.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """There is no such page outside the demonstration."""
        if not settings.DEMO:
            raise Http404
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response  # type: ignore[return-value]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        letters = newest_letters(Path(settings.EMAIL_FILE_PATH), SHOWN)
        return super().get_context_data(letters=letters, **kwargs)
