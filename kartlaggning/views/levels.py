# SPDX-License-Identifier: EUPL-1.2
"""Pages of the levels of samverkan: the check-lists of a boende, one step, and its networks."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, TemplateView, UpdateView

from boenden.models import Boende
from boenden.views.at_boende import AtBoende, boende_for
from boenden.views.list_files import HasFile
from kartlaggning.forms.levels import LevelStepForm, NetworkForm
from kartlaggning.levels import Step
from kartlaggning.levels_facts import network_providers
from kartlaggning.levels_reading import line_of, lists_of
from kartlaggning.models import LevelStep, Network
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.actions import put_away, save_record
from platssamverkan.ground.begun import BegunOnceMixin
from platssamverkan.ground.plain_forms import PlainFormMixin

READS, WRITES = Right.READ_KARTLAGGNING, Right.EDIT_KARTLAGGNING


class LevelListView(HasFile, AtBoende, TemplateView):
    """The three check-lists, what is done and why, and the networks."""

    file_view = "kartlaggning:level_export"
    reads = READS
    template_name = "kartlaggning/level_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, boende = self.request.user, self.boende
        rows = LevelStep.objects.visible_to(user).filter(boende=boende).select_related("responsible")
        networks = Network.objects.visible_to(user).filter(boende=boende).for_list()
        joined = [network for provide in network_providers for network in provide(user, boende)]
        lists = lists_of(boende, rows)
        return super().get_context_data(lists=lists, networks=list(networks), joined=joined, **kwargs)


class LevelFormView(AtBoende, PlainFormMixin):
    """A form page under the levels."""

    reads = READS
    writes = WRITES

    def get_sub(self) -> Any:
        return self.boende

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return [(self.boende.get_absolute_url(), self.boende), (self.get_success_url(), _("Nivåer"))]

    def get_success_url(self) -> str:
        """Back to the check-lists."""
        return reverse("kartlaggning:level_list", args=[self.boende.slug])


class LevelStepView(BegunOnceMixin, LevelFormView, UpdateView):
    """One step: when, who, where one can see it. What ticks itself stands above the form."""

    form_class = LevelStepForm
    template_name = "kartlaggning/level_step_form.html"
    submit = _("Spara steget")
    success_message = _("Steget är sparat.")

    def get_heading(self) -> Any:
        return self.object.get_step_display()

    def get_object(self, queryset: Any = None) -> LevelStep:
        step = self.kwargs["level_step"]
        if step not in Step.values:
            raise Http404
        return self.stored() or LevelStep(boende=self.boende, step=step)

    def stored(self) -> LevelStep | None:
        return LevelStep.objects.filter(boende=self.boende, step=self.kwargs["level_step"]).first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = [line for found in lists_of(self.boende, []) for line in found.lines]
        line = next(line for line in lines if line.step == self.kwargs["level_step"])
        return super().get_context_data(line=line_of(self.boende, line.step, None, line.facts), **kwargs)


class NetworkFormView(LevelFormView):
    """What the forms of a network share."""

    form_class: Any = NetworkForm
    submit = _("Spara nätverket")
    success_message = _("Nätverket är sparat.")


class NetworkCreateView(NetworkFormView, CreateView):
    """A network that the boende is in."""

    heading = _("Nytt nätverk")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": Network(boende=self.boende)}

    def save(self, form: Any) -> Network:
        return save_record(record=form.instance, by=self.request.user)


class NetworkUpdateView(NetworkFormView, UpdateView):
    """A network that stands in the list."""

    heading = _("Ändra nätverket")

    def get_queryset(self) -> Any:
        return networks_of(self.request.user, self.boende)

    def save(self, form: Any) -> Network:
        return save_record(record=form.instance, by=self.request.user, opened_version=self.opened(form))


def networks_of(user: Any, boende: Boende) -> Any:
    """The networks of the boende that the user may change."""
    return Network.objects.editable_by(user).filter(boende=boende).select_related("boende")


@require_POST
def network_archive(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Take a network out of the list."""
    boende = boende_for(request.user, slug, reads=READS, writes=WRITES)
    put_away(record=get_object_or_404(networks_of(request.user, boende), pk=pk), by=request.user)
    messages.success(request, __("Nätverket är borttaget ur listan."))
    return redirect("kartlaggning:level_list", boende.slug)
