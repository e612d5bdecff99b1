# SPDX-License-Identifier: EUPL-1.2
"""Which kinds of actors are on the map."""

import django_filters
from django.utils.translation import gettext_lazy as _

from boenden.forms.actors import CATEGORIES_SHOWN
from boenden.models import Neighbour


class MapFilter(django_filters.FilterSet):
    """The map, narrowed; the choice lives in the address."""

    category = django_filters.ModelChoiceFilter(
        field_name="actor__category", label=_("Slag"), queryset=lambda request: CATEGORIES_SHOWN.all()
    )

    class Meta:
        model = Neighbour
        fields: list[str] = []
