# SPDX-License-Identifier: EUPL-1.2
"""The gate of every page under a boende: outside it is not found, inside without the right it is refused."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from boenden.models import Boende
from boenden.rights import rights_at
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.way_back import way_back


def boende_for(user: Any, slug: str, *, reads: Right, writes: Right | None = None) -> Boende:
    """The boende with this address. Http404 unless the user `reads` it, PermissionDenied unless she also `writes`."""
    reached = Boende.objects.active().with_right(user, reads).select_related("forvaltning", "stadsomrade")
    boende = get_object_or_404(reached, slug=slug)
    if writes and writes not in rights_at(user, boende):
        raise PermissionDenied
    return boende


class AtBoende:
    """For a view under <slug>/: `self.boende`, and in the template `boende` and what the person may do there."""

    reads: Right = Right.READ_BOENDE
    writes: Right | None = None
    request: HttpRequest
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Through the gate before anything else."""
        self.boende  # noqa: B018  raises Http404 or PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    @cached_property
    def boende(self) -> Boende:
        """The boende of the address."""
        return boende_for(self.request.user, self.kwargs["slug"], reads=self.reads, writes=self.writes)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """`rights` holds the rights' names: {% if "edit_actors" in rights %}; `way_back` leads to where one began."""
        rights = rights_at(self.request.user, self.boende)
        kwargs = {"boende": self.boende, "rights": rights, "way_back": way_back(self.request), **kwargs}
        return super().get_context_data(**kwargs)  # type: ignore[misc]
