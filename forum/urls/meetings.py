# SPDX-License-Identifier: EUPL-1.2
"""A meeting, its call and who came."""

from django.urls import path

from forum.views import incidents, meetings

urlpatterns = [
    path("forum/<uuid:pk>/moten/nytt/", meetings.MeetingCreateView.as_view(), name="meeting_create"),
    path("forum/mote/<uuid:pk>/", meetings.MeetingDetailView.as_view(), name="meeting_detail"),
    path("forum/mote/<uuid:pk>/underlag/", meetings.MeetingPapersView.as_view(), name="meeting_papers"),
    path("forum/mote/<uuid:pk>/kalender/", meetings.meeting_calendar, name="meeting_calendar"),
    path("forum/mote/<uuid:pk>/andra/", meetings.MeetingUpdateView.as_view(), name="meeting_update"),
    path("forum/mote/<uuid:pk>/kalla/", meetings.meeting_call, name="meeting_call"),
    path("forum/mote/<uuid:pk>/skicka-underlag/", meetings.meeting_send_papers, name="meeting_send_papers"),
    path("forum/mote/<uuid:pk>/stall-in/", meetings.MeetingCancelView.as_view(), name="meeting_cancel"),
    path("forum/mote/<uuid:pk>/hallet/", meetings.meeting_hold, name="meeting_hold"),
    path("forum/mote/<uuid:pk>/narvaro/", meetings.AttendanceView.as_view(), name="meeting_attendance"),
    path("forum/mote/<uuid:pk>/svar/", meetings.meeting_answer, name="meeting_answer"),
    path("forum/mote/<uuid:pk>/provning/", incidents.presentedincident_create, name="presentedincident_create"),
    path("forum/svar/<uuid:pk>/", meetings.invitation_note, name="invitation_note"),
]
