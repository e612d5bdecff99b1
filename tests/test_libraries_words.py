# SPDX-License-Identifier: EUPL-1.2
"""No English word of a library's reaches a screen (docs/decisions/0016)."""

import django_filters
from django.urls import get_resolver

from platssamverkan.accounts.admin import operations_site
from platssamverkan.accounts.models import User
from tests.test_house import OWN

WITH_WORDS_OF_THEIR_OWN = (
    django_filters.DateRangeFilter,
    django_filters.OrderingFilter,
    django_filters.LookupChoiceFilter,
    django_filters.BooleanFilter,
    django_filters.BaseCSVFilter,
)


def filter_sets(kind=django_filters.FilterSet):
    """Every set of filters in the house."""
    for child in kind.__subclasses__():
        if child.__module__.split(".")[0] in OWN:
            yield child
        yield from filter_sets(child)


def test_every_filter_is_named_here():
    assert get_resolver().url_patterns  # reads every view, and with it its filters
    named = {
        f"{filter_set.__name__}.{name}": narrow
        for filter_set in filter_sets()
        for name, narrow in filter_set.declared_filters.items()
        if getattr(narrow.extra.get("widget"), "input_type", "") != "hidden"
    }
    assert len(named) > 20
    assert not [name for name, narrow in named.items() if isinstance(narrow, WITH_WORDS_OF_THEIR_OWN)]
    assert not [name for name, narrow in named.items() if not narrow._label]


def test_operations_show_users_alone():
    assert list(operations_site._registry) == [User]
