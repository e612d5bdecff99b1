# SPDX-License-Identifier: EUPL-1.2
"""Functions, ways and the analysis."""

from django.urls import path

from kartlaggning.views import analyses, ways

urlpatterns = [
    path("kartlaggning/<uuid:pk>/funktion/ny/", ways.FunctionCreateView.as_view(), name="function_create"),
    path("kartlaggning/funktion/<uuid:pk>/", ways.FunctionUpdateView.as_view(), name="function_update"),
    path("kartlaggning/funktion/<uuid:pk>/ta-bort/", ways.function_archive, name="function_archive"),
    path("kartlaggning/<uuid:pk>/vag/ny/", ways.RouteCreateView.as_view(), name="route_create"),
    path("kartlaggning/vag/<uuid:pk>/", ways.RouteUpdateView.as_view(), name="route_update"),
    path("kartlaggning/vag/<uuid:pk>/ta-bort/", ways.route_archive, name="route_archive"),
    path("kartlaggning/analys/<uuid:pk>/", analyses.AnalysDetailView.as_view(), name="analys_detail"),
    path("kartlaggning/analys/<uuid:pk>/andra/", analyses.AnalysUpdateView.as_view(), name="analys_update"),
    path("kartlaggning/analys/<uuid:pk>/flytta/", analyses.AdjustmentCreateView.as_view(), name="adjustment_create"),
    path("kartlaggning/analys/flytt/<uuid:pk>/ta-bort/", analyses.adjustment_remove, name="adjustment_remove"),
]
