# SPDX-License-Identifier: EUPL-1.2
"""The template of a förvaltning's årsrapporter."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import CreateView, UpdateView

from boenden.models import Forvaltning
from platssamverkan.ground.actions import put_away
from platssamverkan.ground.gates import writable
from platssamverkan.ground.plain_forms import PlainFormMixin
from platssamverkan.reports.annual.access import forvaltning_to_edit
from platssamverkan.reports.annual.forms import OutlineForm
from platssamverkan.reports.annual.outline import OUTLINE
from platssamverkan.reports.annual.views.reports import Crumbs, report_crumbs
from platssamverkan.reports.models import OutlineSection


def outline_url(forvaltning: Any) -> str:
    """The page of a förvaltning's template."""
    return reverse("reports:annualforvaltning_outline", args=[forvaltning.pk])


@require_safe
def outline_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The sections of the template; before the first report what it will begin with."""
    forvaltning = forvaltning_to_edit(request.user, pk)
    entries = list(OutlineSection.objects.filter(forvaltning=forvaltning).for_list())
    parts = [(label, [entry for entry in entries if entry.part == part]) for part, label in OutlineSection.Part.choices]
    usual = [] if entries else [title for _part, title, *_rest in OUTLINE]
    context = {"forvaltning": forvaltning, "parts": parts, "entries": entries, "usual": usual}
    return render(request, "reports/annual/outline.html", context)


class OfOutlineView(PlainFormMixin):
    """What the forms of the template share."""

    submit = _("Spara avsnittet")
    success_message = _("Mallen är sparad. Nya rapporter följer den.")

    @property
    def forvaltning(self) -> Forvaltning:
        """Whose template it is."""
        raise NotImplementedError

    def get_sub(self) -> Any:
        return self.forvaltning

    def get_crumbs(self) -> Crumbs:
        return [*report_crumbs(), (outline_url(self.forvaltning), _("Årsrapportens mall"))]

    def get_success_url(self) -> str:
        """Back to the template."""
        return outline_url(self.forvaltning)


class OutlineCreateView(OfOutlineView, CreateView):
    """A new section."""

    form_class = OutlineForm
    heading = _("Nytt avsnitt i mallen")

    @cached_property
    def forvaltning(self) -> Forvaltning:
        """The one that the address names."""
        return forvaltning_to_edit(self.request.user, self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": OutlineSection(forvaltning=self.forvaltning)}


def entry_to_write(user: Any, pk: UUID) -> OutlineSection:
    """The section of a template. Raises Http404 or PermissionDenied."""
    rows = OutlineSection.objects.visible_to(user).select_related("forvaltning")
    return writable(rows, OutlineSection.objects.editable_by(user), pk)


class OutlineUpdateView(OfOutlineView, UpdateView):
    """A section, changed. Reports that have begun keep theirs."""

    form_class = OutlineForm
    heading = _("Ändra avsnittet i mallen")
    object: Any

    def get_object(self, queryset: Any = None) -> OutlineSection:
        return entry_to_write(self.request.user, self.kwargs["pk"])

    @property
    def forvaltning(self) -> Forvaltning:
        """The section's."""
        found: Forvaltning = self.object.forvaltning
        return found


@require_POST
def outline_archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a section out of the template."""
    entry = put_away(record=entry_to_write(request.user, pk), by=request.user)
    messages.success(request, __("Avsnittet är borttaget ur mallen. Rapporter som är påbörjade har det kvar."))
    return redirect(outline_url(entry.forvaltning))
