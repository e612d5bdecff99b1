# SPDX-License-Identifier: EUPL-1.2
"""The form of an example, and the filter of their list."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kartlaggning.models import Example
from kartlaggning.principles import Principle
from platssamverkan.ground.forms import RecordForm
from platssamverkan.ground.search import matching

TEXTS = ("title", "problem", "text", "effect_brukare", "effect_around", "think_of")


class ExampleForm(RecordForm):
    """What was done, where, what it gave, and what others should think of."""

    asks_about = TEXTS
    sections = [
        ("", ["title", "principle", "place"]),
        (_("Vad ni gjorde"), ["problem", "text"]),
        (_("Vad det gav"), ["effect_brukare", "effect_around", "think_of"]),
    ]

    class Meta:
        model = Example
        fields = ["title", "principle", "place", "problem", "text", "effect_brukare", "effect_around", "think_of"]
        help_texts = {
            "title": _("Till exempel: Bänkar mellan hållplatsen och boendet."),
            "text": _("Så att ett annat boende kan göra likadant. Alla boenden läser: peka inte ut någon."),
            "effect_brukare": _("Skriv om gruppen, aldrig om en person."),
            "think_of": _("Vad hade ni velat veta innan? Vad kostade det?"),
        }

    def _post_clean(self) -> None:
        """What is changed is a draft again (save_example), and a draft may lack what publishing asks for."""
        self.instance.published_at = self.instance.published_by = None
        super()._post_clean()


class InsatsExampleForm(ExampleForm):
    """The words of an insats, which somebody has to have read before they leave the boende."""

    sections = [*ExampleForm.sections, (_("Läs igenom"), ["is_read"])]
    is_read = forms.BooleanField(
        label=_("Jag har läst texterna. De pekar inte ut någon, och inget rör bara boendet."),
        error_messages={"required": _("Läs igenom texterna och kryssa i att du har gjort det.")},
    )


class ExampleFilter(django_filters.FilterSet):
    """The examples, narrowed; the choices live in the address."""

    q = django_filters.CharFilter(label=_("Sök"), method="search")
    principle = django_filters.ChoiceFilter(label=_("Princip"), choices=Principle.choices)
    place = django_filters.ChoiceFilter(label=_("Plats"), choices=Example.Place.choices)

    class Meta:
        model = Example
        fields: list[str] = []

    def search(self, rows: Any, name: str, words: str) -> QuerySet:
        """Every word somewhere in the example, or in the boende's name."""
        return matching(rows, words, *TEXTS, "boende__name")
