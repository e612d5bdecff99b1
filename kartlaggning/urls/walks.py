# SPDX-License-Identifier: EUPL-1.2
"""Promenader and observations."""

from django.urls import path

from kartlaggning.views import list_files, observations, walks

urlpatterns = [
    path("kartlaggning/<uuid:pk>/promenad/ny/", walks.WalkCreateView.as_view(), name="walk_create"),
    path("kartlaggning/promenad/<uuid:pk>/", walks.WalkDetailView.as_view(), name="walk_detail"),
    path("kartlaggning/promenad/<uuid:pk>/andra/", walks.WalkUpdateView.as_view(), name="walk_update"),
    path("kartlaggning/promenad/<uuid:pk>/gangen/", walks.WalkDoneView.as_view(), name="walk_done"),
    path("kartlaggning/promenad/<uuid:pk>/ta-bort/", walks.walk_archive, name="walk_archive"),
    path(
        "kartlaggning/<uuid:pk>/observationer/fil/",
        list_files.ObservationFileView.as_view(),
        name="observation_export",
    ),
    path("kartlaggning/<uuid:pk>/observationer/", observations.ObservationListView.as_view(), name="observation_list"),
    path(
        "kartlaggning/<uuid:pk>/observation/ny/",
        observations.ObservationCreateView.as_view(),
        name="observation_create",
    ),
    path(
        "kartlaggning/observation/<uuid:pk>/", observations.ObservationDetailView.as_view(), name="observation_detail"
    ),
    path(
        "kartlaggning/observation/<uuid:pk>/andra/",
        observations.ObservationUpdateView.as_view(),
        name="observation_update",
    ),
    path("kartlaggning/observation/<uuid:pk>/foto/", observations.observation_photo, name="observation_photo"),
    path(
        "kartlaggning/observation/<uuid:pk>/foto/ta-bort/",
        observations.observation_photo_remove,
        name="observation_photo_remove",
    ),
    path("kartlaggning/observation/<uuid:pk>/felanmal/", observations.observation_report, name="observation_report"),
    path(
        "kartlaggning/observation/<uuid:pk>/repliplats/",
        observations.RepliplatsView.as_view(),
        name="observation_repliplats",
    ),
    path("kartlaggning/observation/<uuid:pk>/ta-bort/", observations.observation_archive, name="observation_archive"),
]
