# SPDX-License-Identifier: EUPL-1.2
"""The follow-up of an agreement, and the file with its figures, in which small counts are hidden from everyone."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from django.views.generic import CreateView, UpdateView

from forum.agreement_reading import AgreementPlace, agreement_for, agreement_to_edit, label_of
from forum.forms.agreements import FollowUpForm
from forum.models import Agreement, AgreementFollowUp
from forum.models.agreement_followups import HEAD_COUNTS, OUTCOMES
from forum.sharing import shown_count
from platssamverkan.export.asking import gives_file
from platssamverkan.export.columns import Column
from platssamverkan.export.taking_out import TakeOut, take_out
from platssamverkan.ground.actions import save_record
from platssamverkan.ground.plain_forms import PlainFormMixin


def count_column(name: str) -> Column:
    """A count, as an outsider sees it: a file travels."""
    label = label_of(AgreementFollowUp, name)
    return Column(
        str(label)[:1].upper() + str(label)[1:], lambda row: shown_count(getattr(row, name), is_outsider=True)
    )


def columns() -> list[Column]:
    """What the file holds: periods and counts, no texts."""
    days = [Column(_("Från"), "starts_on"), Column(_("Till och med"), "ends_on")]
    return days + [count_column(name) for name in (*HEAD_COUNTS, *OUTCOMES)]


class FollowUpFormView(PlainFormMixin):
    """What writing and changing a follow-up share."""

    form_class: Any = FollowUpForm
    heading = _("Följ upp avtalet")
    submit = _("Spara uppföljningen")
    success_message = _("Uppföljningen är sparad.")
    agreement: Agreement
    request: Any
    kwargs: Any

    def get_sub(self) -> Any:
        return _("Bara antal, aldrig vem. Färre än fem visas inte för andra än personal och sammankallande.")

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return [(self.agreement.get_absolute_url(), self.agreement.title)]

    def save(self, form: Any) -> AgreementFollowUp:
        return save_record(record=form.instance, by=self.request.user, opened_version=self.opened(form))


class FollowUpCreateView(FollowUpFormView, CreateView):
    """A new period."""

    def get_form_kwargs(self) -> dict[str, Any]:
        self.agreement = agreement_to_edit(self.request.user, self.kwargs["pk"])
        if not self.agreement.terms.has_amounts:
            raise Http404
        return {**super().get_form_kwargs(), "instance": AgreementFollowUp(agreement=self.agreement)}


class FollowUpUpdateView(FollowUpFormView, UpdateView):
    """A period, changed."""

    def get_object(self, queryset: Any = None) -> AgreementFollowUp:
        row = get_object_or_404(AgreementFollowUp.objects.visible_to(self.request.user), pk=self.kwargs["pk"])
        row.agreement = self.agreement = agreement_to_edit(self.request.user, row.agreement_id)
        return row


@gives_file
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_export(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The figures as a file: first why, then the file. Every one is logged."""
    agreement = agreement_for(request.user, pk)
    if not agreement.terms.has_amounts:
        raise Http404
    place = AgreementPlace(request.user, agreement)
    if not place.may_take_out:
        raise PermissionDenied
    return take_out(
        request,
        TakeOut(
            rows=AgreementFollowUp.objects.for_list().filter(agreement=agreement),
            columns=columns(),
            what=__("uppföljning av avtal"),
            filename=__("Uppföljning %(title)s") % {"title": agreement.title},
            list_name=__("Uppföljning"),
            back=agreement.get_absolute_url(),
            scope=agreement.title,
            scope_id=agreement.pk,
            reach=[str(boende.pk) for boende in place.boenden],
            note=__("Antal under fem står som ”färre än fem”, också i din fil."),
        ),
    )
