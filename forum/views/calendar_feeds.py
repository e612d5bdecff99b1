# SPDX-License-Identifier: EUPL-1.2
"""Calendar links: a page to make, renew and take them back, and the address that a calendar program reads."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView

from forum.actions.calendar_feeds import renew_feed, revoke_feed
from forum.calendar_feeds import feed_calendar, own_forums
from forum.models import CalendarFeed, Forum
from platssamverkan.documents.responses import as_file


def page_context(user: Any) -> dict[str, Any]:
    """The user's links: for her own meetings, and one for each of her forums."""
    feeds = {feed.forum_id: feed for feed in CalendarFeed.objects.visible_to(user).select_related("forum")}
    forums = list(own_forums(user).order_by("name", "pk").distinct())
    listed = {forum.pk for forum in forums}
    forums += [feed.forum for feed in feeds.values() if feed.forum and feed.forum_id not in listed]
    rows = [(None, feeds.get(None)), *((forum, feeds.get(forum.pk)) for forum in forums)]
    return {"rows": rows, "new_feed": None, "link": ""}


class CalendarFeedListView(TemplateView):
    """The links that the user has, and those she can make."""

    template_name = "forum/calendarfeed_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**page_context(self.request.user), **kwargs)


@require_POST
@never_cache
def calendarfeed_renew(request: HttpRequest) -> HttpResponse:
    """Make a link, or a new one instead of it, and show it this once."""
    asked = request.POST.get("forum", "")
    forum = None
    if asked:
        try:
            pk = UUID(asked)
        except ValueError as error:
            raise Http404 from error
        forum = get_object_or_404(Forum.objects.visible_to(request.user), pk=pk)
    feed, token = renew_feed(forum=forum, by=request.user)
    link = settings.SITE_URL + reverse("forum:calendar_feed", args=[token])
    context = {**page_context(request.user), "new_feed": feed, "link": link}
    return render(request, "forum/calendarfeed_list.html", context)


@require_POST
def calendarfeed_revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop a link."""
    feed = get_object_or_404(CalendarFeed.objects.visible_to(request.user), pk=pk)
    revoke_feed(feed=feed, by=request.user)
    messages.success(request, _("Länken är borttagen och ger inga möten längre."))
    return redirect("forum:calendarfeed_list")


@login_not_required
@never_cache
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The calendar behind a link; 404 for one that is forged, renewed, revoked, or whose user has left."""
    feed = CalendarFeed.objects.with_token(token).select_related("forum").first()
    content = feed_calendar(feed) if feed else None
    if content is None:
        raise Http404
    name = f"{_('kalender')}.ics"
    return as_file(HttpResponse(content), filename=name, content_type="text/calendar; charset=utf-8")
