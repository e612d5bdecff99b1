# SPDX-License-Identifier: EUPL-1.2
"""The filter of what has been taken out as files."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from platssamverkan.export.models import Export
from platssamverkan.ground.days import midnight, midnight_after
from platssamverkan.ground.search import matching


class ExportFilter(django_filters.FilterSet):
    """The exports, narrowed; the choices live in the address."""

    who = django_filters.CharFilter(label=_("Vem"), method="taken_by", max_length=200)
    scope = django_filters.CharFilter(label=_("Ur vad"), method="taken_from", max_length=200)
    since = django_filters.DateFilter(label=_("Från"), widget=forms.DateInput, method="narrow_since")
    until = django_filters.DateFilter(label=_("Till och med"), widget=forms.DateInput, method="narrow_until")
    state = django_filters.ChoiceFilter(label=_("Läge"), choices=Export.State.choices, empty_label=_("Alla"))

    class Meta:
        model = Export
        fields: list[str] = []

    def taken_by(self, rows: QuerySet, name: str, words: str) -> QuerySet:
        """By the name or address of who took it out."""
        return matching(rows, words, "created_by__name", "created_by__email")

    def taken_from(self, rows: QuerySet, name: str, words: str) -> QuerySet:
        """By whose rows they are, or what; nobody finds out so what she is not told (`told_to`)."""
        return matching(rows, words, "scope_told", "what")

    def narrow_since(self, rows: QuerySet, name: str, day: Any) -> QuerySet:
        """From the day's beginning here, not in UTC."""
        return rows.filter(created_at__gte=midnight(day))

    def narrow_until(self, rows: QuerySet, name: str, day: Any) -> QuerySet:
        """To the day's end here."""
        return rows.filter(created_at__lt=midnight_after(day))
