# SPDX-License-Identifier: EUPL-1.2
"""Everything under /handelser/, and a boende's own incidents."""

from django.urls import path

from incidents import synpunkt_urls
from incidents.views import lists, records, transitions

app_name = "incidents"

urlpatterns = [
    path("handelser/", lists.IncidentListView.as_view(), name="incident_list"),
    path("handelser/ny/", records.IncidentCreateView.as_view(), name="incident_create"),
    path("handelser/uttag/", lists.incident_export, name="incident_export"),
    path("handelser/<uuid:pk>/", records.IncidentDetailView.as_view(), name="incident_detail"),
    path("handelser/<uuid:pk>/andra/", records.IncidentUpdateView.as_view(), name="incident_update"),
    path("handelser/<uuid:pk>/folj-upp/", records.FollowUpView.as_view(), name="incident_follow_up"),
    path("handelser/<uuid:pk>/forumtext/", records.ForumTextView.as_view(), name="incident_forum_text"),
    path("handelser/<uuid:pk>/slapp/", transitions.incident_release, name="incident_release"),
    path("handelser/<uuid:pk>/dra-tillbaka/", transitions.incident_withdraw, name="incident_withdraw"),
    path("handelser/<uuid:pk>/avsluta/", transitions.incident_close, name="incident_close"),
    path("handelser/<uuid:pk>/oppna/", transitions.incident_reopen, name="incident_reopen"),
    path("boenden/<slug:slug>/handelser/", lists.IncidentListView.as_view(), name="incident_list_boende"),
    *synpunkt_urls.urlpatterns,
]
