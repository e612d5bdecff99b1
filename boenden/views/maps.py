# SPDX-License-Identifier: EUPL-1.2
"""The map of a boende, and the same as a list."""

from typing import Any

from django_filters.views import FilterView

from boenden.forms.maps import MapFilter
from boenden.maps import MOST_ACTORS, map_of
from boenden.models import Neighbour
from boenden.views.at_boende import AtBoende
from platssamverkan.accounts.roles import Right


class BoendeMapView(AtBoende, FilterView):
    """The boende and the actors around it, all or of one kind."""

    reads = Right.READ_ACTORS
    filterset_class = MapFilter
    template_name = "boenden/boende_map.html"
    strict = False

    def get_queryset(self) -> Any:
        return Neighbour.objects.visible_to(self.request.user).filter(boende=self.boende).for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        neighbours = list(self.object_list[: MOST_ACTORS + 1])
        has_more = len(neighbours) > MOST_ACTORS
        drawn = map_of(self.request.user, self.boende, neighbours[:MOST_ACTORS])
        return super().get_context_data(map=drawn, has_more=has_more, most=MOST_ACTORS, **kwargs)
