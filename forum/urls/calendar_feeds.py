# SPDX-License-Identifier: EUPL-1.2
"""Calendar links: where one makes them, and where a calendar program reads."""

from django.urls import path

from forum.views import calendar_feeds as views

urlpatterns = [
    path("konto/kalender/", views.CalendarFeedListView.as_view(), name="calendarfeed_list"),
    path("konto/kalender/lank/", views.calendarfeed_renew, name="calendarfeed_renew"),
    path("konto/kalender/<uuid:pk>/ta-bort/", views.calendarfeed_revoke, name="calendarfeed_revoke"),
    path("kalender/<str:token>.ics", views.calendar_feed, name="calendar_feed"),
]
