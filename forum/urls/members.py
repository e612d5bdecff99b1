# SPDX-License-Identifier: EUPL-1.2
"""The forum's people."""

from django.urls import path

from forum.views import forum_files
from forum.views import members as views

urlpatterns = [
    path("forum/<uuid:pk>/medlemmar/", views.MemberListView.as_view(), name="member_list"),
    path("forum/<uuid:pk>/medlemmar/fil/", forum_files.MemberFileView.as_view(), name="member_list_export"),
    path("forum/<uuid:pk>/medlemmar/ny/", views.MemberCreateView.as_view(), name="member_create"),
    path("forum/medlem/<uuid:pk>/andra/", views.MemberUpdateView.as_view(), name="member_update"),
    path("forum/medlem/<uuid:pk>/avsluta/", views.member_end, name="member_end"),
    path("forum/medlem/<uuid:pk>/bjud-in/", views.member_invite, name="member_invite"),
    path("forum/medlem/<uuid:pk>/uppringd/", views.member_called, name="member_called"),
]
