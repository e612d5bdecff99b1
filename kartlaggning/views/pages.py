# SPDX-License-Identifier: EUPL-1.2
"""What the form pages of a round share: the way back, the boende's own pages, and one place to land."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import CreateView, UpdateView

from kartlaggning.access import round_to_write, row_to_write
from kartlaggning.models import Kartlaggning
from platssamverkan.ground.actions import put_away, save_record
from platssamverkan.ground.plain_forms import PlainFormMixin

Crumbs = list[tuple[str, Any]]


def round_crumbs(kartlaggning: Kartlaggning) -> Crumbs:
    """The pages above a page of the round."""
    boende = kartlaggning.boende
    return [(boende.get_absolute_url(), boende), (kartlaggning.get_absolute_url(), kartlaggning)]


class RoundFormView(PlainFormMixin):
    """A form page of a round; a row's own page is the last crumb."""

    object: Any

    @property
    def kartlaggning(self) -> Any:
        """The round that the page is about."""
        raise NotImplementedError

    def get_boende(self) -> Any:
        """The boende, whose pages stand beside the form."""
        return self.kartlaggning.boende

    def get_crumbs(self) -> Crumbs:
        return round_crumbs(self.kartlaggning)

    def get_sub(self) -> Any:
        return self.get_boende()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "boende": self.get_boende()}

    def save(self, form: Any) -> Any:
        return save_record(record=form.instance, by=self.request.user, opened_version=self.version(form))

    def version(self, form: Any) -> int | None:
        """The version on screen; None for what is new."""
        return None if form.instance.is_new else self.opened(form)


class OfRoundCreateView(RoundFormView, CreateView):
    """A new row of the round that the address names."""

    @cached_property
    def kartlaggning(self) -> Kartlaggning:
        """The round. Raises Http404 or PermissionDenied."""
        return round_to_write(self.request.user, self.kwargs["pk"])

    def new(self) -> Any:
        """The row, empty."""
        raise NotImplementedError

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": self.new()}


class OfRoundUpdateView(RoundFormView, UpdateView):
    """A row that is there."""

    model: Any = None
    related: tuple[str, ...] = ()

    def get_object(self, queryset: Any = None) -> Any:
        return row_to_write(self.model, self.request.user, self.kwargs["pk"], *self.related)

    @property
    def kartlaggning(self) -> Kartlaggning:
        """Its round."""
        found: Kartlaggning = self.object.kartlaggning
        return found


def archive(request: HttpRequest, model: Any, pk: UUID, success: str) -> HttpResponse:
    """Take a row of a round out of its lists, and go back to the round."""
    row = row_to_write(model, request.user, pk)
    put_away(record=row, by=request.user)
    messages.success(request, success)
    return redirect(row.kartlaggning)
