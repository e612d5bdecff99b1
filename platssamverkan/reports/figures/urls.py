# SPDX-License-Identifier: EUPL-1.2
"""The overview, the dictionary, the rows behind a figure, and what bevakning costs."""

from django.urls import path

from platssamverkan.reports.figures import files, guard_views, views

COSTS = "rapporter/bevakning"

urlpatterns = [
    path("rapporter/oversikt/", views.overview_page, name="overview"),
    path("rapporter/oversikt/pdf/", views.overview_pdf, name="overview_pdf"),
    path("rapporter/oversikt/uttag/", views.overview_export, name="overview_export"),
    path("rapporter/oversikt/rader/<slug:key>/", views.FigureRowsView.as_view(), name="figure_rows"),
    path("rapporter/oversikt/rader/<slug:key>/fil/", files.FigureRowsFileView.as_view(), name="figure_rows_export"),
    path("rapporter/nyckeltal/", views.DictionaryView.as_view(), name="dictionary"),
    path("rapporter/nyckeltal/fil/", views.dictionary_export, name="dictionary_export"),
    path(f"{COSTS}/", guard_views.BevakningskostnadListView.as_view(), name="bevakningskostnad_list"),
    path(f"{COSTS}/fil/", files.BevakningskostnadFileView.as_view(), name="bevakningskostnad_list_export"),
    path(f"{COSTS}/ny/", guard_views.BevakningskostnadCreateView.as_view(), name="bevakningskostnad_create"),
    path(f"{COSTS}/<uuid:pk>/", guard_views.BevakningskostnadUpdateView.as_view(), name="bevakningskostnad_update"),
    path(f"{COSTS}/<uuid:pk>/arkivera/", guard_views.bevakningskostnad_archive, name="bevakningskostnad_archive"),
]
