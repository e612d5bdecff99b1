# SPDX-License-Identifier: EUPL-1.2
"""One box that finds what the rooms have registered, of what the person may see."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from platssamverkan.ground.forms import GuardedForm
from platssamverkan.ground.search import Terms
from platssamverkan.start import registry

SHORTEST = 2  # letters
SHOWN = 5  # of each kind
SHOWN_OF_ONE = 50


class SearchForm(GuardedForm):
    """What is searched for. A personnummer is refused: none is kept here, and none should stand in an address."""

    q = forms.CharField(
        label=_("Vad söker du?"),
        min_length=SHORTEST,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        help_text=_("Ett namn, en plats, ett telefonnummer eller ett ord ur en text."),
        error_messages={
            "min_length": _("Skriv minst två bokstäver."),
            "required": _("Skriv vad du söker."),
        },
    )


class SearchView(TemplateView):
    """The box, and what was found in groups. `grupp` shows more of one of them."""

    template_name = "start/search.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        form = SearchForm(asked if "q" in asked else None)
        only = asked.get("grupp", "")
        groups: list[registry.Found] = []
        if form.is_valid():
            terms = Terms.of(form.cleaned_data["q"])
            groups = registry.search(self.request.user, terms, SHOWN_OF_ONE if only else SHOWN, only)
        return super().get_context_data(
            form=form,
            groups=groups,
            only=only,
            words=form.cleaned_data["q"] if form.is_valid() else "",
            limit=SHOWN_OF_ONE,
            **kwargs,
        )
