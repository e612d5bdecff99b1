# SPDX-License-Identifier: EUPL-1.2
"""Examples, for all boenden."""

from django.urls import path

from kartlaggning.views import examples as views
from kartlaggning.views import work_files

urlpatterns = [
    path("exempel/", views.ExampleListView.as_view(), name="example_list"),
    path("exempel/fil/", work_files.ExampleFileView.as_view(), name="example_list_export"),
    path("boenden/<slug:slug>/exempel/nytt/", views.ExampleCreateView.as_view(), name="example_create"),
    path("exempel/<uuid:pk>/", views.ExampleDetailView.as_view(), name="example_detail"),
    path("exempel/<uuid:pk>/andra/", views.ExampleUpdateView.as_view(), name="example_update"),
    path("exempel/<uuid:pk>/publicera/", views.example_publish, name="example_publish"),
    path("exempel/<uuid:pk>/ta-tillbaka/", views.example_withdraw, name="example_withdraw"),
    path("exempel/<uuid:pk>/ta-bort/", views.example_archive, name="example_archive"),
]
