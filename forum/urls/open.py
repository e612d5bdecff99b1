# SPDX-License-Identifier: EUPL-1.2
"""Where the links in letters lead."""

from django.urls import path

from forum.views import open as views

urlpatterns = [
    path("forum/kallelse/<str:token>/", views.InvitationView.as_view(), name="invitation_open"),
    path("forum/kallelse/<str:token>/fraga/", views.InvitationQuestionView.as_view(), name="invitation_question"),
    path("forum/kallelse/<str:token>/kalender/", views.invitation_calendar, name="invitation_calendar"),
    path("forum/kallelse/<str:token>/bilaga/<uuid:pk>/", views.invitation_attachment, name="invitation_attachment"),
    path("forum/uppgift/<str:token>/", views.ActionItemOpenView.as_view(), name="actionitem_open"),
]
