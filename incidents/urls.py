# SPDX-License-Identifier: EUPL-1.2
"""Everything under /handelser/, and a boende's own incidents."""

from django.urls import path

from incidents import synpunkt_urls
from incidents.views import crime, crime_files, felanmalan, list_files, lists, records, transitions

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
    path("felanmalningar/", felanmalan.FelanmalanListView.as_view(), name="felanmalan_list"),
    path("felanmalningar/fil/", list_files.FelanmalanFileView.as_view(), name="felanmalan_export"),
    path("felanmalningar/foto/<uuid:pk>/", felanmalan.felanmalan_photo, name="felanmalan_photo"),
    path("felanmalningar/<uuid:pk>/", felanmalan.FelanmalanDetailView.as_view(), name="felanmalan_detail"),
    path("felanmalningar/<uuid:pk>/andra/", felanmalan.FelanmalanUpdateView.as_view(), name="felanmalan_update"),
    path("felanmalningar/<uuid:pk>/skicka/", felanmalan.felanmalan_send, name="felanmalan_send"),
    path("felanmalningar/<uuid:pk>/anmald/", felanmalan.felanmalan_sent, name="felanmalan_sent"),
    path("felanmalningar/<uuid:pk>/atgardad/", felanmalan.felanmalan_mended, name="felanmalan_mended"),
    path("felanmalningar/<uuid:pk>/avskriv/", felanmalan.felanmalan_drop, name="felanmalan_drop"),
    path("boenden/<slug:slug>/felanmalningar/ny/", felanmalan.FelanmalanCreateView.as_view(), name="felanmalan_create"),
    path("rapporter/brottsstatistik/", crime.CrimeImportListView.as_view(), name="crimeimport_list"),
    path(
        "rapporter/brottsstatistik/fil/",
        crime_files.CrimeImportFileView.as_view(),
        name="crimeimport_list_export",
    ),
    path("rapporter/brottsstatistik/importera/", crime.CrimeImportCreateView.as_view(), name="crimeimport_create"),
    path("rapporter/brottsstatistik/<uuid:pk>/", crime.CrimeImportDetailView.as_view(), name="crimeimport_detail"),
    path("rapporter/brottsstatistik/<uuid:pk>/bekrafta/", crime.crimeimport_confirm, name="crimeimport_confirm"),
    path("rapporter/brottsstatistik/<uuid:pk>/avbryt/", crime.crimeimport_cancel, name="crimeimport_cancel"),
    path("boenden/<slug:slug>/brottsstatistik/", crime.CrimeSeriesView.as_view(), name="crime_series"),
    path("boenden/<slug:slug>/brottsstatistik/fil/", crime_files.crime_series_export, name="crime_series_export"),
    path("boenden/<slug:slug>/brottsstatistik/omraden/", crime.CrimeChoiceView.as_view(), name="crimechoice_update"),
    path("boenden/<slug:slug>/handelser/", lists.IncidentListView.as_view(), name="incident_list_boende"),
    *synpunkt_urls.urlpatterns,
]
