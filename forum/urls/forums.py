# SPDX-License-Identifier: EUPL-1.2
"""Forums. Last, since forum/<uuid>/ would else stand before what other modules name."""

from django.urls import path

from forum.views import forum_files, list_files
from forum.views import forums as views

urlpatterns = [
    path("forum/", views.ForumListView.as_view(), name="forum_list"),
    path("forum/fil/", list_files.ForumFileView.as_view(), name="forum_export"),
    path("forum/<uuid:pk>/moten/fil/", forum_files.MeetingFileView.as_view(), name="meeting_export"),
    path("forum/nytt/", views.ForumCreateView.as_view(), name="forum_create"),
    path("forum/<uuid:pk>/", views.ForumDetailView.as_view(), name="forum_detail"),
    path("forum/<uuid:pk>/andra/", views.ForumUpdateView.as_view(), name="forum_update"),
    path("forum/<uuid:pk>/avsluta/", views.forum_end, name="forum_end"),
]
