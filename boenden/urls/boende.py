# SPDX-License-Identifier: EUPL-1.2
"""Boenden: the list, the overview, the facts, the opening."""

from django.urls import path

from boenden.views import boende as views
from boenden.views.boende_files import BoendeArchiveFileView, BoendeFileView

urlpatterns = [
    path("boenden/", views.BoendeListView.as_view(), name="boende_list"),
    path("boenden/export/", BoendeFileView.as_view(), name="boende_export"),
    path("boenden/nytt/", views.BoendeCreateView.as_view(), name="boende_create"),
    path("boenden/arkiv/", views.BoendeArchiveView.as_view(), name="boende_archive_list"),
    path("boenden/arkiv/fil/", BoendeArchiveFileView.as_view(), name="boende_archive_export"),
    path("boenden/arkiv/<slug:slug>/ta-tillbaka/", views.boende_restore, name="boende_restore"),
    path("boenden/<slug:slug>/", views.BoendeDetailView.as_view(), name="boende_detail"),
    path("boenden/<slug:slug>/andra/", views.BoendeUpdateView.as_view(), name="boende_update"),
    path("boenden/<slug:slug>/avsluta/", views.boende_close, name="boende_close"),
    path("boenden/<slug:slug>/arkivera/", views.boende_archive, name="boende_archive"),
    path("boenden/<slug:slug>/provringt/", views.akutnummer_tested, name="akutnummer_tested"),
    path("boenden/<slug:slug>/oppna/", views.boende_open, name="boende_open"),
    path("boenden/<slug:slug>/oppning/", views.OpeningView.as_view(), name="opening"),
    path("boenden/<slug:slug>/oppning/<str:step>/", views.OpeningStepView.as_view(), name="opening_step"),
]
