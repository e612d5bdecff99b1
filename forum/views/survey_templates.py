# SPDX-License-Identifier: EUPL-1.2
"""Pages of the questions: those that everyone shares, and a förvaltning's own."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import CreateView, ListView, UpdateView

from boenden.rights import has_right
from boenden.views.list_files import HasFile
from forum.actions.surveys import save_template
from forum.forms.surveys import SurveyTemplateForm
from forum.models import SurveyTemplate
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.gates import writable
from platssamverkan.ground.plain_forms import PlainFormMixin


class SurveyTemplateListView(HasFile, ListView):
    """The templates with their questions."""

    file_view = "forum:surveytemplate_list_export"
    template_name = "forum/surveytemplate_list.html"
    context_object_name = "templates"

    def get_queryset(self) -> Any:
        if not has_right(self.request.user, Right.READ_SURVEYS):
            raise Http404
        return SurveyTemplate.objects.visible_to(self.request.user).for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        editable = set(SurveyTemplate.objects.editable_by(user).values_list("pk", flat=True))
        return super().get_context_data(editable=editable, may_write=has_right(user, Right.SEND_SURVEYS), **kwargs)


class TemplateFormView(PlainFormMixin):
    """What the forms of a template share."""

    model = SurveyTemplate
    form_class: Any = SurveyTemplateForm
    submit = _("Spara frågorna")
    success_message = _("Frågorna är sparade.")
    sub = _("Högst sex frågor. Lämna en rad tom om ni vill ha färre.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}  # type: ignore[misc]

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return [(reverse("forum:surveytemplate_list"), _("Frågor att ställa"))]

    def save(self, form: Any) -> SurveyTemplate:
        opened = None if form.instance.is_new else self.opened(form)
        return save_template(
            template=form.instance, questions=form.questions, by=self.request.user, opened_version=opened
        )


class SurveyTemplateCreateView(TemplateFormView, CreateView):
    """Own questions."""

    heading = _("Egna frågor")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For those who send surveys."""
        if not has_right(request.user, Right.READ_SURVEYS):
            raise Http404
        if not has_right(request.user, Right.SEND_SURVEYS):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class SurveyTemplateUpdateView(TemplateFormView, UpdateView):
    """Own questions that no round has used."""

    heading = _("Ändra frågorna")

    def get_object(self, queryset: Any = None) -> SurveyTemplate:
        user = self.request.user
        if not has_right(user, Right.READ_SURVEYS):
            raise Http404
        visible = SurveyTemplate.objects.visible_to(user)
        return writable(visible, SurveyTemplate.objects.editable_by(user), self.kwargs["pk"])
