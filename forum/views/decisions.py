# SPDX-License-Identifier: EUPL-1.2
"""Beslut and åtgärder of a forum: the list with its filters, and the file made of it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import EmptyPage
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from django.views.generic import TemplateView

from forum.access import forum_for
from forum.decisions import DecisionFilterForm, Line, lines
from platssamverkan.export.asking import gives_file
from platssamverkan.export.columns import Column
from platssamverkan.export.taking_out import TakeOut, filter_words, take_out, wrong_in
from platssamverkan.ground.paging import UncountedPaginator

PAGE_SIZE = 50

COLUMNS = [
    Column(gettext_lazy("Möte"), "day"),
    Column(gettext_lazy("Slag"), "kind_label"),
    Column(gettext_lazy("Beslut eller åtgärd"), "what"),
    Column(gettext_lazy("Punkt"), "about"),
    Column(gettext_lazy("Ansvarig"), "responsible"),
    Column(gettext_lazy("Klart senast"), "due_on"),
    Column(gettext_lazy("Läge"), "status_label"),
]


def asked(request: HttpRequest) -> tuple[DecisionFilterForm, dict[str, Any]]:
    """The filter as it was filled in; what cannot be read narrows nothing and is told at its field."""
    form = DecisionFilterForm(request.GET or None)
    form.is_valid()
    return form, getattr(form, "cleaned_data", {})


class DecisionListView(TemplateView):
    """All decisions and åtgärder of the forum, the latest meeting first."""

    template_name = "forum/decision_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forum, place = forum_for(self.request.user, self.kwargs["pk"])
        form, chosen = asked(self.request)
        try:
            paginator = UncountedPaginator(lines(self.request.user, forum, chosen), PAGE_SIZE)
            page = paginator.page(self.request.GET.get("sida", 1))
        except EmptyPage as error:
            raise Http404 from error
        return super().get_context_data(
            forum=forum,
            place=place,
            filter_form=form,
            rows=[Line(*row) for row in page.object_list],
            next_url=self.page_url(page.number + 1) if page.has_next() else "",
            previous_url=self.page_url(page.number - 1) if page.number > 1 else "",
            file_url=reverse("forum:decision_export", args=[forum.pk]) if place.may_take_out else "",
            **kwargs,
        )

    def page_url(self, number: int) -> str:
        """The list with these filters, at another page."""
        query = self.request.GET.copy()
        query["sida"] = str(number)
        return f"?{query.urlencode()}"


@gives_file
@require_http_methods(["GET", "HEAD", "POST"])
def decision_export(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The list as a file, with the filters that it had: first why, then the file. Every one is logged.

    As with the forum's other lists: its ordinary members read, and take no file.
    """
    forum, place = forum_for(request.user, pk)
    if not place.may_take_out:
        raise PermissionDenied
    form, chosen = asked(request)
    return take_out(
        request,
        TakeOut(
            rows=(Line(*row) for row in lines(request.user, forum, chosen).iterator(chunk_size=2000)),
            columns=COLUMNS,
            what=_("beslut och åtgärder"),
            filename=_("Beslut och åtgärder %(forum)s") % {"forum": forum},
            list_name=_("Beslut och åtgärder"),
            crumbs=[(forum.get_absolute_url(), forum)],
            back=reverse("forum:decision_list", args=[forum.pk]),
            scope=str(forum),
            scope_id=forum.pk,
            reach=[str(boende.pk) for boende in place.boenden],
            filter_words=filter_words(form),
            wrong=wrong_in(form),
        ),
    )
