# SPDX-License-Identifier: EUPL-1.2
"""The nämnd's cover of a report (tjänsteutlåtande), written and as a file."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.generic import UpdateView

from platssamverkan.ground.plain_forms import PlainFormMixin
from platssamverkan.reports.annual import actions
from platssamverkan.reports.annual.access import report_to_edit
from platssamverkan.reports.annual.forms import CoverForm
from platssamverkan.reports.annual.views.reports import Crumbs, report_crumbs


class CoverView(PlainFormMixin, UpdateView):
    """The tjänsteutlåtande. It goes on after the report is approved: its diarienummer and day come last."""

    form_class = CoverForm
    heading = _("Tjänsteutlåtande")
    submit = _("Spara")
    success_message = _("Tjänsteutlåtandet är sparat.")
    object: Any

    def get_object(self, queryset: Any = None) -> Any:
        return report_to_edit(self.request.user, self.kwargs["pk"]).cover

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The form; once a newer edition counts, the report and why."""
        report = self.get_object().report
        if report.is_draft or report.is_approved:
            return super().get(request, *args, **kwargs)
        messages.info(request, __("En nyare version av årsrapporten gäller. Skriv i dess tjänsteutlåtande."))
        return redirect(report)

    def save(self, form: Any) -> Any:
        return actions.save_cover(cover=form.instance, by=self.request.user, opened_version=self.opened(form))

    def get_sub(self) -> Any:
        return _("Nämndens omslag till årsrapporten. Fälten står i samma ordning i dokumentet.")

    def get_crumbs(self) -> Crumbs:
        return report_crumbs(self.object.report)

    def get_success_url(self) -> str:
        url: str = self.object.report.get_absolute_url()
        return url
