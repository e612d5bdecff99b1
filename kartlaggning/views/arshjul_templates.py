# SPDX-License-Identifier: EUPL-1.2
"""The förvaltningens' templates: what every boende does in a year."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, DetailView, ListView, UpdateView

from boenden.models import Forvaltning
from boenden.rights import has_right
from kartlaggning.actions.arshjul import archive_entry, save_entry, save_template
from kartlaggning.actions.arshjul_filling import fill, start_template
from kartlaggning.forms.arshjul import EntryForm, TemplateForm
from kartlaggning.models import ArshjulEntry, ArshjulTemplate
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.gates import writable
from platssamverkan.ground.plain_forms import PlainFormMixin

DECIDES = Right.EDIT_ARSHJUL_TEMPLATE


class ArshjulTemplateListView(ListView):
    """The templates that one reads, and the förvaltningar that one may make one for."""

    template_name = "kartlaggning/arshjultemplate_list.html"

    def get_queryset(self) -> Any:
        user = self.request.user
        if not (has_right(user, Right.READ_KARTLAGGNING) or has_right(user, DECIDES)):
            raise PermissionDenied
        return ArshjulTemplate.objects.visible_to(user).select_related("forvaltning").order_by("forvaltning__name")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        decided = Forvaltning.objects.with_right(self.request.user, DECIDES).active()
        return super().get_context_data(
            without=decided.filter(arshjul_template=None).order_by("name", "pk"),
            reads=has_right(self.request.user, Right.READ_KARTLAGGNING),
            **kwargs,
        )


@require_POST
def template_start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a förvaltning's template, with what every årshjul holds, and its boendens årshjul."""
    forvaltningar = Forvaltning.objects.visible_to(request.user).active()
    decided = Forvaltning.objects.with_right(request.user, DECIDES).active()
    template = start_template(forvaltning=writable(forvaltningar, decided, pk), by=request.user)
    fill(template=template, by=request.user)
    return redirect(template)


class ArshjulTemplateDetailView(DetailView):
    """The entries of a template."""

    template_name = "kartlaggning/arshjultemplate_detail.html"
    context_object_name = "template"

    def get_queryset(self) -> Any:
        return ArshjulTemplate.objects.visible_to(self.request.user).select_related("forvaltning")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = self.object.entries.active().order_by("month", "title", "pk")
        may_edit = ArshjulTemplate.objects.editable_by(self.request.user).filter(pk=self.object.pk).exists()
        return super().get_context_data(entries=entries, may_edit=may_edit, **kwargs)


def template_to_write(user: Any, pk: UUID) -> ArshjulTemplate:
    """The template. Raises Http404 or PermissionDenied."""
    rows = ArshjulTemplate.objects.visible_to(user).select_related("forvaltning")
    return writable(rows, ArshjulTemplate.objects.editable_by(user), pk)


def entry_to_write(user: Any, pk: UUID) -> ArshjulEntry:
    """The entry, by its template's gate. Raises Http404 or PermissionDenied."""
    entries = ArshjulEntry.objects.active().select_related("template__forvaltning")
    visible = entries.filter(template__in=ArshjulTemplate.objects.visible_to(user))
    return writable(visible, entries.filter(template__in=ArshjulTemplate.objects.editable_by(user)), pk)


class OfTemplateFormView(PlainFormMixin):
    """What the form pages of a template share."""

    @property
    def template(self) -> Any:
        """The template that the page is about."""
        raise NotImplementedError

    def get_sub(self) -> Any:
        return self.template.forvaltning

    def get_crumbs(self) -> list[tuple[str, Any]]:
        first = (reverse("kartlaggning:arshjultemplate_list"), _("Årshjulets mallar"))
        return [first, (self.template.get_absolute_url(), self.template)]

    def get_success_url(self) -> str:
        """Back to the entries."""
        url: str = self.template.get_absolute_url()
        return url


class ArshjulTemplateUpdateView(OfTemplateFormView, UpdateView):
    """When those above hear of what is late."""

    form_class = TemplateForm
    object: Any
    heading = _("När någon ovanför får veta")
    submit = _("Spara mallen")
    success_message = _("Mallen är sparad.")

    @property
    def template(self) -> ArshjulTemplate:
        """Itself."""
        found: ArshjulTemplate = self.object
        return found

    def get_object(self, queryset: Any = None) -> ArshjulTemplate:
        return template_to_write(self.request.user, self.kwargs["pk"])

    def save(self, form: Any) -> ArshjulTemplate:
        return save_template(template=form.instance, by=self.request.user, opened_version=self.opened(form))


class ArshjulEntryCreateView(OfTemplateFormView, CreateView):
    """A new entry: every boende of the förvaltning gets it."""

    form_class = EntryForm
    heading = _("Ny aktivitet i mallen")
    submit = _("Spara aktiviteten")
    success_message = _("Aktiviteten står i boendenas årshjul.")

    @cached_property
    def template(self) -> ArshjulTemplate:
        """The one that the address names."""
        return template_to_write(self.request.user, self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": ArshjulEntry(template=self.template)}

    def save(self, form: Any) -> ArshjulEntry:
        return save_entry(entry=form.instance, by=self.request.user)


class ArshjulEntryUpdateView(OfTemplateFormView, UpdateView):
    """An entry, changed: what has not been done follows."""

    form_class = EntryForm
    object: Any
    heading = _("Ändra aktiviteten")
    submit = _("Spara aktiviteten")
    success_message = _("Det som inte är gjort ännu följer mallen.")

    @property
    def template(self) -> ArshjulTemplate:
        """The entry's."""
        found: ArshjulTemplate = self.object.template
        return found

    def get_object(self, queryset: Any = None) -> ArshjulEntry:
        return entry_to_write(self.request.user, self.kwargs["pk"])

    def save(self, form: Any) -> ArshjulEntry:
        return save_entry(entry=form.instance, by=self.request.user, opened_version=self.opened(form))


@require_POST
def entry_archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an entry out of the template."""
    entry = archive_entry(entry=entry_to_write(request.user, pk), by=request.user)
    messages.success(request, __("Aktiviteten är borttagen ur mallen. Det som är gjort står kvar."))
    return redirect(get_object_or_404(ArshjulTemplate, pk=entry.template_id))
