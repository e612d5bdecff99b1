# SPDX-License-Identifier: EUPL-1.2
"""The levels of samverkan, and networks."""

from django.urls import path

from kartlaggning.views import levels as views
from kartlaggning.views import work_files

urlpatterns = [
    path("boenden/<slug:slug>/nivaer/", views.LevelListView.as_view(), name="level_list"),
    path("boenden/<slug:slug>/nivaer/fil/", work_files.LevelFileView.as_view(), name="level_export"),
    path("boenden/<slug:slug>/nivaer/natverk/fil/", work_files.NetworkFileView.as_view(), name="network_list_export"),
    path("boenden/<slug:slug>/nivaer/steg/<str:level_step>/", views.LevelStepView.as_view(), name="levelstep_update"),
    path("boenden/<slug:slug>/nivaer/natverk/nytt/", views.NetworkCreateView.as_view(), name="network_create"),
    path("boenden/<slug:slug>/nivaer/natverk/<uuid:pk>/", views.NetworkUpdateView.as_view(), name="network_update"),
    path("boenden/<slug:slug>/nivaer/natverk/<uuid:pk>/ta-bort/", views.network_archive, name="network_archive"),
]
