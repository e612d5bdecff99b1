# SPDX-License-Identifier: EUPL-1.2
"""The person's notices, and for whoever manages users those that did not go."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from django.views.generic import ListView

from platssamverkan.accounts.rights import has_right
from platssamverkan.accounts.roles import Right
from platssamverkan.export.asking import gives_file
from platssamverkan.export.columns import Column
from platssamverkan.export.taking_out import TakeOut, take_out
from platssamverkan.notices.actions import read_notice, retry_notice
from platssamverkan.notices.models import PAGE_SIZE, Notice

AFTER = "efter"  # the id of the last notice on the page before
FAILED_SHOWN = 100


def last_on_page_before(request: HttpRequest) -> Notice | None:
    """The person's own notice that the list goes on after, if the address names one."""
    try:
        pk = UUID(request.GET.get(AFTER, ""))
    except ValueError:
        return None
    return Notice.objects.addressed_to(request.user).filter(pk=pk).first()


class NoticeListView(ListView):
    """The person's own, newest first; above them those that someone must look at."""

    model = Notice

    def get_queryset(self) -> QuerySet[Notice]:
        notices = Notice.objects.addressed_to(self.request.user).for_list()
        last = last_on_page_before(self.request)
        return notices.before(last) if last else notices

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        notices = list(self.object_list[: PAGE_SIZE + 1])
        failed: list[Notice] = []
        if has_right(self.request.user, Right.MANAGE_USERS):
            failed = list(Notice.objects.undelivered().for_list().select_related("user")[:FAILED_SHOWN])
        next_url = f"?{AFTER}={notices[PAGE_SIZE - 1].pk}" if len(notices) > PAGE_SIZE else ""
        return super().get_context_data(
            object_list=notices[:PAGE_SIZE], failed=failed, next_url=next_url, is_first=AFTER not in self.request.GET
        )


COLUMNS = [
    Column(gettext_lazy("Ämne"), "subject"),
    Column(gettext_lazy("Till"), "address_hint"),
    Column(gettext_lazy("Varför det inte gick"), "reason"),
    Column(gettext_lazy("När"), "created_at"),
]


@gives_file
@require_http_methods(["GET", "HEAD", "POST"])
def failed_export(request: HttpRequest) -> HttpResponseBase:
    """The letters that did not go, as a file: who and what about, as the list shows them, never what they said."""
    if not has_right(request.user, Right.MANAGE_USERS):
        raise PermissionDenied
    return take_out(
        request,
        TakeOut(
            rows=Notice.objects.undelivered().for_list().select_related("user").iterator(chunk_size=2000),
            columns=COLUMNS,
            what=_("mail som inte gick iväg"),
            filename=_("Mail som inte gick iväg"),
            back=reverse("notices:notice_list"),
            list_name=_("Meddelanden"),
        ),
    )


@require_POST
def notice_read(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mark one's own as read."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    if notice.user_id != request.user.pk:
        raise PermissionDenied
    read_notice(notice=notice, by=request.user)
    return redirect("notices:notice_list")


@require_POST
def notice_retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send one that was given up again."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    if not has_right(request.user, Right.MANAGE_USERS):
        raise PermissionDenied
    if retry_notice(notice=notice, by=request.user):
        messages.success(request, _("Mailet skickas igen inom någon minut."))
    else:
        messages.info(request, _("Mailet är redan på väg."))
    return redirect("notices:notice_list")
