# SPDX-License-Identifier: EUPL-1.2
"""The filter of the log."""

from typing import Any

import django_filters
from auditlog.registry import auditlog
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from platssamverkan.accounts.models import User
from platssamverkan.audit.labels import event_labels, kind_labels
from platssamverkan.audit.models import AuditEntry
from platssamverkan.ground.days import midnight, midnight_after
from platssamverkan.ground.search import matching


def what_choices() -> list[tuple[str, str]]:
    """The kinds of record that the log follows, by name."""
    names = {model._meta.label_lower: str(model._meta.verbose_name) for model in auditlog.get_models()}
    return sorted(names.items(), key=lambda choice: choice[1])


def done_choices() -> list[tuple[str, Any]]:
    """What can have been done: the four kinds, and the events that have a word of their own."""
    return [*((str(kind), label) for kind, label in kind_labels.items()), *event_labels.items()]


class AuditFilter(django_filters.FilterSet):
    """The log, narrowed; the choices live in the address."""

    who = django_filters.CharFilter(label=_("Vem"), method="search")
    what = django_filters.ChoiceFilter(label=_("Vad"), choices=what_choices, method="narrow_what")
    done = django_filters.ChoiceFilter(label=_("Vad som gjordes"), choices=done_choices, method="narrow_done")
    since = django_filters.DateFilter(label=_("Från"), widget=forms.DateInput, method="narrow_since")
    until = django_filters.DateFilter(label=_("Till och med"), widget=forms.DateInput, method="narrow_until")

    record = django_filters.CharFilter(field_name="object_pk", widget=forms.HiddenInput)

    class Meta:
        model = AuditEntry
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, words: str) -> QuerySet:
        """By name or address, also of an account that is gone."""
        people = matching(User.objects.all(), words, "name", "email")
        return rows.filter(Q(actor__in=people.values("pk")) | Q(actor_email__iexact=words))

    def narrow_what(self, rows: QuerySet, name: str, label: str) -> QuerySet:
        """One kind of record."""
        app_label, model = label.split(".")
        return rows.filter(content_type=ContentType.objects.get_by_natural_key(app_label, model))

    def narrow_done(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """One kind of row: plain changes are those that no event names."""
        if not value.isdigit():
            return rows.filter(additional_data__event=value)
        no_event = Q(additional_data__isnull=True) | Q(additional_data__event__isnull=True)
        return rows.filter(no_event, action=int(value))

    def narrow_since(self, rows: QuerySet, name: str, day: Any) -> QuerySet:
        """From the day's beginning here, not in UTC."""
        return rows.filter(timestamp__gte=midnight(day))

    def narrow_until(self, rows: QuerySet, name: str, day: Any) -> QuerySet:
        """To the day's end here."""
        return rows.filter(timestamp__lt=midnight_after(day))
