# SPDX-License-Identifier: EUPL-1.2
"""Rounds and their tools."""

from django.urls import path

from kartlaggning.views import round_files
from kartlaggning.views import rounds as views
from kartlaggning.views.overview import OverviewView

urlpatterns = [
    path("kartlaggning/", OverviewView.as_view(), name="overview"),
    path("kartlaggning/fil/", round_files.OverviewFileView.as_view(), name="overview_export"),
    path("boenden/<slug:slug>/kartlaggning/", views.KartlaggningListView.as_view(), name="kartlaggning_list"),
    path("boenden/<slug:slug>/kartlaggning/fil/", round_files.RoundFileView.as_view(), name="kartlaggning_list_export"),
    path("boenden/<slug:slug>/kartlaggning/ny/", views.KartlaggningCreateView.as_view(), name="kartlaggning_create"),
    path("kartlaggning/<uuid:pk>/", views.kartlaggning_detail, name="kartlaggning_detail"),
    path("kartlaggning/<uuid:pk>/promenader/fil/", round_files.WalkFileView.as_view(), name="kartlaggning_walk_export"),
    path("kartlaggning/<uuid:pk>/framat/", views.kartlaggning_go_on, name="kartlaggning_go_on"),
    path("kartlaggning/<uuid:pk>/tillbaka/", views.SendBackView.as_view(), name="kartlaggning_send_back"),
    path("kartlaggning/<uuid:pk>/lagg-undan/", views.PutAwayView.as_view(), name="kartlaggning_put_away"),
    path("kartlaggning/<uuid:pk>/omrade/", views.AreaView.as_view(), name="kartlaggning_area"),
    path("kartlaggning/verktyg/<uuid:pk>/", views.ToolView.as_view(), name="toolcheck_update"),
    path("kartlaggning/verktyg/<uuid:pk>/klart/", views.toolcheck_done, name="toolcheck_done"),
]
