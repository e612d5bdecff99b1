# SPDX-License-Identifier: EUPL-1.2
"""Dokument: the files that were made for the person."""

from django.urls import path

from platssamverkan.export import views

app_name = "export"
urlpatterns = [
    path("dokument/", views.MadeFileListView.as_view(), name="madefile_list"),
    path("dokument/<uuid:pk>/", views.MadeFileDetailView.as_view(), name="madefile_detail"),
    path("dokument/<uuid:pk>/fil/", views.madefile_fetch, name="madefile_fetch"),
    path("dokument/<uuid:pk>/igen/", views.madefile_again, name="madefile_again"),
]
